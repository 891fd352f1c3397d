/** Every layer: its shape, weights and work, what it refuses, and its way through JSON. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatShape } from '../numerics/tensor.js';
import { activation } from './activation.js';
import { activationNames } from './activations.js';
import { averagePooling2d } from './average-pooling2d.js';
import { batchNormalization } from './batch-normalization.js';
import { conv2d } from './conv2d.js';
import { dense } from './dense.js';
import { dropout } from './dropout.js';
import { flatten } from './flatten.js';
import { globalAveragePooling2d } from './global-average-pooling2d.js';
import { initializerNames } from './layer.js';
import { definitionOf, type Layer, layerFromData } from './layers.js';
import { maxPooling2d } from './max-pooling2d.js';
import { paddings, windowAxis } from './window.js';

function outputShape(layer: Layer, inputShape: number[]): readonly number[] {
  return definitionOf(layer).outputShape(layer, inputShape);
}

describe('output shapes', () => {
  // Those of convolutions and pooling are Keras's for the same options.
  it.each<[string, Layer, number[], number[]]>([
    ['valid', conv2d({ filters: 32, kernelSize: 3 }), [28, 28, 1], [26, 26, 32]],
    ['same', conv2d({ filters: 8, kernelSize: 5, padding: 'same' }), [28, 20, 3], [28, 20, 8]],
    ['an even kernel', conv2d({ filters: 4, kernelSize: 2 }), [5, 5, 1], [4, 4, 4]],
    ['same with an even kernel', conv2d({ filters: 4, kernelSize: 4, padding: 'same' }), [5, 6, 1], [5, 6, 4]],
    ['strides', conv2d({ filters: 4, kernelSize: 3, strides: 2 }), [28, 29, 1], [13, 14, 4]],
    ['same with strides', conv2d({ filters: 4, kernelSize: 3, strides: 2, padding: 'same' }), [28, 29, 1], [14, 15, 4]],
    ['two axes', conv2d({ filters: 1, kernelSize: [1, 5], strides: [3, 2] }), [10, 10, 2], [4, 3, 1]],
    ['a kernel as large as the image', conv2d({ filters: 7, kernelSize: [4, 6] }), [4, 6, 1], [1, 1, 7]],
    ['same with a larger kernel', conv2d({ filters: 1, kernelSize: 9, padding: 'same' }), [4, 4, 1], [4, 4, 1]],
    ['max pooling', maxPooling2d(), [13, 12, 5], [6, 6, 5]],
    ['same max pooling', maxPooling2d({ padding: 'same' }), [13, 12, 5], [7, 6, 5]],
    ['overlapping pooling', maxPooling2d({ poolSize: 3, strides: 2 }), [13, 12, 5], [6, 5, 5]],
    ['average pooling', averagePooling2d({ poolSize: [3, 1] }), [13, 12, 5], [4, 12, 5]],
    ['global average pooling', globalAveragePooling2d(), [7, 5, 64], [64]],
    ['flatten', flatten(), [5, 5, 64], [1600]],
    ['flatten of a vector', flatten(), [12], [12]],
    ['dense', dense({ units: 10 }), [1600], [10]],
    ['dropout', dropout({ rate: 0.5 }), [5, 5, 2], [5, 5, 2]],
    ['batch normalization', batchNormalization(), [5, 5, 2], [5, 5, 2]],
    ['activation', activation('relu'), [9], [9]],
  ])('%s', (_, layer, inputShape, expected) => {
    expect(outputShape(layer, inputShape)).toEqual(expected);
  });
});

describe('windowAxis', () => {
  it.each([
    [28, 3, 1, 'valid', { output: 26, padBefore: 0, padAfter: 0 }],
    [28, 3, 1, 'same', { output: 28, padBefore: 1, padAfter: 1 }],
    [28, 4, 1, 'same', { output: 28, padBefore: 1, padAfter: 2 }],
    [28, 2, 1, 'same', { output: 28, padBefore: 0, padAfter: 1 }],
    [28, 3, 2, 'same', { output: 14, padBefore: 0, padAfter: 1 }],
    [29, 3, 2, 'same', { output: 15, padBefore: 1, padAfter: 1 }],
    [7, 2, 4, 'same', { output: 2, padBefore: 0, padAfter: 0 }],
  ] as const)('%d wide, window %d, stride %d, %s', (input, size, stride, padding, expected) => {
    expect(windowAxis(input, size, stride, padding)).toEqual(expected);
  });

  it('covers the input with windows that each see at least one value', () => {
    const small = fc.integer({ min: 1, max: 12 });
    fc.assert(
      fc.property(small, small, small, fc.constantFrom(...paddings), (input, size, stride, padding) => {
        const { output, padBefore, padAfter } = windowAxis(input, size, stride, padding);
        if (padding === 'valid' && size > input) {
          expect(output).toBeLessThan(1);
          return;
        }
        const lastStart = (output - 1) * stride - padBefore;
        expect(lastStart).toBeLessThan(input);
        expect(size - padBefore).toBeGreaterThan(0);
        expect(lastStart + size).toBeLessThanOrEqual(input + padAfter);
        // One window more would not fit (valid) or would see nothing (same).
        const next = lastStart + stride;
        expect(padding === 'valid' ? next + size > input : output === Math.ceil(input / stride)).toBe(true);
      }),
    );
  });
});

describe('weights', () => {
  const weightsOf = (layer: Layer, inputShape: number[]) =>
    definitionOf(layer)
      .weights(layer, inputShape)
      .map(({ name, shape, trainable }) => `${name} ${formatShape(shape)}${trainable ? '' : ' fixed'}`);

  it('have the layout of Keras', () => {
    expect(weightsOf(conv2d({ filters: 32, kernelSize: [3, 5] }), [28, 28, 4])).toEqual([
      'kernel [3, 5, 4, 32]',
      'bias [32]',
    ]);
    expect(weightsOf(dense({ units: 10, useBias: false }), [128])).toEqual(['kernel [128, 10]']);
    expect(weightsOf(batchNormalization(), [5, 5, 16])).toEqual([
      'gamma [16]',
      'beta [16]',
      'movingMean [16] fixed',
      'movingVariance [16] fixed',
    ]);
    for (const layer of [flatten(), maxPooling2d(), averagePooling2d(), dropout({ rate: 0.1 }), activation('tanh')]) {
      expect(weightsOf(layer, [8, 8, 1])).toEqual([]);
    }
  });

  it('count their fans as Keras does', () => {
    const fansOf = (layer: Layer, inputShape: number[]) =>
      definitionOf(layer)
        .weights(layer, inputShape)
        .map(({ fanIn, fanOut, l2, initializer }) => [fanIn, fanOut, l2, initializer]);
    expect(fansOf(conv2d({ filters: 32, kernelSize: 3, l2: 0.01 }), [28, 28, 4])).toEqual([
      [36, 288, 0.01, 'glorotUniform'],
      [32, 32, 0, 'zeros'],
    ]);
    expect(
      fansOf(dense({ units: 10, kernelInitializer: 'heNormal', biasInitializer: 'ones', l2: 0.5 }), [128]),
    ).toEqual([
      [128, 10, 0.5, 'heNormal'],
      [10, 10, 0, 'ones'],
    ]);
  });
});

describe('multiply-adds', () => {
  it('are those of the forward pass of one sample', () => {
    const convolution = conv2d({ filters: 32, kernelSize: 3 });
    expect(definitionOf(convolution).multiplyAdds(convolution, [28, 28, 2])).toBe(26 * 26 * 32 * 3 * 3 * 2);
    const connected = dense({ units: 10 });
    expect(definitionOf(connected).multiplyAdds(connected, [128])).toBe(1280);
    expect(definitionOf(flatten()).multiplyAdds(flatten(), [28, 28, 2])).toBe(0);
  });
});

describe('errors', () => {
  it.each<[string, () => unknown, string]>([
    [
      'an unknown option',
      () => conv2d({ filters: 1, kernelSize: 3, stride: 2 } as never),
      'conv2d: unknown option "stride". Did you mean "strides"? Expected: filters, kernelSize, strides, padding,',
    ],
    [
      'a missing option',
      () => dense({} as never),
      'dense: units must be a positive integer. Received: units=undefined.',
    ],
    [
      'a broken number',
      () => conv2d({ filters: 1.5, kernelSize: 3 }),
      'conv2d: filters must be a positive integer. Received: filters=1.5.',
    ],
    [
      'a text for a number',
      () => dense({ units: '10' as never }),
      'dense: units must be a positive integer. Received: units="10".',
    ],
    [
      'a pair of three',
      () => conv2d({ filters: 1, kernelSize: [1, 2, 3] as never }),
      'conv2d: kernelSize must be a positive integer or a pair of them. Received: kernelSize=[1,2,3].',
    ],
    ['a stride of zero', () => maxPooling2d({ strides: [1, 0] }), 'maxPooling2d: strides must be'],
    [
      'an unknown padding',
      () => averagePooling2d({ padding: 'full' as never }),
      'averagePooling2d: padding must be one of "valid", "same". Received: padding="full".',
    ],
    [
      'an unknown activation',
      () => activation('gelu' as never),
      'activation: activation must be one of "linear", "relu"',
    ],
    [
      'an unknown initialiser',
      () => dense({ units: 1, kernelInitializer: 'normal' as never }),
      'dense: kernelInitializer must be one of "glorotUniform"',
    ],
    [
      'a rate of one',
      () => dropout({ rate: 1 }),
      'dropout: rate must be a number of at least 0 and below 1. Received: rate=1.',
    ],
    [
      'no rate',
      () => dropout({} as never),
      'dropout: rate must be a number of at least 0 and below 1. Received: rate=undefined.',
    ],
    ['NaN', () => dropout({ rate: Number.NaN }), 'Received: rate=NaN.'],
    [
      'infinity',
      () => dense({ units: 1, l2: Number.POSITIVE_INFINITY }),
      'dense: l2 must be a number of at least 0. Received: l2=Infinity.',
    ],
    ['a negative l2', () => dense({ units: 1, l2: -1 }), 'dense: l2 must be'],
    [
      'a momentum above one',
      () => batchNormalization({ momentum: 1.1 }),
      'batchNormalization: momentum must be a number from 0 to 1',
    ],
    ['no epsilon', () => batchNormalization({ epsilon: 0 }), 'batchNormalization: epsilon must be'],
    [
      'null for a flag',
      () => dense({ units: 1, useBias: null as never }),
      'dense: useBias must be true or false. Received: useBias=null.',
    ],
    [
      'null for a choice',
      () => conv2d({ filters: 1, kernelSize: 1, padding: null as never }),
      'conv2d: padding must be one of',
    ],
    [
      'a name with a slash',
      () => flatten({ name: 'a/b' }),
      'flatten: name must be 1 to 100 letters, digits, "_", "-" or ".". Received: name="a/b".',
    ],
    [
      'another type',
      () => dense({ type: 'conv2d', units: 1 } as never),
      'dense: type must be "dense". Received: type="conv2d".',
    ],
    [
      'no object',
      () => globalAveragePooling2d(7 as never),
      'globalAveragePooling2d: expected an object with options. Received: 7.',
    ],
    [
      'an unknown layer',
      () => layerFromData({ type: 'lstm' }),
      'Unknown layer type "lstm". Expected one of: activation, averagePooling2d,',
    ],
    ['an inherited name', () => layerFromData({ type: 'toString' }), 'Unknown layer type "toString".'],
    [
      'no layer at all',
      () => layerFromData(null),
      'Expected a layer, such as dense({ units: 10 }) gives. Received: null.',
    ],
    [
      'a function in the place of what it gives',
      () => layerFromData(flatten),
      'Received: the function flatten. Call it: flatten().',
    ],
    [
      'a layer that is neither trained nor frozen',
      () => dense({ units: 2, trainable: 0 as never }),
      'dense: trainable must be true or false. Received: trainable=0.',
    ],
    [
      'an activation with a letter left out',
      () => dense({ units: 2, activation: 'rel' as never }),
      'Received: activation="rel". Did you mean "relu"?',
    ],
    [
      'a kernel that is too large',
      () => outputShape(conv2d({ filters: 1, kernelSize: [5, 3] }), [4, 9, 1]),
      'Its 5x3 window is larger than its input [4, 9, 1]. Use a smaller window',
    ],
    [
      'a kernel that is too wide',
      () => outputShape(conv2d({ filters: 1, kernelSize: [3, 5] }), [9, 4, 1]),
      'Its 3x5 window is larger than its input [9, 4, 1].',
    ],
    [
      'pooling to nothing',
      () => outputShape(maxPooling2d(), [1, 1, 8]),
      'Its 2x2 window is larger than its input [1, 1, 8].',
    ],
    [
      'a convolution of a vector',
      () => outputShape(conv2d({ filters: 1, kernelSize: 1 }), [9]),
      'conv2d needs an image [height, width, channels] as its input. Received: [9].',
    ],
    [
      'dense on an image',
      () => outputShape(dense({ units: 1 }), [5, 5, 2]),
      'A dense layer needs a vector as its input. Received: [5, 5, 2]. Put a flatten or globalAveragePooling2d layer before it.',
    ],
  ])('%s', (_, build, message) => {
    expect(build).toThrow(message);
    expect(build).toThrow(expect.objectContaining({ name: 'InklingError', kind: 'model' }));
  });
});

describe('layerFromData', () => {
  const positive = fc.integer({ min: 1, max: 512 });
  const pair = fc.oneof(positive, fc.tuple(positive, positive));
  const name = fc.stringMatching(/^[A-Za-z0-9_.-]{1,20}$/);
  const weighted = {
    name,
    activation: fc.constantFrom(...activationNames),
    useBias: fc.boolean(),
    kernelInitializer: fc.constantFrom(...initializerNames),
    biasInitializer: fc.constantFrom(...initializerNames),
    l2: fc.double({ min: 0, max: 10, noNaN: true }).map((value) => value + 0),
  };
  const pooling = { name, poolSize: pair, strides: pair, padding: fc.constantFrom(...paddings) };
  const fraction = fc.double({ min: 0, max: 0.99, noNaN: true }).map((value) => value + 0);
  const anyLayer: fc.Arbitrary<Layer> = fc.oneof(
    fc
      .record(
        { filters: positive, kernelSize: pair, strides: pair, padding: fc.constantFrom(...paddings), ...weighted },
        { requiredKeys: ['filters', 'kernelSize'] },
      )
      .map(conv2d),
    fc.record({ units: positive, ...weighted }, { requiredKeys: ['units'] }).map(dense),
    fc.record(pooling, { requiredKeys: [] }).map(maxPooling2d),
    fc.record(pooling, { requiredKeys: [] }).map(averagePooling2d),
    fc
      .record(
        { name, momentum: fraction, epsilon: fc.double({ min: 1e-9, max: 0.1, noNaN: true }) },
        { requiredKeys: [] },
      )
      .map(batchNormalization),
    fc.record({ name, rate: fraction }, { requiredKeys: ['rate'] }).map(dropout),
    fc
      .record(
        { name, activation: fc.constantFrom(...activationNames), negativeSlope: fraction },
        { requiredKeys: ['activation'] },
      )
      .map(activation),
    fc.record({ name }, { requiredKeys: [] }).map(flatten),
    fc.record({ name }, { requiredKeys: [] }).map(globalAveragePooling2d),
  );

  it('gives back any layer that was stored as JSON', () => {
    fc.assert(
      fc.property(anyLayer, (layer) => {
        expect(layerFromData(JSON.parse(JSON.stringify(layer)))).toEqual(layer);
      }),
    );
  });

  it('fills in the defaults of Keras', () => {
    expect(layerFromData({ type: 'conv2d', filters: 8, kernelSize: 3 })).toEqual({
      type: 'conv2d',
      filters: 8,
      kernelSize: [3, 3],
      strides: [1, 1],
      padding: 'valid',
      activation: 'linear',
      useBias: true,
      kernelInitializer: 'glorotUniform',
      biasInitializer: 'zeros',
      l2: 0,
    });
    expect(layerFromData({ type: 'maxPooling2d', poolSize: [3, 2] })).toEqual(
      maxPooling2d({ poolSize: [3, 2], strides: [3, 2], padding: 'valid' }),
    );
    expect(layerFromData({ type: 'batchNormalization' })).toEqual({
      type: 'batchNormalization',
      momentum: 0.99,
      epsilon: 1e-3,
    });
    expect(layerFromData({ type: 'activation', activation: 'leakyRelu' })).toMatchObject({ negativeSlope: 0.2 });
  });
});
