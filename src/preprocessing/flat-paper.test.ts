/** Ink on a piece of paper that is cut at the ink, in slanting light. */

import { describe, expect, it } from 'vitest';
import { inkOnFlatPaper } from './flat-paper.js';
import { newPlane, type Plane } from './plane.js';

/** A stroke along the whole left edge, a third of the picture wide, and another at the bottom. */
const isStroke = (x: number, y: number) => x < 10 || y >= 34;

function paperWith(isInk: (x: number, y: number) => boolean, levelAt: (x: number, y: number) => number): Plane {
  const plane = newPlane(30, 40);
  for (let i = 0; i < plane.data.length; i++) {
    const [x, y] = [i % 30, Math.floor(i / 30)];
    plane.data[i] = levelAt(x, y) * (isInk(x, y) ? 0.4 : 1);
  }
  return plane;
}

describe('inkOnFlatPaper', () => {
  it.each<[string, (x: number, y: number) => number]>([
    ['even', () => 200],
    ['that fades to the right', (x) => 220 - 2 * x],
    ['that fades in both directions', (x, y) => 240 - x - 1.5 * y],
  ])('finds strokes along the edges at their strength in light %s', (_, levelAt) => {
    const { data } = inkOnFlatPaper(paperWith(isStroke, levelAt), 'dark on light');
    for (let i = 0; i < data.length; i++) {
      expect(data[i]).toBeCloseTo(isStroke(i % 30, Math.floor(i / 30)) ? 0.6 : 0, 2);
    }
  });

  it('finds light ink as dark ink of the negative, of 255', () => {
    const picture = paperWith(isStroke, () => 200);
    const negative = { ...picture, data: picture.data.map((value) => 255 - value) };
    const { data } = inkOnFlatPaper(negative, 'light on dark');
    expect(data[0]).toBeCloseTo(120 / 255, 3);
    expect(data[20]).toBe(0);
  });

  it('of a picture of one colour is 0', () => {
    const plain = paperWith(
      () => false,
      () => 90,
    );
    expect(inkOnFlatPaper(plain, 'dark on light').data.every((value) => value === 0)).toBe(true);
  });
});
