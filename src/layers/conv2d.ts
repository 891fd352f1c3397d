/**
 * Two-dimensional convolution over `[H, W, Cin]`, as Keras's Conv2D: cross-correlation, kernel `[kH, kW, Cin, Cout]`.
 */

import { sizeOf } from '../numerics/tensor.js';
import { type ActivationName, activationNames } from './activations.js';
import {
  biasSpecification,
  frozen,
  type InitializerName,
  initializerNames,
  type LayerBase,
  type LayerDefinition,
} from './layer.js';
import { LayerOptions } from './layer-options.js';
import { imageShape, type Padding, paddings, windowAxes } from './window.js';

/** Options of `conv2d`, with Keras's names and defaults. */
export interface Conv2dOptions {
  /** Output channels. */
  filters: number;
  /** Height and width of the kernel; one number for both. */
  kernelSize: number | readonly [number, number];
  /** Default 1. */
  strides?: number | readonly [number, number];
  /** Default `valid`. */
  padding?: Padding;
  /** Default `linear`. */
  activation?: ActivationName;
  /** Default true. */
  useBias?: boolean;
  /** Default `glorotUniform`. */
  kernelInitializer?: InitializerName;
  /** Default `zeros`. */
  biasInitializer?: InitializerName;
  /** Factor of the L2 penalty on the kernel; default 0. */
  l2?: number;
  name?: string;
  /** False: its weights stay as they are in training. Default true. */
  trainable?: boolean;
}

export interface Conv2d extends LayerBase<'conv2d'> {
  readonly filters: number;
  readonly kernelSize: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly padding: Padding;
  readonly activation: ActivationName;
  readonly useBias: boolean;
  readonly kernelInitializer: InitializerName;
  readonly biasInitializer: InitializerName;
  readonly l2: number;
}

/**
 * A convolution over images, as Keras's Conv2D: `[H, W, channels]` to `[H', W', filters]`.
 * @throws InklingError (model) for a value out of range
 * @example
 * ```ts
 * conv2d({ filters: 32, kernelSize: 3, activation: 'relu' }); // [28, 28, 1] to [26, 26, 32]
 * ```
 */
export function conv2d(options: Conv2dOptions): Conv2d {
  return frozen(conv2dDefinition.create(options));
}

export const conv2dDefinition: LayerDefinition<Conv2d> = {
  type: 'conv2d',
  create(given) {
    const options = new LayerOptions('conv2d', given, [
      'filters',
      'kernelSize',
      'strides',
      'padding',
      'activation',
      'useBias',
      'kernelInitializer',
      'biasInitializer',
      'l2',
    ]);
    return {
      type: 'conv2d',
      ...options.common(),
      filters: options.positiveInteger('filters'),
      kernelSize: options.pair('kernelSize'),
      strides: options.pair('strides', [1, 1]),
      padding: options.choice('padding', paddings, 'valid'),
      activation: options.choice('activation', activationNames, 'linear'),
      useBias: options.boolean('useBias', true),
      kernelInitializer: options.choice('kernelInitializer', initializerNames, 'glorotUniform'),
      biasInitializer: options.choice('biasInitializer', initializerNames, 'zeros'),
      l2: options.number('l2', {}, 0),
    };
  },
  outputShape(layer, inputShape) {
    const [vertical, horizontal] = windowAxes(layer, layer.kernelSize, inputShape);
    return [vertical.output, horizontal.output, layer.filters];
  },
  weights(layer, inputShape) {
    const [, , channels] = imageShape(layer.type, inputShape);
    const [kernelHeight, kernelWidth] = layer.kernelSize;
    const shape = [kernelHeight, kernelWidth, channels, layer.filters];
    const kernel = {
      name: 'kernel',
      shape,
      initializer: layer.kernelInitializer,
      fanIn: kernelHeight * kernelWidth * channels,
      fanOut: kernelHeight * kernelWidth * layer.filters,
      trainable: layer.trainable ?? true,
      l2: layer.l2,
    } as const;
    const bias = biasSpecification(layer.filters, layer.biasInitializer, layer.trainable ?? true);
    return layer.useBias ? [kernel, bias] : [kernel];
  },
  multiplyAdds(layer, inputShape) {
    return sizeOf(this.outputShape(layer, inputShape)) * layer.kernelSize[0] * layer.kernelSize[1] * inputShape[2];
  },
};
