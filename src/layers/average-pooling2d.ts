/** Takes the mean of each window of `[H, W, C]`, channel by channel, as Keras's AveragePooling2D. */

import { frozen } from './layer.js';
import { type Pooling2d, type Pooling2dOptions, pooling2dDefinition } from './pooling2d.js';

export type AveragePooling2d = Pooling2d<'averagePooling2d'>;

export const averagePooling2dDefinition = pooling2dDefinition('averagePooling2d');

/**
 * The mean of each window of an image, channel by channel, as Keras's AveragePooling2D: `[H, W, C]` to `[H', W', C]`.
 * @throws InklingError (model) for a value out of range
 * @example
 * ```ts
 * averagePooling2d({ poolSize: 2 }); // [26, 26, 32] to [13, 13, 32]
 * ```
 */
export function averagePooling2d(options: Pooling2dOptions = {}): AveragePooling2d {
  return frozen(averagePooling2dDefinition.create(options));
}
