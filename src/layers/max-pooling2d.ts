/** Takes the largest value of each window of `[H, W, C]`, channel by channel, as Keras's MaxPooling2D. */

import { frozen } from './layer.js';
import { type Pooling2d, type Pooling2dOptions, pooling2dDefinition } from './pooling2d.js';

export type MaxPooling2d = Pooling2d<'maxPooling2d'>;

export const maxPooling2dDefinition = pooling2dDefinition('maxPooling2d');

/**
 * The largest value of each window of an image, channel by channel, as Keras's MaxPooling2D: `[H, W, C]` to `[H', W',
 * C]`.
 * @throws InklingError (model) for a value out of range
 * @example
 * ```ts
 * maxPooling2d({ poolSize: 2 }); // [26, 26, 32] to [13, 13, 32]
 * ```
 */
export function maxPooling2d(options: Pooling2dOptions = {}): MaxPooling2d {
  return frozen(maxPooling2dDefinition.create(options));
}
