/** Same seed, same bytes: on any number of threads, with or without halts between the steps, today and tomorrow. */

import { describe, expect, test } from 'vitest';
import { arithmetics } from '../src/engine/kernels.js';
import { trainTinyJob } from './determinism/job.mjs';
import { pinned, pinnedAugmented } from './determinism/pinned.js';

describe.each(arithmetics)('%s', (arithmetic) => {
  test.each([1, 2, 3, 4, 8, 16])('%i threads', async (threads) => {
    expect(await trainTinyJob({ arithmetic, threads })).toBe(pinned[arithmetic]);
  });

  test('halting at each step changes nothing', async () => {
    let batches = 0;
    const callbacks = [{ onTrainBatchEnd: () => void batches++ }];
    expect(await trainTinyJob({ arithmetic, threads: 2, callbacks })).toBe(pinned[arithmetic]);
    // 96 images in batches of 19, three times.
    expect(batches).toBe(18);
  });

  test('another seed makes other weights, twice the same', async () => {
    const [first, second] = [await trainTinyJob({ arithmetic, seed: 2 }), await trainTinyJob({ arithmetic, seed: 2 })];
    expect(first).toBe(second);
    expect(first).not.toBe(pinned[arithmetic]);
  });
});

describe.each(arithmetics)('%s, augmented', (arithmetic) => {
  const augmentation = 'strong';

  test.each([1, 2, 3, 8])('%i threads', async (threads) => {
    expect(await trainTinyJob({ arithmetic, threads, augmentation })).toBe(pinnedAugmented[arithmetic]);
  });

  test('halting at each step changes nothing', async () => {
    const callbacks = [{ onTrainBatchEnd: () => {} }];
    expect(await trainTinyJob({ arithmetic, threads: 2, augmentation, callbacks })).toBe(pinnedAugmented[arithmetic]);
  });

  test('another seed makes other weights', async () => {
    expect(await trainTinyJob({ arithmetic, seed: 2, augmentation })).not.toBe(pinnedAugmented[arithmetic]);
  });

  test('an augmentation that does nothing leaves every byte as it is', async () => {
    expect(await trainTinyJob({ arithmetic, augmentation: {} })).toBe(pinned[arithmetic]);
  });
});

test('trainings side by side do not disturb each other', async () => {
  const jobs = arithmetics.map((arithmetic) => trainTinyJob({ arithmetic, threads: 2 }));
  expect(await Promise.all(jobs)).toEqual([pinned.plain, pinned.fused]);
});
