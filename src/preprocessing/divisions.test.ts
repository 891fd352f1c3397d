/** Which other ways to divide a line are asked about: none where nothing is in doubt. */

import { describe, expect, it } from 'vitest';
import { type Corners, corners, inked } from '../../test/pictures/inked-boxes.js';
import { divisionOf } from './divisions.js';
import { findMarkLines } from './line-marks.js';

/** Candidates beside the digits themselves, by their boxes. */
function others(probabilities: readonly number[], ...boxes: readonly Corners[]) {
  const picture = inked(200, 100, ...boxes);
  const [line] = findMarkLines(picture.marks).lines;
  const { bounds, candidates } = divisionOf(picture, line, probabilities);
  const isDigit = candidates.filter(({ index }) => index !== undefined);
  expect(isDigit).toHaveLength(line.digits.length);
  return { bounds, candidates: candidates.filter(({ index }) => index === undefined) };
}
const boxes = ({ candidates }: ReturnType<typeof others>) => candidates.map(({ digit }) => corners(digit.box));

const [one, two]: Corners[] = [
  [20, 20, 50, 80],
  [70, 20, 100, 80],
];
/** Two digits that a bridge joins. */
const touching: Corners[] = [
  [20, 20, 50, 80],
  [50, 40, 60, 44],
  [60, 20, 90, 80],
];

describe('divisionOf', () => {
  it('has the digits alone where the network is sure of them and none is wide', () => {
    expect(others([1, 0.9995], one, two)).toEqual({ bounds: 3, candidates: [] });
  });

  it('joins neighbours that are near where one of them is in doubt or low', () => {
    const near: Corners = [55, 20, 80, 80];
    expect(boxes(others([1, 0.5], one, near)).slice(-1)).toEqual([[20, 20, 80, 80]]);
    expect(boxes(others([1, 1], one, near))).toEqual([]);
    expect(boxes(others([1, 1], one, [55, 20, 80, 61]))).toEqual([[20, 20, 80, 80]]);
    expect(boxes(others([1, 1], one, [55, 20, 80, 63]))).toEqual([]);
    // Too far apart, and too wide together.
    expect(boxes(others([1, 1], one, [66, 20, 80, 61]))).toEqual([]);
    expect(boxes(others([1, 1], one, [55, 20, 90, 61]))).toEqual([]);
  });

  it('costs the more to join strokes the further they are apart', () => {
    const costs = [52, 56, 60].map((left) => others([1, 1], one, [left, 20, left + 20, 55]).candidates[0].cost);
    expect(costs).toEqual(costs.toSorted((a, b) => a - b));
    expect(new Set(costs).size).toBe(3);
  });

  it('cuts a wide mark however sure the network is, and a less wide one where it is not', () => {
    const { bounds, candidates } = others([1], ...touching);
    expect(bounds).toBeGreaterThanOrEqual(3);
    expect(candidates.every(({ isCut }) => isCut)).toBe(true);
    expect(candidates.some(({ digit }) => digit.box.left === 20 && digit.box.right <= 60)).toBe(true);
    expect(candidates.some(({ digit }) => digit.box.left >= 50 && digit.box.right === 90)).toBe(true);
    const narrow: Corners[] = [
      [20, 20, 35, 80],
      [35, 40, 40, 44],
      [40, 20, 60, 80],
    ];
    expect(others([1], ...narrow)).toEqual({ bounds: 2, candidates: [] });
    expect(others([0.99], ...narrow).candidates.length).toBeGreaterThan(0);
    expect(others([0.99], [20, 20, 50, 80]).bounds).toBe(2);
  });

  it('asks for no piece that is lower than half of the line', () => {
    for (const { digit } of others([0.1], ...touching).candidates) {
      expect(digit.box.bottom - digit.box.top).toBeGreaterThanOrEqual(30);
    }
  });
});
