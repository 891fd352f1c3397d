/**
 * Numbers whose ink is hard to divide: lines closer than a quarter of their height, digits that touch, an open 4 of two
 * strokes, signs. The same seed gives the same bytes. Limits: drawn strokes on white paper.
 */

import { RandomNumbers } from '../../pretrained/drawing/random-numbers.mjs';
import { inkOf } from './drawn/digit-strokes.mjs';
import { takePicture } from './drawn/paper.mjs';

const [height, pen] = [70, 7];

const write = (digit, random) => inkOf(digit, { height, pen, angle: 0.03 * random.bell() }, random);

/** A straight stroke with round ends, cut to its ink. */
function stroke(dx, dy) {
  const [width, rows] = [Math.abs(dx) + pen, Math.abs(dy) + pen];
  const [x0, y0] = [dx < 0 ? -dx + pen / 2 : pen / 2, pen / 2];
  const cover = Float32Array.from({ length: width * rows }, (_, i) => {
    const [u, v] = [(i % width) + 0.5 - x0, Math.floor(i / width) + 0.5 - y0];
    const length = dx * dx + dy * dy;
    const along = length > 0 ? Math.min(1, Math.max(0, (u * dx + v * dy) / length)) : 0;
    const distance = Math.sqrt((u - along * dx) ** 2 + (v - along * dy) ** 2);
    return Math.min(1, Math.max(0, pen / 2 - distance + 0.5));
  });
  return { width, height: rows, cover };
}

/** Columns of a row at either end of which there is ink; undefined where there is none. */
function inkOfRow({ width, cover }, y) {
  const row = cover.subarray(y * width, (y + 1) * width);
  const first = row.findIndex((value) => value > 0.5);
  return first === -1 ? undefined : { first, last: row.findLastIndex((value) => value > 0.5) };
}

/** How far the right one may go to the left until it is three pixels within the other's ink. */
function touch(left, right) {
  let nearest = Number.POSITIVE_INFINITY;
  for (let y = 0; y < Math.min(left.height, right.height); y++) {
    const [one, other] = [inkOfRow(left, y), inkOfRow(right, y)];
    if (one && other) nearest = Math.min(nearest, left.width - one.last + other.first);
  }
  return nearest + 3;
}

/** Marks of a line from left to right. */
function line(masks, gapBefore) {
  let right = 0;
  return masks.map((mask, index) => {
    const left = index === 0 ? 0 : right + gapBefore(index);
    right = left + mask.width;
    return { mask, left, top: 0 };
  });
}

const kinds = {
  'a grid': (digits, random) =>
    digits.slice(0, 6).map((digit, index) => {
      const mask = write(digit, random);
      return { mask, left: 80 * (index % 3) - (mask.width >> 1), top: Math.floor(index / 3) * 82 };
    }),
  'two digits that touch': (digits, random) => {
    const masks = digits.slice(0, 3).map((digit) => write(digit, random));
    return line(masks, (index) => (index === 1 ? -touch(masks[0], masks[1]) : 25));
  },
  'an open 4': (digits, random) => {
    const [two, three] = [write(digits[0], random), write(digits[1], random)];
    const left = 20 + two.width + 30;
    return [
      { mask: two, left: 20, top: 0 },
      { mask: stroke(-10, 38), left, top: 2 },
      { mask: stroke(18, 2), left, top: 40 },
      { mask: stroke(-4, 62), left: left + 18 + pen + 4, top: 5 },
      { mask: three, left: left + 70, top: 0 },
    ];
  },
  'a minus sign and a point': (digits, random) => {
    const masks = digits.slice(0, 3).map((digit) => write(digit, random));
    const marks = line(masks, (index) => (index === 2 ? 45 : 20));
    const point = marks[1].left + masks[1].width + 16;
    return [
      { mask: stroke(24, 0), left: -50, top: 30 },
      ...marks,
      { mask: stroke(1, 1), left: point, top: masks[1].height - pen },
    ];
  },
};

/**
 * @param {number} seed an integer from 0 to 2^32 - 1
 * @returns {{ name: string, digits: string, picture: { width: number, height: number, data: Uint8Array } }[]} some of
 *   each kind
 */
export function difficultNumbers(seed) {
  return Object.entries(kinds).flatMap(([name, place], kind) =>
    [0, 1, 2, 3].map((index) => {
      const random = new RandomNumbers(seed, kind, index, 12);
      const digits = Array.from({ length: 6 }, () => random.integer(0, 9));
      const marks = place(digits, random);
      const [leftmost, topmost] = [
        Math.min(...marks.map(({ left }) => left)),
        Math.min(...marks.map(({ top }) => top)),
      ];
      const placed = marks.map(({ mask, left, top }) => ({
        mask,
        left: left - leftmost + 30,
        top: top - topmost + 30,
      }));
      const width = Math.max(...placed.map(({ mask, left }) => left + mask.width)) + 30;
      const rows = Math.max(...placed.map(({ mask, top }) => top + mask.height)) + 30;
      const written = { 'a grid': digits, 'an open 4': [digits[0], 4, digits[1]] }[name] ?? digits.slice(0, 3);
      return {
        name,
        digits: written.join(''),
        picture: takePicture({ width, height: rows, marks: placed }, {}, random),
      };
    }),
  );
}
