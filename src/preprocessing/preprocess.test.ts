/** Pictures to images as a whole: what may not change an image, what must, and any picture at all. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawnDigits } from '../../test/pictures/drawn-digits.mjs';
import { negativeOf, pictureOf, sevenAt, strokeAt } from '../../test/pictures/painted.js';
import { InklingError } from '../errors.js';
import type { Picture } from '../pictures/picture.js';
import { prepareDigits } from './prepare-page.js';
import { prepareDigit } from './preprocess.js';
import { preprocessingLikeMnist } from './settings.js';

const usual = preprocessingLikeMnist([28, 28], 'light on dark');

/** A 7 of 80 pixels in 200 x 160. */
const seven = (left = 70, top = 40, { ink = 30 as number, paper = 230 as number, pen = 7, height = 80 } = {}) =>
  pictureOf(200, 160, (x, y) => paper + (ink - paper) * sevenAt(x, y, left, top, height, pen));

function centreOf(image: Uint8Array, width: number): [number, number] {
  let [mass, massX, massY] = [0, 0, 0];
  for (const [i, value] of image.entries()) {
    mass += value;
    massX += value * ((i % width) + 0.5);
    massY += value * (Math.floor(i / width) + 0.5);
  }
  return [massX / mass, massY / mass];
}

function longerSideOf(image: Uint8Array, width: number): number {
  const inked = [...image.keys()].filter((i) => image[i] > 0);
  const span = (values: number[]) => Math.max(...values) - Math.min(...values) + 1;
  return Math.max(span(inked.map((i) => i % width)), span(inked.map((i) => Math.floor(i / width))));
}

const largestDifference = (a: Uint8Array, b: Uint8Array) =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);

