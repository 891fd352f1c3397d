import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asRows } from '../../test/as-rows.js';
import { topKAccuracy, wilsonInterval } from './accuracy.js';
import { predictedClasses } from './predictions.js';

describe('topKAccuracy', () => {
  const probabilities = Float32Array.of(0.5, 0.25, 0.25, 0, 1, 0, 0.2, 0.3, 0.5);

  it.each([
    [1, 1 / 3],
    [2, 2 / 3],
    [3, 1],
  ])('top %i', (k, expected) => {
    expect(topKAccuracy(asRows(probabilities, 3), [0, 2, 1], k)).toBe(expected);
  });

  it('ranks equally probable classes by index', () => {
    const equal = new Float32Array(4).fill(0.25);
    expect([0, 1, 2, 3].map((label) => topKAccuracy(asRows(equal, 4), [label], 2))).toEqual([1, 1, 0, 0]);
  });

  it('agrees with predictedClasses for k = 1, ties included', () => {
    const row = fc.array(fc.constantFrom(0, 0.25, 0.5, 1), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(fc.tuple(row, fc.nat({ max: 2 })), { minLength: 1 }), (examples) => {
        const values = Float32Array.from(examples.flatMap(([values]) => values));
        const labels = examples.map(([, label]) => label);
        const right = predictedClasses(asRows(values, 3)).filter((predicted, i) => predicted === labels[i]).length;
        expect(topKAccuracy(asRows(values, 3), labels, 1)).toBe(right / labels.length);
      }),
    );
  });

  it.each([
    [probabilities, [0, 2, 1], 3, 0, /"k" must be a whole number from 1 to 3/],
    [probabilities, [0, 2, 1], 3, 4, /"k" must be/],
    [probabilities, [0, 2], 3, 1, /Expected 3 labels/],
    [probabilities, [0, 2, 3], 3, 1, /Received: 3 for example 2/],
    [new Float32Array(0), [], 3, 1, /no examples/],
  ])('refuses wrong arguments (%#)', (values, labels, classes, k, message) => {
    expect(() => topKAccuracy(asRows(values, classes), labels, k)).toThrow(message);
  });
});

describe('wilsonInterval', () => {
  // scipy.stats.binomtest(correct, total).proportion_ci(method='wilson')
  it.each([
    [9919, 10000, 0.9899445123087914, 0.9934777100941369],
    [81, 263, 0.2552885198782742, 0.36620957698280004],
    [0, 10, 0, 0.27753279986288926],
    [10, 10, 0.7224672001371109, 1],
    [1, 2, 0.09453120573423074, 0.9054687942657693],
  ])('%i of %i', (correct, total, low, high) => {
    const interval = wilsonInterval(correct, total);
    expect(interval[0]).toBeCloseTo(low, 14);
    expect(interval[1]).toBeCloseTo(high, 14);
  });

  it('stays within 0 and 1, holds the share, and mirrors', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.double({ min: 0, max: 1, noNaN: true }), (total, fraction) => {
        const correct = Math.floor(total * fraction);
        const [low, high] = wilsonInterval(correct, total);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(correct / total);
        expect(high).toBeGreaterThanOrEqual(correct / total);
        expect(1 - wilsonInterval(total - correct, total)[1]).toBeCloseTo(low, 12);
      }),
    );
  });

  it.each([
    [1, 0],
    [-1, 5],
    [6, 5],
    [0.5, 5],
    [Number.NaN, 5],
    [1, 5, 0],
    [1, 5, Number.NaN],
  ])('refuses %d of %d (z %d)', (correct, total, z?: number) => {
    expect(() => wilsonInterval(correct, total, z)).toThrow(/0 <= correct <= total/);
  });
});
