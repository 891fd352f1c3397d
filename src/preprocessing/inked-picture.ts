/** From a picture to components of ink on paper. What comes after looks at components alone. */

import { type ComponentMap, findComponents } from './connected-components.js';
import { type InkMask, inkMask } from './ink-mask.js';
import { withoutNoise } from './noise.js';
import { inkOf, type Polarity } from './paper.js';
import { averageAreas, type Plane } from './plane.js';
import { withoutRuledLines } from './ruled-lines.js';
import { cut, sheetOfPaper } from './sheet-of-paper.js';

/** Larger pictures are scaled down to this many pixels on their longer side. */
const longestSide = 1600;

export interface InkedPicture {
  /** 0 for paper to about 1. */
  readonly ink: Plane;
  readonly inkMask: InkMask;
  readonly map: ComponentMap;
  readonly place: Place;
}

/** The brightness of a picture, or of the sheet of paper in it, without grain and of a size that components are looked for in. */
export interface ReadablePicture {
  readonly brightness: Plane;
  readonly place: Place;
}

/** Where pixels are in the picture as it came: `scale` times what they are from here, and from its own corner `scale` times as far. */
export interface Place {
  readonly left: number;
  readonly top: number;
  readonly scale: number;
}

/** @param full the brightness of the whole picture */
export function readablePicture(full: Plane): ReadablePicture {
  const scale = Math.max(1, Math.max(full.width, full.height) / longestSide);
  const brightness = withoutNoise(scale === 1 ? full : scaledDown(full, scale));
  const sheet = sheetOfPaper(brightness);
  if (!sheet) return { brightness, place: { left: 0, top: 0, scale } };
  return { brightness: cut(brightness, sheet), place: { left: sheet.left, top: sheet.top, scale } };
}

/** @returns undefined where nothing of this polarity is drawn */
export function inkedPicture({ brightness, place }: ReadablePicture, polarity: Polarity): InkedPicture | undefined {
  const ink = inkOf(brightness, polarity);
  const found = inkMask(ink);
  if (!found) return undefined;
  return { ink, inkMask: found, map: findComponents(withoutRuledLines(found.mask)), place };
}

function scaledDown(plane: Plane, scale: number): Plane {
  const area = { left: 0, top: 0, right: plane.width, bottom: plane.height };
  const side = (size: number) => Math.max(1, Math.round(size / scale));
  return averageAreas(plane, area, side(plane.width), side(plane.height));
}
