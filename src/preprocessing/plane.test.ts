/** Planes scaled by areas against means by hand and against a twin that samples, and between pixel centres. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planeOf } from '../../test/pictures/painted.js';
import { averageAreas, interpolate, newPlane } from './plane.js';

const whole = ({ width, height }: { width: number; height: number }) => ({
  left: 0,
  top: 0,
  right: width,
  bottom: height,
});
const numbered = planeOf(4, 2, (x, y) => 4 * y + x);

describe('averageAreas', () => {
  it('is the mean of whole pixels where areas are whole', () => {
    expect([...averageAreas(numbered, whole(numbered), 2, 1).data]).toEqual([2.5, 4.5]);
    expect([...averageAreas(numbered, whole(numbered), 1, 1).data]).toEqual([3.5]);
    expect([...averageAreas(numbered, whole(numbered), 4, 2).data]).toEqual([...numbered.data]);
  });

  it('takes shares of pixels where areas end between them', () => {
    const row = planeOf(3, 1, (x) => [3, 6, 12][x]);
    // 1.5 pixels each: 3 + half of 6, half of 6 + 12.
    expect([...averageAreas(row, whole(row), 2, 1).data]).toEqual([4, 10]);
    expect([...averageAreas(row, { left: 0.5, top: 0, right: 2.5, bottom: 1 }, 1, 1).data]).toEqual([6.75]);
  });

  it('repeats pixels as blocks when scaling up', () => {
    const row = planeOf(2, 1, (x) => x + 1);
    const { data } = averageAreas(row, whole(row), 6, 2);
    expect([...data]).toEqual([1, 1, 1, 2, 2, 2, 1, 1, 1, 2, 2, 2]);
  });

  it('counts what lies outside as 0', () => {
    const one = planeOf(1, 1, () => 8);
    expect([...averageAreas(one, { left: -1, top: 0, right: 1, bottom: 2 }, 2, 2).data]).toEqual([0, 8, 0, 0]);
    expect([...averageAreas(one, { left: -3, top: -3, right: 1, bottom: 1 }, 1, 1).data]).toEqual([0.5]);
    expect([...averageAreas(one, { left: 5, top: 5, right: 7, bottom: 7 }, 2, 1).data]).toEqual([0, 0]);
    expect([...averageAreas(one, { left: -7, top: -7, right: -5, bottom: -5 }, 2, 1).data]).toEqual([0, 0]);
  });

  it('keeps the sum: mean times area, at any size', () => {
    const side = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(side, side, side, side, fc.integer(), (width, height, toWidth, toHeight, seed) => {
        const plane = planeOf(width, height, (x, y) => Math.abs((seed + x * 7919 + y * 104729) % 256));
        const scaled = averageAreas(plane, whole(plane), toWidth, toHeight);
        const mean = (data: Float32Array) => data.reduce((sum, value) => sum + value, 0) / data.length;
        expect(mean(scaled.data)).toBeCloseTo(mean(plane.data), 3);
      }),
    );
  });

  it('is what a thousandfold finer sampling says', () => {
    const plane = planeOf(7, 1, (x) => (x * 37) % 11);
    const scaled = averageAreas(plane, { left: 0.3, top: 0, right: 6.1, bottom: 1 }, 3, 1);
    for (const [place, value] of scaled.data.entries()) {
      let sum = 0;
      for (let i = 0; i < 3000; i++) sum += plane.data[Math.floor(0.3 + ((place + (i + 0.5) / 3000) * 5.8) / 3)];
      expect(value).toBeCloseTo(sum / 3000, 2);
    }
  });
});

describe('interpolate', () => {
  it('keeps a plane at its own size and a ramp at any', () => {
    expect([...interpolate(numbered, whole(numbered), 4, 2).data]).toEqual([...numbered.data]);
    const ramp = planeOf(8, 3, (x) => 10 * x);
    const larger = interpolate(ramp, whole(ramp), 24, 9);
    // Between the outermost centres; beyond them the edge goes on.
    for (let x = 2; x < 22; x++) expect(larger.data[4 * 24 + x]).toBeCloseTo(10 * ((x + 0.5) / 3 - 0.5), 4);
    expect([larger.data[0], larger.data[23]]).toEqual([0, 70]);
  });

  it('never leaves the range, and makes one pixel a plain', () => {
    expect([
      ...interpolate(
        planeOf(1, 1, () => 5),
        { left: 0, top: 0, right: 1, bottom: 1 },
        3,
        2,
      ).data,
    ]).toEqual(Array(6).fill(5));
    const { data } = interpolate(
      planeOf(5, 5, (x, y) => (x * y) % 2),
      { left: -1, top: -1, right: 6, bottom: 6 },
      30,
      31,
    );
    expect(Math.min(...data)).toBe(0);
    expect(Math.max(...data)).toBeLessThanOrEqual(1);
  });
});

it('a new plane is all 0', () => {
  expect(newPlane(3, 2)).toEqual({ width: 3, height: 2, data: new Float32Array(6) });
});
