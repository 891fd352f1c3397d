/** Soft shadows and pale strokes: which is which. */

import { describe, expect, it } from 'vitest';
import { planeOf, strokeAt } from '../../test/pictures/painted.js';
import { findComponents } from './connected-components.js';
import { digitOf } from './found-digit.js';
import type { Plane } from './plane.js';
import { isShadow } from './shadows.js';

function isShadowIn(ink: Plane, threshold: number): boolean {
  const data = Uint8Array.from(ink.data, (value) => (value > threshold ? 1 : 0));
  const map = findComponents({ width: ink.width, height: ink.height, data });
  return isShadow(ink, map, digitOf(map.components));
}

/** A band from edge to edge that fades to both sides, as of something that is held over the paper. */
const band = (side: number, depth: number, isBroken = false) =>
  planeOf(side, side, (x, y) => {
    if (isBroken && y % 20 < 3) return 0;
    const distance = (x + 0.4 * y) / side - 0.75;
    return depth / (1 + 60 * distance * distance);
  });
const stroke = (side: number, strength: number, width: number) =>
  planeOf(side, side, (x, y) => strength * strokeAt(x, y, [0.6 * side, 0.1 * side, 0.4 * side, 0.9 * side], width));

describe('isShadow', () => {
  it.each([60, 120, 250])('tells a soft band from a stroke as pale, at %d pixels', (side) => {
    expect(isShadowIn(band(side, 0.25), 0.12)).toBe(true);
    expect(isShadowIn(stroke(side, 0.25, 0.1 * side), 0.12)).toBe(false);
    expect(isShadowIn(stroke(side, 0.25, 2), 0.12)).toBe(false);
  });

  it('is not deceived by lines that were taken away from a shadow', () => {
    expect(isShadowIn(band(200, 0.25, true), 0.12)).toBe(true);
  });

  it('tells an upright band that is darker from a stroke, which does not fill its box', () => {
    const upright = (depth: number) => planeOf(240, 240, (x) => depth / (1 + ((x - 120) / 30) ** 4));
    expect(isShadowIn(upright(0.48), 0.24)).toBe(true);
    expect(isShadowIn(upright(0.8), 0.4)).toBe(false);
    expect(isShadowIn(stroke(240, 0.48, 50), 0.24)).toBe(false);
  });

  it('takes nothing that is dark, and nothing small, for a shadow', () => {
    expect(isShadowIn(band(200, 0.8), 0.4)).toBe(false);
    expect(isShadowIn(band(38, 0.25), 0.12)).toBe(false);
  });
});
