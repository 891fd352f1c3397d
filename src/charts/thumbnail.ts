/**
 * A picture of any size made to fit a square of a chart, on white. Large ones are averaged, small ones keep their
 * pixels crisp.
 */

import { InklingError } from '../errors.js';
import { imageUrl } from './image-url.js';

/** Row by row from the top, four bytes a pixel: red, green, blue, alpha (not premultiplied). */
export interface PictureToShow {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array | Uint8ClampedArray;
}

/** An image and the size that it is to be drawn in, in the chart's units. */
export interface Thumbnail {
  readonly url: string;
  readonly width: number;
  readonly height: number;
}

/** Pixels of the image for each of the chart's units: charts become PNG at twice their size. */
const density = 2;

/**
 * @param side of the square, in the chart's units; the longer side of the picture becomes as long
 * @throws InklingError (argument) where the picture's sizes and its bytes do not agree
 */
export function thumbnail(picture: PictureToShow, side: number): Thumbnail {
  const { width, height, data } = picture;
  if (!(width > 0 && height > 0 && data.length === 4 * width * height)) {
    throw new InklingError(
      'argument',
      `Expected a picture of ${width} x ${height} pixels with four bytes each. Received: ${data.length} bytes.`,
    );
  }
  const longer = Math.max(width, height);
  const shrink = Math.min(1, (density * side) / longer);
  const columns = Math.max(1, Math.round(width * shrink));
  const rows = Math.max(1, Math.round(height * shrink));
  const pixels = averaged(picture, columns, rows);
  const crisp = Math.ceil((density * side) / Math.max(columns, rows));
  return {
    url: imageUrl(pixels, rows, columns, 3, crisp),
    width: Math.max(1, (side * width) / longer),
    height: Math.max(1, (side * height) / longer),
  };
}

/** RGB: each pixel the mean of the whole pixels that it covers, at least one. */
function averaged({ width, height, data }: PictureToShow, columns: number, rows: number): Uint8Array {
  const pixels = new Uint8Array(rows * columns * 3);
  for (let row = 0; row < rows; row++) {
    const [top, bottom] = covered(row, rows, height);
    for (let column = 0; column < columns; column++) {
      const [left, right] = covered(column, columns, width);
      const sum = [0, 0, 0];
      for (let y = top; y < bottom; y++) {
        for (let x = left; x < right; x++) {
          const at = 4 * (y * width + x);
          const alpha = data[at + 3] / 255;
          for (let channel = 0; channel < 3; channel++) sum[channel] += data[at + channel] * alpha + 255 * (1 - alpha);
        }
      }
      const count = (bottom - top) * (right - left);
      for (let channel = 0; channel < 3; channel++) {
        pixels[(row * columns + column) * 3 + channel] = Math.round(sum[channel] / count);
      }
    }
  }
  return pixels;
}

function covered(index: number, parts: number, size: number): [first: number, end: number] {
  const first = Math.floor((index * size) / parts);
  return [first, Math.max(first + 1, Math.floor(((index + 1) * size) / parts))];
}
