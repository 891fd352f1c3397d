import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeRunFolder } from './run-name.js';

let folder: string;
const time = new Date('2026-11-23T08:50:00.999Z');

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inkling-run-name-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('time in UTC and model', async () => {
  expect(await makeRunFolder('my net', time, join(folder, 'runs'))).toBe(
    join(folder, 'runs', '2026-11-23T08-50-00-my-net'),
  );
});

test('runs that begin at the same time never share a folder', async () => {
  const made = await Promise.all(Array.from({ length: 5 }, () => makeRunFolder('cnn', time, folder)));
  expect(new Set(made).size).toBe(5);
  const stem = '2026-11-23T08-50-00-cnn';
  expect(await readdir(folder)).toStrictEqual([stem, ...[2, 3, 4, 5].map((number) => `${stem}-${number}`)]);
});

test('a file in the way of all runs is an error', async () => {
  await writeFile(join(folder, 'runs'), '');
  await expect(makeRunFolder('cnn', time, join(folder, 'runs'))).rejects.toMatchObject({
    name: 'InklingError',
    kind: 'file',
  });
});
