/** Which components are the digit that is expected: specks, what lies around the paper, strokes of one digit. */

import { describe, expect, it } from 'vitest';
import { type Corners, corners, inked } from '../../test/pictures/inked-boxes.js';
import { countSideBySide, findBrokenDigit, findDigit, marksBeside } from './find-digits.js';

const one = (...boxes: readonly Corners[]) => {
  const found = findDigit(inked(200, 100, ...boxes));
  return found && corners(found.box);
};

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
  });

  it('takes a component along the edge, where there is nothing else, with less than 0.35 of its sides there', () => {
    // Two ends of 40 of 280: a digit that was cut closely.
    expect(one([60, 0, 100, 100])).toEqual([60, 0, 100, 100]);
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

describe('what stands beside the digit', () => {
  it('is told, and is not a stroke of it where it is a digit below', () => {
    const [two, five, bar]: Corners[] = [
      [20, 5, 42, 45],
      [20, 50, 42, 89],
      [120, 20, 125, 30],
    ];
    const picture = inked(200, 100, two, five, bar);
    const found = findDigit(picture)!;
    expect(corners(found.box)).toEqual(two);
    expect(marksBeside(picture, found).map(({ box, reason }) => [corners(box), reason])).toEqual([
      [bar, 'other'],
      [five, 'other'],
    ]);
  });

  it('is a stroke of it where both together are as wide as a digit, or both are as narrow as a 1', () => {
    expect(one([20, 20, 44, 44], [22, 46, 46, 70])).toEqual([20, 20, 46, 70]);
    expect(one([20, 10, 28, 50], [20, 54, 28, 90])).toEqual([20, 10, 28, 90]);
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

describe('findBrokenDigit', () => {
  const broken = (...boxes: readonly Corners[]) => {
    const picture = inked(200, 100, ...boxes);
    const whole = findBrokenDigit(picture, findDigit(picture)!);
    return whole && corners(whole.box);
  };
  const body: Corners = [20, 40, 50, 70];

  it('takes a bar above or below, farther away than strokes are', () => {
    expect(broken(body, [22, 20, 50, 24])).toEqual([20, 20, 50, 70]);
    expect(broken(body, [22, 86, 50, 90])).toEqual([20, 40, 50, 90]);
  });

  it('takes nothing that is farther than 0.7 of the longer side, and nothing beside', () => {
    expect(broken(body, [22, 91, 50, 95])).toEqual([20, 40, 50, 95]);
    expect(broken(body, [22, 92, 50, 96])).toBeUndefined();
    expect(broken(body, [70, 40, 90, 60])).toBeUndefined();
    expect(broken(body, [52, 20, 70, 30])).toBeUndefined();
    expect(broken(body)).toBeUndefined();
  });
});
