/**
 * The walk that convolution and pooling share: over every place of the window on the image and every position in the
 * window, a "tap". Taps that fall on the padding are left out, which makes padding count as zero in a convolution and
 * take no part in pooling.
 */

import type { Window } from '../model/operations.js';
import type { Shape } from '../numerics/tensor.js';

/** What slides where; convolution and pooling operations are of this form. */
export interface WindowOperation {
  /** `[H, W, Cin]` */
  readonly inputShape: Shape;
  /** `[oH, oW, Cout]` */
  readonly outputShape: Shape;
  readonly window: Window;
}

/**
 * Calls `visit` for each tap, in row-major order of sample, output pixel and tap. Pixels are counted through the whole
 * batch: pixel (n, row, column) of `[N, H, W, C]` has the number `(n * H + row) * W + column`, and its channels begin
 * at C times that.
 * @param visit gets the input pixel, the output pixel and the tap's number `kernelRow * kW + kernelColumn`
 */
export function forEachTap(
  batch: number,
  { inputShape, outputShape, window }: WindowOperation,
  visit: (inputPixel: number, outputPixel: number, tap: number) => void,
): void {
  const [height, width] = inputShape;
  const [outputHeight, outputWidth] = outputShape;
  const [kernelHeight, kernelWidth] = window.size;
  for (let n = 0; n < batch; n++) {
    for (let outputRow = 0; outputRow < outputHeight; outputRow++) {
      for (let outputColumn = 0; outputColumn < outputWidth; outputColumn++) {
        const outputPixel = (n * outputHeight + outputRow) * outputWidth + outputColumn;
        for (let kernelRow = 0; kernelRow < kernelHeight; kernelRow++) {
          const row = outputRow * window.strides[0] + kernelRow - window.padBefore[0];
          if (row < 0 || row >= height) continue;
          for (let kernelColumn = 0; kernelColumn < kernelWidth; kernelColumn++) {
            const column = outputColumn * window.strides[1] + kernelColumn - window.padBefore[1];
            if (column < 0 || column >= width) continue;
            visit((n * height + row) * width + column, outputPixel, kernelRow * kernelWidth + kernelColumn);
          }
        }
      }
    }
  }
}
