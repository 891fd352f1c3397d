/**
 * Writes preprocessing.json and preprocessing.png: what the network is shown of pictures that the generators in
 * test/pictures/ draw, by `npm run build && node test/goldens/make-preprocessing.mjs`. They pin the method: when it is
 * meant to change, raise the version in src/preprocessing/settings.ts, make them anew and look at the sheet, where each
 * image must look like a digit of MNIST's.
 */

import { writeFileSync } from 'node:fs';
import { encode } from 'fast-png';
import { loadMnist } from '../../dist/data/mnist.js';
import { prepareDigits } from '../../dist/preprocessing/prepare-page.js';
import { prepareDigit } from '../../dist/preprocessing/preprocess.js';
import { preprocessingLikeMnist } from '../../dist/preprocessing/settings.js';
import { goldenPictures, goldenRows } from './preprocessing-pictures.mjs';

const preprocessing = preprocessingLikeMnist([28, 28], 'light on dark');
const { test } = await loadMnist();

const base64 = (bytes) => Buffer.from(bytes).toString('base64');
const numbers = ({ left, top, right, bottom }) => [left, top, right, bottom];

const digits = goldenPictures(test.images.data).map(({ name, picture }) => {
  const { image, box } = prepareDigit(picture, preprocessing);
  return { name, box: numbers(box), image: base64(image) };
});
const rows = goldenRows().map(({ name, picture }) => ({
  name,
  boxes: prepareDigits(picture, preprocessing).map(({ box }) => numbers(box)),
}));

const text = `${JSON.stringify({ version: preprocessing.version, digits, rows }, undefined, 1)}\n`;
writeFileSync(new URL('preprocessing.json', import.meta.url), text);

const [columns, scale, cell] = [9, 3, 90];
const [width, height] = [columns * cell, Math.ceil(digits.length / columns) * cell];
const data = new Uint8Array(width * height).fill(110);
for (const [index, { image }] of digits.entries()) {
  const bytes = Buffer.from(image, 'base64');
  const [left, top] = [(index % columns) * cell + 3, Math.floor(index / columns) * cell + 3];
  for (let y = 0; y < 28 * scale; y++) {
    for (let x = 0; x < 28 * scale; x++) {
      data[(top + y) * width + left + x] = bytes[Math.floor(y / scale) * 28 + Math.floor(x / scale)];
    }
  }
}
writeFileSync(new URL('preprocessing.png', import.meta.url), encode({ width, height, data, channels: 1 }));
