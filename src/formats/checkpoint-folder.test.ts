/** Checkpoints outlive a crash at any point of their writing, and what is damaged is never taken for one. */

import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Action, type ActionLog, disks } from '../../test/crashing-disk.js';
import { openCheckpoints } from './checkpoint-folder.js';

vi.mock('#platform', () => import('../platform/node.js'));

const log = vi.hoisted((): ActionLog => ({ actions: [], folder: '' }));

vi.mock('node:fs/promises', async (load) => {
  const { watchedFiles } = await import('../../test/crashing-disk.js');
  return watchedFiles(await load<typeof import('node:fs/promises')>(), log);
});

let parent: string;
let folder: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'inkling-checkpoints-'));
  folder = join(parent, 'checkpoints');
});
afterEach(async () => {
  log.folder = '';
  log.actions = [];
  await rm(parent, { recursive: true });
});

const content = (steps: number) => ({
  tensors: new Map([['weights/dense/kernel', { data: new Float32Array(6).fill(steps), shape: [2, 3] }]]),
  metadata: { position: `{"iterations":${steps}}`, 'a note': '"ß"' },
});

async function contentOf(path: string): Promise<Map<string, Uint8Array>> {
  const names = await readdir(path);
  return new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(path, name))] as const)));
}

test('what is written comes back; the newest stay, and what lies beyond them goes', async () => {
  const checkpoints = openCheckpoints(folder);
  expect(await checkpoints.readNewest()).toBeUndefined();
  for (const steps of [0, 7, 12]) await checkpoints.write(steps, content(steps), 2);
  const path = join(folder, 'checkpoint-0000000012.safetensors');
  expect(await checkpoints.readNewest()).toMatchObject({ path, damaged: [] });
  expect((await checkpoints.readNewest())?.content.tensors).toEqual(content(12).tensors);
  expect((await checkpoints.list()).map(({ steps }) => steps)).toEqual([12, 7]);
  await checkpoints.write(9, content(9), 2);
  expect((await checkpoints.list()).map(({ steps }) => steps)).toEqual([9, 7]);
  await checkpoints.prune(0);
  expect(await readdir(folder)).toEqual([]);
});

test('a crash at any point of the writing leaves the checkpoint before or the new one, whole', async () => {
  const checkpoints = openCheckpoints(folder);
  for (const steps of [3, 5]) await checkpoints.write(steps, content(steps), 2);
  const before = await contentOf(folder);
  log.folder = folder;
  await checkpoints.write(8, content(8), 2);
  log.folder = '';
  const actions = log.actions as Action[];
  expect(actions.map(({ kind }) => kind)).toEqual(['create', 'write', 'sync', 'rename', 'syncFolder', 'remove']);
  let points = 0;
  for (let count = 0; count <= actions.length; count++) {
    for (const files of disks(before, actions, count)) {
      const crashed = join(parent, `crash-${points++}`);
      await mkdir(crashed);
      for (const [name, bytes] of files) await writeFile(join(crashed, name), bytes);
      const found = await openCheckpoints(crashed).readNewest();
      expect(found?.damaged).toEqual([]);
      // From when the folder was brought to the disk there is no way back.
      const expected = count >= 5 ? ['{"iterations":8}'] : ['{"iterations":5}', '{"iterations":8}'];
      expect(expected).toContain(found?.content.metadata.position);
    }
  }
  expect(points).toBeGreaterThan(15);
});

test('one that was changed, cut or lengthened anywhere is told from a whole one, and the one before is found', async () => {
  const checkpoints = openCheckpoints(folder);
  for (const steps of [3, 5]) await checkpoints.write(steps, content(steps), 2);
  const path = join(folder, 'checkpoint-0000000005.safetensors');
  const bytes = await readFile(path);
  const spoilt = fc.oneof(
    fc
      .tuple(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }))
      .map(([at, by]) => bytes.with(at, bytes[at] ^ by)),
    fc.nat(bytes.length - 1).map((length) => bytes.subarray(0, length)),
    fc.uint8Array({ minLength: 1, maxLength: 9 }).map((more) => Buffer.concat([bytes, more])),
    fc.uint8Array({ maxLength: 300 }),
  );
  await fc.assert(
    fc.asyncProperty(spoilt, async (file) => {
      await writeFile(path, file);
      const found = await checkpoints.readNewest();
      // A change of the spaces or of the order in its header is none of what it says.
      if (found?.damaged.length === 0) expect(found.content.tensors).toEqual(content(5).tensors);
      else
        expect([found?.content.metadata.position, found?.damaged]).toEqual([
          '{"iterations":3}',
          [expect.stringContaining(path)],
        ]);
    }),
    { numRuns: 300 },
  );
  for (const name of await readdir(folder)) await writeFile(join(folder, name), 'x');
  await expect(checkpoints.readNewest()).rejects.toMatchObject({
    kind: 'file',
    message: expect.stringMatching(
      /^None of the checkpoints in .* can be used\. .*0005.* .*0003.* Begin the training anew/,
    ),
  });
});
