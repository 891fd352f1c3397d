/** Finds the sheet in a photo of a sheet of light paper on something dark, so that the sheet is not taken for ink. */

import { type Box, boxHeight, boxWidth, findComponents } from './connected-components.js';
import { brightFractionOfEdge, otsuThreshold, skewness } from './paper.js';
import { averageAreas, newPlane, type Plane } from './plane.js';

/** The sheet is looked for in the picture at this many pixels on its longer side. */
const searchedSide = 160;
/** It is at least so long and so wide, as shares of the picture's sides, and covers so much of its own box. */
const [minSide, minCover] = [0.35, 0.6];
/** Around it, less of the picture's edge than this is bright. */
const brightEdge = 0.3;
/** Few dark pixels among many bright ones that fade away to the edges are ink on a picture that is all paper. */
const minSkewness = -1;
/** Pictures with shorter sides are no photos: their thick light digits cover as much of their boxes as sheets do. */
const smallestPhoto = 96;
/** The sheet's own edge is left out: this share of its sides. */
const rim = 0.03;

/** @returns undefined where the whole picture is paper, dark or light */
export function sheetOfPaper(brightness: Plane): Box | undefined {
  const { width, height } = brightness;
  if (Math.min(width, height) < smallestPhoto) return undefined;
  const scale = Math.max(1, Math.max(width, height) / searchedSide);
  const area = { left: 0, top: 0, right: width, bottom: height };
  const small = averageAreas(brightness, area, Math.ceil(width / scale), Math.ceil(height / scale));
  if (brightFractionOfEdge(small) > brightEdge || skewness(small) < minSkewness) return undefined;
  const threshold = otsuThreshold(small.data);
  const { components } = findComponents({
    ...small,
    data: Uint8Array.from(small.data, (value) => (value > threshold ? 1 : 0)),
  });
  if (components.length === 0) return undefined;
  const { box, pixels } = components.reduce((largest, component) =>
    component.pixels > largest.pixels ? component : largest,
  );
  const [across, down] = [boxWidth(box), boxHeight(box)];
  const isLarge = across >= minSide * small.width && down >= minSide * small.height;
  if (!isLarge || pixels < minCover * across * down) return undefined;
  return {
    left: Math.round((box.left + rim * across) * scale),
    top: Math.round((box.top + rim * down) * scale),
    right: Math.min(width, Math.round((box.right - rim * across) * scale)),
    bottom: Math.min(height, Math.round((box.bottom - rim * down) * scale)),
  };
}

/** The sheet alone and its corner; the whole picture where it is all paper. */
export function cutSheet(brightness: Plane): { readonly paper: Plane; readonly left: number; readonly top: number } {
  const sheet = sheetOfPaper(brightness);
  return sheet
    ? { paper: cut(brightness, sheet), left: sheet.left, top: sheet.top }
    : { paper: brightness, left: 0, top: 0 };
}

/** A part of a plane, copied. */
export function cut({ width, data }: Plane, box: Box): Plane {
  const part = newPlane(boxWidth(box), boxHeight(box));
  for (let y = 0; y < part.height; y++) {
    const from = (box.top + y) * width + box.left;
    part.data.set(data.subarray(from, from + part.width), y * part.width);
  }
  return part;
}
