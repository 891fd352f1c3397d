/**
 * Random small networks of every layer in any legal order, on the engine and on the float64 reference: predictions,
 * loss, gradients with L2 penalties, clipping, moving statistics, any batch size and number of threads.
 */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arithmetics } from '../src/engine/kernels.js';
import { activationNames } from '../src/layers/activations.js';
import { definitionOf, type Layer, layerFromData } from '../src/layers/layers.js';
import { defineModel, type ModelConfig, weightsOf } from '../src/model/model.js';
import { type Shape, sizeOf } from '../src/numerics/tensor.js';
import { softmax } from '../src/reference/activation.js';
import { forward, lossAndGradients } from '../src/reference/network.js';
import { ReferenceOptimizer, type WeightValues } from '../src/reference/optimizers.js';
import { seededValues } from './goldens/goldens.js';
import { gradientsOf, rowsOf, withEngine } from './train-on-engine.js';

const oneTo = (largest: number) => fc.integer({ min: 1, max: largest });
const pair = (largest: number) => fc.tuple(oneTo(largest), oneTo(largest));
const activation = fc.constantFrom(...activationNames);
const padding = fc.constantFrom('valid', 'same');
const l2 = fc.constantFrom(0, 0.01);
const rate = fc.constantFrom(0.2, 0.5);
/** Frozen layers among the others; the last one is trained. */
const trainable = fc.constantFrom(true, true, false);

/** Layers that take images or vectors. */
const anywhere = [
  fc.record({ type: fc.constant('activation'), activation, negativeSlope: fc.constantFrom(0, 0.1) }),
  fc.record({ type: fc.constant('dropout'), rate }),
  fc.record({
    type: fc.constant('batchNormalization'),
    momentum: fc.constantFrom(0, 0.9),
    epsilon: fc.constant(0.01),
    trainable,
  }),
];
const convolution = fc.record({
  type: fc.constant('conv2d'),
  filters: oneTo(9),
  kernelSize: pair(4),
  strides: pair(2),
  padding,
  activation,
  useBias: fc.boolean(),
  l2,
  trainable,
});
const pooling = fc.record({
  type: fc.constantFrom('maxPooling2d', 'averagePooling2d'),
  poolSize: pair(3),
  strides: pair(3),
  padding,
});
/**
 * What has fast ways of its own in the engine: a convolution 3x3 of four or eight channels and a pooling 2x2, often
 * together.
 */
const commonConvolution = fc.record({
  type: fc.constant('conv2d'),
  filters: fc.constantFrom(4, 8),
  kernelSize: fc.constant(3),
  padding,
  activation: fc.constantFrom('relu', 'linear'),
  useBias: fc.boolean(),
  l2,
  trainable,
});
const commonPooling = fc.constant({ type: 'maxPooling2d' });
const dense = fc.record({
  type: fc.constant('dense'),
  units: oneTo(11),
  activation,
  useBias: fc.boolean(),
  l2,
  trainable,
});

const networks = fc
  .record({
    inputShape: fc.tuple(oneTo(12), oneTo(12), oneTo(4)),
    images: fc.array(
      fc.oneof(convolution, commonConvolution, commonConvolution, commonPooling, commonPooling, pooling, ...anywhere),
      {
        maxLength: 6,
      },
    ),
    between: fc.constantFrom('flatten', 'globalAveragePooling2d'),
    vectors: fc.array(fc.oneof(dense, ...anywhere), { maxLength: 3 }),
    end: fc.record({
      type: fc.constant('dense'),
      units: fc.integer({ min: 2, max: 11 }),
      activation: fc.constantFrom('softmax', 'linear'),
      l2,
    }),
  })
  .map(({ inputShape, images, between, vectors, end }): ModelConfig => {
    const fits = { layers: [] as Layer[], shape: inputShape as Shape };
    for (const data of [...images, { type: between }, ...vectors, end]) addIfItFits(fits, layerFromData(data));
    return { name: 'random', inputShape, layers: fits.layers };
  });

function addIfItFits(network: { layers: Layer[]; shape: Shape }, layer: Layer): void {
  try {
    network.shape = definitionOf(layer).outputShape(layer, network.shape);
    network.layers.push(layer);
  } catch {
    // A window larger than what is left of the image: the network goes on without it.
  }
}

