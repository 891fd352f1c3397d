/** Pictures whose ink is filled boxes, as preprocessing has them when it looks for digits. */

import { type Box, findComponents } from '../../src/preprocessing/connected-components.js';
import type { InkedPicture } from '../../src/preprocessing/inked-picture.js';
import { likelyMarks } from '../../src/preprocessing/likely-marks.js';
import { newPlane } from '../../src/preprocessing/plane.js';

export type Corners = readonly [left: number, top: number, right: number, bottom: number];

/** Filled boxes on paper. */
export function inked(width: number, height: number, ...boxes: readonly Corners[]): InkedPicture {
  const mask = { width, height, data: new Uint8Array(width * height) };
  for (const [left, top, right, bottom] of boxes) {
    for (let y = top; y < bottom; y++) mask.data.fill(1, y * width + left, y * width + right);
  }
  const map = findComponents(mask);
  return {
    ink: { ...newPlane(width, height), data: Float32Array.from(mask.data) },
    inkMask: { mask, paper: 0, full: 1, deviation: 0 },
    faint: new Map(),
    map,
    ...likelyMarks(map, width, height),
    lines: 0,
    place: { left: 0, top: 0, scale: 1 },
  };
}

export const corners = ({ left, top, right, bottom }: Box) => [left, top, right, bottom];
