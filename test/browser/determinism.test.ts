/** Same seed, same bytes: in a page of Chromium as in Node. */

import { expect, test } from 'vitest';
import { pinned } from '../determinism/pinned.js';
import { runInChromium } from './chromium.js';

test.each([
  ['plain', 1],
  ['plain', 3],
  ['fused', 1],
  ['fused', 3],
] as const)('%s arithmetic, threads: %i', async (arithmetic, threads) => {
  expect(await runInChromium('test/browser/jobs/determinism.ts', { arithmetic, threads })).toBe(pinned[arithmetic]);
});

test('another seed makes other weights', async () => {
  const weights = await runInChromium('test/browser/jobs/determinism.ts', { arithmetic: 'plain', seed: 2 });
  expect(weights).toMatch(/^[0-9a-f]{64}$/);
  expect(weights).not.toBe(pinned.plain);
});
