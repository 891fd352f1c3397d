/** From a picture to marks of ink on paper. What comes after looks at marks alone. */

import { type InkMask, inkMask } from './ink-mask.js';
import { type MarkMap, marksOf } from './marks.js';
import { withoutNoise } from './noise.js';
import { inkOf, type Polarity } from './paper.js';
import { averageAreas, type Plane } from './plane.js';
import { withoutRuledLines } from './ruled-lines.js';

/** Larger pictures are scaled down to this many pixels on their longer side. */
const longestSide = 1600;

export interface InkedPicture {
  /** 0 for paper to about 1. */
  readonly ink: Plane;
  readonly inkMask: InkMask;
  readonly map: MarkMap;
  /** Pixels of the picture as it came for each pixel of `ink`. */
  readonly scale: number;
}

/** The brightness of a picture, without grain and of a size that marks are looked for in. */
export interface ReadablePicture {
  readonly brightness: Plane;
  /** Pixels of the picture as it came for each pixel of `brightness`. */
  readonly scale: number;
}

/** @param full the brightness of the whole picture */
export function readablePicture(full: Plane): ReadablePicture {
  const scale = Math.max(1, Math.max(full.width, full.height) / longestSide);
  return { brightness: withoutNoise(scale === 1 ? full : scaledDown(full, scale)), scale };
}

/** @returns undefined where nothing of this polarity is drawn */
export function inkedPicture({ brightness, scale }: ReadablePicture, polarity: Polarity): InkedPicture | undefined {
  const ink = inkOf(brightness, polarity);
  const found = inkMask(ink);
  if (!found) return undefined;
  return { ink, inkMask: found, map: marksOf(withoutRuledLines(found.mask)), scale };
}

function scaledDown(plane: Plane, scale: number): Plane {
  const area = { left: 0, top: 0, right: plane.width, bottom: plane.height };
  const side = (size: number) => Math.max(1, Math.round(size / scale));
  return averageAreas(plane, area, side(plane.width), side(plane.height));
}
