/** The largest value of each window, channel by channel. Padding takes no part; of equal values the first one wins. */

import { sizeOf } from '../numerics/tensor.js';
import { forEachTap, type WindowOperation } from './window-taps.js';

/**
 * @param x `[N, H, W, C]`
 * @returns y `[N, oH, oW, C]`, and for each of its values the index in x of the value that won
 */
export function maxPoolingForward(
  x: Float64Array,
  operation: WindowOperation,
): { y: Float64Array; argmax: Int32Array } {
  const batch = x.length / sizeOf(operation.inputShape);
  const channels = operation.inputShape[2];
  const none = -1;
  const argmax = new Int32Array(batch * sizeOf(operation.outputShape)).fill(none);
  forEachTap(batch, operation, (inputPixel, outputPixel) => {
    for (let channel = 0; channel < channels; channel++) {
      const candidate = inputPixel * channels + channel;
      const output = outputPixel * channels + channel;
      if (argmax[output] === none || x[candidate] > x[argmax[output]]) argmax[output] = candidate;
    }
  });
  return { y: Float64Array.from(argmax, (index) => x[index]), argmax };
}

/**
 * Each slope goes to the value that won; where windows overlap, one value can win more than once.
 * @param dy `[N, oH, oW, C]`
 * @param argmax of the forward pass
 * @param size of x
 * @returns dx `[N, H, W, C]`
 */
export function maxPoolingBackward(dy: Float64Array, argmax: Int32Array, size: number): Float64Array {
  const dx = new Float64Array(size);
  for (let output = 0; output < dy.length; output++) dx[argmax[output]] += dy[output];
  return dx;
}
