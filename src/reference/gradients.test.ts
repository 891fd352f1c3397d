/** The backward pass of every operation against central differences: dx and the gradient of each weight. */

import { describe, expect, test } from 'vitest';
import { seededValues } from '../../test/goldens/goldens.js';
import { activation } from '../layers/activation.js';
import { averagePooling2d } from '../layers/average-pooling2d.js';
import { batchNormalization } from '../layers/batch-normalization.js';
import { conv2d } from '../layers/conv2d.js';
import { dense } from '../layers/dense.js';
import { dropout } from '../layers/dropout.js';
import { flatten } from '../layers/flatten.js';
import { globalAveragePooling2d } from '../layers/global-average-pooling2d.js';
import type { Layer } from '../layers/layers.js';
import { maxPooling2d } from '../layers/max-pooling2d.js';
import { defineModel, weightsOf } from '../model/model.js';
import { operationsOf } from '../model/operations.js';
import { type Shape, sizeOf } from '../numerics/tensor.js';
import { centralDifferences, relativeError } from './central-differences.js';
import { executeOperation } from './execute-operation.js';

const tolerance = 1e-8;
const batch = 3;

/** Measured and computed gradients of a layer's operation, by name. */
function gradientsOf(layer: Layer, inputShape: Shape): Map<string, { computed: Float64Array; measured: Float64Array }> {
  const model = defineModel({ name: 'one layer', inputShape, layers: [layer, flatten(), dense({ units: 2 })] });
  const [operation] = operationsOf(model);
  const values = (count: number, stream: number) => seededValues(5, count, { stream, center: 0, scale: 1 });
  const weights = new Map(weightsOf(model).map(({ path, shape }, index) => [path, values(sizeOf(shape), index)]));
  const x = values(batch * sizeOf(inputShape), 100);
  const dy = values(batch * sizeOf(operation.outputShape), 101);
  const execute = () => executeOperation(operation, x, weights, { training: true, seed: 8, step: 2 });
  const measure = (at: Float64Array) => centralDifferences(() => execute().y, dy, at);
  const { dx, weightGradients = [] } = execute().backward(dy);
  const gradients = new Map([['dx', { computed: dx, measured: measure(x) }]]);
  for (const [path, computed] of weightGradients) {
    gradients.set(path, { computed, measured: measure(weights.get(path)!) });
  }
  return gradients;
}

describe('the checker', () => {
  const convolution = gradientsOf(conv2d({ filters: 2, kernelSize: 2 }), [3, 3, 1]);

  test.each(['dx', 'conv2d/kernel', 'conv2d/bias'])('finds an error of one in ten thousand planted in %s', (name) => {
    const { computed, measured } = convolution.get(name)!;
    expect(relativeError(computed, measured)).toBeLessThan(tolerance);
    expect(relativeError(computed.with(0, computed[0] * 1.0001), measured)).toBeGreaterThan(1e-6);
  });

  test('finds a NaN and a wrong length', () => {
    expect(relativeError(Float64Array.of(1, Number.NaN), Float64Array.of(1, 2))).toBeNaN();
    expect(relativeError(Float64Array.of(1, 2), Float64Array.of(1, Number.NaN))).toBeNaN();
    expect(relativeError(Float64Array.of(1), Float64Array.of(1, 2))).toBeNaN();
  });
});

const vector = [6];
const image = [5, 4, 2];

test.each<[string, Layer, Shape, string[]]>([
  ['convolution', conv2d({ filters: 3, kernelSize: 3 }), image, ['kernel', 'bias']],
  ['convolution, no bias', conv2d({ filters: 3, kernelSize: [1, 2], useBias: false }), image, ['kernel']],
  ['convolution, stride 2', conv2d({ filters: 2, kernelSize: 2, strides: [1, 2] }), [6, 7, 1], ['kernel', 'bias']],
  ['convolution, same', conv2d({ filters: 3, kernelSize: 3, padding: 'same' }), image, ['kernel', 'bias']],
  [
    'convolution, same, even kernel, strides',
    conv2d({ filters: 2, kernelSize: [4, 2], strides: [2, 3], padding: 'same' }),
    [5, 7, 3],
    ['kernel', 'bias'],
  ],
  [
    'convolution, kernel larger than the image',
    conv2d({ filters: 2, kernelSize: [2, 5], padding: 'same' }),
    [3, 2, 1],
    ['kernel', 'bias'],
  ],
  [
    'convolution, strides that skip pixels',
    conv2d({ filters: 2, kernelSize: 1, strides: [3, 2] }),
    image,
    ['kernel', 'bias'],
  ],
  ['dense', dense({ units: 4 }), vector, ['kernel', 'bias']],
  ['dense, no bias', dense({ units: 1, useBias: false }), vector, ['kernel']],
  ['max-pooling', maxPooling2d(), image, []],
  ['max-pooling, overlapping', maxPooling2d({ poolSize: 3, strides: [2, 1] }), image, []],
  ['max-pooling, same', maxPooling2d({ poolSize: [2, 3], strides: [2, 1], padding: 'same' }), [5, 5, 2], []],
  ['average pooling', averagePooling2d({ poolSize: 2 }), image, []],
  ['average pooling, overlapping', averagePooling2d({ poolSize: [3, 2], strides: 1 }), image, []],
  ['average pooling, same', averagePooling2d({ poolSize: 3, strides: 2, padding: 'same' }), [6, 5, 2], []],
  ['global average pooling', globalAveragePooling2d(), image, []],
  ['relu', activation('relu'), image, []],
  ['leakyRelu', activation({ activation: 'leakyRelu', negativeSlope: 0.3 }), image, []],
  ['tanh', activation('tanh'), image, []],
  ['sigmoid', activation('sigmoid'), image, []],
  ['softmax of a vector', activation('softmax'), vector, []],
  ['softmax along the channels', activation('softmax'), [2, 2, 3], []],
  ['dropout', dropout({ rate: 0.4 }), image, []],
  ['batch normalization of an image', batchNormalization(), image, ['gamma', 'beta']],
  ['batch normalization of a vector', batchNormalization({ epsilon: 1e-5 }), vector, ['gamma', 'beta']],
])('%s', (_, layer, inputShape, weightNames) => {
  const gradients = gradientsOf(layer, inputShape);
  expect([...gradients.keys()]).toEqual(['dx', ...weightNames.map((name) => `${layer.type}/${name}`)]);
  for (const [name, { computed, measured }] of gradients) {
    expect(relativeError(computed, measured), name).toBeLessThan(tolerance);
  }
});
