/** Stroke widths of shapes whose width is known, and moved edges against distances by brute force. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planeOf, strokeAt } from '../../test/pictures/painted.js';
import type { Plane } from './plane.js';
import { strokeWidth, withMovedEdge } from './stroke-width.js';

const side = 120;
const middle = side / 2;

/** A bar of 80 pixels through the middle, turned by `degrees`. */
function barOf(width: number, degrees: number): Plane {
  const [across, down] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const line = [middle - 40 * across, middle - 40 * down, middle + 40 * across, middle + 40 * down] as const;
  return planeOf(side, side, (x, y) => strokeAt(x + 0.5, y + 0.5, line, width));
}

/** With round ends: twice the area, 80 w + pi (w / 2)^2, by the edge, 160 + pi w. */
const exactBar = (width: number) => (2 * (80 * width + (Math.PI * width * width) / 4)) / (160 + Math.PI * width);

const ringOf = (width: number, radius: number) =>
  planeOf(side, side, (x, y) => {
    const distance = Math.abs(Math.hypot(x + 0.5 - middle, y + 0.5 - middle) - radius);
    return Math.min(Math.max(width / 2 - distance + 0.5, 0), 1);
  });

describe('strokeWidth', () => {
  const turns = [0, 7, 22.5, 30, 45, 71, 90];
  it.each(turns)('of bars is their width to 8 hundredths, turned by %d degrees', (degrees) => {
    for (const width of [3, 5, 9, 14]) {
      const exact = exactBar(width);
      const measured = strokeWidth(barOf(width, degrees));
      expect(Math.abs(measured / exact - 1), `${width}: ${measured}, not ${exact}`).toBeLessThan(0.08);
    }
  });

  it('of rings is their width, whatever their size, to 8 %', () => {
    for (const width of [3, 5, 9]) {
      for (const radius of [12, 25, 40]) {
        const measured = strokeWidth(ringOf(width, radius));
        expect(Math.abs(measured / width - 1), `${width}, ${radius}: ${measured}`).toBeLessThan(0.08);
      }
    }
  });

  it('of a disc is its radius: twice the area by the edge, to 3 %', () => {
    for (const radius of [8, 20, 40]) {
      const disc = planeOf(side, side, (x, y) =>
        strokeAt(x + 0.5, y + 0.5, [middle, middle, middle, middle], 2 * radius),
      );
      expect(Math.abs(strokeWidth(disc) / radius - 1)).toBeLessThan(0.03);
    }
  });

  it('does not depend on how strong the ink is', () => {
    const bar = barOf(6, 30);
    const pale = { ...bar, data: bar.data.map((value) => value / 4) };
    expect(strokeWidth(pale)).toBeCloseTo(strokeWidth(bar), 5);
  });

  it('is 0 where there is no ink, and where there is no room for an edge', () => {
    expect(strokeWidth(planeOf(5, 4, () => 0))).toBe(0);
    expect(strokeWidth(planeOf(1, 1, () => 1))).toBe(0);
    expect(strokeWidth(planeOf(9, 1, () => 1))).toBe(0);
  });
});

/** Distances from every pixel to every pixel. */
function movedByBruteForce({ width, height, data }: Plane, radius: number): number[] {
  const nearest = (x: number, y: number, ink: boolean) => {
    let least = 1e12;
    for (let i = 0; i < data.length; i++) {
      if (data[i] > 0.5 !== ink) continue;
      const [dx, dy] = [(i % width) - x, Math.floor(i / width) - y];
      least = Math.min(least, dx * dx + dy * dy);
    }
    return Math.sqrt(least);
  };
  return Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    // Outwards, what is further from the ink than the radius stays paper; inwards, what is further from paper stays
    // ink.
    const grows = radius > 0;
    const further = Math.min(Math.max(nearest(x, y, grows) - 0.5 - Math.abs(radius) + 0.5, 0), 1);
    return Math.fround(grows ? 1 - further : further);
  });
}

describe('withMovedEdge', () => {
  it('is what distances by brute force say', () => {
    const shapes = fc.integer({ min: 1, max: 11 }).chain((width) =>
      fc
        .array(fc.array(fc.constantFrom(0, 0, 0.4, 0.6, 1), { minLength: width, maxLength: width }), {
          minLength: 1,
          maxLength: 11,
        })
        .map((rows): Plane => ({ width, height: rows.length, data: Float32Array.from(rows.flat()) })),
    );
    fc.assert(
      fc.property(shapes, fc.double({ min: -3, max: 6, noNaN: true }), (shape, radius) => {
        expect([...withMovedEdge(shape, radius).data]).toEqual(movedByBruteForce(shape, radius));
      }),
    );
  });

  it('leaves a sharp shape as it is at 0, and moves the edge of a bar by whole pixels', () => {
    const bar = planeOf(20, 9, (x) => (x >= 8 && x < 12 ? 1 : 0));
    const row = (radius: number) => [...withMovedEdge(bar, radius).data.subarray(40, 60)];
    const from = (left: number, right: number) =>
      Array.from({ length: 20 }, (_, x) => (x >= left && x < right ? 1 : 0));
    expect(row(0)).toEqual(from(8, 12));
    expect(row(3)).toEqual(from(5, 15));
    expect(row(-1)).toEqual(from(9, 11));
    expect(row(-5)).toEqual(from(0, 0));
    expect(row(0.25)[7]).toBe(0.25);
  });

  it.each([0, 30, 45])('makes strokes wider by twice the radius, turned by %d degrees', (degrees) => {
    for (const radius of [-1.5, 1, 3]) {
      const [measured, exact] = [strokeWidth(withMovedEdge(barOf(6, degrees), radius)), exactBar(6 + 2 * radius)];
      expect(Math.abs(measured - exact), `${radius}: ${measured}, not ${exact}`).toBeLessThan(0.6);
    }
  });

  it('of a shape without ink or without paper is numbers', () => {
    expect([
      ...withMovedEdge(
        planeOf(3, 3, () => 0),
        2,
      ).data,
    ]).toEqual(Array(9).fill(0));
    expect([
      ...withMovedEdge(
        planeOf(3, 3, () => 1),
        -2,
      ).data,
    ]).toEqual(Array(9).fill(1));
  });
});
