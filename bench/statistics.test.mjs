import { expect, test } from 'vitest';
import { median, quantile, spread } from './statistics.mjs';

test('the median of an odd and of an even number of values', () => {
  expect(median([5, 1, 9])).toBe(5);
  expect(median([10, 9, 100, 1])).toBe(9.5);
});

test('quantiles interpolate between neighbours as numpy does', () => {
  const values = Array.from({ length: 101 }, (_, index) => index);
  expect(quantile(values, 0.99)).toBeCloseTo(99, 12);
  expect(quantile([1, 2, 3, 4], 0.25)).toBeCloseTo(1.75, 12);
});

test('a spread names its ends and leaves the samples in their order', () => {
  const values = [3, 1, 2];
  expect(spread(values)).toEqual({ median: 2, min: 1, max: 3, count: 3 });
  expect(values).toEqual([3, 1, 2]);
});

test('what is no sample is refused', () => {
  expect(() => quantile([], 0.5)).toThrow(/no values/);
  expect(() => quantile([1], Number.NaN)).toThrow(/from 0 to 1/);
  expect(() => median([1, Number.NaN])).toThrow(/finite/);
});
