/** Grain is taken away by means over 3 x 3 or 5 x 5; clean and small pictures are left alone. */

import { describe, expect, it } from 'vitest';
import { planeOf, sevenAt } from '../../test/pictures/painted.js';
import { withoutNoise } from './noise.js';
import type { Plane } from './plane.js';

/** About normal, with a standard deviation of 1: the sum of twelve, of fixed numbers. */
function grainOf(width: number, height: number): Plane {
  let state = 1;
  const next = () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  return planeOf(width, height, () => Array.from({ length: 12 }, next).reduce((sum, value) => sum + value, -6));
}

const grain = grainOf(90, 70);
const noisy = (deviation: number) => planeOf(90, 70, (x, y) => 128 + deviation * grain.data[y * 90 + x]);

/** The mean of a square around each pixel, cut at the edges. */
function meansByBruteForce({ width, height, data }: Plane, radius: number): Plane {
  return planeOf(width, height, (x, y) => {
    let [sum, count] = [0, 0];
    for (let ny = Math.max(0, y - radius); ny <= Math.min(height - 1, y + radius); ny++) {
      for (let nx = Math.max(0, x - radius); nx <= Math.min(width - 1, x + radius); nx++, count++)
        sum += data[ny * width + nx];
    }
    return sum / count;
  });
}

describe('withoutNoise', () => {
  it('leaves a clean picture, with all its edges, and little grain', () => {
    const drawn = planeOf(90, 70, (x, y) => 240 - 220 * sevenAt(x, y, 20, 10, 50, 6));
    expect(withoutNoise(drawn)).toBe(drawn);
    for (const deviation of [0.5, 1.5, 2.4]) {
      const fine = noisy(deviation);
      expect(withoutNoise(fine), String(deviation)).toBe(fine);
    }
  });

  it.each([
    [2.8, 1],
    [8, 1],
    [11.5, 1],
    [12.5, 2],
    [25, 2],
  ])('smooths grain of %d levels over a radius of %d', (deviation, radius) => {
    const plane = noisy(deviation);
    const smooth = withoutNoise(plane);
    const expected = meansByBruteForce(plane, radius).data;
    let largest = 0;
    for (const [i, value] of smooth.data.entries()) largest = Math.max(largest, Math.abs(value - expected[i]));
    expect(largest).toBeLessThan(1e-4);
  });

  it('changes no small picture, however noisy', () => {
    for (const [width, height] of [
      [63, 400],
      [400, 63],
      [1, 1],
      [28, 28],
    ]) {
      const small = planeOf(width, height, (x, y) => ((x * 7919 + y * 104729) % 97) * 2.6);
      expect(withoutNoise(small)).toBe(small);
    }
  });

  it('does not write into what it gets', () => {
    const plane = noisy(25);
    const before = plane.data.slice();
    withoutNoise(plane);
    expect(plane.data).toEqual(before);
  });
});
