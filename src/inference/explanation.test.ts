/** Explanations by hand, against finite differences of the logit, and what is refused. */

import { describe, expect, test } from 'vitest';
import { seededValues } from '../../test/goldens/goldens.js';
import { architecture, architectureNames } from '../model/architectures.js';
import { defineModel, modelFromData, weightsOf } from '../model/model.js';
import { sizeOf } from '../numerics/tensor.js';
import { centralDifferences, relativeError } from '../reference/central-differences.js';
import { forward } from '../reference/network.js';
import { explain } from './explanation.js';

const float32Accuracy = 1e-6;

function problem(inputShape: number[], layers: object[]) {
  const model = defineModel(modelFromData({ inputShape, layers }, 'test'));
  const values = (count: number, stream: number) => seededValues(4, count, { stream, center: 0.1, scale: 0.6 });
  const weights = new Map(
    weightsOf(model).map(({ path, shape }, index) => [
      path,
      Float32Array.from(values(sizeOf(shape), index), (value) =>
        path.endsWith('Variance') ? value ** 2 + 0.2 : value,
      ),
    ]),
  );
  const image = { shape: inputShape, data: Float32Array.from(values(sizeOf(inputShape), 100), Math.abs) };
  return { model, weights, image };
}

const dense = (units: number, activation: string) => ({ type: 'dense', units, activation });
const convolution = (filters: number, activation: string) => ({ type: 'conv2d', filters, kernelSize: 2, activation });

describe('of a linear model', () => {
  const model = defineModel(
    modelFromData({ inputShape: [1, 2, 1], layers: [{ type: 'flatten' }, dense(2, 'softmax')] }, 'test'),
  );
  const weights = new Map([
    ['dense/kernel', Float32Array.of(1, 2, 3, -4)],
    ['dense/bias', Float32Array.of(0.5, 0)],
  ]);
  const image = { shape: [1, 2, 1], data: Float32Array.of(0.5, 1) };
  const explanation = explain(model, weights, image);

  test('all is known', () => {
    const [first, second] = explanation.probabilities;
    expect(explanation).toEqual({
      input: image,
      layers: [
        {
          name: 'dense',
          type: 'dense',
          activation: 'softmax',
          output: { shape: [2], data: Float32Array.of(first, second) },
        },
      ],
      logits: Float32Array.of(4, -3),
      probabilities: Float32Array.of(first, second),
      answer: 0,
      gradient: { shape: [1, 2, 1], data: Float32Array.of(1, 3) },
      saliency: { shape: [1, 2], data: Float32Array.of(0.5, 3) },
    });
    expect(first).toBeCloseTo(1 / (1 + Math.exp(-7)), 7);
    expect(first + second).toBeCloseTo(1, 7);
  });

  test('the saliency map and the bias sum to the logit', () => {
    expect(explanation.saliency.data.reduce((sum, value) => sum + value, 0.5)).toBe(explanation.logits[0]);
  });

  test('bytes are divided by 255, and a batch of one is one image', () => {
    const bytes = explain(model, weights, { shape: [1, 1, 2, 1], data: Uint8Array.of(51, 255) });
    expect(bytes.input).toEqual({ shape: [1, 2, 1], data: Float32Array.of(0.2, 1) });
  });

  test('the temperature flattens the probabilities and leaves the rest', () => {
    const warm = explain(model, weights, image, { temperature: 7 });
    expect(warm.probabilities[0]).toBeCloseTo(1 / (1 + Math.exp(-1)), 7);
    expect(warm.layers[0].output.data).toEqual(warm.probabilities);
    expect([warm.answer, warm.logits, warm.saliency]).toEqual([0, explanation.logits, explanation.saliency]);
  });

  test('does not change what it is given, and of equal logits the first is the answer', () => {
    const given = Float32Array.of(0, 0);
    const { answer } = explain(model, new Map(weights).set('dense/bias', given), {
      shape: [1, 2, 1],
      data: Float32Array.of(0, 0),
    });
    expect([answer, given]).toEqual([0, Float32Array.of(0, 0)]);
  });
});

