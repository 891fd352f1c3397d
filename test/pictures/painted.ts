/** Planes, masks and pictures for tests: from text, from a formula, turned and moved. */

import type { Picture } from '../../src/pictures/picture.js';
import type { Mask } from '../../src/preprocessing/connected-components.js';
import type { Plane } from '../../src/preprocessing/plane.js';

/** A value for each pixel of a plane. */
export function planeOf(width: number, height: number, valueAt: (x: number, y: number) => number): Plane {
  return {
    width,
    height,
    data: Float32Array.from({ length: width * height }, (_, i) => valueAt(i % width, Math.floor(i / width))),
  };
}

/** `#` is ink, all else is paper; rows are of one length. */
export function maskOf(...rows: readonly string[]): Mask {
  const data = Uint8Array.from(rows.flatMap((row) => [...row].map((sign) => (sign === '#' ? 1 : 0))));
  return { width: rows[0].length, height: rows.length, data };
}

/** The other way round: what `maskOf` was made from, with `.` for paper. */
export function rowsOf({ width, height, data }: Mask): string[] {
  return Array.from({ length: height }, (_, y) =>
    Array.from(data.subarray(y * width, (y + 1) * width), (value) => (value === 1 ? '#' : '.')).join(''),
  );
}

/** An opaque picture of greys, rounded; `colourAt` may also give red, green, blue and alpha. */
export function pictureOf(
  width: number,
  height: number,
  colourAt: (x: number, y: number) => number | readonly number[],
): Picture {
  const data = new Uint8Array(width * height * 4);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const colour = colourAt(pixel % width, Math.floor(pixel / width));
    const [red, green, blue, alpha = 255] = typeof colour === 'number' ? [colour, colour, colour] : colour;
    data.set([red, green, blue, alpha].map(Math.round), pixel * 4);
  }
  return { width, height, data };
}

/** Each colour's opposite; alpha stays. */
export function negativeOf({ width, height, data }: Picture): Picture {
  return { width, height, data: Uint8Array.from(data, (value, at) => (at % 4 === 3 ? value : 255 - value)) };
}

/**
 * How much a pixel whose centre is at (x, y) is covered by a line with round ends, 1 to 0 over one pixel at its edge.
 */
export function strokeAt(
  x: number,
  y: number,
  [x0, y0, x1, y1]: readonly [number, number, number, number],
  width: number,
): number {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const squared = dx * dx + dy * dy;
  const along = squared === 0 ? 0 : Math.min(Math.max(((x - x0) * dx + (y - y0) * dy) / squared, 0), 1);
  const distance = Math.hypot(x - x0 - along * dx, y - y0 - along * dy);
  return Math.min(Math.max(width / 2 - distance + 0.5, 0), 1);
}

/** A 7 of two strokes in a box of `height`, its left upper end at (left, top); 1 for ink. */
export function sevenAt(x: number, y: number, left: number, top: number, height: number, pen: number): number {
  const right = left + 0.65 * height;
  const bar = strokeAt(x + 0.5, y + 0.5, [left, top, right, top], pen);
  return Math.max(bar, strokeAt(x + 0.5, y + 0.5, [right, top, left + 0.2 * height, top + height], pen));
}
