/** Dropout: its draw, its expectation, and that it is a function of seed, step, layer and place alone. */

import { expect, test } from 'vitest';
import { streamKey, threefry2x32 } from '../numerics/random.js';
import { dropoutMask } from './dropout.js';

const draw = { seed: 7, step: 3, layer: 6 };

test('one call of the generator decides over two neighbours', () => {
  const mask = dropoutMask(7, 0.5, draw);
  for (let pair = 0; pair < 3; pair++) {
    const [even, odd] = threefry2x32(7, streamKey('dropout', 6), 3, pair);
    expect(mask[2 * pair]).toBe(even >= 2 ** 31 ? 2 : 0);
    expect(mask[2 * pair + 1]).toBe(odd >= 2 ** 31 ? 2 : 0);
  }
});

test.each([0.1, 0.25, 0.5, 0.9])('at rate %d the expectation stays', (rate) => {
  const size = 100_000;
  const mask = dropoutMask(size, rate, draw);
  const kept = mask.filter((factor) => factor > 0);
  expect(new Set(mask)).toEqual(new Set([0, 1 / (1 - rate)]));
  // Five standard deviations of a binomial count.
  expect(Math.abs(kept.length - size * (1 - rate))).toBeLessThan(5 * Math.sqrt(size * rate * (1 - rate)));
});

test('a batch begins with the mask of a smaller batch; seed, step and layer change it', () => {
  const mask = dropoutMask(64, 0.5, draw);
  expect(dropoutMask(33, 0.5, draw)).toEqual(mask.slice(0, 33));
  for (const other of [{ seed: 8 }, { step: 4 }, { layer: 5 }]) {
    expect(dropoutMask(64, 0.5, { ...draw, ...other })).not.toEqual(mask);
  }
});
