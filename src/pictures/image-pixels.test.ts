/** From pixels to a network's image: colours, grey, transparency, and sizes by means of areas. */

import { describe, expect, test } from 'vitest';
import { hasColours, type ImageSize, imageOf, inGrey, resizeImage } from './image-pixels.js';

const pixels = (...colours: [number, number, number, number][]) => ({
  width: colours.length,
  height: 1,
  data: Uint8Array.from(colours.flat()),
});

describe('imageOf', () => {
  test('keeps colours, or weighs them to grey, on white', () => {
    const picture = pixels([255, 0, 0, 255], [0, 255, 0, 255], [10, 20, 30, 0], [0, 0, 200, 51]);
    expect([...imageOf(picture, 3)]).toEqual([255, 0, 0, 0, 255, 0, 255, 255, 255, 204, 204, 244]);
    expect([...imageOf(picture, 1)]).toEqual([76, 150, 255, 209]);
  });

  test('gives grey the same value in one channel and in three', () => {
    const greys = pixels(
      ...Array.from({ length: 256 }, (_, v): [number, number, number, number] => [v, v, v, 255 - (v % 7)]),
    );
    const grey = [...imageOf(greys, 1)];
    expect([...imageOf(greys, 3)]).toEqual(grey.flatMap((value) => [value, value, value]));
  });

  test('is what grey of an opaque image in colours is', () => {
    const picture = pixels([1, 2, 3, 255], [200, 100, 50, 255]);
    expect(inGrey({ data: imageOf(picture, 3), shape: [1, 1, 2, 3] })).toEqual({
      data: imageOf(picture, 1),
      shape: [1, 1, 2, 1],
    });
  });
});

test('colours that are not seen are none', () => {
  expect(hasColours(pixels([9, 9, 9, 255], [1, 200, 3, 0]))).toBe(false);
  expect(hasColours(pixels([9, 9, 9, 255], [9, 9, 10, 1]))).toBe(true);
});

describe('resizeImage', () => {
  const noise = (length: number) => Uint8Array.from({ length }, (_, index) => (index * index * 31 + index * 7) % 256);

  /**
   * Each pixel repeated as often as there are outputs, then the mean of as many as there were pixels: areas, exactly.
   */
  function meansOfAreas(image: Uint8Array, channels: number, [h, w]: ImageSize, [toH, toW]: ImageSize): number[] {
    return Array.from({ length: toH * toW * channels }, (_, index) => {
      const [y, x, channel] = [
        Math.floor(index / channels / toW),
        Math.floor(index / channels) % toW,
        index % channels,
      ];
      let sum = 0;
      for (let down = y * h; down < (y + 1) * h; down++) {
        for (let across = x * w; across < (x + 1) * w; across++) {
          sum += image[(Math.floor(down / toH) * w + Math.floor(across / toW)) * channels + channel];
        }
      }
      return sum / (h * w);
    });
  }

  test.each<[ImageSize, ImageSize, number]>([
    [[8, 8], [4, 4], 1],
    [[7, 5], [3, 2], 3],
    [[9, 31], [9, 30], 3],
    [[40, 30], [1, 1], 1],
  ])('from %j to %j is the mean of areas', (from, to, channels) => {
    const image = noise(from[0] * from[1] * channels);
    const expected = meansOfAreas(image, channels, from, to);
    const resized = resizeImage(image, channels, from, to);
    expect(resized).toHaveLength(expected.length);
    for (const [index, value] of expected.entries())
      expect(Math.abs(resized[index] - value)).toBeLessThanOrEqual(0.501);
  });

  test('grows linearly between the middles of pixels, and stays at the edges', () => {
    expect([...resizeImage(Uint8Array.of(0, 100), 1, [1, 2], [1, 8])]).toEqual([0, 0, 13, 38, 63, 88, 100, 100]);
    expect([...resizeImage(Uint8Array.of(40, 80), 1, [2, 1], [4, 1])]).toEqual([40, 50, 70, 80]);
  });

  test('shrinks one axis while the other grows, and leaves plain images plain', () => {
    expect([...resizeImage(Uint8Array.of(10, 20, 30, 40), 1, [1, 4], [2, 2])]).toEqual([15, 35, 15, 35]);
    const plain = resizeImage(new Uint8Array(11 * 13 * 3).fill(201), 3, [11, 13], [29, 4]);
    expect(new Set(plain)).toEqual(new Set([201]));
  });

  test('does not turn a fine pattern into a coarse one', () => {
    const stripes = Uint8Array.from({ length: 64 * 64 }, (_, index) => (index % 2) * 255);
    const small = resizeImage(stripes, 1, [64, 64], [9, 9]);
    expect(Math.max(...small) - Math.min(...small)).toBeLessThan(40);
  });

  test('gives back the image itself where there is nothing to do', () => {
    const image = noise(12);
    expect(resizeImage(image, 3, [2, 2], [2, 2])).toBe(image);
  });
});
