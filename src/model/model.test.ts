/** Models: shapes and names worked out, ends read, errors that name the layer, and JSON. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { activation } from '../layers/activation.js';
import { batchNormalization } from '../layers/batch-normalization.js';
import { conv2d } from '../layers/conv2d.js';
import { dense } from '../layers/dense.js';
import { dropout } from '../layers/dropout.js';
import { flatten } from '../layers/flatten.js';
import { globalAveragePooling2d } from '../layers/global-average-pooling2d.js';
import type { Layer } from '../layers/layers.js';
import { maxPooling2d } from '../layers/max-pooling2d.js';
import { architecture, architectureNames } from './architectures.js';
import { countParameters, defineModel, type Model, modelFromData, weightsOf } from './model.js';
import { operationsOf } from './operations.js';

function model(layers: Layer[], inputShape: number[] = [28, 28, 1]): Model {
  return defineModel({ name: 'test', inputShape, layers });
}

const softmax = dense({ units: 10, activation: 'softmax' });

describe('architectures', () => {
  it.each([
    ['cnn', 225_034],
    ['small-cnn', 56_714],
    ['lenet5', 61_706],
    ['mlp', 468_874],
    ['linear', 7_850],
  ] as const)('%s has %d parameters for MNIST', (name, parameters) => {
    const defined = defineModel(architecture(name, [28, 28, 1], 10));
    expect(countParameters(defined)).toBe(parameters);
    expect([defined.classes, defined.endsInSoftmax]).toEqual([10, true]);
  });

  it('have as many outputs as there are classes', () => {
    for (const name of architectureNames) {
      expect(defineModel(architecture(name, [32, 30, 3], 26)).classes).toBe(26);
    }
  });

  it('refuse unknown names', () => {
    expect(() => architecture('toString' as 'cnn', [28, 28, 1], 10)).toThrow(
      'Unknown architecture "toString". Expected one of: cnn, small-cnn, lenet5, mlp, linear.',
    );
  });
});

describe('defineModel', () => {
  it('works out the shapes of the cnn', () => {
    const { layers } = defineModel(architecture('cnn', [28, 28, 1], 10));
    expect(layers.map(({ name, outputShape }) => [name, outputShape])).toEqual([
      ['conv2d', [26, 26, 32]],
      ['maxPooling2d', [13, 13, 32]],
      ['conv2d_1', [11, 11, 64]],
      ['maxPooling2d_1', [5, 5, 64]],
      ['flatten', [1600]],
      ['dense', [128]],
      ['dropout', [128]],
      ['dense_1', [10]],
    ]);
  });

  it('names layers around the names that are taken', () => {
    const { layers } = model([
      flatten(),
      dense({ units: 4 }),
      dense({ units: 4, name: 'dense' }),
      dense({ units: 4, name: 'dense_2' }),
      dense({ units: 4 }),
    ]);
    expect(layers.map(({ name }) => name)).toEqual(['flatten', 'dense_1', 'dense', 'dense_2', 'dense_3']);
  });

  it('gives every weight a path of its own', () => {
    const paths = weightsOf(model([batchNormalization(), flatten(), dense({ units: 3, name: 'end' })])).map(
      ({ path }) => path,
    );
    expect(paths).toEqual([
      'batchNormalization/gamma',
      'batchNormalization/beta',
      'batchNormalization/movingMean',
      'batchNormalization/movingVariance',
      'end/kernel',
      'end/bias',
    ]);
  });

  it.each<[string, () => unknown, string]>([
    ['no layers', () => model([]), 'Model "test" has no layers.'],
    [
      'two layers with one name',
      () => model([flatten({ name: 'a' }), dense({ units: 2, name: 'a' })]),
      'Two layers are named "a".',
    ],
    [
      'a shape of two dimensions',
      () => model([flatten(), softmax], [28, 28]),
      'inputShape must be [height, width, channels] or [features] of positive integers. Received: [28, 28].',
    ],
    ['a shape with a zero', () => model([flatten(), softmax], [28, 0, 1]), 'Received: [28, 0, 1].'],
    ['a shape with NaN', () => model([flatten(), softmax], [28, Number.NaN, 1]), 'Received: [28, NaN, 1].'],
    [
      'dense on an image',
      () => model([conv2d({ filters: 2, kernelSize: 3 }), dense({ units: 3, name: 'head' })]),
      'Layer 2, "head" (dense): A dense layer needs a vector as its input. Received: [26, 26, 2].',
    ],
    [
      'a convolution after flatten',
      () => model([flatten(), conv2d({ filters: 2, kernelSize: 3 })]),
      'Layer 2, "conv2d" (conv2d): conv2d needs an image',
    ],
    [
      'a kernel larger than its input',
      () => model([maxPooling2d({ poolSize: 8 }), conv2d({ filters: 2, kernelSize: 5 })]),
      'Layer 2, "conv2d" (conv2d): Its 5x5 window is larger than its input [3, 3, 1].',
    ],
    [
      'pooling to nothing',
      () => model([maxPooling2d({ poolSize: 20 }), maxPooling2d(), flatten(), softmax]),
      'Layer 2, "maxPooling2d_1" (maxPooling2d): Its 2x2 window is larger than its input [1, 1, 1].',
    ],
    [
      'an end that is an image',
      () => model([conv2d({ filters: 2, kernelSize: 3 })]),
      'Model "test" ends in layer "conv2d" with output [26, 26, 2]. Expected a vector with one value a class',
    ],
    ['an end with one value', () => model([flatten(), dense({ units: 1 })]), 'ends in layer "dense" with output [1].'],
  ])('refuses %s', (_, build, message) => {
    expect(build).toThrow(message);
    expect(build).toThrow(expect.objectContaining({ name: 'InklingError', kind: 'model' }));
  });
});

describe('the end of a model', () => {
  const pixel = conv2d({ filters: 10, kernelSize: 28, activation: 'softmax' });

  it.each<[string, Layer[], boolean]>([
    ['softmax in dense', [flatten(), softmax], true],
    ['softmax as a layer', [flatten(), dense({ units: 10 }), activation('softmax')], true],
    ['softmax before a flatten', [pixel, flatten()], true],
    ['softmax before a linear activation', [flatten(), softmax, activation('linear')], true],
    ['a linear end', [flatten(), dense({ units: 10 })], false],
    ['pooled logits', [conv2d({ filters: 10, kernelSize: 3, activation: 'relu' }), globalAveragePooling2d()], false],
    ['a normalised end', [flatten(), dense({ units: 10, activation: 'relu' }), batchNormalization()], false],
    ['nothing but flatten', [flatten()], false],
  ])('may be %s', (_, layers, endsInSoftmax) => {
    const defined = model(layers);
    expect(defined.endsInSoftmax).toBe(endsInSoftmax);
    // The softmax that the loss takes over is not an operation of the model.
    const last = operationsOf(defined).at(-1);
    expect(last?.kind === 'activation' && last.activation === 'softmax').toBe(false);
    expect(operationsOf(defined).filter(({ kind }) => kind === 'dense' || kind === 'convolution')).toHaveLength(
      layers.filter(({ type }) => type === 'dense' || type === 'conv2d').length,
    );
  });

  it.each<[string, Layer[], string]>([
    [
      'relu',
      [flatten(), dense({ units: 10, activation: 'relu', name: 'end' })],
      'ends in layer "end" with the activation "relu". Expected "softmax" over all classes (probabilities) or "linear" (logits)',
    ],
    [
      'sigmoid as a layer',
      [flatten(), softmax, activation('sigmoid')],
      'ends in layer "activation" with the activation "sigmoid"',
    ],
    [
      'relu before a flatten',
      [conv2d({ filters: 10, kernelSize: 28, activation: 'relu' }), flatten()],
      'ends in layer "conv2d" with the activation "relu"',
    ],
    [
      'relu before a linear activation',
      [flatten(), dense({ units: 10, activation: 'relu' }), activation('linear')],
      'ends in layer "dense" with the activation "relu"',
    ],
    ['dropout', [flatten(), softmax, dropout({ rate: 0.5 })], 'ends in layer "dropout" with a dropout layer'],
    [
      'dropout before a flatten',
      [flatten(), softmax, dropout({ rate: 0.5 }), flatten()],
      'ends in layer "dropout" with a dropout layer',
    ],
    [
      'a softmax at each place',
      [conv2d({ filters: 5, kernelSize: 27, activation: 'softmax' }), flatten()],
      'ends in layer "conv2d" with a softmax over each place of [2, 2, 5]',
    ],
  ])('may not be %s', (_, layers, message) => {
    expect(() => model(layers)).toThrow(message);
  });
});

describe('modelFromData', () => {
  it('gives back every architecture that was stored as JSON', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...architectureNames),
        fc.integer({ min: 16, max: 64 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 2, max: 100 }),
        (name, size, channels, classes) => {
          const config = architecture(name, [size, size + 1, channels], classes);
          expect(modelFromData(JSON.parse(JSON.stringify(config)), 'model.json')).toEqual(config);
        },
      ),
    );
  });

  it("takes a run's model.json, whose further keys it leaves alone", () => {
    const config = architecture('linear', [28, 28, 1], 10);
    const data = { ...JSON.parse(JSON.stringify(config)), classNames: ['zero'], version: 1 };
    expect(modelFromData(data, 'model.json')).toEqual(config);
    const { name: _, ...unnamed } = data;
    expect(modelFromData(unnamed, 'model.json').name).toBe('model');
  });

  it.each([
    [null, 'model.json: expected an object { "name", "inputShape", "layers" }.'],
    [{ name: '', inputShape: [1], layers: [] }, 'model.json: "name" must be 1 to 100 letters'],
    [{ name: '../up', inputShape: [1], layers: [] }, 'Received: "../up".'],
    [
      { inputShape: '28', layers: [] },
      'model.json: "inputShape" must be a list of sizes such as [28, 28, 1]. Received: "28".',
    ],
    [{ inputShape: [28, '28', 1], layers: [] }, '"inputShape" must be'],
    [{ inputShape: [4] }, 'model.json: "layers" must be a list. Received: undefined.'],
    [
      { inputShape: [4], layers: [{ type: 'flatten' }, { type: 'gru' }] },
      'model.json: layer 2: Unknown layer type "gru".',
    ],
    [
      { inputShape: [4], layers: [{ type: 'dense', units: 0 }] },
      'model.json: layer 1: dense: units must be a positive integer. Received: units=0.',
    ],
    [
      { inputShape: [4], layers: [{ type: 'dense', units: 2, bias: true }] },
      'model.json: layer 1: dense: unknown option "bias".',
    ],
  ])('refuses %j', (data, message) => {
    const read = () => modelFromData(data, 'model.json');
    expect(read).toThrow(message);
    expect(read).toThrow(expect.objectContaining({ name: 'InklingError', kind: 'model' }));
  });
});
