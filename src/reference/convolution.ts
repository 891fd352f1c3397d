/**
 * Convolution as neural networks mean it: cross-correlation (the kernel is not flipped), as Keras's Conv2D.
 *
 *     y[n, i, j, co] = bias[co] + sum over a, b, ci of x[n, i*s + a - p, j*s + b - p, ci] * kernel[a, b, ci, co]
 *
 * with stride s and padding p of each axis. Every line of the backward pass is this product read the other way round.
 */

import { sizeOf } from '../numerics/tensor.js';
import { forEachTap, type WindowOperation } from './window-taps.js';

/**
 * @param x `[N, H, W, Cin]`
 * @param kernel `[kH, kW, Cin, Cout]`
 * @param bias `[Cout]` or none
 * @returns y `[N, oH, oW, Cout]`
 */
export function convolutionForward(
  x: Float64Array,
  kernel: Float64Array,
  bias: Float64Array | undefined,
  operation: WindowOperation,
): Float64Array {
  const batch = x.length / sizeOf(operation.inputShape);
  const channels = operation.inputShape[2];
  const filters = operation.outputShape[2];
  const y = new Float64Array(batch * sizeOf(operation.outputShape));
  forEachTap(batch, operation, (inputPixel, outputPixel, tap) => {
    for (let channel = 0; channel < channels; channel++) {
      const value = x[inputPixel * channels + channel];
      for (let filter = 0; filter < filters; filter++) {
        y[outputPixel * filters + filter] += value * kernel[(tap * channels + channel) * filters + filter];
      }
    }
  });
  return bias === undefined ? y : y.map((sum, index) => sum + bias[index % filters]);
}

/**
 * @param dy `[N, oH, oW, Cout]`
 * @param x `[N, H, W, Cin]`, what the forward pass was given
 * @param kernel `[kH, kW, Cin, Cout]`
 * @returns dx `[N, H, W, Cin]`, dKernel `[kH, kW, Cin, Cout]`, dBias `[Cout]`
 */
export function convolutionBackward(
  dy: Float64Array,
  x: Float64Array,
  kernel: Float64Array,
  operation: WindowOperation,
): { dx: Float64Array; dKernel: Float64Array; dBias: Float64Array } {
  const batch = x.length / sizeOf(operation.inputShape);
  const channels = operation.inputShape[2];
  const filters = operation.outputShape[2];
  const dx = new Float64Array(x.length);
  const dKernel = new Float64Array(kernel.length);
  const dBias = new Float64Array(filters);
  forEachTap(batch, operation, (inputPixel, outputPixel, tap) => {
    for (let filter = 0; filter < filters; filter++) {
      const slope = dy[outputPixel * filters + filter];
      // Most gradients are 0 below max-pooling and relu, and add nothing.
      if (slope === 0) continue;
      for (let channel = 0; channel < channels; channel++) {
        const input = inputPixel * channels + channel;
        const weight = (tap * channels + channel) * filters + filter;
        dx[input] += slope * kernel[weight];
        dKernel[weight] += slope * x[input];
      }
    }
  });
  for (let index = 0; index < dy.length; index++) dBias[index % filters] += dy[index];
  return { dx, dKernel, dBias };
}
