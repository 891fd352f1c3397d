/**
 * A second set of handwritten digits, by 43 people who took no part in MNIST: optdigits (Alpaydin, Kaynak 1998), whose
 * 1,797 test images scikit-learn ships as digits.csv.gz. Limits: 8 x 8 pixels of 17 greys are all there is of each.
 */

import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { scaleBicubic } from '../../test/pictures/redrawn-digits.mjs';

const [imageSide, brightest] = [8, 16];
/** Of the picture and of the image in it, pixels. */
const [side, drawnSide] = [112, 80];
const [paper, ink] = [245, 35];

/**
 * @param {string} file scikit-learn's digits.csv.gz, or unpacked
 * @returns {Promise<{ digits: string, picture: { width: number, height: number, data: Uint8Array } }[]>} dark on light
 * @throws {Error} where the file has other lines than 64 greys and a label
 */
export async function optdigits(file) {
  const bytes = await readFile(file);
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const lines = String(isGzip ? gunzipSync(bytes) : bytes)
    .trim()
    .split(/\r?\n/);
  return lines.map((line, index) => {
    const values = line.split(',').map(Number);
    const label = values.pop();
    const isImage =
      values.length === imageSide * imageSide && values.every((value) => value >= 0 && value <= brightest);
    if (!isImage || !(Number.isInteger(label) && label >= 0 && label <= 9)) {
      throw new Error(
        `${file}, line ${index + 1}: expected 64 greys from 0 to 16 and a digit, separated by commas. Received: ${line.slice(0, 80)}.`,
      );
    }
    return { digits: String(label), picture: draw(values.map((value) => value / brightest)) };
  });
}

function draw(image) {
  const scaled = scaleBicubic(image, drawnSide, imageSide);
  const data = new Uint8Array(4 * side * side);
  const margin = (side - drawnSide) / 2;
  for (let i = 0; i < side * side; i++) {
    const [x, y] = [(i % side) - margin, Math.floor(i / side) - margin];
    const isInside = x >= 0 && y >= 0 && x < drawnSide && y < drawnSide;
    const cover = isInside ? Math.min(1, Math.max(0, scaled[y * drawnSide + x])) : 0;
    const grey = Math.round(paper + cover * (ink - paper));
    data.set([grey, grey, grey, 255], 4 * i);
  }
  return { width: side, height: side, data };
}
