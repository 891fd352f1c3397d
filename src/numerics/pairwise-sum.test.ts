import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pairwiseSum } from './pairwise-sum.js';

// numpy.full(count, 0.1).sum(); adding from left to right gives something else for each.
it.each([
  [8, 0.8],
  [10, 1],
  [12, 1.2000000000000002],
  [127, 12.7],
  [128, 12.800000000000002],
  [129, 12.899999999999999],
  [300, 29.999999999999996],
  [1000, 100.00000000000001],
  [1003, 100.30000000000001],
])('adds 0.1 %i times as numpy does', (count, sum) => {
  expect(pairwiseSum(new Array(count).fill(0.1))).toBe(sum);
});

it('is exact for whole numbers of any count', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 1000 }), { maxLength: 600 }), (values) => {
      expect(pairwiseSum(values)).toBe(values.reduce((total, value) => total + value, 0));
    }),
  );
});
