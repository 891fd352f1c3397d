/** Of every kind of layer: the value that is worked out for the page is what the engine computes. */

import {
  activation,
  averagePooling2d,
  batchNormalization,
  conv2d,
  dense,
  dropout,
  explain,
  flatten,
  globalAveragePooling2d,
  type Layer,
  maxPooling2d,
  Sequential,
  type Tensor,
} from 'inkling';
import { describe, expect, test } from 'vitest';
import { placeOf } from '../place.js';
import { type Stage, stagesOf } from '../stages.js';
import type { Derivation } from './derivation.js';
import { deriveValue } from './derive-value.js';

const inputShape = [12, 10, 1];
const classes = 5;

/** The same numbers each time, of both signs. */
function numbers(count: number, salt: number): Float32Array {
  return Float32Array.from({ length: count }, (_, index) => Math.sin(12.9898 * (index + 1) + 78.233 * salt));
}

const image: Tensor<Uint8Array> = {
  data: Uint8Array.from(numbers(120, 1), (x) => (x > 0 ? Math.round(255 * x) : 0)),
  shape: inputShape,
};

/** A model with weights that are no special case: no bias of 0, no variance of 1. */
function modelOf(layers: readonly Layer[]): Sequential {
  const model = new Sequential({ name: 'test', inputShape, layers });
  model.compile({ threads: 1 });
  const weights = [...model.getWeights()].map(([path, values], index): [string, Float32Array] => {
    const own = numbers(values.length, index + 2).map((x) => (path.endsWith('Variance') ? 0.5 + x * x : 0.6 * x));
    return [path, own];
  });
  model.setWeights(new Map(weights));
  return model;
}

/** What the engine has after so many layers: the logits of a model that ends there. */
async function engineValues(model: Sequential, count: number): Promise<Float32Array> {
  const layers = model.definition.layers.slice(0, count).map(({ layer, name }): Layer => ({ ...layer, name }));
  // Softmax at the end is not of the logits.
  if (count === model.definition.layers.length) layers.push({ ...layers.pop()!, activation: 'linear' } as Layer);
  // Any value may be a logit after a layer that changes nothing: mean 0, variance 1.
  const cut = new Sequential({
    name: 'cut',
    inputShape,
    layers: [...layers, batchNormalization({ epsilon: 1e-12 }), flatten()],
  });
  cut.compile({ threads: 1 });
  const weights = model.getWeights();
  const added = cut.definition.layers[count].weights.map(({ path }) => path);
  const own = [...cut.getWeights()];
  cut.setWeights(new Map(own.map(([path, values]) => [path, added.includes(path) ? values : weights.get(path)!])));
  try {
    return (await cut.predictLogits({ data: image.data, shape: [1, ...inputShape] })).data;
  } finally {
    cut.dispose();
  }
}

/** What is shown as the sum, added up from the products that are shown. */
function sumOfProducts(derivation: Derivation): number | undefined {
  if (derivation.kind === 'convolution') {
    const products = derivation.channels.flatMap(({ inputs, weights }) =>
      inputs.map((x, at) => (x ?? 0) * weights[at]),
    );
    return products.reduce((sum, product) => sum + product, derivation.bias ?? 0);
  }
  if (derivation.kind !== 'dense') return undefined;
  const products = derivation.largest.map(({ input, weight }) => input * weight);
  return products.reduce((sum, product) => sum + product, derivation.rest.sum) + (derivation.bias ?? 0);
}

function explained(model: Sequential, temperature = 1): readonly Stage[] {
  return stagesOf(model.definition, explain(model.definition, model.getWeights(), image, { temperature }));
}

