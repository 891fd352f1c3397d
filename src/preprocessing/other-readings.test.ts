/** Readings of a picture as a piece of paper that was cut at the ink: what they find, where, and which are certain. */

import { describe, expect, it } from 'vitest';
import { negativeOf, pictureOf, sevenAt, strokeAt } from '../../test/pictures/painted.js';
import { InklingError } from '../errors.js';
import type { Picture } from '../pictures/picture.js';
import { prepareDigits } from './prepare-page.js';
import { findPreparedDigit, prepareDigit, prepareDigitInFrame, prepareOtherReadings } from './preprocess.js';
import { preprocessingLikeMnist } from './settings.js';

const usual = preprocessingLikeMnist([28, 28], 'light on dark');
const grey = (ink: number) => 225 - 190 * ink;

/** A 7 of 80 pixels and a pen of 8 with so much room around its ink. */
const seven = (room: number) =>
  pictureOf(60 + 2 * room, 88 + 2 * room, (x, y) => grey(sevenAt(x, y, room + 4, room + 4, 80, 8)));

const meanDifference = (a: Uint8Array, b: Uint8Array) =>
  a.reduce((sum, value, index) => sum + Math.abs(value - b[index]), 0) / a.length;

describe('prepareOtherReadings', () => {
  it('finds a digit that is cut at the ink as one with room around it', () => {
    const { image } = prepareDigit(seven(40), usual)!;
    for (const room of [0, 1, 4]) {
      const [reading] = prepareOtherReadings(seven(room), usual);
      expect(reading.isCertain).toBe(true);
      expect(meanDifference(reading.image, image), `room of ${room}`).toBeLessThan(6);
      const { left, top, right, bottom } = reading.box;
      for (const [side, exact] of [
        [left, room],
        [top, room],
        [right, room + 60],
        [bottom, room + 88],
      ]) {
        expect(Math.abs(side - exact)).toBeLessThanOrEqual(1);
      }
    }
  });

  it('finds the same in the negative', () => {
    const [reading] = prepareOtherReadings(seven(0), usual);
    const [negative] = prepareOtherReadings(negativeOf(seven(0)), usual);
    expect(meanDifference(reading.image, negative.image)).toBeLessThan(2);
    expect(negative.box).toEqual(reading.box);
  });

  it('is not certain of what lies along the edges, nor of a bar through the picture', () => {
    const shoulders = pictureOf(120, 100, (x, y) => {
      const head = (x - 60) ** 2 + (y - 35) ** 2 < 400;
      return grey(head || (y > 55 && Math.abs(x - 60) < y - 15) ? 1 : 0);
    });
    const bar = pictureOf(120, 100, (x, y) => grey(strokeAt(x + 0.5, y + 0.5, [62, -9, 58, 109], 9)));
    for (const picture of [shoulders, bar]) {
      for (const { isCertain } of prepareOtherReadings(picture, usual)) expect(isCertain).toBe(false);
    }
    expect(prepareOtherReadings(shoulders, usual).length).toBeGreaterThan(0);
  });

  it('finds nothing on plain paper, in a soft shadow, or in what is too small', () => {
    const plain = pictureOf(60, 80, () => 220);
    const shadow = pictureOf(160, 180, (x, y) => {
      const distance = x / 160 + (0.4 * y) / 180 - 0.75;
      return 220 * (1 - 0.25 / (1 + 60 * distance * distance));
    });
    for (const picture of [plain, shadow, pictureOf(5, 40, (x) => 50 * x)]) {
      expect(prepareOtherReadings(picture, usual)).toEqual([]);
    }
    expect(findPreparedDigit(shadow, usual).digit).toBeUndefined();
    expect(findPreparedDigit(shadow, usual).dropped.map(({ reason }) => reason)).toContain('shadow');
  });

  it('refuses what is no picture', () => {
    const wrong: Picture = { width: 10, height: 10, data: new Uint8Array(5) };
    expect(() => prepareOtherReadings(wrong, usual)).toThrow(InklingError);
  });
});

describe('the first reading', () => {
  it('finds a digit on a sheet within a frame, and not the sheet', () => {
    const framed = pictureOf(80, 80, (x, y) => {
      if (x < 3 || y < 3 || x >= 77 || y >= 77) return 240;
      return 12 + 108 * sevenAt(x, y, 32, 24, 32, 7);
    });
    expect(prepareDigit(framed, usual)!.box).toEqual({ left: 29, top: 20, right: 56, bottom: 60 });
  });

  it('keeps of several digits the one that ends at the lower edge', () => {
    const two = pictureOf(200, 100, (x, y) =>
      grey(Math.max(sevenAt(x, y, 30, 20, 55, 7), sevenAt(x, y, 120, 12, 88, 7))),
    );
    expect(prepareDigits(two, usual)).toHaveLength(2);
  });
});

describe('prepareDigitInFrame', () => {
  const inFrame = (width: number, height: number, ink: (x: number, y: number) => number) =>
    pictureOf(width, height, (x, y) => (Math.min(x, y, width - 1 - x, height - 1 - y) < 4 ? 60 : grey(ink(x, y))));

  it('finds the digit inside the frame, where it is in the whole picture, and is never certain of it', () => {
    const { image, box, isCertain } = prepareDigitInFrame(
      inFrame(180, 180, (x, y) => sevenAt(x, y, 60, 50, 80, 8)),
      usual,
    )!;
    expect(isCertain).toBe(false);
    const alone = prepareDigit(
      pictureOf(180, 180, (x, y) => grey(sevenAt(x, y, 60, 50, 80, 8))),
      usual,
    )!;
    expect(meanDifference(image, alone.image)).toBeLessThan(2);
    for (const side of ['left', 'top', 'right', 'bottom'] as const) {
      expect(Math.abs(box[side] - alone.box[side])).toBeLessThanOrEqual(1);
    }
  });

  it('finds nothing where nothing is drawn, nor in what is too small for a frame', () => {
    expect(
      prepareDigitInFrame(
        inFrame(180, 180, () => 0),
        usual,
      ),
    ).toBeUndefined();
    expect(
      prepareDigitInFrame(
        pictureOf(6, 6, (x) => 40 * x),
        usual,
      ),
    ).toBeUndefined();
  });
});
