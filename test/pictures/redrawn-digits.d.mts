/** MNIST digits drawn anew into a large picture, at a random side, place and pair of colours. */

/** BT.601's brightness of red, green and blue, 0 to 255. */
export function brightness(rgb: ArrayLike<number>): number;

/**
 * Intensities of 28 x 28, or of another square, scaled to `side * side` by Catmull-Rom's cubic (a = -0.5); outside of
 * the source all is 0.
 */
export function scaleBicubic(image: ArrayLike<number>, side: number, sourceSide?: number): Float32Array;

/** What `redrawnDigit` draws: side and place in pixels, colours as red, green and blue. */
export function redrawing(
  index: number,
  seed: number,
): { side: number; left: number; top: number; ink: number[]; background: number[] };

/** A digit of 784 intensities in an opaque RGBA picture of 400 x 300 (width x height). */
export function redrawnDigit(
  image: ArrayLike<number>,
  index: number,
  seed: number,
): { width: number; height: number; data: Uint8Array };
