/**
 * Dropout, inverted: some values become zero, the others grow by 1 / (1 - rate). Which ones is a function of seed,
 * step, layer and place in the batch, the same here as in the engine.
 */

import { streamKey, threefry2x32 } from '../numerics/random.js';

/** What decides over a mask. */
export interface DropoutDraw {
  /** An integer from 0 to 2^32 - 1. */
  readonly seed: number;
  /** Training steps before this one. */
  readonly step: number;
  /** Index of the layer in its model. */
  readonly layer: number;
}

/**
 * One call of the generator gives the random 32 bits of two neighbours; a value is kept where its bits, read as a
 * fraction of 2^32, are not below the rate (rounded to 32 bits).
 * @param size values in the whole batch: N * features
 * @param rate share of values that is dropped, 0 <= rate < 1
 * @returns the factor of each value: 0 or 1 / (1 - rate)
 */
export function dropoutMask(size: number, rate: number, { seed, step, layer }: DropoutDraw): Float64Array {
  const threshold = Math.min(Math.round(rate * 2 ** 32), 2 ** 32 - 1);
  const key = streamKey('dropout', layer);
  return new Float64Array(size).map((_, index) => {
    const bits = threefry2x32(seed, key, step, index >> 1)[index % 2];
    return bits >= threshold ? 1 / (1 - rate) : 0;
  });
}

/** y = x * mask. */
export function dropoutForward(x: Float64Array, mask: Float64Array): Float64Array {
  return x.map((value, index) => value * mask[index]);
}

/** dx = dy * mask. */
export function dropoutBackward(dy: Float64Array, mask: Float64Array): Float64Array {
  return dy.map((dOutput, index) => dOutput * mask[index]);
}
