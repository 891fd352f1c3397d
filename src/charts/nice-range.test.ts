import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { niceRange } from './nice-range.js';

describe('niceRange', () => {
  it.each([
    [[95.53, 99.24], [95, 96, 97, 98, 99, 100], 0],
    [[0, 0.1482], [0, 0.05, 0.1, 0.15], 2],
    [[0, 2.3], [0, 0.5, 1, 1.5, 2, 2.5], 1],
    [[99.5], [94, 95, 96, 97, 98, 99, 100], 0],
    [[100], [95, 96, 97, 98, 99, 100], 0],
    [[], [0, 0.2, 0.4, 0.6, 0.8, 1], 1],
    [[0], [-1, -0.8, -0.6, -0.4, -0.2, 0], 1],
    [[-3, 3], [-4, -2, 0, 2, 4], 0],
  ])('of %j has the ticks %j', (values, ticks, decimals) => {
    expect(niceRange(values)).toEqual({ low: ticks[0], high: ticks[ticks.length - 1], ticks, decimals });
  });

  it('keeps to whole numbers where asked', () => {
    expect(niceRange([1, 3], 8, 1).ticks).toEqual([1, 2, 3]);
    expect(niceRange([1, 100], 8, 1).ticks).toEqual([0, 20, 40, 60, 80, 100]);
  });

  it('surrounds the values with rising ticks, few of them', () => {
    const value = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((x) => Math.round(x * 1e4) / 1e4);
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 5 }), (values) => {
        const { low, high, ticks } = niceRange(values);
        expect(low).toBeLessThanOrEqual(Math.min(...values) + 1e-6);
        expect(high).toBeGreaterThanOrEqual(Math.max(...values) - 1e-6);
        expect(ticks.every((tick, i) => i === 0 || tick > ticks[i - 1])).toBe(true);
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect(ticks.length).toBeLessThanOrEqual(8);
      }),
    );
  });
});
