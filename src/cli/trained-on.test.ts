/** What a folder says of the images that its model was trained on: a run's, a trial's, a fold's. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { job } from '../../test/fixtures/trial-job.js';
import { stratifiedFold } from '../data/folds.js';
import { splitRows } from '../training/validation-rows.js';
import { readTrainedOn } from './trained-on.js';

const labels = Uint8Array.from({ length: 300 }, (_, row) => row % 3);
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inkling-trained-on-'));
});
afterEach(() => rm(folder, { recursive: true }));
const write = (name: string, data: unknown) => writeFile(join(folder, name), JSON.stringify(data));

test("a trial's job tells its limit and its split", async () => {
  await write('job.json', { ...job, limit: 200, validation: 40, splitSeed: 3, fold: null });
  const { dataSha256, rows } = await readTrainedOn(folder);
  expect(dataSha256).toBe(job.dataSha256);
  expect(rows(labels)).toEqual(splitRows(labels.subarray(0, 200), 40, 3).train);
});

test('without a limit it is all but what is set aside, of folds all but its own', async () => {
  const fold = { index: 1, of: 5, seed: 9 };
  await write('job.json', { ...job, limit: null, validation: null, splitSeed: null, fold });
  const { rows } = await readTrainedOn(folder);
  expect(rows(labels)).toEqual(stratifiedFold(labels, { fold: 1, folds: 5, seed: 9 }).train);
  expect(rows(labels)).toHaveLength(240);
});

test('a folder that tells nothing, or something else, is an error by name', async () => {
  await expect(readTrainedOn(folder)).rejects.toThrow('summary.json');
  await write('job.json', { ...job, seed: -1 });
  await expect(readTrainedOn(folder)).rejects.toThrow(/job\.json is not the job of a trial: .*seed/);
});
