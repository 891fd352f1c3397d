/** Whole networks: every gradient against central differences of the loss, and what a pass and a step return. */

import { describe, expect, test } from 'vitest';
import { seededValues } from '../../test/goldens/goldens.js';
import { defineModel, type Model, modelFromData, weightsOf } from '../model/model.js';
import { operationsOf } from '../model/operations.js';
import { sizeOf } from '../numerics/tensor.js';
import { centralDifferences, relativeError } from './central-differences.js';
import { forward, inferencePass, lossAndGradients, trainingStep } from './network.js';
import { ReferenceOptimizer } from './optimizers.js';

const batch = 4;

/** A model with seeded weights, input and one-hot targets. */
function problem(inputShape: number[], layers: object[]) {
  const model = defineModel(modelFromData({ inputShape, layers }, 'test'));
  const values = (count: number, stream: number, scale = 0.7) => seededValues(2, count, { stream, center: 0, scale });
  const weights = new Map(weightsOf(model).map(({ path, shape }, index) => [path, values(sizeOf(shape), index)]));
  const targets = new Float64Array(batch * model.classes);
  for (let n = 0; n < batch; n++) targets[n * model.classes + (n % model.classes)] = 1;
  return { model, weights, input: values(batch * sizeOf(inputShape), 100, 1), targets };
}

const convolution = (filters: number, kernelSize: number | number[], more = {}) => ({
  type: 'conv2d',
  filters,
  kernelSize,
  ...more,
});
const dense = (units: number, activation: string, more = {}) => ({ type: 'dense', units, activation, ...more });
const pooling = { type: 'maxPooling2d' };
const flatten = { type: 'flatten' };
const relu = { activation: 'relu' };

describe.each<[string, number[], object[]]>([
  [
    'cnn',
    [10, 10, 1],
    [
      convolution(3, 3, relu),
      pooling,
      convolution(4, 3, relu),
      pooling,
      flatten,
      dense(5, 'relu'),
      { type: 'dropout', rate: 0.5 },
      dense(3, 'softmax'),
    ],
  ],
  [
    'lenet5',
    [8, 8, 1],
    [
      convolution(2, 3, { padding: 'same', activation: 'tanh' }),
      { type: 'averagePooling2d' },
      { type: 'activation', activation: 'tanh' },
      convolution(3, 3, { activation: 'tanh' }),
      flatten,
      dense(6, 'tanh'),
      dense(3, 'softmax'),
    ],
  ],
  [
    'mlp with dropout and L2',
    [3, 3, 1],
    [
      flatten,
      dense(8, 'relu', { l2: 0.1 }),
      { type: 'dropout', rate: 0.3 },
      dense(6, 'relu', { l2: 0.02 }),
      { type: 'dropout', rate: 0.2 },
      dense(4, 'linear'),
    ],
  ],
  [
    'batch normalization',
    [5, 5, 2],
    [
      convolution(3, 2, { useBias: false, l2: 0.05 }),
      { type: 'batchNormalization' },
      { type: 'activation', activation: 'tanh' },
      flatten,
      dense(5, 'linear', { useBias: false }),
      { type: 'batchNormalization', epsilon: 1e-2 },
      { type: 'activation', activation: 'sigmoid' },
      dense(3, 'softmax'),
    ],
  ],
  [
    'the other activations',
    [4, 4, 2],
    [
      convolution(3, 2, { activation: 'leakyRelu' }),
      convolution(3, 1, { activation: 'softmax' }),
      flatten,
      dense(5, 'sigmoid'),
      dense(4, 'softmax'),
      dense(2, 'softmax'),
    ],
  ],
  [
    'strides, same padding and even kernels',
    [9, 7, 2],
    [
      convolution(3, [4, 2], { strides: 2, padding: 'same', activation: 'tanh' }),
      { type: 'maxPooling2d', poolSize: [2, 3], strides: [2, 1], padding: 'same' },
      convolution(2, 2, { padding: 'same', activation: 'tanh' }),
      { type: 'averagePooling2d', poolSize: 2, padding: 'same' },
      { type: 'globalAveragePooling2d' },
      dense(3, 'softmax'),
    ],
  ],
])('%s', (_, inputShape, layers) => {
  const { model, weights, input, targets } = problem(inputShape, layers);
  const options = { seed: 3, step: 1, labelSmoothing: 0.1, sampleWeights: [1, 2, 0.5, 1.5] };
  const execute = () => lossAndGradients(model, weights, input, targets, options);
  const measure = (at: Float64Array) =>
    centralDifferences(() => Float64Array.of(execute().loss), Float64Array.of(1), at);

  test('gradients of the weights', () => {
    const { gradients } = execute();
    const trainable = weightsOf(model).filter((weight) => weight.trainable);
    expect([...gradients.keys()].sort()).toEqual(trainable.map((weight) => weight.path).sort());
    for (const [path, gradient] of gradients) {
      expect(relativeError(gradient, measure(weights.get(path)!)), path).toBeLessThan(1e-7);
    }
  });

  test('gradient of the input', () => {
    expect(relativeError(execute().inputGradient, measure(input))).toBeLessThan(1e-7);
  });

  test('gradient of the input without training, with moving statistics and no dropout', () => {
    const settled = new Map(weights);
    for (const [path, values] of weights) {
      if (path.endsWith('movingVariance'))
        settled.set(
          path,
          values.map((value) => value ** 2 + 0.3),
        );
    }
    const dLogits = seededValues(2, batch * model.classes, { stream: 101, center: 0, scale: 1 });
    const pass = inferencePass(model, settled, input);
    const measured = centralDifferences(() => forward(model, settled, input).logits, dLogits, input);
    expect(pass.logits).toEqual(forward(model, settled, input).logits);
    const gradient = pass.inputGradient(dLogits);
    expect(relativeError(gradient, measured)).toBeLessThan(1e-7);
    expect(relativeError(gradient.with(0, gradient[0] * 1.001 + 1e-4), measured)).toBeGreaterThan(1e-7);
  });
});

