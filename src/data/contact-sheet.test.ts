import { decode } from 'fast-png';
import { describe, expect, test } from 'vitest';
import { contactSheet as sheetOf } from './contact-sheet.js';

const contactSheet = (...given: Parameters<typeof sheetOf>) => sheetOf(...given).png;

/**
 * Images of 2 x 1, the upper pixel 10 times the index, the lower one brighter by 1. Classes 0 and 2; none of class 1.
 */
const labelled = {
  images: { data: Uint8Array.of(0, 1, 10, 11, 20, 21, 30, 31, 40, 41), shape: [5, 2, 1, 1] },
  labels: Uint8Array.of(2, 0, 2, 2, 0),
};

/** The top left pixel of each place on a sheet of images 1 wide and 2 high, row by row. */
function corners(bytes: Uint8Array, scale: number): number[][] {
  const { width, height, data } = decode(bytes, { checkCrc: true });
  const rows: number[][] = [];
  for (let y = 4; y < height; y += 2 * scale + 4) {
    rows.push([]);
    for (let x = 4; x < width; x += scale + 4) rows[rows.length - 1].push(data[y * width + x]);
  }
  return rows;
}

describe('a contact sheet', () => {
  test('has a row a class with the first images of it, white where there are none', () => {
    expect(corners(contactSheet(labelled, { scale: 1 }), 1)).toStrictEqual([
      [10, 40, 255],
      [0, 20, 30],
    ]);
    expect(corners(contactSheet(labelled, { scale: 1, perClass: 2 }), 1)).toStrictEqual([
      [10, 40],
      [0, 20],
    ]);
  });

  test('tells which class a row is of, and where it stands', () => {
    const { png, width, height, rows } = sheetOf(labelled, { scale: 3 });
    expect(decode(png)).toMatchObject({ width, height });
    expect(rows).toStrictEqual([
      { label: 0, top: 4, height: 6 },
      { label: 2, top: 14, height: 6 },
    ]);
  });

  test('is drawn pixel for pixel: white gaps of 4, each pixel enlarged', () => {
    const one = { images: { data: Uint8Array.of(7, 9), shape: [1, 2, 1, 1] }, labels: Uint8Array.of(0) };
    const { width, height, channels, depth, data } = decode(contactSheet(one, { scale: 2 }));
    expect([width, height, channels, depth]).toStrictEqual([10, 12, 1, 8]);
    const expected = new Uint8Array(120).fill(255);
    for (const [y, value] of [7, 7, 9, 9].entries()) expected.fill(value, (4 + y) * 10 + 4, (4 + y) * 10 + 6);
    expect(data).toStrictEqual(expected);
  });

  test('makes small images about 56 pixels high and leaves large ones alone', () => {
    const heightOf = (side: number) => {
      const images = { data: new Uint8Array(side * side), shape: [1, side, side, 1] };
      return decode(contactSheet({ images, labels: Uint8Array.of(0) })).height - 8;
    };
    expect([8, 28, 32, 100].map(heightOf)).toStrictEqual([56, 56, 64, 100]);
  });

  test('draws at random with a seed, the same images for the same seed', () => {
    const images = { data: Uint8Array.from({ length: 100 }, (_, index) => index), shape: [50, 2, 1, 1] };
    const many = { images, labels: new Uint8Array(50) };
    const sheet = (seed?: number) => corners(contactSheet(many, { scale: 1, perClass: 5, seed }), 1);
    expect(sheet()).toStrictEqual([[0, 2, 4, 6, 8]]);
    expect(sheet(1)).toStrictEqual(sheet(1));
    expect(sheet(1)).not.toStrictEqual(sheet(2));
    expect(new Set(sheet(1)[0]).size).toBe(5);
  });

  test('keeps the colours of images with three channels', () => {
    const images = { data: Uint8Array.of(1, 2, 3, 4, 5, 6), shape: [1, 1, 2, 3] };
    const { width, channels, data } = decode(contactSheet({ images, labels: Uint8Array.of(0) }, { scale: 1 }));
    expect(channels).toBe(3);
    expect([...data.subarray(3 * (4 * width + 4), 3 * (4 * width + 6))]).toStrictEqual([1, 2, 3, 4, 5, 6]);
  });

  test.each([{ perClass: 0 }, { perClass: 1.5 }, { scale: 0 }, { scale: Number.NaN }])('refuses %j', (options) => {
    expect(() => contactSheet(labelled, options)).toThrow(
      /^contactSheet: \w+ should be a positive integer\. Received: /,
    );
  });

  test('refuses images of two channels', () => {
    const images = { data: new Uint8Array(2), shape: [1, 1, 1, 2] };
    expect(() => contactSheet({ images, labels: Uint8Array.of(0) })).toThrow('expected images of 1 or 3 channels');
  });
});
