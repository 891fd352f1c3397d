/** The threshold at half of the ink's strength, and pictures without ink. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planeOf } from '../../test/pictures/painted.js';
import { inkMask } from './ink-mask.js';
import { newPlane } from './plane.js';

/** A bar of 10 x 2 pixels in 20 x 20, with a paler row on each side. */
const bar = (ink: number, edge: number, paper = 0) =>
  planeOf(20, 20, (x, y) =>
    x < 5 || x >= 15 ? paper : y === 9 || y === 10 ? ink : y === 8 || y === 11 ? edge : paper,
  );
const pixelsOf = ({ data }: { data: Uint8Array }) => data.reduce((sum, value) => sum + value, 0);

describe('inkMask', () => {
  it.each([1, 0.5, 0.1])('cuts at half between paper and ink of strength %d', (strength) => {
    const [below, above] = [inkMask(bar(strength, 0.48 * strength))!, inkMask(bar(strength, 0.52 * strength))!];
    expect(pixelsOf(below.mask)).toBe(20);
    expect(pixelsOf(above.mask)).toBe(40);
    expect(below.full).toBeCloseTo(strength, 5);
    expect(below.paper).toBe(0);
  });

  it('says how strong the paper is', () => {
    const { mask, paper, full } = inkMask(bar(0.9, 0.25, 0.25))!;
    expect([paper, pixelsOf(mask)]).toEqual([0.25, 20]);
    expect(full).toBeCloseTo(0.9, 5);
  });

  it('sees nothing in what takes away less than a tenth of the light', () => {
    for (const paper of [0, 0.25]) {
      expect(inkMask(bar(paper + 0.099, paper + 0.03, paper))).toBeUndefined();
      expect(pixelsOf(inkMask(bar(paper + 0.102, paper + 0.03, paper))!.mask)).toBe(20);
    }
  });

  it('sees nothing in grain, and ink that stands out of it by six deviations', () => {
    // Every second pixel 0.02 off the median on either side: a deviation of 0.03.
    const grain = (x: number, y: number) => 0.2 + 0.02 * (((x + y) % 3) - 1);
    expect(inkMask(planeOf(30, 30, grain))).toBeUndefined();
    const dot = (strength: number) => planeOf(30, 30, (x, y) => (x === 9 && y === 9 ? strength : grain(x, y)));
    expect(inkMask(dot(0.36))).toBeUndefined();
    expect(pixelsOf(inkMask(dot(0.4))!.mask)).toBe(1);
  });

  it('sees nothing where all is equal, or where nothing is', () => {
    for (const value of [0, 0.3, 1]) {
      expect(inkMask(planeOf(9, 4, () => value))).toBeUndefined();
      expect(inkMask(planeOf(1, 1, () => value))).toBeUndefined();
    }
    expect(inkMask(newPlane(0, 0))).toBeUndefined();
  });

  it('always has a pixel of ink where it has a mask, and only numbers', () => {
    fc.assert(
      fc.property(fc.array(fc.float({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 80 }), (values) => {
        const found = inkMask({ width: values.length, height: 1, data: Float32Array.from(values) });
        if (!found) return;
        expect(pixelsOf(found.mask)).toBeGreaterThan(0);
        expect(found.full).toBeGreaterThan(found.paper);
        expect(found.full).toBeLessThanOrEqual(1);
      }),
    );
  });
});

it('measures grain on the paper alone where much of the picture is ink', () => {
  const ink = newPlane(40, 40);
  for (let i = 0; i < 1600; i++) ink.data[i] = i % 40 < 18 ? 0.8 - (i % 7) * 0.02 : (i % 5) * 0.005;
  const { mask } = inkMask(ink)!;
  expect(mask.data.every((value, i) => value === Number(i % 40 < 18))).toBe(true);
});
