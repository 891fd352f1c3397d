/** Which images pass as they are: MNIST's, in either polarity, and none that is placed or sized otherwise. */

import { beforeAll, describe, expect, it } from 'vitest';
import { negativeOf, planeOf, sevenAt } from '../../test/pictures/painted.js';
import { loadMnist } from '../data/mnist.js';
import { greyPictures } from '../inference/picture-classifier.js';
import { likeTrainingImage } from './like-training-image.js';
import { prepareDigit } from './preprocess.js';
import { preprocessingLikeMnist } from './settings.js';

const usual = preprocessingLikeMnist([28, 28], 'light on dark');
const seven = (left: number, top: number, height: number, side = 28, ink = 255, paper = 0) =>
  planeOf(side, side, (x, y) => Math.round(paper + (ink - paper) * sevenAt(x, y, left, top, height, 3)));

describe('likeTrainingImage', () => {
  it('takes a digit of the usual size and place, light or dark', () => {
    const image = seven(8, 9, 16);
    expect([...likeTrainingImage(image, usual)!]).toEqual([...image.data]);
    const negative = { ...image, data: image.data.map((value) => 255 - value) };
    expect([...likeTrainingImage(negative, usual)!]).toEqual([...image.data]);
    const darkOnLight = preprocessingLikeMnist([28, 28], 'dark on light');
    expect([...likeTrainingImage(image, darkOnLight)!]).toEqual([...negative.data]);
    expect([...likeTrainingImage(negative, darkOnLight)!]).toEqual([...negative.data]);
  });

  it.each([
    ['of another size', seven(16, 14, 34, 56)],
    ['too small', seven(10, 9, 12)],
    ['too large', seven(4, 3, 22)],
    ['beside its place', seven(11, 9, 16)],
    ['above its place', seven(8, 6, 16)],
    ['pale', seven(8, 9, 16, 28, 150)],
    ['on grey', seven(8, 9, 16, 28, 255, 30)],
    ['none', planeOf(28, 28, () => 0)],
    ['only an edge', planeOf(28, 28, (x) => (x === 0 ? 255 : 0))],
  ])('takes none that is %s', (_, image) => {
    expect(likeTrainingImage(image, usual)).toBeUndefined();
  });

  it('lets paper differ a little from black, and keeps that too', () => {
    const image = seven(8, 9, 16, 28, 255, 9);
    expect([...likeTrainingImage(image, usual)!]).toEqual([...image.data]);
  });
});

describe('of the first 200 MNIST test images', () => {
  let data: Uint8Array;
  beforeAll(async () => {
    data = (await loadMnist()).test.images.data.slice(0, 200 * 784);
  });
  const image = (index: number) => [...data.subarray(index * 784, (index + 1) * 784)];
  const pictures = () => greyPictures({ data, shape: [200, 28, 28, 1] });

  it('at least 98 % pass byte for byte, and their negatives as the originals', () => {
    const passed = (picture: ReturnType<typeof pictures>[number], index: number) =>
      String([...(prepareDigit(picture, usual)?.image ?? [])]) === String(image(index));
    expect(pictures().filter(passed).length).toBeGreaterThanOrEqual(196);
    expect(pictures().map(negativeOf).filter(passed).length).toBeGreaterThanOrEqual(196);
  });

  it('none is blank, and each box is within the picture', () => {
    for (const picture of pictures()) {
      const { box } = prepareDigit(picture, usual)!;
      expect(box.left >= 0 && box.top >= 0 && box.right <= 28 && box.bottom <= 28).toBe(true);
    }
  });
});
