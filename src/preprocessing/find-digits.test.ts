/** Which components are digits: specks, what lies around the paper, strokes of one digit, lines of several. */

import { describe, expect, it } from 'vitest';
import { type Box, findComponents } from './connected-components.js';
import { countSideBySide, findDigit, findDigits } from './find-digits.js';
import type { InkedPicture } from './inked-picture.js';
import { likelyMarks } from './likely-marks.js';
import { newPlane } from './plane.js';

type Corners = readonly [left: number, top: number, right: number, bottom: number];

/** Filled boxes on paper. */
function inked(width: number, height: number, ...boxes: readonly Corners[]): InkedPicture {
  const mask = { width, height, data: new Uint8Array(width * height) };
  for (const [left, top, right, bottom] of boxes) {
    for (let y = top; y < bottom; y++) mask.data.fill(1, y * width + left, y * width + right);
  }
  const map = findComponents(mask);
  return {
    ink: newPlane(width, height),
    inkMask: { mask, paper: 0, full: 1 },
    map,
    ...likelyMarks(map, width, height),
    lines: 0,
    place: { left: 0, top: 0, scale: 1 },
  };
}

const corners = ({ left, top, right, bottom }: Box) => [left, top, right, bottom];
const one = (...boxes: readonly Corners[]) => {
  const found = findDigit(inked(200, 100, ...boxes));
  return found && corners(found.box);
};
const all = (...boxes: readonly Corners[]) => findDigits(inked(200, 100, ...boxes)).map(({ box }) => corners(box));

describe('findDigit', () => {
  it('finds the largest component', () => {
    expect(one([20, 20, 40, 60], [150, 20, 160, 50])).toEqual([20, 20, 40, 60]);
  });

  it('takes strokes up to a quarter of its longer side away, and those near to them', () => {
    const main: Corners = [20, 20, 40, 60];
    expect(one(main, [50, 20, 60, 24])).toEqual([20, 20, 60, 60]);
    expect(one(main, [51, 20, 60, 24])).toEqual([20, 20, 40, 60]);
    expect(one(main, [50, 20, 60, 24], [70, 20, 75, 30])).toEqual([20, 20, 75, 60]);
  });

  it('leaves out specks of less than a hundredth of its pixels', () => {
    expect(one([20, 20, 40, 60], [42, 20, 46, 22])).toEqual([20, 20, 46, 60]);
    expect(one([20, 20, 40, 60], [42, 20, 44, 23])).toEqual([20, 20, 40, 60]);
  });

  it('finds nothing on paper, and nothing of less than 6 pixels', () => {
    expect(one()).toBeUndefined();
    expect(one([20, 20, 25, 25])).toBeUndefined();
    expect(one([20, 20, 22, 26])).toEqual([20, 20, 22, 26]);
  });

  it('wants a fortieth of the shorter side of a large picture', () => {
    const large = (side: number) => findDigit(inked(800, 800, [300, 300, 310, 300 + side]));
    expect(large(19)).toBeUndefined();
    expect(large(20)).toBeDefined();
  });

  it.each<[string, Corners]>([
    ['along one edge', [0, 0, 4, 80]],
    ['in a corner', [0, 0, 60, 60]],
    ['from edge to edge', [60, 0, 100, 100]],
  ])('prefers a digit to a larger component %s', (_, around) => {
    expect(one(around, [130, 30, 150, 70])).toEqual([130, 30, 150, 70]);
    expect(all(around, [130, 30, 150, 70])).toEqual([[130, 30, 150, 70]]);
  });

  it('takes a component along the edge, where there is nothing else, with less than 0.35 of its sides there', () => {
    // Two ends of 40 of 280: a digit that was cut closely.
    expect(one([60, 0, 100, 100])).toEqual([60, 0, 100, 100]);
    expect(all([60, 0, 100, 100])).toEqual([[60, 0, 100, 100]]);
    // One side of 60: 60 of 172, 0.349, and 60 of 170, 0.353.
    expect(one([50, 0, 110, 26])).toEqual([50, 0, 110, 26]);
    expect(one([50, 0, 110, 25])).toBeUndefined();
  });

  it.each<[string, Corners]>([
    ['at the left', [0, 0, 4, 80]],
    ['at the right', [190, 10, 200, 90]],
    ['at the top', [30, 0, 170, 20]],
    ['at the bottom', [0, 70, 200, 100]],
    ['in a corner', [0, 0, 60, 60]],
    ['over half of the picture', [0, 0, 100, 100]],
  ])('takes none %s that the paper lies on, even where there is nothing else', (_, around) => {
    expect(one(around)).toBeUndefined();
    expect(all(around)).toEqual([]);
    // Nor for a stroke of what is near to it.
    expect(one(around, [120, 40, 130, 60])).toEqual([120, 40, 130, 60]);
  });

  it('takes no component that has half of the edge', () => {
    const frame: Corners[] = [
      [0, 0, 200, 5],
      [0, 95, 200, 100],
      [0, 0, 5, 100],
      [195, 0, 200, 100],
    ];
    expect(one(...frame)).toBeUndefined();
    expect(one(...frame, [80, 30, 100, 70])).toEqual([80, 30, 100, 70]);
  });

  it('takes a digit that touches one edge for a short way', () => {
    expect(one([100, 60, 120, 100], [20, 20, 25, 30])).toEqual([100, 60, 120, 100]);
  });
});

describe('findDigits', () => {
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

  it('leaves out small components far from all digits', () => {
    expect(all([20, 20, 40, 70], [150, 20, 160, 30])).toEqual([[20, 20, 40, 70]]);
  });

  it('finds none where there is none', () => {
    expect(all()).toEqual([]);
    expect(all([20, 20, 24, 24])).toEqual([]);
  });

  it('gives each component to one digit', () => {
    const found = findDigits(
      inked(200, 100, [20, 30, 40, 70], [24, 20, 44, 24], [60, 20, 80, 70], [84, 20, 94, 25], [120, 25, 140, 70]),
    );
    const labels = found.flatMap((digit) => [...digit.labels]);
    expect(labels.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5].slice(0, labels.length));
    expect(new Set(labels).size).toBe(5);
  });
});

describe('countSideBySide', () => {
  const count = (...boxes: readonly Corners[]) => countSideBySide(inked(200, 100, ...boxes));

  it('counts components of similar height in the line of the highest', () => {
    expect(count([20, 20, 40, 60])).toBe(1);
    expect(count([20, 20, 40, 60], [60, 36, 80, 60], [100, 10, 104, 34])).toBe(3);
    expect(count([20, 20, 40, 60], [60, 37, 80, 60], [100, 10, 104, 33])).toBe(1);
  });

  it('leaves out what stands in other lines, and lines that run over half the height', () => {
    expect(count([20, 5, 40, 45], [60, 50, 80, 90])).toBe(1);
    expect(count([20, 5, 40, 45], [60, 25, 80, 65])).toBe(2);
    expect(count([20, 5, 40, 45], [60, 26, 80, 66])).toBe(1);
  });

  it('does not count strokes of one digit: a loose bar, a half above the other half, a speck', () => {
    expect(count([20, 30, 40, 60], [34, 20, 60, 26])).toBe(1);
    expect(count([20, 20, 40, 44], [22, 48, 42, 70])).toBe(1);
    expect(count([20, 20, 40, 60], [45, 20, 46, 27])).toBe(1);
  });

  it('counts none on paper', () => {
    expect(count()).toBe(0);
  });
});
