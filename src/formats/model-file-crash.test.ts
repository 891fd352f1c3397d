/** A save that ends at any point, by a crash of the process or of the machine, leaves the old model or the new one. */

import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Action, type ActionLog, disks } from '../../test/crashing-disk.js';
import { dense } from '../layers/dense.js';
import { defineModel } from '../model/model.js';
import { loadModel, type ModelExtras, saveModel } from './model-file.js';

vi.mock('#platform', () => import('../platform/node.js'));

const log = vi.hoisted((): ActionLog => ({ actions: [], folder: '' }));

vi.mock('node:fs/promises', async (load) => {
  const { watchedFiles } = await import('../../test/crashing-disk.js');
  return watchedFiles(await load<typeof import('node:fs/promises')>(), log);
});

const model = defineModel({ name: 'tiny', inputShape: [2], layers: [dense({ units: 2 })] });

function saveable(value: number, classNames: string[]): [Map<string, Float32Array>, ModelExtras] {
  const weights = new Map([
    ['dense/kernel', new Float32Array(4).fill(value)],
    ['dense/bias', new Float32Array(2).fill(value)],
  ]);
  const tensors = new Map([['momentum/dense/bias', { data: new Float32Array(2).fill(-value), shape: [2] }]]);
  return [weights, { classNames, optimizer: { tensors, metadata: { iterations: String(value) } } }];
}

let parent: string;
let folder: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'inkling-crash-'));
  folder = join(parent, 'model');
  await mkdir(folder);
});
afterEach(async () => {
  log.folder = '';
  log.actions = [];
  await rm(parent, { recursive: true });
});

async function contentOf(path: string): Promise<Map<string, Uint8Array>> {
  const names = await readdir(path);
  return new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(path, name))] as const)));
}

/** What a load gives, in a form that can be compared. */
async function loaded(path: string): Promise<string> {
  const { weights, classNames, optimizer } = await loadModel(path);
  const values = [...weights, ...(optimizer?.tensors ?? [])].map(([name, value]) => [name, value]);
  return JSON.stringify([values, classNames, optimizer?.metadata.iterations]);
}

async function saveWhileWatched(next: ReturnType<typeof saveable>): Promise<Action[]> {
  log.folder = folder;
  await saveModel(folder, model, ...next);
  log.folder = '';
  return log.actions as Action[];
}

let points = 0;
afterAll(() => expect(points).toBeGreaterThan(100));

test.each([
  ['other weights', saveable(2, ['c', 'd'])],
  ['the same weights with other names', saveable(1, ['c', 'd'])],
  ['no optimizer', [saveable(2, ['c', 'd'])[0], { classNames: ['c', 'd'] }] as ReturnType<typeof saveable>],
])('over an older model: %s', async (_, next) => {
  await saveModel(folder, model, ...saveable(1, ['a', 'b']));
  const before = await contentOf(folder);
  const old = await loaded(folder);
  const actions = await saveWhileWatched(next);
  const fresh = await loaded(folder);
  expect(fresh).not.toBe(old);
  for (let count = 0; count <= actions.length; count++) {
    for (const files of disks(before, actions, count)) {
      const crashed = join(parent, `crash-${points++}`);
      await mkdir(crashed);
      for (const [name, content] of files) await writeFile(join(crashed, name), content);
      expect([old, fresh], `after ${count} of ${JSON.stringify(actions.map(({ kind }) => kind))}`).toContain(
        await loaded(crashed),
      );
      // Once the save has returned there is no way back.
      if (count === actions.length) expect(await loaded(crashed)).toBe(fresh);
    }
  }
});

test('into an empty folder: a model that can be loaded, or none, and none only before the weights are there', async () => {
  const actions = await saveWhileWatched(saveable(1, ['a', 'b']));
  const fresh = await loaded(folder);
  const committed = actions.findIndex((action) => action.kind === 'rename' && action.to === 'model.safetensors');
  expect(committed).toBeGreaterThan(0);
  for (let count = 0; count <= actions.length; count++) {
    for (const files of disks(new Map(), actions, count)) {
      const crashed = join(parent, `crash-${points++}`);
      await mkdir(crashed);
      for (const [name, content] of files) await writeFile(join(crashed, name), content);
      const hasWeights = files.has('model.safetensors');
      const found = await loaded(crashed).catch((error: Error) => error.message);
      expect(found).toEqual(hasWeights ? fresh : expect.stringContaining('does not exist'));
      if (count > committed + 1) expect(hasWeights).toBe(true);
    }
  }
});