const all: readonly (readonly [string, readonly Layer[]])[] = [
  [
    'a network for digits',
    [
      conv2d({ filters: 3, kernelSize: 3, activation: 'relu' }),
      maxPooling2d({ poolSize: 2 }),
      conv2d({ filters: 4, kernelSize: [2, 3], padding: 'same', activation: 'leakyRelu' }),
      flatten(),
      dense({ units: 30, activation: 'relu' }),
      dropout({ rate: 0.5 }),
      dense({ units: classes, activation: 'softmax' }),
    ],
  ],
  [
    'batch normalization, activations as layers, means',
    [
      conv2d({ filters: 3, kernelSize: 4, strides: [2, 1], padding: 'same', useBias: false }),
      batchNormalization(),
      activation({ activation: 'leakyRelu', negativeSlope: 0.3 }),
      averagePooling2d({ poolSize: 3, strides: 2, padding: 'same' }),
      activation('tanh'),
      conv2d({ filters: 6, kernelSize: 2, activation: 'sigmoid' }),
      globalAveragePooling2d(),
      dense({ units: classes }),
      activation('softmax'),
    ],
  ],
  [
    'softmax within, overlapping windows, logits at the end',
    [
      conv2d({ filters: 4, kernelSize: 3, padding: 'same', activation: 'softmax' }),
      maxPooling2d({ poolSize: 3, strides: 2, padding: 'same' }),
      activation('softmax'),
      flatten(),
      dense({ units: 12, activation: 'tanh', useBias: false }),
      batchNormalization(),
      activation('linear'),
      dense({ units: 8, activation: 'softmax' }),
      dense({ units: classes }),
    ],
  ],
];

describe.each(all)('%s', (_, layers) => {
  const model = modelOf(layers);
  const weights = model.getWeights();
  const stages = explained(model);

  const layerStages = stages.flatMap((stage, index) => (stage.placed ? [[stage.name, index] as const] : []));
  test.each(layerStages)('%s: each value is the engine’s', async (_, index) => {
    const { shape, values } = stages[index];
    const expected = await engineValues(model, index);
    expect(values.length).toBe(expected.length);
    for (let at = 0; at < values.length; at++) {
      const derivation = deriveValue(stages, index, weights, placeOf(shape, at), 1);
      // The engine adds float32 values in its own order.
      const tolerance = 2e-5 * Math.max(1, Math.abs(expected[at]));
      expect(Math.abs(derivation.value - expected[at])).toBeLessThan(tolerance);
      expect(Math.abs(derivation.value - values[at])).toBeLessThan(tolerance);
      const sum = sumOfProducts(derivation);
      if (sum !== undefined && 'activation' in derivation) expect(derivation.activation.input).toBeCloseTo(sum, 10);
    }
  });

  test('the last stage is what the engine predicts', async () => {
    const last = stages.length - 1;
    const { data } = await model.predict({ data: image.data, shape: [1, ...inputShape] });
    for (let label = 0; label < classes; label++) {
      const derivation = deriveValue(stages, last, weights, { row: 0, column: 0, map: label }, 1);
      expect(derivation.value).toBeCloseTo(data[label], 5);
      expect(stages[last].values[label]).toBeCloseTo(data[label], 5);
    }
  });
});

test('the probabilities follow the temperature', () => {
  const model = modelOf(all[0][1]);
  const stages = explained(model, 1.7);
  const last = stages.length - 1;
  const derived = stages[last].values.map(
    (_, map) => deriveValue(stages, last, model.getWeights(), { row: 0, column: 0, map }, 1.7).value,
  );
  for (const [label, value] of derived.entries()) expect(value).toBeCloseTo(stages[last].values[label], 6);
});

test('the largest 20 products come first, and name where their inputs stood before they were flattened', () => {
  const model = modelOf(all[0][1]);
  const stages = explained(model);
  const index = stages.findIndex(({ kind }) => kind === 'dense');
  const derivation = deriveValue(stages, index, model.getWeights(), { row: 0, column: 0, map: 2 }, 1);
  if (derivation.kind !== 'dense') throw new Error('Expected a dense layer.');
  expect(derivation.largest.length).toBe(20);
  expect(derivation.rest.count).toBe(stages[index - 1].values.length - 20);
  const sizes = derivation.largest.map(({ product }) => Math.abs(product));
  expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
  const image = stages[index - 2];
  const { place, input } = derivation.largest[0];
  const [, width, channels] = image.shape;
  expect(image.values[(place.row * width + place.column) * channels + place.map]).toBe(input);
});
