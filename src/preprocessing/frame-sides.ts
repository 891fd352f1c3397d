/** Sides of a frame or a box that are left of it beside the digit: bars along the picture's edges, longer than the digit. */

import { type Box, boxHeight, boxWidth, longerSide } from './connected-components.js';
import { type DroppedMark, mayBeWriting } from './dropped-marks.js';

/** So many times as long as wide: a side that is turned by a few degrees takes a box of some width. */
const barAspect = 5;
/** As a share of the picture's side: how far from an edge its middle is at most. */
const fromEdge = 0.2;
/** As shares of the digit's longer side: a level bar is no digit, an upright one as high as the digit may be a 1. */
const [leastLevel, leastUpright] = [0.8, 1.12];
/** Where so many other rules are, a bar of this aspect whose middle is so near to an edge is a piece of a side, however short. */
const [leastRules, pieceAspect, pieceFromEdge] = [2, 4, 0.065];

const isNearEdge = (start: number, end: number, side: number, most: number) =>
  Math.min(start + end, 2 * side - start - end) <= 2 * most * side;

function isFrameSide({ box }: DroppedMark, digit: Box, picture: { readonly width: number; readonly height: number }) {
  const [width, height] = [boxWidth(box), boxHeight(box)];
  const isLevel = width >= barAspect * height && width >= leastLevel * longerSide(digit);
  const isUpright = height >= barAspect * width && height >= leastUpright * longerSide(digit);
  return (
    (isLevel && isNearEdge(box.top, box.bottom, picture.height, fromEdge)) ||
    (isUpright && isNearEdge(box.left, box.right, picture.width, fromEdge))
  );
}

function isPieceOfSide({ box }: DroppedMark, picture: { readonly width: number; readonly height: number }) {
  const [width, height] = [boxWidth(box), boxHeight(box)];
  return (
    (width >= pieceAspect * height && isNearEdge(box.top, box.bottom, picture.height, pieceFromEdge)) ||
    (height >= pieceAspect * width && isNearEdge(box.left, box.right, picture.width, pieceFromEdge))
  );
}

/** The marks with such sides told as rules, which nobody has written. */
export function tellFrameSides(
  dropped: readonly DroppedMark[],
  digit: Box,
  picture: { readonly width: number; readonly height: number },
): DroppedMark[] {
  const isRuled = dropped.filter(({ reason }) => reason === 'rule').length >= leastRules;
  const isSide = (mark: DroppedMark) => isFrameSide(mark, digit, picture) || (isRuled && isPieceOfSide(mark, picture));
  return dropped.map((mark) => (mayBeWriting(mark) && isSide(mark) ? { ...mark, reason: 'rule' } : mark));
}
