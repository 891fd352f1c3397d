/**
 * Holds the engine, in both arithmetics, to what PyTorch and Keras computed in float64: predictions, loss, every
 * gradient, moving statistics, ten steps of each optimizer.
 */

import { afterAll, describe, expect, test } from 'vitest';
import { arithmetics } from '../src/engine/kernels.js';
import { softmax } from '../src/reference/activation.js';
import { relativeError } from '../src/reference/central-differences.js';
import {
  deviation,
  loadNetworkGolden,
  loadOptimizerGolden,
  networkGoldens,
  optimizerGoldens,
} from './goldens/goldens.js';
import { engineOf, gradientsOf, prepare, rowsOf, trainSteps, withEngine } from './train-on-engine.js';

/**
 * Relative to the largest value (or the root mean square) of a tensor. A float32 number is off by 6e-8; through some
 * hundred terms a layer and a handful of layers that grows to about 1e-6.
 */
const tolerance = 5e-6;

describe.each(arithmetics)('%s', (arithmetic) => {
  describe.each(networkGoldens)('network %s', (name) => {
    const golden = loadNetworkGolden(name);
    const { expected } = golden;

    test('has the expected predictions, loss, right answers, gradients and moving statistics', async () => {
      await withEngine(golden, { arithmetic }, async (engine) => {
        const { probabilities, logits } = await engine.evaluate(rowsOf(golden));
        const wantedLogits = Float64Array.from(expected.inferenceLogits);
        const wanted = softmax(wantedLogits, golden.model.classes);
        expect(relativeError(Float64Array.from(probabilities.data), wanted)).toBeLessThan(tolerance);
        expect(relativeError(Float64Array.from(logits.data), wantedLogits)).toBeLessThan(tolerance);

        const { loss, correct, gradients } = await gradientsOf(engine, golden, golden.seed, golden.step);
        expect(Math.abs(loss / expected.loss - 1)).toBeLessThan(tolerance);
        expect(correct).toBe(expected.correct);
        expect([...gradients.keys()].sort()).toEqual(Object.keys(expected.gradients).sort());
        for (const [path, sample] of Object.entries(expected.gradients)) {
          expect(deviation(gradients.get(path)!, sample), path).toBeLessThan(tolerance);
        }
        const weights = engine.weights();
        for (const [path, values] of Object.entries(expected.movingStatistics)) {
          const moved = Float64Array.from(weights.get(path)!);
          expect(relativeError(moved, Float64Array.from(values)), path).toBeLessThan(tolerance);
        }
      });
    });
  });

  describe.each(optimizerGoldens)('ten steps by %s', (source) => {
    const { cases, ...problem } = loadOptimizerGolden(source);
    const engine = engineOf(problem, { arithmetic });
    afterAll(() => engine.dispose());

    test.each(cases)('$name', async ({ rule, learningRate, losses, firstWeights, lastWeights }) => {
      prepare(engine, problem, rule, 0);
      const [first] = await trainSteps(engine, problem, { rule, learningRate, first: 0, end: 1 });
      expectWeights(engine.weights(), firstWeights);
      const others = await trainSteps(engine, problem, { rule, learningRate, first: 1, end: losses.length });
      const executed = Float64Array.from([first, ...others], ({ loss }) => loss);
      expect(relativeError(executed, Float64Array.from(losses))).toBeLessThan(tolerance);
      expectWeights(engine.weights(), lastWeights);
    });
  });
});

function expectWeights(
  actual: ReadonlyMap<string, Float32Array>,
  expected: Readonly<Record<string, readonly number[]>>,
) {
  expect(Object.keys(expected).length).toBeGreaterThan(0);
  for (const [path, values] of Object.entries(expected)) {
    const error = relativeError(Float64Array.from(actual.get(path)!), Float64Array.from(values));
    expect(error, path).toBeLessThan(tolerance);
  }
}
