/** Initial weights: limits, moments, and that seed and place decide them. */

import { describe, expect, it } from 'vitest';
import { initialValues } from './initializers.js';
import type { InitializerName, WeightSpecification } from './layer.js';

const count = 40_000;

function weight(initializer: InitializerName, fanIn = 100, fanOut = 50): WeightSpecification {
  return { name: 'kernel', shape: [count / 100, 100], initializer, fanIn, fanOut, trainable: true, l2: 0 };
}

function moments(values: Float32Array): { mean: number; variance: number; largest: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, variance, largest: values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) };
}

describe('initialValues', () => {
  it('gives zeros and ones', () => {
    expect(initialValues(weight('zeros'), 1, 0).every((value) => value === 0)).toBe(true);
    expect(initialValues(weight('ones'), 1, 0).every((value) => value === 1)).toBe(true);
    expect(initialValues(weight('ones'), 1, 0)).toHaveLength(count);
  });

  it('draws glorotUniform evenly from +-sqrt(6 / (fanIn + fanOut))', () => {
    const limit = Math.sqrt(6 / 150);
    const { mean, variance, largest } = moments(initialValues(weight('glorotUniform'), 1, 0));
    expect(largest).toBeLessThanOrEqual(Math.fround(limit));
    expect(largest).toBeGreaterThan(0.999 * limit);
    // Four standard errors of mean and variance of a uniform distribution.
    expect(Math.abs(mean)).toBeLessThan((4 * limit) / Math.sqrt(3 * count));
    expect(Math.abs(variance - limit ** 2 / 3)).toBeLessThan((4 * limit ** 2 * Math.sqrt(4 / 45)) / Math.sqrt(count));
  });

  it('draws heNormal with variance 2 / fanIn, cut off at two standard deviations', () => {
    const values = initialValues(weight('heNormal'), 1, 0);
    const { mean, variance, largest } = moments(values);
    const deviation = Math.sqrt(2 / 100);
    const cut = (2 * deviation) / 0.8796256610342398;
    expect(largest).toBeLessThanOrEqual(Math.fround(cut));
    expect(largest).toBeGreaterThan(0.99 * cut);
    expect(Math.abs(mean)).toBeLessThan((4 * deviation) / Math.sqrt(count));
    // A cut normal distribution has thinner tails than the normal one, for which this is four standard errors.
    expect(Math.abs(variance / deviation ** 2 - 1)).toBeLessThan(4 * Math.sqrt(2 / count));
    // Unlike an even distribution it is denser in the middle: P(|z| < 1/2) / P(|z| < 2) = 0.38292 / 0.95450.
    const inner = values.reduce((sum, value) => sum + (Math.abs(value) < cut / 4 ? 1 : 0), 0) / count;
    expect(Math.abs(inner - 0.40118)).toBeLessThan(4 * Math.sqrt((0.4 * 0.6) / count));
  });

  it.each(['glorotUniform', 'heNormal'] as const)('decides %s by seed and place alone', (initializer) => {
    const values = initialValues(weight(initializer), 5, 2);
    expect(initialValues(weight(initializer), 5, 2)).toEqual(values);
    expect(initialValues(weight(initializer), 6, 2)).not.toEqual(values);
    expect(initialValues(weight(initializer), 5, 3)).not.toEqual(values);
  });

  it('does not depend on how many values are drawn', () => {
    const all = initialValues(weight('heNormal'), 5, 2);
    const few = initialValues({ ...weight('heNormal'), shape: [10] }, 5, 2);
    expect(few).toEqual(all.slice(0, 10));
  });
});
