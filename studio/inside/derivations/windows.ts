/** Windows of convolutions and poolings: where they lie, and what is in them. */

import type { Shape } from 'inkling';
import { indexOf, type Place } from '../place.js';
import type { InputWindow } from './derivation.js';

interface SlidingWindow {
  /** [height, width] */
  readonly size: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly padding: 'valid' | 'same';
}

/** Of the output's place. With padding `same` the odd row or column of padding is behind, as Keras has it. */
export function windowAt(
  { size, strides, padding }: SlidingWindow,
  inputShape: Shape,
  outputShape: Shape,
  { row, column }: Place,
): InputWindow {
  const before = ([0, 1] as const).map((axis) => {
    if (padding === 'valid') return 0;
    const total = (outputShape[axis] - 1) * strides[axis] + size[axis] - inputShape[axis];
    return Math.floor(Math.max(0, total) / 2);
  });
  return {
    top: row * strides[0] - before[0],
    left: column * strides[1] - before[1],
    height: size[0],
    width: size[1],
  };
}

/** The values of one channel within a window, row by row; undefined outside of the image. */
export function valuesIn(
  values: Float32Array,
  shape: Shape,
  { top, left, height, width }: InputWindow,
  map: number,
): (number | undefined)[] {
  return Array.from({ length: height * width }, (_, at) => {
    const row = top + Math.floor(at / width);
    const column = left + (at % width);
    const isInside = row >= 0 && row < shape[0] && column >= 0 && column < shape[1];
    return isInside ? values[indexOf(shape, { row, column, map })] : undefined;
  });
}
