/** Batch normalisation as a step executes it: sums by shard, statistics, forward, backward, moving averages. */

import fc from 'fast-check';
import { kernelSizes } from '../../src/engine/kernels.js';
import {
  batchNormalizationBackward,
  batchNormalizationForward,
  batchStatistics,
  movingAverage,
} from '../../src/reference/batch-normalization.js';
import { absolute, forRandomShapes, oneTo } from './cases.js';
import { expectNear, roundings, unit } from './compare.js';

const shards = 3;
const shapes = fc.record({
  rows: fc.tuple(fc.nat({ max: 4 }), fc.nat({ max: 4 }), oneTo(4)),
  pixels: oneTo(9),
  channels: oneTo(17),
  center: fc.constantFrom(0, 0.5, 10),
});

const all =
  'batchNormalizationSums, batchNormalizationStatistics, batchNormalizationForward, batchNormalizationGradientSums, ' +
  'batchNormalizationBackward, batchNormalizationParameterGradients, batchNormalizationUpdateMoving';

forRandomShapes(all, shapes, (space, { rows, pixels, channels, center }, numbers) => {
  const epsilon = 1e-3;
  const momentum = 0.9;
  const batchRows = rows[0] + rows[1] + rows[2];
  const count = batchRows * pixels;
  const x = Float64Array.from(numbers.next(count * channels), (value) => Math.fround(value + center));
  const dy = numbers.next(count * channels);
  const gamma = numbers.next(channels);
  const beta = numbers.next(channels);
  const moving = { mean: numbers.next(channels), variance: absolute(numbers.next(channels)) };
  const record = space.record({ rows: batchRows });
  const xAt = space.input(x);
  const dx = space.changing(dy);
  const y = space.output(x.length);
  const sums = space.doubles(shards * channels * 2);
  const dSums = space.doubles(shards * channels * 2);
  const statistics = space.output(channels * 2);
  const [gammaAt, betaAt] = [space.input(gamma), space.input(beta)];
  const shardBytes = kernelSizes().batchNormalizationSumsBytes(channels);
  /** Each shard's count of samples and where its first lies. */
  const parts = rows.map((own, shard) => {
    const first = rows.slice(0, shard).reduce((sum, other) => sum + other, 0) * pixels;
    return { count: own * pixels, at: first * channels * 4, shard: shard * shardBytes };
  });
  const overShards = { shardBytes, shards };
  const batch = { ...overShards, record, pixels };
  for (const part of parts)
    space.run('batchNormalizationSums', {
      x: xAt + part.at,
      count: part.count,
      channels,
      sums: sums.address + part.shard,
    });
  space.run('batchNormalizationStatistics', {
    sums: sums.address,
    ...batch,
    channels,
    epsilon,
    statistics: statistics.address,
  });
  const expected = batchStatistics(x, channels);
  expectNear(
    'mean',
    statistics.values.subarray(0, channels),
    expected.mean,
    roundings(2, expected.mean).map((bound) => bound + 1e-12),
  );
  const deviation = expected.variance.map((variance) => Math.sqrt(variance + epsilon));
  const inverse = deviation.map((value) => 1 / value);
  expectNear('inverse', statistics.values.subarray(channels), inverse, roundings(4, inverse));

  for (const part of parts) {
    space.run('batchNormalizationForward', {
      x: xAt + part.at,
      y: y.address + part.at,
      count: part.count,
      channels,
      statistics: statistics.address,
      gamma: gammaAt,
      beta: betaAt,
    });
  }
  // x - mean is off by a rounding of x, which counts as much more as the deviation is smaller than x.
  const spread = x.map((value, index) => {
    const channel = index % channels;
    // The twin itself rounds to float64.
    return (Math.abs(value) + Math.abs(expected.mean[channel]) + 1e-6) * inverse[channel];
  });
  const overChannels = (values: Float64Array) => {
    const totals = new Float64Array(channels);
    for (const [index, value] of values.entries()) totals[index % channels] += value;
    return totals;
  };
  const size = absolute(dy);
  const sizes = overChannels(size);
  const products = overChannels(size.map((value, index) => value * spread[index]));
  const bounds = {
    y: spread.map(
      (value, index) => 8 * unit * (Math.abs(gamma[index % channels]) * value + Math.abs(beta[index % channels])),
    ),
    dx: spread.map((value, index) => {
      const channel = index % channels;
      const inner = size[index] + (sizes[channel] + 2 * value * products[channel]) / count;
      return 8 * unit * Math.abs(gamma[channel]) * inverse[channel] * inner;
    }),
    dGamma: products.map((value) => 8 * unit * value),
  };
  expectNear('y', y.values, batchNormalizationForward(x, gamma, beta, expected, epsilon), bounds.y);

  for (const part of parts) {
    space.run('batchNormalizationGradientSums', {
      dy: dx.address + part.at,
      x: xAt + part.at,
      count: part.count,
      channels,
      statistics: statistics.address,
      sums: dSums.address + part.shard,
    });
  }
  const means = space.bytes(kernelSizes().batchNormalizationStatisticsBytes(channels));
  for (const part of parts) {
    space.run('batchNormalizationBackward', {
      dy: dx.address + part.at,
      x: xAt + part.at,
      dx: dx.address + part.at,
      count: part.count,
      channels,
      statistics: statistics.address,
      gamma: gammaAt,
      sums: dSums.address,
      ...batch,
      means: means.address,
    });
  }
  const twin = batchNormalizationBackward(dy, x, gamma, expected, epsilon);
  expectNear('dx', dx.values, twin.dx, bounds.dx);
  const [dGamma, dBeta] = [space.output(channels), space.output(channels)];
  space.run('batchNormalizationParameterGradients', {
    sums: dSums.address,
    ...overShards,
    channels,
    dGamma: dGamma.address,
    dBeta: dBeta.address,
  });
  expectNear('dGamma', dGamma.values, twin.dGamma, bounds.dGamma);
  expectNear(
    'dBeta',
    dBeta.values,
    twin.dBeta,
    roundings(1, twin.dBeta).map((tolerance) => tolerance + 1e-12),
  );

  const [movingMean, movingVariance] = [space.changing(moving.mean), space.changing(moving.variance)];
  space.run('batchNormalizationUpdateMoving', {
    sums: sums.address,
    ...batch,
    channels,
    momentum,
    movingMean: movingMean.address,
    movingVariance: movingVariance.address,
  });
  for (const [name, { values }] of Object.entries({ mean: movingMean, variance: movingVariance })) {
    const moved = movingAverage(moving[name as 'mean'], expected[name as 'mean'], momentum);
    expectNear(
      `moving ${name}`,
      values,
      moved,
      roundings(1, moved).map((tolerance) => tolerance + 1e-12),
    );
  }
});

forRandomShapes('batchNormalizationMovingStatistics', oneTo(17), (space, channels, numbers) => {
  const mean = numbers.next(channels);
  const variance = absolute(numbers.next(channels));
  const statistics = space.output(channels * 2);
  space.run('batchNormalizationMovingStatistics', {
    movingMean: space.input(mean),
    movingVariance: space.input(variance),
    channels,
    epsilon: 1e-3,
    statistics: statistics.address,
  });
  const expected = Float64Array.of(...mean, ...variance.map((value) => 1 / Math.sqrt(value + 1e-3)));
  expectNear('statistics', statistics.values, expected, roundings(1, expected));
});
