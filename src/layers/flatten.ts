/** Turns an image into a vector in row-major order, channels fastest: `[H, W, C]` to `[H * W * C]`. */

import { sizeOf } from '../numerics/tensor.js';
import { frozen, type LayerBase, type LayerDefinition } from './layer.js';
import { LayerOptions } from './layer-options.js';

export type Flatten = LayerBase<'flatten'>;

/**
 * An image as a vector, as Keras's Flatten: `[H, W, C]` to `[H * W * C]`, channels fastest.
 * @example
 * ```ts
 * flatten(); // [5, 5, 64] to [1600]
 * ```
 */
export function flatten(options: { name?: string; trainable?: boolean } = {}): Flatten {
  return frozen(flattenDefinition.create(options));
}

export const flattenDefinition: LayerDefinition<Flatten> = {
  type: 'flatten',
  create: (given) => ({ type: 'flatten', ...new LayerOptions('flatten', given, []).common() }),
  outputShape: (_, inputShape) => [sizeOf(inputShape)],
  weights: () => [],
  multiplyAdds: () => 0,
};
