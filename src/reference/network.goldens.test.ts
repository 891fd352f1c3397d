/** Holds the reference to what PyTorch and Keras computed for the same networks and the same optimizer steps. */

import { describe, expect, test } from 'vitest';
import {
  deviation,
  loadNetworkGolden,
  loadOptimizerGolden,
  networkGoldens,
  optimizerGoldens,
  type TensorSample,
} from '../../test/goldens/goldens.js';
import { relativeError } from './central-differences.js';
import { forward, lossAndGradients, trainingStep } from './network.js';
import { ReferenceOptimizer } from './optimizers.js';

const tolerance = 1e-11;

describe.each(networkGoldens)('network %s', (name) => {
  const golden = loadNetworkGolden(name);
  const { model, weights, input, targets, expected } = golden;
  const result = lossAndGradients(model, weights, input, targets, golden);

  test('has the expected logits, loss and number of correct answers', () => {
    expect(relativeError(result.logits, Float64Array.from(expected.logits))).toBeLessThan(tolerance);
    expect(Math.abs(result.loss / expected.loss - 1)).toBeLessThan(tolerance);
    expect(result.correct).toBe(expected.correct);
  });

  test('has the expected gradients of every weight and of the input', () => {
    expect([...result.gradients.keys()].sort()).toEqual(Object.keys(expected.gradients).sort());
    for (const [path, sample] of Object.entries(expected.gradients)) {
      expect(deviation(result.gradients.get(path)!, sample), path).toBeLessThan(tolerance);
    }
    expect(deviation(result.inputGradient, expected.inputGradient)).toBeLessThan(tolerance);
  });

  test('moves its statistics as expected', () => {
    expect([...result.movingStatistics.keys()]).toEqual(Object.keys(expected.movingStatistics));
    for (const [path, values] of Object.entries(expected.movingStatistics)) {
      expect(relativeError(result.movingStatistics.get(path)!, Float64Array.from(values)), path).toBeLessThan(
        tolerance,
      );
    }
  });

  test('predicts the expected logits', () => {
    const { logits } = forward(model, weights, input);
    expect(relativeError(logits, Float64Array.from(expected.inferenceLogits))).toBeLessThan(tolerance);
  });
});

describe.each(optimizerGoldens)('steps by %s', (source) => {
  test.each(loadOptimizerGolden(source).cases)('$name', ({ rule, learningRate, losses, firstWeights, lastWeights }) => {
    const { model, weights, input, targets } = loadOptimizerGolden(source);
    const optimizer = new ReferenceOptimizer(rule, learningRate);
    for (const [step, expected] of losses.entries()) {
      const { loss } = trainingStep(model, weights, optimizer, input, targets);
      expect(Math.abs(loss / expected - 1)).toBeLessThan(tolerance);
      const stored = { 0: firstWeights, [losses.length - 1]: lastWeights }[step] ?? {};
      for (const [path, values] of Object.entries(stored)) {
        expect(relativeError(weights.get(path)!, Float64Array.from(values)), path).toBeLessThan(tolerance);
      }
    }
  });
});

describe('deviation', () => {
  const sample: TensorSample = { size: 3, sum: 1, sumOfSquares: 9, values: [1, -2, 2] };

  test('is zero for the tensor itself, and tells a changed value, a NaN and a wrong size', () => {
    expect(deviation([1, -2, 2], sample)).toBe(0);
    expect(deviation([1, -2, 2.001], sample)).toBeGreaterThan(1e-4);
    expect(deviation([1, Number.NaN, 2], sample)).toBeNaN();
    expect(deviation([1, -2], sample)).toBeNaN();
  });

  test('tells a changed value that is not among the sampled ones', () => {
    const ones = { size: 300, sum: 300, sumOfSquares: 300, values: new Array(200).fill(1) };
    const sampled = new Set(Array.from({ length: 200 }, (_, k) => ((k * 2654435761) % 2 ** 32) % 300));
    const values = Array.from({ length: 300 }, (_, index) => (sampled.has(index) ? 1 : 1.1));
    expect(deviation(values, ones)).toBeGreaterThan(0.01);
  });
});
