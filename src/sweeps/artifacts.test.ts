/** A trial that a worker began goes on with another, from the checkpoint that is furthest. */

import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { job, result } from '../../test/fixtures/trial-job.js';
import { checkpointsName, openCheckpoints } from '../formats/checkpoint-folder.js';
import { forgetTrial, takeOverTrial } from './artifacts.js';

const content = { tensors: new Map(), metadata: {} };

let artifacts: string;
beforeEach(async () => {
  artifacts = await mkdtemp(join(tmpdir(), 'inkling-artifacts-'));
});
afterEach(() => rm(artifacts, { recursive: true }));

const takeOver = (worker: string, ofJob = job) => takeOverTrial(artifacts, 'id', worker, ofJob);
const checkpoints = (folder: string) => openCheckpoints(join(folder, checkpointsName));

test('a trial that nobody has begun begins anew', async () => {
  expect(await takeOver('one')).toStrictEqual({ folder: join(artifacts, 'id', 'one'), steps: 0, result: undefined });
});

test('the checkpoints of the worker that came furthest are copied, and stay where they were', async () => {
  const one = await takeOver('one');
  const two = await takeOver('two');
  await checkpoints(one.folder).write(300, content, 2);
  await checkpoints(one.folder).write(400, content, 2);
  await checkpoints(two.folder).write(200, content, 2);
  const three = await takeOver('three');
  expect(three).toMatchObject({ folder: join(artifacts, 'id', 'three'), steps: 400 });
  const names = await readdir(join(three.folder, checkpointsName));
  expect(names.sort()).toStrictEqual(['checkpoint-0000000300.safetensors', 'checkpoint-0000000400.safetensors']);
  expect((await checkpoints(three.folder).readNewest())?.path).toContain('400');
  expect((await checkpoints(one.folder).list()).map(({ steps }) => steps)).toStrictEqual([400, 300]);
  // The worker itself goes on with what it has.
  expect((await takeOver('one')).steps).toBe(400);
});

test('the result of a worker that was done is known to the next, and one of another job is not', async () => {
  const one = await takeOver('one');
  await writeFile(join(one.folder, 'result.json'), JSON.stringify(result));
  expect((await takeOver('two')).result).toEqual(result);
  expect((await takeOver('two', { ...job, seed: 2 })).result).toBeUndefined();
});

test('checkpoints of another job are left alone', async () => {
  const other = await takeOver('one', { ...job, seed: 2 });
  await checkpoints(other.folder).write(400, content, 2);
  expect((await takeOver('two')).steps).toBe(0);
});

test('nothing is left of a trial whose result has arrived', async () => {
  await takeOver('one');
  await forgetTrial(artifacts, 'id');
  expect(await readdir(artifacts)).toStrictEqual([]);
});
