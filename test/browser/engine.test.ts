/** The engine in a page of Chromium: which thread does what, and what it says where a page may not share memory. */

import { dense, flatten, Sequential } from 'inkling';
import { expect, test } from 'vitest';
import { tinyImages } from '../determinism/job.mjs';
import { runInChromium } from './chromium.js';
import type { Caught } from './jobs/caught.js';
import type { Prediction } from './jobs/engine.js';

const job = 'test/browser/jobs/engine.ts';

const headers = '"Cross-Origin-Opener-Policy: same-origin" and "Cross-Origin-Embedder-Policy: require-corp"';

async function probabilitiesInNode(): Promise<Float32Array> {
  const model = new Sequential([flatten(), dense({ units: 4, activation: 'softmax' })], { inputShape: [12, 12, 1] });
  model.compile({ arithmetic: 'plain', threads: 2 });
  return (await model.predict(tinyImages(20).images)).data;
}

test('a small prediction runs on the page itself, with the bytes of Node; a training starts its threads', async () => {
  const result = await runInChromium<Prediction>(job, 'predict');
  expect(result.probabilities).toEqual(await probabilitiesInNode());
  expect(result).toMatchObject({ workersOfPrediction: 0, workersOfTraining: 2 });
});

test('the page is free while a step is trained', async () => {
  const { rings, finished } = await runInChromium<{ rings: number; finished: boolean }>(job, 'keepFree');
  expect(rings).toBeGreaterThanOrEqual(3);
  expect(finished).toBe(false);
});

test('a thread that is terminated from outside ends a training', async () => {
  expect(await runInChromium<Caught>(job, 'terminate')).toMatchObject({
    kind: 'environment',
    message: expect.stringMatching(/^A thread of the engine failed: it ended without an error\. /),
  });
});

test('a page that is not isolated is told which headers training needs, and can predict', async () => {
  const result = await runInChromium<{ training: Caught; again: Caught; probabilities: Float32Array }>(
    job,
    'withoutIsolation',
    { isolated: false },
  );
  expect(result.training).toMatchObject({
    kind: 'environment',
    message: expect.stringMatching(
      /^The engine could not start thread 1 of \d+: This page is not cross-origin isolated\./,
    ),
  });
  expect(result.training.message).toContain(headers);
  expect(result.again).toEqual(result.training);
  expect(result.probabilities).toEqual(await probabilitiesInNode());
});

test('a browser without shared memory is named as the cause', async () => {
  const result = await runInChromium<Caught>(job, 'withoutSharedMemory', { isolated: false });
  expect(result.kind).toBe('environment');
  expect(result.message).toContain('The engine got no shared memory for its threads: Shared memory is not enabled. ');
  expect(result.message).toContain(headers);
});

test('vectors of 256 bits are refused', async () => {
  expect(await runInChromium<Caught>(job, 'wideVectors')).toMatchObject({
    kind: 'environment',
    message: expect.stringContaining('browsers cannot be asked for them'),
  });
});
