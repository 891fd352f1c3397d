/** Which components of a picture are the strokes of the one digit that is expected, and whether there seem to be more. */

import {
  type Box,
  boxHeight,
  boxWidth,
  type Component,
  gapBetween,
  longerSide,
  unionOf,
} from './connected-components.js';
import type { DroppedMark } from './dropped-marks.js';
import { digitOf, type FoundDigit } from './found-digit.js';
import { darknessOf, type InkedPicture } from './inked-picture.js';
import { areStacked, overlapDown, strokeGap } from './line-marks.js';

/** Digits side by side: each is as high as this share of the highest. */
const similarHeight = 0.6;
/** Two halves of a digit, one above the other, are wider together than this share of their height; but for a 1's. */
const narrowestOfTwo = 0.4;

/** The component with the most ink, of equally dark ones the largest, and the strokes near to it. @returns undefined where all is too small */
export function findDigit(picture: InkedPicture): FoundDigit | undefined {
  const components = picture.marks;
  if (components.length === 0) return undefined;
  const inkIn = ({ label, pixels }: Component) => pixels * darknessOf(picture, label);
  const main = components.reduce((most, component) => (inkIn(component) > inkIn(most) ? component : most));
  const reach = strokeGap * longerSide(main.box);
  const taken = [main];
  let others: readonly Component[] = components.filter((component) => component !== main);
  for (let next = 0; next < taken.length; next++) {
    const isNear = ({ box }: Component) =>
      gapBetween(taken[next].box, box) <= reach && !isAnotherDigit(unionOf(taken.map((one) => one.box)), box);
    taken.push(...others.filter(isNear));
    others = others.filter((component) => !isNear(component));
  }
  return digitOf(taken);
}

/** Parts of one digit whose strokes broke are within this share of their longer side above and below each other. */
const brokenGap = 0.7;

/**
 * The digit with what stands above and below it farther away than strokes of a digit do: in small pictures thin strokes
 * are so pale that they break.
 * @returns undefined where nothing does
 */
export function findBrokenDigit({ marks }: InkedPicture, digit: FoundDigit): FoundDigit | undefined {
  const taken = marks.filter(({ label }) => digit.labels.has(label));
  const parts = marks.filter(
    ({ label, box }) =>
      !digit.labels.has(label) &&
      overlapDown(digit.box, box) <= 0 &&
      Math.min(digit.box.right, box.right) > Math.max(digit.box.left, box.left) &&
      -overlapDown(digit.box, box) <= brokenGap * Math.max(longerSide(digit.box), longerSide(box)),
  );
  return parts.length > 0 ? digitOf([...taken, ...parts]) : undefined;
}

/** Whether it stands above or below, as high as the digit or nearly so, and both would be narrower than digits are. */
function isAnotherDigit(digit: Box, other: Box): boolean {
  const [low, high] = [boxHeight(digit), boxHeight(other)].sort((a, b) => a - b);
  const aspect = (box: Box) => boxWidth(box) / boxHeight(box);
  return (
    low >= similarHeight * high &&
    overlapDown(digit, other) <= 0 &&
    aspect(unionOf([digit, other])) < narrowestOfTwo &&
    Math.min(aspect(digit), aspect(other)) > narrowestOfTwo
  );
}

/** The marks that are not of the digit. */
export function marksBeside({ marks }: InkedPicture, { labels }: FoundDigit): DroppedMark[] {
  return marks.filter(({ label }) => !labels.has(label)).map(({ box }) => ({ box, reason: 'other' }));
}

/**
 * How many digits seem to stand side by side: components about as high as the highest, in its line. More than one is a
 * hint that somebody who expects one digit should ask for all of them; loose strokes of a single digit are seldom as
 * high as the rest of it.
 */
export function countSideBySide(picture: InkedPicture): number {
  const components = picture.marks;
  const highest = components.reduce((most, { box }) => Math.max(most, boxHeight(box)), 0);
  const high = components.filter(({ box }) => boxHeight(box) >= similarHeight * highest);
  const boxes = mergedWhereStacked(high.map((component) => digitOf([component]))).map(({ box }) => box);
  const [main] = boxes.toSorted((a, b) => boxHeight(b) - boxHeight(a));
  return boxes.filter((box) => overlapDown(main, box) >= Math.min(boxHeight(main), boxHeight(box)) / 2).length;
}

/** A 5 and its bar, and other strokes one above the other, are one digit. */
function mergedWhereStacked(digits: readonly FoundDigit[]): FoundDigit[] {
  const merged: FoundDigit[] = [];
  for (const digit of digits) {
    let together = digit;
    for (let index = 0; index < merged.length; ) {
      if (areStacked(merged[index].box, together.box)) {
        const [other] = merged.splice(index, 1);
        together = {
          labels: new Set([...other.labels, ...together.labels]),
          box: unionOf([other.box, together.box]),
        };
        index = 0;
      } else index++;
    }
    merged.push(together);
  }
  return merged;
}
