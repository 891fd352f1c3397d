/**
 * One SHA-256 over many pictures, and what the tests of the generators look for in one. Limits: for opaque RGBA
 * pictures.
 */

import { createHash } from 'node:crypto';
import type { Picture } from '../../src/pictures/picture.js';

/** Over width, height and bytes of each picture in turn. */
export function sumOfPictures(pictures: Iterable<Picture>): string {
  const hash = createHash('sha256');
  for (const { width, height, data } of pictures) hash.update(`${width}x${height}:`).update(data);
  return hash.digest('hex');
}

/** Difference in BT.601's brightness between the brightest and the darkest pixel, 0 to 255; 0 for a blank picture. */
export function contrastOf({ data }: Picture): number {
  let darkest = 255;
  let brightest = 0;
  for (let i = 0; i < data.length; i += 4) {
    const value = 0.299 * data[i] + 0.587 * data[i + 1] + 0.114 * data[i + 2];
    darkest = Math.min(darkest, value);
    brightest = Math.max(brightest, value);
  }
  return brightest - darkest;
}

/** Whether all pixels at the picture's edge have one colour, so that what is drawn lies wholly inside. */
export function hasPlainEdge({ width, height, data }: Picture): boolean {
  const first = data.subarray(0, 4).join();
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x += y === 0 || y === height - 1 ? 1 : width - 1) {
      const at = 4 * (y * width + x);
      if (data.subarray(at, at + 4).join() !== first) return false;
    }
  }
  return true;
}

/** Whether the picture is well formed: as many bytes as its size says, all opaque. */
export function isOpaque({ width, height, data }: Picture): boolean {
  return data.length === width * height * 4 && data.every((value, i) => i % 4 !== 3 || value === 255);
}
