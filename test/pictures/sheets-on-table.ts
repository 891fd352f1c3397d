/**
 * Photos of a clean sheet with a digit on a plain dark table, made of drawn digits. Limits: upright sheets, even light.
 */

import type { Picture } from '../../src/pictures/picture.js';
import { type Area, averageAreas, interpolate, type Plane } from '../../src/preprocessing/plane.js';
import { drawnDigits } from './drawn-digits.mjs';
import { planeOf } from './painted.js';

/** Styles on plain light paper that is the same everywhere. */
const cleanStyles = [
  'thin pen on a large canvas',
  'thick felt pen',
  'blue ink on yellow paper',
  'red ink on pale blue paper',
  'turned clockwise',
  'turned back',
  'slanted',
  'off the centre',
];
const table = [45, 38, 30, 255] as const;
const sizes = [
  [400, 300],
  [300, 300],
  [500, 400],
  [640, 480],
] as const;

/**
 * Each digit in each style, on a sheet of 60 to 84 % of the table's sides in changing places; `seed` as for
 * `drawnDigits`.
 */
export function sheetsOnTable(seed: number): { name: string; digit: number; picture: Picture }[] {
  return drawnDigits(seed, cleanStyles).map(({ name, digit, picture }, index) => {
    const [width, height] = sizes[index % sizes.length];
    const fraction = 0.6 + 0.04 * (index % 7);
    // The sheet keeps its proportions: it is as large as fits.
    const scale = fraction * Math.min(width / picture.width, height / picture.height);
    const sheet = scaled(picture, Math.round(picture.width * scale), Math.round(picture.height * scale));
    const left = Math.round((width - sheet.width) * (0.3 + 0.1 * (index % 5)));
    const top = Math.round((height - sheet.height) * (0.3 + 0.2 * (index % 3)));
    return {
      name: `${name}, ${width} x ${height}, ${fraction}`,
      digit,
      picture: laid(sheet, left, top, width, height),
    };
  });
}

function scaled(picture: Picture, width: number, height: number): Picture {
  const area: Area = { left: 0, top: 0, right: picture.width, bottom: picture.height };
  const scale = width < picture.width ? averageAreas : interpolate;
  const channels = [0, 1, 2, 3].map((channel): Plane => {
    const values = planeOf(
      picture.width,
      picture.height,
      (x, y) => picture.data[4 * (y * picture.width + x) + channel],
    );
    return scale(values, area, width, height);
  });
  const data = Uint8Array.from({ length: 4 * width * height }, (_, i) =>
    Math.round(channels[i % 4].data[Math.floor(i / 4)]),
  );
  return { width, height, data };
}

function laid(sheet: Picture, left: number, top: number, width: number, height: number): Picture {
  const data = Uint8Array.from({ length: 4 * width * height }, (_, i) => table[i % 4]);
  for (let y = 0; y < sheet.height; y++) {
    const row = sheet.data.subarray(4 * y * sheet.width, 4 * (y + 1) * sheet.width);
    data.set(row, 4 * ((top + y) * width + left));
  }
  return { width, height, data };
}
