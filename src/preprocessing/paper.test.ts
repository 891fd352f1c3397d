/**
 * Ink and paper told apart: the closing against a twin by brute force, even paper, edges, polarity, and Otsu's
 * threshold.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planeOf, sevenAt } from '../../test/pictures/painted.js';
import { brightFractionOfEdge, inkOf, otsuThreshold, polarityOf, skewness } from './paper.js';
import type { Plane } from './plane.js';

type Choose = (...values: number[]) => number;

/** The largest (or smallest) value of a square window; beyond its edges the plane goes on as it ends. */
function extreme({ width, height, data }: Plane, x: number, y: number, radius: number, choose: Choose): number {
  const values: number[] = [];
  for (let ny = y - radius; ny <= y + radius; ny++) {
    for (let nx = x - radius; nx <= x + radius; nx++) {
      values.push(data[Math.min(Math.max(ny, 0), height - 1) * width + Math.min(Math.max(nx, 0), width - 1)]);
    }
  }
  return choose(...values);
}

/** The closing, or with smallest before largest the opening, of the plane with a margin of `radius` all around. */
function closingByBruteForce(plane: Plane, first: Choose, then: Choose): Plane {
  const { width, height } = plane;
  const radius = Math.max(2, Math.round(Math.min(width, height) / 5));
  const wider = planeOf(width + 2 * radius, height + 2 * radius, (x, y) =>
    extreme(plane, x - radius, y - radius, radius, first),
  );
  return planeOf(width, height, (x, y) => extreme(wider, x + radius, y + radius, radius, then));
}

/** Whether all along the edge is within 4 levels of the corner, and at least 40 % of all. */
function isEven({ width, height, data }: Plane): boolean {
  const near = [...data].map((value) => Math.abs(value - data[0]) <= 4);
  const edge = near.filter(
    (_, i) => i % width === 0 || i % width === width - 1 || i < width || i >= width * (height - 1),
  );
  return edge.every(Boolean) && near.filter(Boolean).length / near.length >= 0.4;
}

const planesOf = (levels: fc.Arbitrary<number>) =>
  fc
    .integer({ min: 1, max: 26 })
    .chain((width) =>
      fc
        .array(fc.array(levels, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 26 })
        .map((rows): Plane => ({ width, height: rows.length, data: Float32Array.from(rows.flat()) })),
    );
const anyLevel = fc.integer({ min: 0, max: 255 });
const unevenPlanes = planesOf(anyLevel).filter((plane) => !isEven(plane));
/** Paper of one level, more or less, and anything on it. */
const evenPlanes = fc
  .tuple(anyLevel, planesOf(fc.oneof(fc.integer({ min: -4, max: 4 }), fc.integer({ min: -255, max: 255 }))))
  .map(([level, { width, height, data }]): Plane => {
    const isEdge = (x: number, y: number) => x === 0 || y === 0 || x === width - 1 || y === height - 1;
    return planeOf(width, height, (x, y) => {
      const difference = x + y === 0 ? 0 : data[y * width + x];
      const allowed = isEdge(x, y) ? difference % 5 : difference;
      return Math.min(Math.max(level + allowed, 0), 255);
    });
  })
  .filter(isEven);

