/**
 * A save that ends at any point, by a crash of the process or of the machine, leaves the old model or the new one. What
 * a save asks of the disk is written down, and then played up to each point, with all that a disk may lose: what was
 * written and not synced, and names that were changed in a folder that was not.
 */

import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import { dense } from '../layers/dense.js';
import { defineModel } from '../model/model.js';
import { loadModel, type ModelExtras, saveModel } from './model-file.js';

vi.mock('#platform', () => import('../platform/node.js'));

type Action =
  | { readonly kind: 'create' | 'remove' | 'sync'; readonly name: string }
  | { readonly kind: 'write'; readonly name: string; readonly content: Uint8Array }
  | { readonly kind: 'rename'; readonly name: string; readonly to: string }
  | { readonly kind: 'syncFolder' };

const log = vi.hoisted(() => ({ actions: [] as unknown[], folder: '' }));

vi.mock('node:fs/promises', async (load) => {
  const real = await load<typeof import('node:fs/promises')>();
  const note = (action: Action) => log.folder !== '' && log.actions.push(action);
  return {
    ...real,
    async open(path: string, flags: string) {
      const handle = await real.open(path, flags);
      const name = basename(path);
      const isFolder = path === log.folder;
      if (!isFolder) note({ kind: 'create', name });
      const { writeFile, sync } = handle;
      handle.writeFile = async (content) => {
        note({ kind: 'write', name, content: Buffer.from(content as Uint8Array) });
        return writeFile.call(handle, content);
      };
      handle.sync = async () => {
        note(isFolder ? { kind: 'syncFolder' } : { kind: 'sync', name });
        return sync.call(handle);
      };
      return handle;
    },
    async rename(from: string, to: string) {
      note({ kind: 'rename', name: basename(from), to: basename(to) });
      return real.rename(from, to);
    },
    async rm(path: string, options: object) {
      note({ kind: 'remove', name: basename(path) });
      return real.rm(path, options);
    },
  };
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

type File = { content: Uint8Array; synced: Uint8Array };

/** What a disk may hold after the first `count` actions, as names and contents. */
function* disks(before: ReadonlyMap<string, Uint8Array>, actions: readonly Action[], count: number) {
  const stable = new Map([...before].map(([name, content]) => [name, { content, synced: content } as File]));
  let waiting: Action[] = [];
  const current = new Map(stable);
  const apply = (entries: Map<string, File>, action: Action, created: Map<Action, File>) => {
    if (action.kind === 'create') entries.set(action.name, created.get(action)!);
    if (action.kind === 'remove') entries.delete(action.name);
    if (action.kind === 'rename') {
      entries.set(action.to, entries.get(action.name)!);
      entries.delete(action.name);
    }
  };
  const created = new Map<Action, File>();
  for (const action of actions.slice(0, count)) {
    if (action.kind === 'write') current.get(action.name)!.content = action.content;
    else if (action.kind === 'sync') current.get(action.name)!.synced = current.get(action.name)!.content;
    else if (action.kind === 'syncFolder') {
      for (const one of waiting) apply(stable, one, created);
      waiting = [];
    } else {
      if (action.kind === 'create') created.set(action, { content: new Uint8Array(0), synced: new Uint8Array(0) });
      apply(current, action, created);
      waiting.push(action);
    }
  }
  for (let kept = 0; kept <= waiting.length; kept++) {
    const entries = new Map(stable);
    for (const action of waiting.slice(0, kept)) apply(entries, action, created);
    for (const state of ['content', 'synced'] as const) {
      yield new Map([...entries].map(([name, file]) => [name, file[state]]));
    }
  }
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
