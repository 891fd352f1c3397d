/** What along the edges is ink of a digit, and what is a frame or lies around the paper. */

import { describe, expect, it } from 'vitest';
import { planeOf, strokeAt } from '../../test/pictures/painted.js';
import { findComponents } from './connected-components.js';
import { likelyMarks } from './likely-marks.js';
import type { RuledLine } from './ruled-line.js';

type Corners = readonly [left: number, top: number, right: number, bottom: number];

function marksOf(width: number, height: number, boxes: readonly Corners[], lines: readonly RuledLine[] = []) {
  const { data } = planeOf(width, height, (x, y) =>
    boxes.some(([left, top, right, bottom]) => x >= left && x < right && y >= top && y < bottom) ? 1 : 0,
  );
  const map = findComponents({ width, height, data: Uint8Array.from(data) });
  const { marks, dropped } = likelyMarks(map, width, height, lines);
  return { marks: marks.map(({ box }) => box), reasons: dropped.map(({ reason }) => reason) };
}

const digit: Corners = [80, 40, 110, 100];
const digitBox = { left: 80, top: 40, right: 110, bottom: 100 };
const ruled: RuledLine = { across: true, start: 60, slope: 0, thickness: 2, from: 0, to: 200 };

describe('likelyMarks', () => {
  it.each<[string, Corners]>([
    ['at the left', [4, 20, 9, 120]],
    ['at the right', [190, 10, 196, 80]],
    ['at the top', [20, 3, 150, 8]],
    ['at the bottom', [60, 140, 190, 147]],
  ])('takes a single bar %s for a side of a frame where nothing else is', (_, bar) => {
    expect(marksOf(200, 150, [bar])).toEqual({ marks: [], reasons: ['rule'] });
    expect(marksOf(200, 150, [bar, digit]).marks).toContainEqual(digitBox);
  });

  it('keeps a small 1 in a corner, but where lines were found', () => {
    const one: Corners = [185, 125, 190, 143];
    expect(marksOf(200, 150, [one]).marks).toHaveLength(1);
    expect(marksOf(200, 150, [one], [ruled])).toEqual({ marks: [], reasons: ['rule'] });
  });

  it('keeps a 1 in a narrow picture, and a bar that is not along an edge', () => {
    expect(marksOf(60, 150, [[2, 20, 8, 130]]).marks).toHaveLength(1);
    expect(marksOf(200, 150, [[40, 20, 46, 130]]).marks).toHaveLength(1);
  });

  it('drops several sides of a frame in one piece beside a smaller digit', () => {
    const frame: Corners[] = [
      [3, 3, 9, 147],
      [3, 3, 197, 9],
      [191, 3, 197, 147],
    ];
    expect(marksOf(200, 150, [...frame, digit])).toEqual({ marks: [digitBox], reasons: ['rule'] });
  });

  it('keeps a round digit that fills the picture', () => {
    const ring = planeOf(120, 150, (x, y) => {
      const [u, v] = [(x - 59.5) / 60, (y - 74.5) / 75];
      const radius = Math.sqrt(u * u + v * v);
      return radius <= 1 && radius > 0.85 ? 1 : 0;
    });
    const map = findComponents({ ...ring, data: Uint8Array.from(ring.data) });
    expect(likelyMarks(map, 120, 150, [], true).marks).toHaveLength(1);
  });

  it('keeps beside another digit one that ends at an edge, not what lies along it', () => {
    const mask = planeOf(200, 100, (x, y) => {
      const seven = Math.max(
        strokeAt(x + 0.5, y + 0.5, [120, 12, 160, 12], 7),
        strokeAt(x + 0.5, y + 0.5, [160, 12, 130, 104], 7),
      );
      return Math.max(seven, strokeAt(x + 0.5, y + 0.5, [50, 20, 40, 80], 7)) > 0.5 ? 1 : 0;
    });
    const map = findComponents({ ...mask, data: Uint8Array.from(mask.data) });
    expect(likelyMarks(map, 200, 100).marks).toHaveLength(2);
    // A foot that is cut off, and the end of a table.
    expect(marksOf(200, 100, [digit, [20, 20, 50, 100]]).marks).toHaveLength(2);
    expect(
      marksOf(200, 110, [
        [150, 10, 180, 60],
        [5, 50, 135, 110],
      ]).reasons,
    ).toEqual(['edge']);
    expect(marksOf(200, 110, [digit, [20, 20, 26, 110]])).toEqual({ marks: [digitBox], reasons: ['edge'] });
  });
});