const small: Parameters<typeof problem> = [
  [4],
  [
    dense(6, 'linear'),
    { type: 'batchNormalization', momentum: 0.9 },
    { type: 'dropout', rate: 0.5 },
    dense(3, 'softmax', { l2: 0.5 }),
  ],
];

describe('a pass', () => {
  const { model, weights, input, targets } = problem(...small);

  test('returns the output of each operation, the last one being the logits', () => {
    const { activations, logits } = forward(model, weights, input);
    const sizes = operationsOf(model).map((operation) => batch * sizeOf(operation.outputShape));
    expect(activations.map((values) => values.length)).toEqual(sizes);
    expect(activations.at(-1)).toBe(logits);
  });

  test('drops and moves statistics only in training, and drops only where it is not switched off', () => {
    const inference = forward(model, weights, input);
    expect(inference.activations[2]).toEqual(inference.activations[1]);
    expect(inference.movingStatistics.size).toBe(0);
    const training = forward(model, weights, input, { training: true });
    expect(training.activations[2]).toContain(0);
    expect([...training.movingStatistics.keys()]).toEqual([
      'batchNormalization/movingMean',
      'batchNormalization/movingVariance',
    ]);
    const kept = forward(model, weights, input, { training: true, dropout: false });
    expect(kept.activations[2]).toEqual(kept.activations[1]);
  });

  test('adds the L2 penalty to the loss', () => {
    const { loss } = lossAndGradients(model, weights, input, targets);
    const penalty = weights.get('dense_1/kernel')!.reduce((sum, weight) => sum + 0.5 * weight ** 2, 0);
    const without = problem(small[0], [...small[1].slice(0, -1), dense(3, 'softmax')]);
    expect(loss - penalty).toBeCloseTo(lossAndGradients(without.model, weights, input, targets).loss, 12);
  });

  test('counts a sample as correct where the largest logit is that of the largest target', () => {
    const identity: Model = defineModel(modelFromData({ inputShape: [2], layers: [dense(2, 'softmax')] }, 'test'));
    const exact = new Map([
      ['dense/kernel', Float64Array.of(1, 0, 0, 1)],
      ['dense/bias', Float64Array.of(0, 0)],
    ]);
    const logits = Float64Array.of(1, 2, 3, 1, 0, 5);
    const { correct } = lossAndGradients(identity, exact, logits, Float64Array.of(0, 1, 1, 0, 0.6, 0.4));
    expect(correct).toBe(2);
  });

  test('refuses weights and arrays that do not fit', () => {
    const incomplete = new Map([...weights].slice(1));
    expect(() => forward(model, incomplete, input)).toThrow('a value for weight "dense/kernel". Received none.');
    const short = new Map(weights).set('dense/bias', new Float64Array(5));
    expect(() => forward(model, short, input)).toThrow('Weight "dense/bias" must have 6 values. Received: 5.');
    expect(() => forward(model, weights, input.slice(1))).toThrow('input must have 16 values. Received: 15.');
    expect(() => forward(model, weights, new Float64Array(0))).toThrow('input must have 4 values. Received: 0.');
    expect(() => lossAndGradients(model, weights, input, targets.slice(1))).toThrow(
      'targets must have 12 values. Received: 11.',
    );
    const { inputGradient } = inferencePass(model, weights, input);
    expect(() => inputGradient(targets.slice(1))).toThrow('dLogits must have 12 values. Received: 11.');
  });
});

test('training steps bring the loss of one batch near to zero', () => {
  const { model, weights, input, targets } = problem([4], [dense(8, 'tanh'), dense(3, 'softmax')]);
  const optimizer = new ReferenceOptimizer({ type: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7 }, 0.05);
  let result = trainingStep(model, weights, optimizer, input, targets);
  expect(result.loss).toBeGreaterThan(0.5);
  for (let step = 1; step < 200; step++) result = trainingStep(model, weights, optimizer, input, targets, { step });
  expect(result.loss).toBeLessThan(0.01);
  expect(result.correct).toBe(batch);
});

test('a training step stores the moving statistics', () => {
  const { model, weights, input, targets } = problem(...small);
  const optimizer = new ReferenceOptimizer({ type: 'sgd', momentum: 0, nesterov: false }, 0.1);
  const { movingStatistics } = trainingStep(model, weights, optimizer, input, targets);
  expect(weights.get('batchNormalization/movingMean')).toEqual(movingStatistics.get('batchNormalization/movingMean'));
});
