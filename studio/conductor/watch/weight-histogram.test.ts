import { dense, flatten, Sequential } from 'inkling';
import { describe, expect, test } from 'vitest';
import { binCount, weightHistogram, weightHistograms } from './weight-histogram.js';

describe('weightHistogram', () => {
  test('every weight is in one bin, the largest magnitude at an end and 0 in the middle', () => {
    const { bins, reach, count, least, most } = weightHistogram('dense', Float32Array.of(-2, -0.01, 0, 0.01, 1, 1));
    expect([reach, count, least, most]).toEqual([2, 6, -2, 1]);
    expect(bins).toHaveLength(binCount);
    expect(bins.reduce((sum, bin) => sum + bin, 0)).toBe(6);
    expect([bins[0], bins[15], bins[23], bins[30]]).toEqual([1, 3, 2, 0]);
    expect(weightHistogram('dense', Float32Array.of(3, -3)).bins.at(-1)).toBe(1);
  });

  test('mean and standard deviation are those of the weights', () => {
    const { mean, standardDeviation } = weightHistogram('dense', Float32Array.of(1, 2, 3, 4));
    expect(mean).toBe(2.5);
    expect(standardDeviation).toBeCloseTo(Math.sqrt(1.25), 12);
  });

  test('equal weights, none, and ones that are not finite spoil nothing', () => {
    expect(weightHistogram('a', Float32Array.of(0, 0)).bins[15]).toBe(2);
    expect(weightHistogram('a', new Float32Array(0)).reach).toBe(0);
    const diverged = weightHistogram('a', Float32Array.of(Number.NaN, Number.POSITIVE_INFINITY, 1));
    expect([diverged.notFinite, diverged.count, diverged.most]).toEqual([2, 1, 1]);
  });
});

test('weightHistograms takes the kernel of each layer that has one', () => {
  const model = new Sequential(
    [flatten(), dense({ units: 3, activation: 'relu', name: 'first' }), dense({ units: 2 })],
    {
      inputShape: [2, 2, 1],
    },
  );
  const histograms = weightHistograms(model.definition, model.getWeights());
  expect(histograms.map(({ layer, count }) => [layer, count])).toEqual([
    ['first', 12],
    ['dense', 6],
  ]);
});
