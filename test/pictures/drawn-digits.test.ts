/**
 * Stroke digits, singly and in rows: same seed same bytes, every style and digit there, none blank, boxes that hold the
 * ink.
 */

import { expect, test } from 'vitest';
import { rowLayouts } from './digit-rows.mjs';
import { digitRows, drawnDigits, drawnStyles } from './drawn-digits.mjs';
import { contrastOf, isOpaque, sumOfPictures } from './sum-of-pictures.js';

const drawn = drawnDigits(1);
const rows = digitRows(1);

test('the same seed gives the same bytes, another seed others', () => {
  const digits = sumOfPictures(drawn.map(({ picture }) => picture));
  const several = sumOfPictures(rows.map(({ picture }) => picture));
  expect([digits, several]).toEqual([
    'e7fbf29f9385ec6b618e3cca83d2792bae45fe9ee4c4622e875fe8c4e1f011f6',
    '3975542a76e7232c014a673554afc21da9a10aaf7668d829587248f2f03075b6',
  ]);
  expect(sumOfPictures(digitRows(2).map(({ picture }) => picture))).not.toBe(several);
});

test('each of at least twenty styles has the ten digits', () => {
  expect(drawnStyles.length).toBeGreaterThanOrEqual(20);
  for (const style of drawnStyles) {
    const digits = drawn.filter(({ name }) => name === style).map(({ digit }) => digit);
    expect(digits, style).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  }
});

test('no picture is blank, and only two styles are transparent', () => {
  const transparent = drawn.filter(({ picture }) => !isOpaque(picture));
  expect([...new Set(transparent.map(({ name }) => name))]).toEqual(['dark ink on nothing', 'white ink on nothing']);
  for (const { name, picture } of drawn) {
    if (name.endsWith('on nothing')) {
      expect(new Set(picture.data.filter((_, i) => i % 4 === 3)).size).toBeGreaterThan(2);
    } else {
      expect(contrastOf(picture), name).toBeGreaterThanOrEqual(64);
    }
  }
});

test('a digit that fills its picture touches all four edges', () => {
  for (const { picture } of drawn.filter(({ name }) => name === 'filling the whole picture')) {
    const dark = (x: number, y: number) => picture.data[4 * (y * picture.width + x)] < 240;
    const along = (length: number, test: (place: number) => boolean) =>
      Array.from({ length }, (_, place) => place).some(test);
    expect(along(picture.width, (x) => dark(x, 0))).toBe(true);
    expect(along(picture.width, (x) => dark(x, picture.height - 1))).toBe(true);
    expect(along(picture.height, (y) => dark(0, y))).toBe(true);
    expect(along(picture.height, (y) => dark(picture.width - 1, y))).toBe(true);
  }
});

test('each layout has rows of two to six digits, a box for each, inside the picture and apart from each other', () => {
  for (const layout of rowLayouts) {
    const lengths = rows.filter(({ name }) => name === layout).map(({ digits }) => digits.length);
    expect(lengths, layout).toEqual([2, 3, 4, 5, 6]);
  }
  for (const { name, digits, picture, boxes } of rows) {
    expect(digits, name).toMatch(/^\d{2,6}$/);
    expect(boxes.length).toBe(digits.length);
    expect(isOpaque(picture) && contrastOf(picture) >= 64, name).toBe(true);
    boxes.forEach(({ left, top, width, height }, i) => {
      expect(left >= 0 && top >= 0 && left + width <= picture.width && top + height <= picture.height, name).toBe(true);
      for (const other of boxes.slice(i + 1)) {
        const apart = other.left >= left + width || other.top >= top + height;
        expect(apart, `${name} ${digits}`).toBe(true);
      }
    });
  }
});

test('outside of its boxes a row on plain paper is plain, and in each box there is ink', () => {
  for (const { digits, picture, boxes } of rows.filter(({ name }) => name === 'close together')) {
    const inks = boxes.map(() => 0);
    for (let i = 0; i < picture.width * picture.height; i++) {
      if (picture.data[4 * i] > 200) continue;
      const [x, y] = [i % picture.width, Math.floor(i / picture.width)];
      const box = boxes.findIndex(
        ({ left, top, width, height }) => x >= left && x < left + width && y >= top && y < top + height,
      );
      expect(box, `${digits}: ink at ${x}, ${y}`).toBeGreaterThanOrEqual(0);
      inks[box]++;
    }
    expect(Math.min(...inks)).toBeGreaterThan(50);
  }
});
