/** Takes the mean of each window of `[H, W, C]`, channel by channel, as Keras's AveragePooling2D. */

import { frozen } from './layer.js';
import { type Pooling2d, type Pooling2dOptions, pooling2dDefinition } from './pooling2d.js';

export type AveragePooling2d = Pooling2d<'averagePooling2d'>;

export const averagePooling2dDefinition = pooling2dDefinition('averagePooling2d');

/** @throws InklingError (model) for a value out of range */
export function averagePooling2d(options: Pooling2dOptions = {}): AveragePooling2d {
  return frozen(averagePooling2dDefinition.create(options));
}
