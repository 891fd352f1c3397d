/**
 * How near a kernel must come to its float64 twin. Float32 numbers have 24 bits: each operation is off by at most
 * `unit` = 2^-24 of its result. A sum of n products, each rounded, then added one after the other, is therefore off by
 * at most about (n + 1) unit times the sum of the products' absolute values (Higham 2002, section 3.1), in either
 * arithmetic and any order. The sum of absolute values is what the twin gives for absolute inputs. Where all numbers
 * are small integers nothing is rounded, and nothing may differ.
 */

import { expect } from 'vitest';

export const unit = 2 ** -24;

/** The bound above for sums of `terms` products whose absolute values add up to `magnitude`. */
export function sumTolerance(terms: number, magnitude: Float64Array): Float64Array {
  return magnitude.map((sum) => (terms + 1) * unit * sum);
}

/** A bound of so many roundings of each value itself; tiny values below float32's normal range count as zero. */
export function roundings(count: number, expected: Float64Array): Float64Array {
  return expected.map((value) => count * unit * Math.abs(value) + 2 ** -126);
}

/** What is wrong with `actual`, undefined where it is as near as `tolerance` says. A NaN is near to nothing. */
export function difference(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: ArrayLike<number>,
): string | undefined {
  if (actual.length !== expected.length) return `has ${actual.length} values, expected ${expected.length}`;
  for (let index = 0; index < expected.length; index++) {
    if (!(Math.abs(actual[index] - expected[index]) <= tolerance[index])) {
      return `value ${index} is ${actual[index]}, expected ${expected[index]} +- ${tolerance[index]}`;
    }
  }
  return undefined;
}

export function expectNear(
  name: string,
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: ArrayLike<number>,
): void {
  expect(difference(actual, expected, tolerance), name).toBeUndefined();
}

export function expectEqual(name: string, actual: ArrayLike<number>, expected: ArrayLike<number>): void {
  expectNear(name, actual, expected, new Float64Array(expected.length));
}
