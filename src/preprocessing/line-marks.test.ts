/** Which components are the digits of a line, which are small marks beside them, and which lines there are. */

import { describe, expect, it } from 'vitest';
import { type Corners, corners, inked } from '../../test/pictures/inked-boxes.js';
import { findMarkLines, joined } from './line-marks.js';

const found = (boxes: readonly Corners[]) => findMarkLines(inked(200, 100, ...boxes).marks);
const all = (...boxes: readonly Corners[]) =>
  found(boxes).lines.flatMap(({ strokes, digits }) =>
    digits.map(({ first, end }) => corners(joined(strokes.slice(first, end)).box)),
  );
const lines = (...boxes: readonly Corners[]) => found(boxes).lines.map(({ digits }) => digits.length);
const dropped = (...boxes: readonly Corners[]) => found(boxes).dropped.map(({ reason, box }) => [reason, corners(box)]);

describe('findMarkLines', () => {
  it('reads a line from left to right', () => {
    expect(all([120, 20, 140, 60], [20, 22, 40, 62], [70, 18, 90, 58])).toEqual([
      [20, 22, 40, 62],
      [70, 18, 90, 58],
      [120, 20, 140, 60],
    ]);
  });

  it('reads two lines one after the other, and a rising one as one', () => {
    expect(all([30, 10, 45, 40], [80, 12, 95, 42], [20, 60, 35, 90], [70, 58, 85, 88])).toEqual([
      [30, 10, 45, 40],
      [80, 12, 95, 42],
      [20, 60, 35, 90],
      [70, 58, 85, 88],
    ]);
    const rising: Corners[] = [
      [10, 60, 25, 90],
      [50, 46, 65, 76],
      [90, 32, 105, 62],
      [130, 18, 145, 48],
      [170, 4, 185, 34],
    ];
    expect(all(...rising.toReversed())).toEqual(rising.map((box) => [...box]));
  });

  it('joins a bar above its 5, and gives a small stroke to the nearest digit', () => {
    expect(all([20, 30, 40, 70], [24, 20, 44, 24], [100, 20, 120, 70])).toEqual([
      [20, 20, 44, 70],
      [100, 20, 120, 70],
    ]);
    expect(all([20, 20, 40, 70], [44, 20, 54, 24], [100, 20, 120, 70])).toEqual([
      [20, 20, 54, 70],
      [100, 20, 120, 70],
    ]);
  });

  it('joins two halves of a digit, one above the other, each high enough to be one', () => {
    expect(all([20, 20, 40, 42], [22, 46, 42, 70], [100, 20, 120, 70])).toEqual([
      [20, 20, 42, 70],
      [100, 20, 120, 70],
    ]);
  });

  it('leaves out teeth of a comb, and tells so; not a low upright stroke above or below another', () => {
    const digits: Corners[] = [
      [20, 20, 40, 70],
      [60, 20, 80, 70],
    ];
    expect(all(...digits, [49, 50, 52, 70])).toEqual(digits.map((box) => [...box]));
    expect(dropped(...digits, [49, 50, 52, 70])).toEqual([['stray', [49, 50, 52, 70]]]);
    expect(dropped(...digits, [49, 44, 52, 70])).toEqual([]);
    expect(dropped(...digits, [22, 72, 25, 92])).toEqual([]);
  });

  it('leaves out small components far from all digits, and tells so', () => {
    expect(all([20, 20, 40, 70], [150, 20, 160, 30])).toEqual([[20, 20, 40, 70]]);
    expect(dropped([20, 20, 40, 70], [150, 20, 160, 30])).toEqual([['stray', [150, 20, 160, 30]]]);
    // Less than a twelfth of the height is a speck.
    expect(dropped([20, 20, 40, 70], [150, 20, 154, 23])).toEqual([['stray', [150, 20, 154, 23]]]);
    expect(dropped([20, 20, 40, 70], [150, 20, 153, 24])).toEqual([['stray', [150, 20, 153, 24]]]);
    expect(dropped([20, 20, 40, 70], [150, 20, 153, 23])).toEqual([]);
  });

  it('finds none where there is none', () => {
    expect(all()).toEqual([]);
    expect(all([20, 20, 24, 24])).toEqual([]);
  });

  it('gives each component to one digit', () => {
    const { marks } = inked(
      ...([200, 100] as const),
      ...([
        [20, 30, 40, 70],
        [24, 20, 44, 24],
        [60, 20, 80, 70],
        [84, 20, 94, 25],
        [120, 25, 140, 70],
      ] as const),
    );
    const labels = findMarkLines(marks).lines.flatMap(({ strokes }) => strokes.flatMap((stroke) => [...stroke.labels]));
    expect(labels.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5].slice(0, labels.length));
    expect(new Set(labels).size).toBe(5);
  });

  it('reads lines closer than a quarter of their height, and grids of them', () => {
    const grid: Corners[] = [0, 1, 2].flatMap((row) =>
      [0, 1, 2].map((column): Corners => [20 + 30 * column, 4 + 31 * row, 38 + 30 * column, 32 + 31 * row]),
    );
    expect(all(...grid.toReversed())).toEqual(grid.map((box) => [...box]));
    expect(lines(...grid)).toEqual([3, 3, 3]);
    expect(lines(...grid.filter((_, index) => index % 3 === 0))).toEqual([1, 1, 1]);
  });

  it('joins two halves where nothing else tells how high digits are, if together they are more like one', () => {
    // An 8 of two circles, and a 2 above a 5.
    expect(all([20, 10, 50, 40], [20, 42, 50, 72])).toEqual([[20, 10, 50, 72]]);
    expect(all([20, 10, 42, 44], [20, 48, 42, 82])).toEqual([
      [20, 10, 42, 44],
      [20, 48, 42, 82],
    ]);
  });

  it('takes strokes beside each other for two digits, but for those in the same columns', () => {
    expect(all([20, 20, 40, 44], [44, 20, 50, 70])).toEqual([
      [20, 20, 40, 44],
      [44, 20, 50, 70],
    ]);
    expect(all([20, 20, 46, 44], [40, 20, 46, 70], [100, 20, 120, 70])).toHaveLength(2);
  });

  it.each<[string, Corners, string]>([
    ['at the foot of a digit', [46, 64, 52, 70], 'point'],
    ['that hangs below', [46, 62, 52, 76], 'point'],
    ['before the number, in the middle of the height', [0, 42, 14, 47], 'minus'],
  ])('tells a small mark %s', (_, mark, reason) => {
    const digits: Corners[] = [
      [20, 20, 40, 70],
      [60, 20, 80, 70],
    ];
    expect(all(...digits, mark)).toEqual(digits);
    expect(dropped(...digits, mark)).toEqual([[reason, mark]]);
  });

  it('takes a small mark for a stroke where a digit would have it', () => {
    // A bar at the top, a bar through the stem, a foot below.
    for (const mark of [
      [44, 20, 54, 24],
      [36, 42, 50, 46],
      [30, 72, 44, 76],
    ] as Corners[]) {
      expect(dropped([20, 20, 40, 70], mark, [100, 20, 120, 70])).toEqual([]);
    }
  });
});
