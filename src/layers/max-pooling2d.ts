/** Takes the largest value of each window of `[H, W, C]`, channel by channel, as Keras's MaxPooling2D. */

import type { LayerBase, LayerDefinition } from './layer.js';
import { LayerOptions } from './options.js';
import { type Padding, paddings, windowAxes } from './window.js';

export interface MaxPooling2dOptions {
  /** Height and width of the window; one number for both; default 2. */
  poolSize?: number | readonly [number, number];
  /** Default: the pool size. */
  strides?: number | readonly [number, number];
  /** Default `valid`. Padding takes no part in the result. */
  padding?: Padding;
  name?: string;
}

export interface MaxPooling2d extends LayerBase<'maxPooling2d'> {
  readonly poolSize: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly padding: Padding;
}

/** @throws InklingError (model) for a value out of range */
export function maxPooling2d(options: MaxPooling2dOptions = {}): MaxPooling2d {
  return maxPooling2dDefinition.create(options);
}

export const maxPooling2dDefinition: LayerDefinition<MaxPooling2d> = {
  type: 'maxPooling2d',
  create(given) {
    const options = new LayerOptions('maxPooling2d', given, ['poolSize', 'strides', 'padding']);
    const poolSize = options.pair('poolSize', [2, 2]);
    return {
      type: 'maxPooling2d',
      name: options.name(),
      poolSize,
      strides: options.pair('strides', poolSize),
      padding: options.choice('padding', paddings, 'valid'),
    };
  },
  outputShape(layer, inputShape) {
    const [vertical, horizontal] = windowAxes(layer, layer.poolSize, inputShape);
    return [vertical.output, horizontal.output, inputShape[2]];
  },
  weights: () => [],
  multiplyAdds: () => 0,
};
