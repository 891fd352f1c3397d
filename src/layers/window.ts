/** Where the windows of a convolution or pooling lie along one axis (Keras's `valid` and `same`). */

import { InklingError } from '../errors.js';
import { formatShape, type Shape } from '../numerics/tensor.js';

export const paddings = ['valid', 'same'] as const;
export type Padding = (typeof paddings)[number];

/** A layer that slides a window of `size` over the image in steps of `strides`. */
export interface WindowLayer {
  readonly type: string;
  readonly strides: readonly [number, number];
  readonly padding: Padding;
}

export interface WindowAxis {
  readonly output: number;
  /** Rows (columns) of padding before the first input; `same` puts the odd one of an uneven padding after the last. */
  readonly padBefore: number;
  readonly padAfter: number;
}

export function windowAxis(input: number, size: number, stride: number, padding: Padding): WindowAxis {
  if (padding === 'valid') return { output: Math.floor((input - size) / stride) + 1, padBefore: 0, padAfter: 0 };
  const output = Math.ceil(input / stride);
  const total = Math.max((output - 1) * stride + size - input, 0);
  const padBefore = Math.floor(total / 2);
  return { output, padBefore, padAfter: total - padBefore };
}

/** Both axes of a window over `[H, W, C]`. @throws InklingError (model) where not one window fits */
export function windowAxes(
  layer: WindowLayer,
  size: readonly [number, number],
  inputShape: Shape,
): readonly [WindowAxis, WindowAxis] {
  const [height, width] = imageShape(layer.type, inputShape);
  const vertical = windowAxis(height, size[0], layer.strides[0], layer.padding);
  const horizontal = windowAxis(width, size[1], layer.strides[1], layer.padding);
  if (vertical.output < 1 || horizontal.output < 1) {
    throw new InklingError(
      'model',
      `Its ${size[0]}x${size[1]} window is larger than its input ${formatShape(inputShape)}. ` +
        'Use a smaller window, padding "same", or fewer layers that shrink the image before it.',
    );
  }
  return [vertical, horizontal];
}

/** @throws InklingError (model) where the shape is not that of an image */
export function imageShape(type: string, shape: Shape): readonly [number, number, number] {
  if (shape.length !== 3) {
    throw new InklingError(
      'model',
      `${type} needs an image [height, width, channels] as its input. Received: ${formatShape(shape)}.`,
    );
  }
  return [shape[0], shape[1], shape[2]];
}