const cases = fc.record({
  config: networks,
  rows: oneTo(20),
  threads: oneTo(3),
  seed: fc.nat({ max: 10_000 }),
  step: fc.nat({ max: 100 }),
  labelSmoothing: fc.constantFrom(0, 0.1),
  weighted: fc.boolean(),
  clip: fc.constantFrom({}, { clipNorm: 0.05 }, { globalClipNorm: 0.05 }),
});

/** The problem of a case: weights, images and targets from its seed, all of them float32 numbers. */
function problemOf({
  config,
  rows,
  seed,
  labelSmoothing,
  weighted,
}: typeof cases extends fc.Arbitrary<infer Case> ? Case : never) {
  const model = defineModel(config);
  const values = (count: number, stream: number, center = 0, scale = 1) =>
    seededValues(seed, count, { stream, center, scale });
  const weights: WeightValues = new Map(
    weightsOf(model).map(({ path, name, shape, fanIn }, index) => {
      if (name === 'movingVariance') return [path, values(sizeOf(shape), index, 1, 0.5)];
      return [path, values(sizeOf(shape), index, 0, name === 'kernel' ? Math.sqrt(3 / fanIn) : 1)];
    }),
  );
  return {
    model,
    weights,
    labelSmoothing,
    input: values(rows * sizeOf(config.inputShape), 100),
    targets: Float64Array.from(softmax(values(rows * model.classes, 101, 0, 3), model.classes), Math.fround),
    sampleWeights: weighted ? [...values(rows, 102, 1, 1)] : undefined,
  };
}

/**
 * How far the largest value of a tensor may be off, relative to the tensor's largest or, where all of it is noise (a
 * bias before batch normalisation has no effect), to a hundredth of the largest of all. Float32 is off by 6e-8 an
 * operation; normalising a few values whose mean is large beside their spread, and long chains of layers, bring that to
 * some 1e-5.
 */
const tolerance = 1e-4;

function expectNear(name: string, actual: ArrayLike<number>, expected: Float64Array, largestOfAll = 0): void {
  const size = Math.max(largestOfAll / 100, ...expected.map(Math.abs));
  expect(actual.length, name).toBe(expected.length);
  const wrong = expected.findIndex((value, index) => !(Math.abs(actual[index] - value) <= tolerance * size));
  expect(wrong === -1 ? undefined : [wrong, actual[wrong], expected[wrong]], name).toBeUndefined();
}

test('the comparator finds a small error and a NaN', () => {
  expectNear('same', [1, 2], Float64Array.of(1, 2));
  expect(() => expectNear('other', [1, 2.001], Float64Array.of(1, 2))).toThrow('other');
  expect(() => expectNear('NaN', [Number.NaN, 2], Float64Array.of(1, 2))).toThrow('NaN');
});

test.each(arithmetics)('random networks, %s', async (arithmetic) => {
  const property = fc.asyncProperty(cases, async (given) => {
    const problem = problemOf(given);
    const { model, weights, input, targets, labelSmoothing, sampleWeights } = problem;
    const { seed, step, threads, clip } = given;
    await withEngine(problem, { arithmetic, threads }, async (engine) => {
      const { probabilities, logits } = await engine.evaluate(rowsOf(problem));
      const reference = forward(model, weights, input);
      expectNear('logits', logits.data, reference.logits);
      expectNear('probabilities', probabilities.data, softmax(reference.logits, model.classes));

      const played = await gradientsOf(engine, problem, seed, step, clip);
      const twin = lossAndGradients(model, weights, input, targets, { seed, step, labelSmoothing, sampleWeights });
      expectNear('loss', [played.loss], Float64Array.of(twin.loss));
      expect([...played.gradients.keys()].sort()).toEqual([...twin.gradients.keys()].sort());
      const largest = Math.max(...[...twin.gradients.values()].flatMap((values) => [...values.map(Math.abs)]));
      // From weights of zero a step of sgd with learning rate 1 leaves the clipped gradient, negated.
      const clipped: WeightValues = new Map(
        [...twin.gradients].map(([path, { length }]) => [path, new Float64Array(length)]),
      );
      new ReferenceOptimizer({ type: 'sgd', momentum: 0, nesterov: false, ...clip }, 1).update(clipped, twin.gradients);
      for (const [path, values] of clipped) {
        expectNear(
          path,
          played.gradients.get(path)!,
          values.map((value) => -value),
          largest,
        );
      }
      const after = engine.weights();
      for (const [path, values] of twin.movingStatistics) expectNear(path, after.get(path)!, values, 1);
    });
  });
  await fc.assert(property, { seed: 1, numRuns: 40, endOnFailure: false });
});
