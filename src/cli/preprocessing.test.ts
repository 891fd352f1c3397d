/** Which way pictures are prepared follows from what the training images look like. */

import { expect, test } from 'vitest';
import { drawnDigits } from '../../test/pictures/drawn-digits.mjs';
import type { Dataset } from '../data/dataset.js';
import { prepareDigit } from '../preprocessing/preprocess.js';
import { preprocessingLikeMnist, preprocessingOfImages } from '../preprocessing/settings.js';
import { areColouredDigits, choosePreparation, describePreparation } from './preprocessing.js';

type Draw = (image: number, y: number, x: number, channel: number) => number;

function datasetOf([height, width, channels]: readonly [number, number, number], draw: Draw, count = 20): Dataset {
  const size = height * width * channels;
  const data = Uint8Array.from({ length: count * size }, (_, index) => {
    const [image, inside] = [Math.floor(index / size), index % size];
    return draw(image, Math.floor(inside / channels / width), Math.floor(inside / channels) % width, inside % channels);
  });
  const part = { images: { data, shape: [count, height, width, channels] }, labels: new Uint8Array(count) };
  return { name: 'x', source: 'x', sha256: 'x', classNames: ['a', 'b'], train: part, test: part };
}

/** Ten digits, as they are placed for a network. */
const placed = drawnDigits(1, ['small picture']).map(
  ({ picture }) => prepareDigit(picture, preprocessingLikeMnist([28, 28], 'light on dark'))!.image,
);
/** With a margin more around them. */
const digits =
  (margin = 0, change = (value: number) => value): Draw =>
  (image, y, x) => {
    const [row, column] = [y - margin, x - margin];
    const isInside = row >= 0 && row < 28 && column >= 0 && column < 28;
    return change(isInside ? placed[image % placed.length][row * 28 + column] : 0);
  };
const texture: Draw = (image, y, x, channel) => (image * 37 + y * y * 11 + x * 53 + channel * 90) % 256;

test('digits placed as in MNIST are prepared as digits, in their polarity', () => {
  const light = choosePreparation(datasetOf([28, 28, 1], digits()));
  expect(light).toMatchObject({ preprocessing: preprocessingLikeMnist([28, 28], 'light on dark'), isAsked: false });
  expect(light.fractionOfDigits).toBeGreaterThan(0.8);
  expect(describePreparation(light)).toMatch(/^Pictures: as digits, .* 20 pixels .* in 28 x 28, since .*% of these/);
  const dark = choosePreparation(
    datasetOf(
      [28, 28, 1],
      digits(0, (value) => 255 - value),
    ),
  );
  expect(dark.preprocessing).toEqual(preprocessingLikeMnist([28, 28], 'dark on light'));
});

test('digits with a wider margin keep their size', () => {
  const { preprocessing } = choosePreparation(datasetOf([36, 36, 1], digits(4)));
  expect(preprocessing).toEqual(preprocessingLikeMnist([36, 36], 'light on dark', 20));
});

test('what is not ink on plain paper is taken whole, in grey or in colours', () => {
  const grey = choosePreparation(datasetOf([12, 16, 1], texture));
  expect(grey).toEqual({ preprocessing: preprocessingOfImages([12, 16], 1), isAsked: false, fractionOfDigits: 0 });
  expect(describePreparation(grey)).toBe(
    "Pictures: as images, whole, scaled to 12 x 16 in grey, since 0.00 % of these images are ink on plain paper, placed as MNIST's digits " +
      'are. --prepare digits looks for the ink',
  );
  const colours = choosePreparation(datasetOf([12, 16, 3], texture));
  expect(colours.preprocessing).toEqual(preprocessingOfImages([12, 16], 3));
  expect(areColouredDigits(colours)).toBe(false);
});

test('images of another size than their ink are not digits, however plain their paper', () => {
  const corner = choosePreparation(datasetOf([28, 28, 1], (_, y, x) => (y > 2 && y < 9 && x > 2 && x < 9 ? 255 : 0)));
  expect(corner.preprocessing.method).toBe('images');
});

test('what is asked for is done', () => {
  const asked = choosePreparation(datasetOf([28, 28, 1], digits()), 'images');
  expect(asked).toMatchObject({ preprocessing: preprocessingOfImages([28, 28], 1), isAsked: true });
  expect(describePreparation(asked)).toMatch(/in grey, as asked$/);
  const inked = choosePreparation(datasetOf([28, 28, 1], texture), 'digits');
  expect(inked.preprocessing.method).toBe('digits');
  expect(() => choosePreparation(datasetOf([12, 16, 3], texture), 'digits')).toThrow(
    '--prepare digits: the images of x have 3 channels',
  );
});

test('digits in colours are told', () => {
  const coloured = choosePreparation(datasetOf([28, 28, 3], digits()));
  expect(coloured.preprocessing).toEqual(preprocessingOfImages([28, 28], 3));
  expect(areColouredDigits(coloured)).toBe(true);
});
