/** The platform's threads and paths in a page of Chromium. */

import { availableParallelism } from 'node:os';
import { expect, test } from 'vitest';
import { runInChromium } from './chromium.js';
import type { ThreadsResult } from './jobs/threads.js';

test('threads answer, and report once what ends them; paths are URLs', async () => {
  const result = await runInChromium<ThreadsResult>('test/browser/jobs/threads.ts');
  expect(result.echo).toEqual(['first heard', 'end']);
  expect(result.thrown).toEqual([expect.stringContaining('out of luck.')]);
  expect(result.missing).toEqual([
    expect.stringMatching(/^Error: its script could not be loaded\. .*worker-src blob:.*require-corp/),
  ]);
  expect(result.scopeOfPage).toMatchObject({
    kind: 'environment',
    message: expect.stringContaining('in a Web Worker of its own'),
  });
  expect(result.host).toContain('Chrome/');
  expect(result.availableThreads).toBe(availableParallelism());
  expect(result.paths).toEqual([
    'https://a.example/m/model.json',
    'https://a.example/m/model.json',
    'https://a.example/m/',
    'https://a.example/m/model.safetensors',
    'https://a.example/other/%C3%A4%20b.json',
    '/m/x',
  ]);
});

test('a job that throws fails with what it throws', async () => {
  await expect(runInChromium('test/browser/jobs/pictures.ts')).rejects.toThrow('page.evaluate: TypeError');
});
