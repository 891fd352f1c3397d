/** Ink and paper told apart: the closing against a twin by brute force, polarity, and Otsu's threshold. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planeOf, sevenAt } from '../../test/pictures/painted.js';
import { inkOf, otsuThreshold, polarityOf } from './paper.js';
import type { Plane } from './plane.js';

/** The largest (or smallest) value of each pixel's square window, cut at the picture's edges. */
function extremes({ width, height, data }: Plane, radius: number, choose: (...values: number[]) => number): Plane {
  return planeOf(width, height, (x, y) => {
    const values: number[] = [];
    for (let ny = Math.max(0, y - radius); ny <= Math.min(height - 1, y + radius); ny++) {
      for (let nx = Math.max(0, x - radius); nx <= Math.min(width - 1, x + radius); nx++)
        values.push(data[ny * width + nx]);
    }
    return choose(...values);
  });
}

const planes = fc.integer({ min: 1, max: 26 }).chain((width) =>
  fc
    .array(fc.array(fc.integer({ min: 0, max: 255 }), { minLength: width, maxLength: width }), {
      minLength: 1,
      maxLength: 26,
    })
    .map((rows): Plane => ({ width, height: rows.length, data: Float32Array.from(rows.flat()) })),
);

describe('inkOf', () => {
  it('is the share of light that is missing from the closing, by brute force', () => {
    fc.assert(
      fc.property(planes, (plane) => {
        const radius = Math.max(2, Math.round(Math.min(plane.width, plane.height) / 5));
        const paper = extremes(extremes(plane, radius, Math.max), radius, Math.min);
        const expected = plane.data.map((value, i) => (paper.data[i] - value) / Math.max(paper.data[i], 48));
        expect(inkOf(plane, 'dark on light').data).toEqual(expected);
        expect(Math.min(...expected)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('of light ink is that of the negative, of 255', () => {
    fc.assert(
      fc.property(planes, (plane) => {
        const radius = Math.max(2, Math.round(Math.min(plane.width, plane.height) / 5));
        const background = extremes(extremes(plane, radius, Math.min), radius, Math.max);
        const expected = plane.data.map((value, i) => (value - background.data[i]) / 255);
        expect(inkOf(plane, 'light on dark').data).toEqual(expected);
      }),
    );
  });

  it('gives a stroke the same strength under any light, and nothing to slopes and wide shadows', () => {
    const lightAt = (x: number) => (x < 50 ? 240 : 120);
    const isInk = (x: number, y: number) => y >= 40 && y < 46 && ((x >= 15 && x < 30) || (x >= 70 && x < 85));
    const ink = inkOf(
      planeOf(100, 100, (x, y) => lightAt(x) * (isInk(x, y) ? 0.25 : 1)),
      'dark on light',
    );
    for (let y = 0; y < 100; y++)
      for (let x = 0; x < 100; x++) expect(ink.data[y * 100 + x]).toBe(isInk(x, y) ? 0.75 : 0);
    const slope = planeOf(100, 80, (x) => 2 * x);
    // But along the edges, which may be those of strokes that are cut.
    const inside = (plane: Plane) => plane.data.filter((_, i) => i % 100 >= 16 && i % 100 < 84);
    expect(Math.max(...inside(inkOf(slope, 'dark on light')))).toBe(0);
    expect(Math.max(...inside(inkOf(slope, 'light on dark')))).toBe(0);
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
