/** Batch normalisation by hand. */

import { expect, test } from 'vitest';
import {
  batchNormalizationForward,
  batchNormalizationInferenceBackward,
  batchStatistics,
  movingAverage,
} from './batch-normalization.js';

test('takes the biased variance of each channel', () => {
  const { mean, variance } = batchStatistics(Float64Array.of(1, 10, 3, 10, 5, 40), 2);
  expect([...mean]).toEqual([expect.closeTo(3, 12), expect.closeTo(20, 12)]);
  expect([...variance]).toEqual([expect.closeTo(8 / 3, 12), expect.closeTo(200, 12)]);
});

test('normalises, then scales and shifts', () => {
  const statistics = { mean: Float64Array.of(3), variance: Float64Array.of(3.75) };
  const y = batchNormalizationForward(Float64Array.of(1, 5), Float64Array.of(10), Float64Array.of(1), statistics, 0.25);
  expect([...y]).toEqual([-9, 11]);
});

test('with moving statistics each value is on its own', () => {
  const statistics = { mean: Float64Array.of(3), variance: Float64Array.of(3.75) };
  const [dy, x, gamma] = [Float64Array.of(1, -2), Float64Array.of(1, 5), Float64Array.of(10)];
  const { dx, dGamma, dBeta } = batchNormalizationInferenceBackward(dy, x, gamma, statistics, 0.25);
  expect([[...dx], [...dGamma], [...dBeta]]).toEqual([[5, -10], [-3], [-1]]);
});

test('the moving average keeps the share `momentum`', () => {
  expect([...movingAverage(Float64Array.of(4), Float64Array.of(8), 0.75)]).toEqual([5]);
});
