/** A tensor is plain data: values in row-major order and their shape. Nothing to dispose. */

export type Shape = readonly number[];

/** `data.length` equals the product of `shape`. Uint8 images hold 0 to 255, Float32 images 0 to 1. */
export interface Tensor<Values extends Float32Array | Uint8Array = Float32Array | Uint8Array> {
  readonly data: Values;
  readonly shape: Shape;
}

/** The number of values in a tensor of this shape; 1 for the empty shape. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((size, dimension) => size * dimension, 1);
}

/** A shape as people write it: `[28, 28, 1]`. */
export function formatShape(shape: Shape): string {
  return `[${shape.join(', ')}]`;
}
