/** The mean of each channel over all pixels of its image. */

import { type Shape, sizeOf } from '../numerics/tensor.js';

/**
 * @param x `[N, H, W, C]`
 * @param inputShape `[H, W, C]`
 * @returns y `[N, C]`
 */
export function globalAveragePoolingForward(x: Float64Array, inputShape: Shape): Float64Array {
  const [height, width, channels] = inputShape;
  const size = sizeOf(inputShape);
  const y = new Float64Array((x.length / size) * channels);
  for (let index = 0; index < x.length; index++) {
    const n = Math.floor(index / size);
    y[n * channels + (index % channels)] += x[index] / (height * width);
  }
  return y;
}

/**
 * @param dy `[N, C]`
 * @param inputShape `[H, W, C]`
 * @returns dx `[N, H, W, C]`
 */
export function globalAveragePoolingBackward(dy: Float64Array, inputShape: Shape): Float64Array {
  const [height, width, channels] = inputShape;
  const size = sizeOf(inputShape);
  const batch = dy.length / channels;
  return new Float64Array(batch * size).map((_, index) => {
    const n = Math.floor(index / size);
    return dy[n * channels + (index % channels)] / (height * width);
  });
}
