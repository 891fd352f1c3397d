/**
 * Rows of two to six digits drawn as strokes, with the box of each digit's ink. The same seed gives the same bytes.
 * Limits: digits never touch each other.
 */

import { RandomNumbers } from '../../pretrained/drawing/random-numbers.mjs';
import { inkOf } from './drawn/digit-strokes.mjs';
import { takePicture } from './drawn/paper.mjs';

/**
 * A layout: the digits' height and pen in pixels, the gap between their inks as a share of the height, how much heights
 * differ, how much the line rises for each pixel to the right, the number of lines, what the paper looks like; `cell`
 * puts the digits into squares of this side.
 */
const layouts = {
  'well spaced': { height: 80, pen: 7, gap: 0.5 },
  'close together': { height: 80, pen: 7, gap: 0.09 },
  'of unequal sizes': { height: 80, pen: 7, gap: 0.3, unequal: 0.35 },
  'on a rising line': { height: 70, pen: 7, gap: 0.35, rise: 0.12 },
  'a digit a square': {
    height: 36,
    pen: 5,
    cell: 50,
    look: { lines: { spacing: 50, width: 1, colour: [165, 190, 220], squared: true } },
  },
  'a digit a square, dark lines': {
    height: 34,
    pen: 6,
    cell: 50,
    look: { lines: { spacing: 50, width: 1, colour: [25, 25, 30], squared: true } },
  },
  'white on a blue sign': {
    height: 90,
    pen: 13,
    gap: 0.25,
    look: { paper: [20, 60, 150], ink: [250, 250, 250], noise: 6 },
  },
  'in two lines': { height: 60, pen: 6, gap: 0.4, lines: 2 },
  'pencil in uneven light': {
    height: 80,
    pen: 5,
    gap: 0.4,
    look: { paper: [238, 235, 228], ink: [75, 75, 82], light: 'gradient', noise: 6 },
  },
};

/** The names of all layouts. */
export const rowLayouts = Object.keys(layouts);

/** Inks in their places, the left upper end of all at (0, 0) or beyond. */
function placeDigits(digits, layout, random) {
  const { height, pen, gap = 0, unequal = 0, rise = 0, lines = 1, cell } = layout;
  const perLine = Math.ceil(digits.length / lines);
  let right = 0;
  return digits.map((digit, index) => {
    const [line, column] = [Math.floor(index / perLine), index % perLine];
    if (column === 0) right = 0;
    const size = height * (1 + random.between(-unequal, unequal));
    const mask = inkOf(digit, { height: size, pen, angle: 0.04 * random.bell(), slant: 0.05 * random.bell() }, random);
    if (cell) {
      const [left, top] = [mask.width, mask.height].map((length) => Math.round((cell - length) / 2 + random.bell()));
      return { mask, left: column * cell + left, top: line * cell + top };
    }
    const left = right;
    right += mask.width + Math.ceil(gap * height * random.between(0.9, 1.2));
    const middle = line * height * 1.7 - rise * (left + mask.width / 2);
    return { mask, left, top: Math.round(middle - mask.height / 2 + random.bell()) };
  });
}

function drawRow(digits, layout, random) {
  const marks = placeDigits(digits, layout, random);
  const { cell } = layout;
  const around = cell ?? Math.round(layout.height * random.between(0.3, 0.7));
  const leftmost = cell ? 0 : Math.min(...marks.map(({ left }) => left));
  const topmost = cell ? 0 : Math.min(...marks.map(({ top }) => top));
  const placed = marks.map(({ mask, left, top }) => ({
    mask,
    left: left - leftmost + around,
    top: top - topmost + around,
  }));
  const farthest = (end) => Math.max(...placed.map(end));
  const width = cell ? cell * (digits.length + 2) : farthest(({ mask, left }) => left + mask.width) + around;
  const height = cell ? cell * 3 : farthest(({ mask, top }) => top + mask.height) + around;
  const picture = takePicture({ width, height, marks: placed }, layout.look ?? {}, random);
  const boxes = placed.map(({ mask, left, top }) => ({ left, top, width: mask.width, height: mask.height }));
  return { picture, boxes };
}

/**
 * @param {number} seed an integer from 0 to 2^32 - 1
 * @returns {{ name: string, digits: string, picture: { width: number, height: number, data: Uint8Array }, boxes: {
 *   left: number, top: number, width: number, height: number }[] }[]} each layout with two to six digits, from left to
 *   right, line by line
 */
export function digitRows(seed) {
  return rowLayouts.flatMap((name, number) =>
    [2, 3, 4, 5, 6].map((length) => {
      const random = new RandomNumbers(seed, number, length, 46);
      const digits = Array.from({ length }, () => random.integer(0, 9));
      return { name, digits: digits.join(''), ...drawRow(digits, layouts[name], random) };
    }),
  );
}
