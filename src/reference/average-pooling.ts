/** The mean of each window, channel by channel, over the positions that lie inside the image, as Keras has it. */

import { sizeOf } from '../numerics/tensor.js';
import { forEachTap, type WindowOperation } from './window-taps.js';

/**
 * @param x `[N, H, W, C]`
 * @returns y `[N, oH, oW, C]`
 */
export function averagePoolingForward(x: Float64Array, operation: WindowOperation): Float64Array {
  const batch = x.length / sizeOf(operation.inputShape);
  const channels = operation.inputShape[2];
  const counts = positionsInside(batch, operation);
  const y = new Float64Array(batch * sizeOf(operation.outputShape));
  forEachTap(batch, operation, (inputPixel, outputPixel) => {
    for (let channel = 0; channel < channels; channel++) {
      y[outputPixel * channels + channel] += x[inputPixel * channels + channel] / counts[outputPixel];
    }
  });
  return y;
}

/**
 * Every position of a window gets an equal share of its slope.
 * @param dy `[N, oH, oW, C]`
 * @returns dx `[N, H, W, C]`
 */
export function averagePoolingBackward(dy: Float64Array, operation: WindowOperation): Float64Array {
  const batch = dy.length / sizeOf(operation.outputShape);
  const channels = operation.inputShape[2];
  const counts = positionsInside(batch, operation);
  const dx = new Float64Array(batch * sizeOf(operation.inputShape));
  forEachTap(batch, operation, (inputPixel, outputPixel) => {
    for (let channel = 0; channel < channels; channel++) {
      dx[inputPixel * channels + channel] += dy[outputPixel * channels + channel] / counts[outputPixel];
    }
  });
  return dx;
}

/** How many positions of each output pixel's window lie inside the image: `[N, oH, oW]`. */
function positionsInside(batch: number, operation: WindowOperation): Float64Array {
  const [outputHeight, outputWidth] = operation.outputShape;
  const counts = new Float64Array(batch * outputHeight * outputWidth);
  forEachTap(batch, operation, (_, outputPixel) => {
    counts[outputPixel] += 1;
  });
  return counts;
}
