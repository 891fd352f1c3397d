import { expect, test } from 'vitest';
import { augmentation, augmentationFromData } from '../data/augmentation.js';
import { augmentedImage } from '../reference/augmentation.js';
import { augmentedImages } from './augmented-images.js';

const [count, height, width, channels] = [5, 9, 7, 3];
const data = Uint8Array.from({ length: count * height * width * channels }, (_, index) => (index * 7919) % 256);
const images = { data, shape: [count, height, width, channels] };
const strong = augmentation('strong');

test('are what the batch of that step would be, rounded to bytes', () => {
  const { data: actual, shape } = augmentedImages(images, strong, { seed: 4, step: 6 });
  expect(shape).toEqual(images.shape);
  const size = height * width * channels;
  const expected = Array.from({ length: count }, (_, place) => {
    const values = data.subarray(place * size, (place + 1) * size);
    const draw = { seed: 4, step: 6, place };
    return [...augmentedImage({ values, shape: [height, width, channels] }, strong, draw)];
  }).flat();
  const worst = Math.max(...expected.map((value, index) => Math.abs(value * 255 - actual[index])));
  expect(worst).toBeLessThan(0.501);
});

test('are the same for the same seed and step, and others for others', () => {
  const first = augmentedImages(images, strong);
  expect(augmentedImages(images, strong, { seed: 1, step: 0 })).toEqual(first);
  expect(augmentedImages(images, strong, { seed: 2 })).not.toEqual(first);
  expect(augmentedImages(images, strong, { step: 1 })).not.toEqual(first);
  expect(augmentedImages(images, augmentationFromData({}, 'test'))).toEqual(images);
  expect(data[1]).toBe(7919 % 256);
});

test('what is not a batch of images, a seed or a step is refused', () => {
  const flat = { data: new Uint8Array(4), shape: [2, 2] };
  expect(() => augmentedImages(flat, strong)).toThrow(
    'needs uint8 images of shape [N, height, width, channels]. Received: uint8',
  );
  expect(() => augmentedImages(images, strong, { seed: -1 })).toThrow('seed must be an integer from 0 to 4294967295.');
  expect(() => augmentedImages(images, strong, { step: 0.5 })).toThrow('step must be an integer from 0 to');
});
