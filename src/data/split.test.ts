import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultValidationFraction, stratifiedSplit } from './split.js';

const labels = Uint8Array.from({ length: 1200 }, (_, index) => (index * 7) % 10);

function countsOf(indices: Uint32Array, all: Uint8Array): number[] {
  const counts = new Array<number>(256).fill(0);
  for (const index of indices) counts[all[index]]++;
  return counts;
}

describe('any split', () => {
  test('has every index once, ascending, the exact count, and each class within one of its share', () => {
    const cases = fc
      .uint8Array({ minLength: 2, maxLength: 300, max: 5 })
      .chain((all) => fc.tuple(fc.constant(all), fc.integer({ min: 0, max: all.length - 1 }), fc.nat()));
    fc.assert(
      fc.property(cases, ([all, count, seed]) => {
        const { train, validation } = stratifiedSplit(all, count, seed);
        // A count of 0 is none; any other number below 1 would be a fraction.
        expect(validation).toHaveLength(count);
        expect([...train, ...validation].sort((a, b) => a - b)).toStrictEqual([...all.keys()]);
        expect(train).toStrictEqual(train.toSorted());
        expect(validation).toStrictEqual(validation.toSorted());
        const total = countsOf(Uint32Array.from(all.keys()), all);
        countsOf(validation, all).forEach((set, label) => {
          expect(Math.abs(set - (total[label] * count) / all.length)).toBeLessThan(1);
        });
      }),
    );
  });

  test('gives the odd images to the largest remainders', () => {
    // Shares of 3: 3 * 5/8 = 1.875 and 3 * 2/8 = 0.75 and 3 * 1/8 = 0.375.
    const all = Uint8Array.of(0, 0, 0, 0, 0, 1, 1, 2);
    for (let seed = 0; seed < 20; seed++) {
      expect(countsOf(stratifiedSplit(all, 3, seed).validation, all).slice(0, 3)).toStrictEqual([2, 1, 0]);
    }
  });
});

describe('the seed', () => {
  test('decides: the same one, the same split; another one, another split', () => {
    expect(stratifiedSplit(labels, 100, 7)).toStrictEqual(stratifiedSplit(labels, 100, 7));
    expect(stratifiedSplit(labels, 100, 8)).not.toStrictEqual(stratifiedSplit(labels, 100, 7));
  });

  test('chooses every image sooner or later', () => {
    const all = new Uint8Array(12).fill(1, 6);
    const chosen = new Set<number>();
    for (let seed = 0; seed < 60; seed++)
      for (const index of stratifiedSplit(all, 2, seed).validation) chosen.add(index);
    expect(chosen.size).toBe(12);
  });

  test('has given these images ever since', () => {
    expect([...stratifiedSplit(labels, 10, 1).validation]).toStrictEqual([
      15, 220, 262, 307, 361, 469, 506, 533, 1028, 1144,
    ]);
  });
});

describe('the amount', () => {
  test('below 1 is a fraction, rounded', () => {
    expect(stratifiedSplit(labels, 0.1, 1).validation).toHaveLength(120);
    expect(stratifiedSplit(labels, 0.1004, 1).validation).toHaveLength(120);
    expect(stratifiedSplit(labels, defaultValidationFraction, 1).validation).toHaveLength(100);
    expect(Math.round(60_000 * defaultValidationFraction)).toBe(5_000);
  });

  test('from 1 is a number of images', () => {
    expect(stratifiedSplit(labels, 1, 1).validation).toHaveLength(1);
    expect(stratifiedSplit(labels, 1199, 1).train).toHaveLength(1);
  });

  test('0 leaves all images for training', () => {
    const { train, validation } = stratifiedSplit(labels, 0, 1);
    expect(train).toStrictEqual(Uint32Array.from(labels.keys()));
    expect(validation).toHaveLength(0);
  });

  test.each([-1, -0.1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('%d is refused', (amount) => {
    expect(() => stratifiedSplit(labels, amount, 1)).toThrow(expect.objectContaining({ kind: 'argument' }));
  });

  test.each([1200, 5000, 0.9999])('%d of 1200 leaves nothing to train on', (amount) => {
    expect(() => stratifiedSplit(labels, amount, 1)).toThrow(/of 1200 images aside.*at least one must remain/);
  });
});
