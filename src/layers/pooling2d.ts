/** What max and average pooling share: their options, their windows and their output's shape. */

import type { LayerBase, LayerDefinition } from './layer.js';
import { LayerOptions } from './layer-options.js';
import { type Padding, paddings, windowAxes } from './window.js';

/** Options of `maxPooling2d` and `averagePooling2d`. */
export interface Pooling2dOptions {
  /** Height and width of the window; one number for both; default 2. */
  poolSize?: number | readonly [number, number];
  /** Default: the pool size. */
  strides?: number | readonly [number, number];
  /** Default `valid`. Padding takes no part in the result. */
  padding?: Padding;
  name?: string;
  /** Of no effect, since the layer has no weights. Default true. */
  trainable?: boolean;
}

export interface Pooling2d<Type extends string> extends LayerBase<Type> {
  readonly poolSize: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly padding: Padding;
}

export function pooling2dDefinition<Type extends string>(type: Type): LayerDefinition<Pooling2d<Type>> {
  return {
    type,
    create(given) {
      const options = new LayerOptions(type, given, ['poolSize', 'strides', 'padding']);
      const poolSize = options.pair('poolSize', [2, 2]);
      return {
        type,
        ...options.common(),
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
}