describe('inkOf', () => {
  it('is the share of light that is missing from the closing, by brute force', () => {
    fc.assert(
      fc.property(unevenPlanes, (plane) => {
        const paper = closingByBruteForce(plane, Math.max, Math.min);
        const expected = plane.data.map((value, i) => (paper.data[i] - value) / Math.max(paper.data[i], 96));
        expect(inkOf(plane, 'dark on light').data).toEqual(expected);
        expect(Math.min(...expected)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('of light ink is that of the negative, of 255', () => {
    fc.assert(
      fc.property(unevenPlanes, (plane) => {
        const background = closingByBruteForce(plane, Math.min, Math.max);
        const expected = plane.data.map((value, i) => (value - background.data[i]) / 255);
        expect(inkOf(plane, 'light on dark').data).toEqual(expected);
      }),
    );
  });

  it('on even paper is what differs from its level to the one side, and nothing to the other', () => {
    fc.assert(
      fc.property(evenPlanes, (plane) => {
        const level = plane.data[0];
        const dark = plane.data.map((value) => Math.max(0, level - value) / Math.max(level, 96));
        expect(inkOf(plane, 'dark on light').data).toEqual(dark);
        const light = plane.data.map((value) => Math.max(0, value - level) / 255);
        expect(inkOf(plane, 'light on dark').data).toEqual(light);
      }),
    );
  });

  /** A block of ink, far wider than the closing's window, in the middle of 100 x 100 pixels of paper. */
  const block = (width: number, height: number, edge?: { x: number; y: number; value: number }) => {
    const [left, top] = [Math.floor((100 - width) / 2), Math.floor((100 - height) / 2)];
    return planeOf(100, 100, (x, y) => {
      if (edge && x === edge.x && y === edge.y) return edge.value;
      return x >= left && x < left + width && y >= top && y < top + height ? 50 : 200;
    });
  };
  const middleOf = (plane: Plane) => inkOf(plane, 'dark on light').data[50 * 100 + 50];

  it('takes paper as even where all of the edge is within 4 levels of its corner', () => {
    expect(middleOf(block(60, 60))).toBe(0.75);
    for (const [x, y] of [
      [99, 0],
      [0, 99],
      [99, 99],
      [40, 0],
      [0, 40],
      [99, 63],
      [63, 99],
    ]) {
      for (const [value, expected] of [
        [196, 0.75],
        [204, 0.75],
        [195, 0],
        [205, 0],
      ]) {
        expect(middleOf(block(60, 60, { x, y, value })), `${value} at ${x}, ${y}`).toBe(expected);
      }
    }
    // What is not at the edge may have any level.
    expect(middleOf(block(60, 60, { x: 1, y: 1, value: 255 }))).toBe(0.75);
  });

  it('takes paper as even where it is at least 40 % of the picture', () => {
    expect(middleOf(block(75, 80))).toBe(0.75);
    // One pixel less of paper.
    expect(middleOf(block(75, 80, { x: 1, y: 1, value: 50 }))).toBe(0);
    expect(middleOf(block(80, 80))).toBe(0);
  });

  it('takes no paper to be darker than 96, be it even or not', () => {
    for (const shadow of [0, 30]) {
      for (const [paper, ink, expected] of [
        [60, 12, 0.5],
        [96, 48, 0.5],
        [192, 48, 0.75],
      ]) {
        const plane = planeOf(60, 60, (x, y) =>
          y >= 28 && y < 32 && x > 10 && x < 30 ? ink : paper + (x > 45 ? shadow : 0),
        );
        expect(inkOf(plane, 'dark on light').data[30 * 60 + 20]).toBe(expected);
      }
    }
  });

  it('gives a stroke the same strength under any light, and nothing to wide shadows', () => {
    const lightAt = (x: number) => (x < 50 ? 240 : 120);
    const isInk = (x: number, y: number) => y >= 40 && y < 46 && ((x >= 15 && x < 30) || (x >= 70 && x < 85));
    const ink = inkOf(
      planeOf(100, 100, (x, y) => lightAt(x) * (isInk(x, y) ? 0.25 : 1)),
      'dark on light',
    );
    for (let y = 0; y < 100; y++)
      for (let x = 0; x < 100; x++) expect(ink.data[y * 100 + x]).toBe(isInk(x, y) ? 0.75 : 0);
  });

  it.each<[string, (x: number, y: number) => number]>([
    ['the left', (x) => 40 + 2 * x],
    ['the right', (x) => 240 - 2 * x],
    ['the top', (_, y) => 20 + 2.5 * y],
    ['the bottom', (_, y) => 220 - 2.5 * y],
    ['a corner', (x, y) => 30 + x + y],
    ['the left, faster and faster', (x) => 250 - (100 - x) ** 2 / 45],
  ])('is 0 in light that fades towards %s, to the very edge', (_, lightAt) => {
    for (const [width, height] of [
      [100, 80],
      [80, 61],
      [30, 9],
    ]) {
      const plane = planeOf(width, height, lightAt);
      for (const polarity of ['dark on light', 'light on dark'] as const) {
        expect(Math.max(...inkOf(plane, polarity).data), polarity).toBe(0);
      }
    }
  });

  it('is 0 in light that fades towards all edges', () => {
    const plane = planeOf(100, 80, (x, y) => 240 - (x - 50) ** 2 / 25 - (y - 40) ** 2 / 16);
    expect(Math.max(...inkOf(plane, 'dark on light').data)).toBe(0);
  });

  it('is 0 in what lies along an edge or in a corner, however narrow, and nothing less in a stroke that the edge cuts', () => {
    for (const isAround of [
      (x: number) => x < 3,
      (x: number) => x >= 97,
      (_: number, y: number) => y < 5,
      (_: number, y: number) => y >= 70,
      (x: number, y: number) => x < 8 && y < 6,
      (x: number, y: number) => x >= 88 || y >= 76,
    ]) {
      const isStroke = (x: number, y: number) => y >= 40 && y < 44 && x >= 30 && x < 60;
      const plane = planeOf(100, 80, (x, y) => (isAround(x, y) ? 50 : isStroke(x, y) ? 100 : 200));
      const negative = planeOf(100, 80, (x, y) => 255 - plane.data[y * 100 + x]);
      const expected = (strength: number) => planeOf(100, 80, (x, y) => (isStroke(x, y) ? strength : 0)).data;
      expect(inkOf(plane, 'dark on light').data).toEqual(expected(0.5));
      expect(inkOf(negative, 'light on dark').data).toEqual(expected(100 / 255));
    }
    const isCut = (x: number, y: number) => (x < 40 && y >= 30 && y < 36) || (y >= 50 && x >= 70 && x < 78);
    const plane = planeOf(100, 80, (x, y) => (isCut(x, y) ? 50 : 200));
    expect(inkOf(plane, 'dark on light').data).toEqual(planeOf(100, 80, (x, y) => (isCut(x, y) ? 0.75 : 0)).data);
  });

  it('of a picture of one colour is 0, be it black', () => {
    for (const value of [0, 100, 255]) {
      for (const [width, height] of [
        [1, 1],
        [40, 1],
        [1, 40],
        [9, 7],
      ] as const) {
        const plane = planeOf(width, height, () => value);
        for (const polarity of ['dark on light', 'light on dark'] as const) {
          expect([...inkOf(plane, polarity).data]).toEqual(Array(width * height).fill(0));
        }
      }
    }
  });
});

describe('polarityOf', () => {
  const seven = (paper: number, ink: number, pen = 8) =>
    planeOf(100, 120, (x, y) => paper + (ink - paper) * sevenAt(x, y, 25, 20, 80, pen));

  it.each([
    [255, 0],
    [220, 90],
    [140, 60],
  ])('tells a drawing of %d and %d both ways', (light, dark) => {
    for (const pen of [3, 8, 16]) {
      expect(polarityOf(seven(light, dark, pen))).toBe('dark on light');
      expect(polarityOf(seven(dark, light, pen))).toBe('light on dark');
    }
  });

  it('is not led astray by a shadow over more than half of the picture', () => {
    const shaded = planeOf(100, 120, (x, y) => (x > 40 ? 0.4 : 1) * (230 - 180 * sevenAt(x, y, 25, 20, 80, 7)));
    expect(polarityOf(shaded)).toBe('dark on light');
  });

  it('is dark on light wherever all of the edge is bright, however few the bright pixels inside are', () => {
    const framed = planeOf(100, 120, (x, y) => {
      if (x < 2 || y < 2 || x >= 98 || y >= 118) return 200;
      return x % 20 === 10 && y % 20 === 10 ? 255 : 30;
    });
    expect(skewness(framed)).toBe(2);
    expect(brightFractionOfEdge(framed)).toBe(1);
    expect(polarityOf(framed)).toBe('dark on light');
    // One dark pixel of the edge, and the skewness counts.
    framed.data[50] = 30;
    expect(polarityOf(framed)).toBe('light on dark');
  });

  it('is decided for pictures without any differences', () => {
    for (const [width, height] of [
      [1, 1],
      [1, 30],
      [30, 1],
      [28, 28],
    ] as const) {
      for (const value of [0, 128, 255]) expect(polarityOf(planeOf(width, height, () => value))).toBe('light on dark');
    }
  });
});

describe('otsuThreshold', () => {
  it('lies between two levels', () => {
    for (const [low, high] of [
      [0, 1],
      [10, 200],
      [0.5, 0.50001],
      [-3, 4],
    ]) {
      const values = Float32Array.from({ length: 100 }, (_, i) => (i % 5 === 0 ? high : low));
      const threshold = otsuThreshold(values);
      expect(values.filter((value) => value > threshold)).toHaveLength(20);
    }
  });

  it('splits two heaps where the variance between them is largest', () => {
    const values = Float32Array.from([...Array(50).keys()].flatMap((i) => [20 + (i % 10), 200 + (i % 20)]));
    const threshold = otsuThreshold(values);
    expect(threshold).toBeGreaterThanOrEqual(29);
    expect(threshold).toBeLessThan(200);
  });

  it('is the largest variance of all splits, by brute force over 256 levels', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 2, maxLength: 60 }), (numbers) => {
        const values = Float32Array.from([...numbers, 0, 255]);
        const between = (limit: number) => {
          const [below, above] = [[...values].filter((v) => v <= limit), [...values].filter((v) => v > limit)];
          const mean = (part: number[]) => part.reduce((sum, v) => sum + v, 0) / part.length;
          return below.length * above.length * (mean(below) - mean(above)) ** 2;
        };
        const best = Math.max(...Array.from({ length: 255 }, (_, limit) => between(limit)));
        expect(between(otsuThreshold(values)) / best).toBeCloseTo(1, 9);
      }),
    );
  });

  it('of equal values is that value', () => {
    expect(otsuThreshold(Float32Array.of(7))).toBe(7);
    expect(otsuThreshold(new Float32Array(9).fill(0.5))).toBe(0.5);
  });
});
