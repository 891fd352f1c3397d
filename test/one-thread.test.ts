/**
 * A host that runs no threads, as Node is where its permission model allows none, here without any means to share
 * memory either: everything works on the caller's thread, with the same bytes. Needs the built dist/.
 */

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { pinned, pinnedAugmented } from './determinism/pinned.js';
import { type ToldOfThreads, type UsedModels, useModels, type WorkedAlong } from './one-thread/job.mjs';

const major = Number.parseInt(process.versions.node, 10);
const permission = major < 24 ? '--experimental-permission' : '--permission';
const program = fileURLToPath(new URL('one-thread/print.mjs', import.meta.url));
let alone: UsedModels & WorkedAlong & ToldOfThreads & { readonly shared: readonly boolean[] };

beforeAll(() => {
  const words = [permission, '--allow-fs-read=*', program];
  // A training that no timer could end would go on for hours.
  alone = JSON.parse(execFileSync(process.execPath, words, { encoding: 'utf8', timeout: 100_000 }));
});

test('training, evaluating, recognizing and profiling come to the same as on two threads', async () => {
  const together = await useModels({ threads: 2 });
  expect({ ...alone.sums, ...alone.results }).toEqual({ ...together.sums, ...together.results });
  expect(alone.sums).toEqual({ ...pinned, augmented: pinnedAugmented.plain });
  expect([together.threads, together.profiledThreads]).toEqual([2, 2]);
  expect([alone.threads, alone.profiledThreads]).toEqual([1, 1]);
});

test('no memory is shared', () => {
  expect(alone.shared.length).toBeGreaterThan(3);
  expect(alone.shared).not.toContain(true);
});

test('timers ring during an evaluation, and end a training', () => {
  expect(alone.ringsInEvaluation).toBeGreaterThan(0);
  expect(alone.epochs).toBeLessThan(1e6);
});

test('it says why there is one thread, and refuses more', () => {
  expect(alone.defaults).toEqual({ threads: 1, reason: "Node's permission model forbids more" });
  expect(alone.refused).toEqual({
    kind: 'environment',
    message:
      '"threads" must be 1 here, because Node\'s permission model forbids more. Received: 2. ' +
      'Leave "threads" out to take as many as there can be. Start Node with --allow-worker.',
  });
});