describe.each<[string, number[], object[]]>([
  [
    'cnn with batch normalisation and dropout',
    [6, 5, 1],
    [
      convolution(3, 'linear'),
      { type: 'batchNormalization' },
      { type: 'activation', activation: 'relu' },
      { type: 'maxPooling2d' },
      { type: 'flatten' },
      { type: 'dropout', rate: 0.5 },
      dense(4, 'softmax'),
    ],
  ],
  ['three channels', [4, 4, 3], [convolution(2, 'tanh'), { type: 'globalAveragePooling2d' }, dense(3, 'linear')]],
])('%s', (_, inputShape, layers) => {
  const { model, weights, image } = problem(inputShape, layers);
  const explanation = explain(model, weights, image);

  test('the gradient is the slope of the answer, the saliency map that times the input', () => {
    const wide = new Map([...weights].map(([path, values]) => [path, Float64Array.from(values)]));
    const input = Float64Array.from(image.data);
    const dLogits = Float64Array.from(explanation.logits, (_, index) => (index === explanation.answer ? 1 : 0));
    const measured = centralDifferences(() => forward(model, wide, input).logits, dLogits, input);
    expect(relativeError(Float64Array.from(explanation.gradient.data), measured)).toBeLessThan(float32Accuracy);
    const [height, width, channels] = inputShape;
    const expected = new Float64Array(height * width);
    for (const [index, slope] of measured.entries()) expected[Math.floor(index / channels)] += slope * input[index];
    expect(explanation.saliency.shape).toEqual([height, width]);
    expect(relativeError(Float64Array.from(explanation.saliency.data), expected)).toBeLessThan(float32Accuracy);
    const planted = measured.map((slope) => slope * 1.001);
    expect(relativeError(planted, measured)).toBeGreaterThan(float32Accuracy);
  });
});

describe('layers', () => {
  test('are those that change values, after their activation', () => {
    const { model, weights, image } = problem(
      [6, 6, 1],
      [
        convolution(3, 'relu'),
        { type: 'batchNormalization', name: 'norm' },
        { type: 'activation', activation: 'linear' },
        { type: 'averagePooling2d' },
        { type: 'flatten' },
        dense(5, 'tanh'),
        { type: 'dropout', rate: 0.5 },
        dense(3, 'linear'),
        { type: 'activation', activation: 'softmax' },
      ],
    );
    const { layers, logits, probabilities } = explain(model, weights, image);
    expect(layers.map(({ name, type, activation, output }) => [name, type, activation, output.shape])).toEqual([
      ['conv2d', 'conv2d', 'relu', [5, 5, 3]],
      ['norm', 'batchNormalization', undefined, [5, 5, 3]],
      ['averagePooling2d', 'averagePooling2d', undefined, [2, 2, 3]],
      ['dense', 'dense', 'tanh', [5]],
      ['dense_1', 'dense', undefined, [3]],
      ['activation_1', 'activation', 'softmax', [3]],
    ]);
    expect(Math.min(...layers[0].output.data)).toBe(0);
    expect(layers[4].output.data).toEqual(logits);
    expect(layers[5].output.data).toEqual(probabilities);
    for (const { output } of layers) expect(output.data.length).toBe(sizeOf(output.shape));
  });

  test.each(architectureNames)('%s has its last one from the answer', (name) => {
    const model = defineModel(architecture(name, [28, 28, 1], 10));
    const weights = new Map(weightsOf(model).map(({ path, shape }) => [path, new Float32Array(sizeOf(shape))]));
    const { layers, probabilities } = explain(model, weights, { shape: [28, 28, 1], data: new Uint8Array(784) });
    expect(layers.at(-1)?.output.data).toEqual(probabilities);
    expect([...probabilities]).toEqual(new Array(10).fill(Math.fround(0.1)));
  });
});

describe('refuses', () => {
  const { model, weights, image } = problem([4, 4, 1], [{ type: 'flatten' }, dense(2, 'softmax')]);

  test.each([
    [[4, 5, 1], 20],
    [[2, 4, 4, 1], 32],
    [[4, 4], 16],
    [[4, 4, 1], 15],
  ])('an image of shape %j with %i values', (shape, count) => {
    const wrong = () => explain(model, weights, { shape, data: new Uint8Array(count) });
    expect(wrong).toThrow(`one image of shape [4, 4, 1]. Received: [${shape.join(', ')}] with ${count} values.`);
    expect(wrong).toThrow(expect.objectContaining({ name: 'InklingError', kind: 'data' }));
  });

  test('an image with NaN, and weights with NaN', () => {
    const broken = { ...image, data: image.data.with(3, Number.NaN) };
    expect(() => explain(model, weights, broken)).toThrow('the image holds NaN');
    const diverged = new Map(weights).set('dense/bias', Float32Array.of(Number.NaN, 0));
    expect(() => explain(model, diverged, image)).toThrow('diverged');
  });

  test('weights that are missing', () => {
    expect(() => explain(model, new Map([...weights].slice(1)), image)).toThrow('weight "dense/kernel"');
  });

  test('a model of vectors', () => {
    const vectors = problem([4], [dense(2, 'softmax')]);
    expect(() => explain(vectors.model, vectors.weights, vectors.image)).toThrow('Only models of images');
  });

  test.each([0, -1, Number.NaN, Infinity])('the temperature %d', (temperature) => {
    expect(() => explain(model, weights, image, { temperature })).toThrow(`Received: ${temperature}.`);
  });
});
