/** The mean of each channel over the whole image: `[H, W, C]` to `[C]`, as Keras's GlobalAveragePooling2D. */

import { frozen, type LayerBase, type LayerDefinition } from './layer.js';
import { LayerOptions } from './layer-options.js';
import { imageShape } from './window.js';

export type GlobalAveragePooling2d = LayerBase<'globalAveragePooling2d'>;

/**
 * The mean of each channel of an image, as Keras's GlobalAveragePooling2D: `[H, W, C]` to `[C]`.
 * @example
 * ```ts
 * globalAveragePooling2d(); // [5, 5, 64] to [64]
 * ```
 */
export function globalAveragePooling2d(options: { name?: string; trainable?: boolean } = {}): GlobalAveragePooling2d {
  return frozen(globalAveragePooling2dDefinition.create(options));
}

export const globalAveragePooling2dDefinition: LayerDefinition<GlobalAveragePooling2d> = {
  type: 'globalAveragePooling2d',
  create: (given) => ({
    type: 'globalAveragePooling2d',
    ...new LayerOptions('globalAveragePooling2d', given, []).common(),
  }),
  outputShape: (layer, inputShape) => [imageShape(layer.type, inputShape)[2]],
  weights: () => [],
  multiplyAdds: () => 0,
};
