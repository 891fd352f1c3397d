/** Where the colours of maps end: at the largest value of their stage, or, to see faint maps too, each at its own. */

import { signal } from '@preact/signals';
import type { Shape } from 'inkling';
import { largestOf } from './value-colours.js';

export const hasOwnScales = signal(false);

/** One number for all maps, or one for each. */
export type MapScale = number | Float32Array;

export function scaleOf(shape: Shape, values: Float32Array): MapScale {
  if (!hasOwnScales.value || shape.length !== 3) return largestOf(values);
  const channels = shape[2];
  const scale = new Float32Array(channels);
  for (let index = 0; index < values.length; index++) {
    scale[index % channels] = Math.max(scale[index % channels], Math.abs(values[index]));
  }
  return scale;
}

export function largestOfMap(scale: MapScale, map: number): number {
  return typeof scale === 'number' ? scale : scale[map];
}
