/** The preprocessing as it was when its goldens were made, byte for byte: models are trained on what it makes. */

import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { goldenPictures, goldenRows } from '../../test/goldens/preprocessing-pictures.mjs';
import { loadMnist } from '../data/mnist.js';
import type { Box } from './connected-components.js';
import { prepareDigits } from './prepare-page.js';
import { prepareDigit } from './preprocess.js';
import { preprocessingLikeMnist } from './settings.js';

interface Goldens {
  readonly version: number;
  readonly digits: readonly { name: string; box: readonly number[]; image: string }[];
  readonly rows: readonly { name: string; boxes: readonly (readonly number[])[] }[];
}

const goldens: Goldens = JSON.parse(
  readFileSync(new URL('../../test/goldens/preprocessing.json', import.meta.url), 'utf8'),
);
const usual = preprocessingLikeMnist([28, 28], 'light on dark');
const numbers = ({ left, top, right, bottom }: Box) => [left, top, right, bottom];
const howTo =
  'the preprocessing makes other images than before. If it is meant to, raise the version in src/preprocessing/settings.ts, run ' +
  '"npm run build && node test/goldens/make-preprocessing.mjs", look at test/goldens/preprocessing.png, and train the pretrained model anew';

let pictures: ReturnType<typeof goldenPictures>;
beforeAll(async () => {
  pictures = goldenPictures((await loadMnist()).test.images.data);
});

it('goldens are of this version, and of these pictures', () => {
  expect(goldens.version).toBe(usual.version);
  expect(goldens.digits.map(({ name }) => name)).toEqual(pictures.map(({ name }) => name));
  expect(goldens.digits.length).toBeGreaterThan(40);
});

it('each picture gives the same 28 x 28 bytes', () => {
  const differing = pictures.flatMap(({ name, picture }, index) => {
    const { image, box } = prepareDigit(picture, usual)!;
    const golden = goldens.digits[index];
    const isSame =
      Buffer.from(image).toString('base64') === golden.image && String(numbers(box)) === String(golden.box);
    return isSame ? [] : [name];
  });
  expect(differing, howTo).toEqual([]);
});

it('the same digits are found in pictures of several', () => {
  const rows = goldenRows().map(({ name, picture }) => ({
    name,
    boxes: prepareDigits(picture, usual).map(({ box }) => numbers(box)),
  }));
  expect(rows, howTo).toEqual(goldens.rows);
});

it('sees a change of one level in one byte', () => {
  const { image } = prepareDigit(pictures[0].picture, usual)!;
  image[400] ^= 1;
  expect(Buffer.from(image).toString('base64')).not.toBe(goldens.digits[0].image);
});