describe('prepareDigit', () => {
  it('gives the same image wherever the digit is', () => {
    const { image } = prepareDigit(seven(), usual)!;
    for (const [left, top] of [
      [71, 40],
      [70, 41],
      [20, 10],
      [130, 60],
      [25, 70],
    ]) {
      const moved = prepareDigit(seven(left, top), usual)!;
      expect([...moved.image], `${left}, ${top}`).toEqual([...image]);
      expect(moved.box).toEqual(boxAt(left, top));
    }
  });

  /** Pen of 7: ink reaches 3.5 pixels over the ends of strokes. */
  const boxAt = (left: number, top: number) => {
    const { box } = prepareDigit(seven(), usual)!;
    const [right, bottom] = [box.right + left - 70, box.bottom + top - 40];
    return { left: box.left + left - 70, top: box.top + top - 40, right, bottom };
  };

  it('says where the ink is', () => {
    const { box } = prepareDigit(seven(), usual)!;
    for (const [side, exact] of [
      [box.left, 66.5],
      [box.top, 36.5],
      [box.right, 125.5],
      [box.bottom, 123.5],
    ]) {
      expect(Math.abs(side - exact)).toBeLessThanOrEqual(1);
    }
  });

  it('gives the negative the same image, within two levels', () => {
    for (const colours of [
      {},
      { ink: 0, paper: 255 },
      { ink: 90, paper: 170 },
      { pen: 3 },
      { pen: 14, ink: 40, paper: 120 },
    ]) {
      const picture = seven(70, 40, colours);
      const [positive, negative] = [prepareDigit(picture, usual)!, prepareDigit(negativeOf(picture), usual)!];
      expect(largestDifference(positive.image, negative.image)).toBeLessThanOrEqual(2);
      expect(negative.box).toEqual(positive.box);
    }
  });

  it('scales the longer side to 20 and puts the centre of mass on (14.5, 14.5), within a pixel', () => {
    for (const pen of [3, 7, 12]) {
      for (const height of [30, 55, 100]) {
        const { image } = prepareDigit(seven(60, 25, { pen, height }), usual)!;
        expect(Math.abs(longerSideOf(image, 28) - 20), `pen ${pen}, height ${height}`).toBeLessThanOrEqual(1);
        for (const coordinate of centreOf(image, 28)) expect(Math.abs(coordinate - 14.5)).toBeLessThan(1);
        expect(Math.max(...image)).toBe(255);
      }
    }
  });

  it('makes twice the size for a model of 56 x 56, and the negative for one of dark on light', () => {
    const large = prepareDigit(seven(), preprocessingLikeMnist([56, 56], 'light on dark'))!.image;
    expect(large).toHaveLength(56 * 56);
    expect(Math.abs(longerSideOf(large, 56) - 40)).toBeLessThanOrEqual(1);
    for (const coordinate of centreOf(large, 56)) expect(Math.abs(coordinate - 28.5)).toBeLessThan(1);
    const dark = prepareDigit(seven(), preprocessingLikeMnist([28, 28], 'dark on light'))!.image;
    expect([...dark]).toEqual([...prepareDigit(seven(), usual)!.image].map((value) => 255 - value));
  });

  it('keeps strokes of one pixel, however large the digit', () => {
    for (const height of [60, 100, 200, 400, 900]) {
      const side = Math.round(1.6 * height);
      const at = Math.round(0.3 * height);
      const picture = pictureOf(side, side, (x, y) => 255 * (1 - Math.round(sevenAt(x, y, at, at, height, 1))));
      const { image } = prepareDigit(picture, usual)!;
      // A 7 of 20 pixels with strokes of two.
      const inked = image.filter((value) => value > 127).length;
      expect(inked, String(height)).toBeGreaterThan(50);
      expect(inked, String(height)).toBeLessThan(85);
    }
  });

  it('removes uneven light and grain', () => {
    const plain = prepareDigit(seven(), usual)!.image;
    const lit = pictureOf(200, 160, (x, y) => (0.45 + (0.55 * x) / 200) * (230 - 200 * sevenAt(x, y, 70, 40, 80, 7)));
    const { image } = prepareDigit(lit, usual)!;
    const mean = image.reduce((sum, value, i) => sum + Math.abs(value - plain[i]), 0) / image.length;
    expect(mean).toBeLessThan(4);
  });

  it('takes no dark table around the paper for the digit', () => {
    const photos = drawnDigits(1, ['photo with a dark table at the border']);
    expect(photos).toHaveLength(10);
    for (const { digit, picture } of photos) {
      const { left, top, right, bottom } = prepareDigit(picture, usual)!.box;
      expect(Math.abs((left + right) / 2 - 180), String(digit)).toBeLessThan(15);
      expect(Math.abs((top + bottom) / 2 - 150), String(digit)).toBeLessThan(15);
      expect(Math.abs(bottom - top - 120), String(digit)).toBeLessThan(25);
    }
  });

  it('finds nothing where nothing is drawn', () => {
    for (const [width, height] of [
      [1, 1],
      [300, 1],
      [1, 300],
      [28, 28],
      [90, 70],
    ]) {
      for (const value of [0, 127, 255]) {
        const picture = pictureOf(width, height, () => value);
        expect(prepareDigit(picture, usual)).toBeUndefined();
        expect(prepareDigits(picture, usual)).toEqual([]);
      }
    }
    expect(
      prepareDigit(
        pictureOf(1, 1, () => [0, 0, 0, 0]),
        usual,
      ),
    ).toBeUndefined();
  });

  it('never throws, and gives 784 bytes and a box in the picture, or nothing, for any small picture', () => {
    const bytes = fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constantFrom(0, 255));
    const pictures = fc
      .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }))
      .chain(([width, height]) =>
        fc
          .array(bytes, { minLength: width * height * 4, maxLength: width * height * 4, size: 'max' })
          .map((data): Picture => ({ width, height, data: Uint8Array.from(data) })),
      );
    fc.assert(
      fc.property(pictures, (picture) => {
        const digits = prepareDigits(picture, usual);
        const digit = prepareDigit(picture, usual);
        for (const { image, box } of digit ? [digit, ...digits] : digits) {
          expect(image).toHaveLength(784);
          expectWithin(box, picture);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('reads strips of extreme proportions, with boxes that end where the picture ends', () => {
    for (const [width, height] of [
      [3201, 101],
      [101, 3201],
      [1601, 7],
      [5000, 3],
    ]) {
      const picture = pictureOf(width, height, (x, y) =>
        x > width - 90 && y > height - 90 && (x * y) % 5 < 3 ? 0 : 255,
      );
      const digits = [prepareDigit(picture, usual), ...prepareDigits(picture, usual)];
      for (const digit of digits) if (digit) expectWithin(digit.box, picture);
    }
    const cross = (x: number, y: number) => {
      if (x < 2400 || y < 1200) return 255;
      const falling = strokeAt(x + 0.5, y + 0.5, [2500, 1300, 3201, 1700], 60);
      return 255 * (1 - Math.max(falling, strokeAt(x + 0.5, y + 0.5, [3050, 1350, 2700, 2001], 60)));
    };
    expect(prepareDigit(pictureOf(3201, 2001, cross), usual)!.box).toMatchObject({ right: 3201, bottom: 2001 });
  });

  it('takes nothing solid in a corner or along an edge for a digit, and the digit beside it', () => {
    for (const around of [
      (x: number, y: number) => x >= 170 && y >= 120,
      (x: number) => x < 12,
      (_: number, y: number) => y >= 150,
      (x: number, y: number) => x >= 190 || y < 8,
    ]) {
      for (const turned of [(picture: Picture) => picture, negativeOf]) {
        const alone = turned(pictureOf(200, 160, (x, y) => (around(x, y) ? 40 : 230)));
        expect(prepareDigit(alone, usual)).toBeUndefined();
        expect(prepareDigits(alone, usual)).toEqual([]);
        const ink = (x: number, y: number) => sevenAt(x, y, 70, 40, 80, 7);
        const beside = turned(pictureOf(200, 160, (x, y) => (around(x, y) ? 40 : 230 - 200 * ink(x, y))));
        expect(prepareDigit(beside, usual)!.box).toEqual(boxAt(70, 40));
      }
    }
  });

  it.each([
    [{ width: 2, height: 2, data: new Uint8Array(15) }, '2 x 2 pixels and 15 bytes'],
    [{ width: 0, height: 2, data: new Uint8Array(0) }, '0 x 2 pixels'],
    [{ width: 1.5, height: 2, data: new Uint8Array(12) }, '1.5 x 2 pixels'],
    [{ width: 1, height: 1, data: [0, 0, 0, 255] as unknown as Uint8Array }, 'no bytes'],
  ])('refuses what is not a picture: %j', (picture, message) => {
    for (const prepare of [prepareDigit, prepareDigits]) {
      expect(() => prepare(picture, usual)).toThrow(InklingError);
      expect(() => prepare(picture, usual)).toThrow(message);
    }
  });
});

function expectWithin(
  { left, top, right, bottom }: NonNullable<ReturnType<typeof prepareDigit>>['box'],
  picture: Picture,
) {
  expect(left >= 0 && top >= 0 && right > left && bottom > top).toBe(true);
  expect(right <= picture.width && bottom <= picture.height).toBe(true);
}

describe('prepareDigits', () => {
  const two = pictureOf(220, 120, (x, y) => {
    const ink = Math.max(sevenAt(x, y, 30, 25, 70, 6), strokeAt(x + 0.5, y + 0.5, [160, 25, 160, 95], 6));
    return 240 - 200 * ink;
  });

  it('prepares each digit as if it were alone', () => {
    const [first, second] = prepareDigits(two, usual);
    const alone = pictureOf(220, 120, (x, y) => 240 - 200 * sevenAt(x, y, 30, 25, 70, 6));
    const expected = prepareDigit(alone, usual)!;
    expect(first.box).toEqual(expected.box);
    // How strong the ink is, is measured over all digits.
    expect(largestDifference(first.image, expected.image)).toBeLessThanOrEqual(2);
    expect([second.box.left, second.box.right]).toEqual([157, 163]);
    expect(prepareDigits(alone, usual)).toEqual([expected]);
  });

  it('finds light digits too', () => {
    const boxes = (picture: Picture) => prepareDigits(picture, usual).map(({ box }) => box);
    expect(boxes(negativeOf(two))).toEqual(boxes(two));
    expect(boxes(two)).toHaveLength(2);
  });
});
