/** Pages that may not share memory, and workers of them: everything works on one thread, with the bytes of Node. */

import { beforeAll, describe, expect, test } from 'vitest';
import { pinned, pinnedAugmented } from '../determinism/pinned.js';
import { type UsedModels, useModels } from '../one-thread/job.mjs';
import { runInChromium } from './chromium.js';
import type { OneThreadResult, Place } from './jobs/one-thread.js';

let inNode: UsedModels;
beforeAll(async () => {
  inNode = await useModels({ threads: 2 });
});

const notIsolated = 'this page is not cross-origin isolated';
const headers = '"Cross-Origin-Opener-Policy: same-origin" and "Cross-Origin-Embedder-Policy: require-corp"';

interface Case extends Place {
  readonly isolated: boolean;
  readonly reason: string;
}

const cases: readonly Case[] = [
  { place: 'page', isolated: false, reason: notIsolated },
  { place: 'worker', isolated: false, reason: notIsolated },
  { place: 'worker', isolated: false, withoutGlobals: true, reason: notIsolated },
  { place: 'page', isolated: true, withoutGlobals: true, reason: 'this browser has no SharedArrayBuffer here' },
  { place: 'worker', isolated: true, withoutGlobals: true, reason: 'this browser has no SharedArrayBuffer here' },
];

describe.each(cases)(
  'in a $place, isolated: $isolated, without globals: $withoutGlobals',
  ({ isolated, reason, ...place }) => {
    let result: OneThreadResult;
    beforeAll(async () => {
      result = await runInChromium<OneThreadResult>('test/browser/jobs/one-thread.ts', place, { isolated });
    });

    test('it trains, evaluates, recognizes and profiles with the bytes of two threads in Node', () => {
      expect({ ...result.sums, ...result.results }).toEqual({ ...inNode.sums, ...inNode.results });
      expect(result.sums).toEqual({ ...pinned, augmented: pinnedAugmented.plain });
      expect(result).toMatchObject({ threads: 1, profiledThreads: 1, workers: 0, sharedMemories: 0 });
    });

    test('the page paints and timers ring meanwhile, and end a training', () => {
      // A worker has nothing to paint.
      if (place.place === 'page') expect(result.frames).toBeGreaterThan(0);
      expect(result.ringsInEvaluation).toBeGreaterThan(0);
      expect(result.epochs).toBeLessThan(1e6);
    });

    test('it says why there is one thread, and refuses more', () => {
      expect(result.defaults).toEqual({ threads: 1, reason });
      expect(result.refused.kind).toBe('environment');
      expect(result.refused.message).toContain(`"threads" must be 1 here, because ${reason}. Received: 2. `);
      if (!isolated) expect(result.refused.message).toContain(headers);
    });
  },
);
