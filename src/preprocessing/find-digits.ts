/**
 * Which components of a picture are the strokes of a digit: of the one that is expected, or of several, in reading
 * order.
 */

import {
  type Box,
  boxHeight,
  boxWidth,
  type Component,
  gapBetween,
  longerSide,
  unionOf,
} from './connected-components.js';
import type { InkedPicture } from './inked-picture.js';

/** Components that together are one digit, and the box around them in pixels of the ink. */
export interface FoundDigit {
  readonly labels: ReadonlySet<number>;
  readonly box: Box;
}

/** Strokes of one digit are no further apart than this share of its longer side. */
const strokeGap = 0.25;
/** Digits of one picture: none is less high than this share of the highest. */
const minHeight = 0.3;
/** Digits side by side: each is as high as this share of the highest. */
const similarHeight = 0.6;
/** Components one above the other are one digit where they overlap by this share of the narrower one. */
const overlapFraction = 0.4;

/** The largest component and the strokes near to it. @returns undefined where all is too small */
export function findDigit(picture: InkedPicture): FoundDigit | undefined {
  const components = picture.marks;
  if (components.length === 0) return undefined;
  const main = components.reduce((largest, component) => (component.pixels > largest.pixels ? component : largest));
  const reach = strokeGap * longerSide(main.box);
  const taken = [main];
  let others: readonly Component[] = components.filter((component) => component !== main);
  for (let next = 0; next < taken.length; next++) {
    const isNear = (component: Component) => gapBetween(taken[next].box, component.box) <= reach;
    taken.push(...others.filter(isNear));
    others = others.filter((component) => !isNear(component));
  }
  return digitOf(taken);
}

/** All digits, line by line from the top, each line from left to right. */
export function findDigits(picture: InkedPicture): FoundDigit[] {
  const components = picture.marks;
  const highest = components.reduce((most, { box }) => Math.max(most, boxHeight(box)), 0);
  const isBody = ({ box }: Component) => boxHeight(box) >= minHeight * highest;
  const groups = components.filter(isBody).map((component) => [component]);
  for (const component of components.filter((candidate) => !isBody(candidate))) {
    const gap = (group: readonly Component[]) => gapBetween(unionOf(group.map(({ box }) => box)), component.box);
    const nearest = groups.reduce((best, group) => (gap(group) < gap(best) ? group : best));
    if (gap(nearest) <= strokeGap * longerSide(unionOf(nearest.map(({ box }) => box)))) nearest.push(component);
  }
  return inReadingOrder(mergedWhereStacked(groups.map(digitOf)));
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

function digitOf(components: readonly Component[]): FoundDigit {
  return { labels: new Set(components.map(({ label }) => label)), box: unionOf(components.map(({ box }) => box)) };
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

function areStacked(a: Box, b: Box): boolean {
  const overlap = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const gap = Math.max(a.top, b.top) - Math.min(a.bottom, b.bottom);
  const isNear = gap <= strokeGap * Math.max(longerSide(a), longerSide(b));
  return isNear && overlap >= overlapFraction * Math.min(boxWidth(a), boxWidth(b));
}

/** Rows of pixels that both boxes have; negative where one is above the other. */
function overlapDown(a: Box, b: Box): number {
  return Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
}

/** A digit belongs to the line whose last digit it overlaps by half of the smaller height: lines may rise and fall. */
function inReadingOrder(digits: readonly FoundDigit[]): FoundDigit[] {
  const lines: FoundDigit[][] = [];
  for (const digit of digits.toSorted((a, b) => a.box.left - b.box.left)) {
    const line = lines.find((candidate) => {
      const last = candidate[candidate.length - 1].box;
      return overlapDown(last, digit.box) >= Math.min(boxHeight(last), boxHeight(digit.box)) / 2;
    });
    if (line) line.push(digit);
    else lines.push([digit]);
  }
  const top = (line: readonly FoundDigit[]) => Math.min(...line.map(({ box }) => box.top));
  return lines.toSorted((a, b) => top(a) - top(b)).flat();
}
