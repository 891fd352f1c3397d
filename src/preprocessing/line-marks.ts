/**
 * What a line of writing consists of: marks that may be digits, and small ones that are not, such as a decimal point or
 * a minus sign.
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
import type { DroppedMark, DropReason } from './dropped-marks.js';
import { digitOf, type FoundDigit } from './found-digit.js';
import { findTextLines } from './text-lines.js';

/** A line of digits as it seems to be. */
export interface MarkLine {
  /** Of its digits, in pixels. */
  readonly height: number;
  /** Strokes, from left to right: what is not taken apart but by a cut. */
  readonly strokes: readonly FoundDigit[];
  /** Which strokes are one digit each, as far as boxes tell: the first of them and the one behind the last. */
  readonly digits: readonly StrokeRange[];
}

export interface StrokeRange {
  readonly first: number;
  readonly end: number;
}

/** Strokes of one digit are no further apart than this share of its longer side. */
export const strokeGap = 0.25;
/** Digits of one picture: none is less high than this share of the highest. */
const minHeight = 0.3;
/** Strokes one above the other are one digit where they overlap by this share of the narrower one. */
const overlapFraction = 0.4;
/** Two strokes are beside each other where they share this part of the less high one's rows. */
const besideFraction = 0.5;
/** Less than this share of a line's height is a speck, and not told. */
const smallestMark = 0.08;
/** Width by height of a digit. */
const usualAspect = 0.65;

/** @param components those that may be strokes of digits */
export function findMarkLines(components: readonly Component[]): {
  readonly lines: readonly MarkLine[];
  readonly dropped: readonly DroppedMark[];
} {
  const highest = components.reduce((most, { box }) => Math.max(most, boxHeight(box)), 0);
  const isLarge = ({ box }: Component) => boxHeight(box) >= minHeight * highest;
  const large = components.filter(isLarge);
  const lines = areHalves(large)
    ? [{ height: boxHeight(boxOf(large)), groups: [large.slice()] }]
    : findTextLines(large).map(({ height, components: members }) => ({
        height,
        groups: members.map((component) => [component]),
      }));
  const dropped: DroppedMark[] = [];
  for (const { height, groups } of lines) {
    const boxes = groups.map(boxOf);
    const teeth = groups.filter((_, index) => isTooth(boxes[index], boxes.toSpliced(index, 1), height));
    for (const tooth of teeth) {
      groups.splice(groups.indexOf(tooth), 1);
      dropped.push({ box: boxOf(tooth), reason: 'stray' });
    }
  }
  for (const component of components.filter((candidate) => !isLarge(candidate))) {
    const all = lines.flatMap(({ height, groups }) => groups.map((group) => ({ group, height })));
    const gap = ({ group }: (typeof all)[number]) => gapBetween(boxOf(group), component.box);
    const nearest = all.reduce((best, candidate) => (gap(candidate) < gap(best) ? candidate : best));
    const reason = smallMark(component.box, boxOf(nearest.group), nearest.height);
    if (reason === undefined) nearest.group.push(component);
    else if (longerSide(component.box) >= smallestMark * nearest.height) dropped.push({ box: component.box, reason });
  }
  return { lines: lines.map(({ height, groups }) => markLine(height, groups)), dropped };
}

const boxOf = (components: readonly Component[]) => unionOf(components.map(({ box }) => box));

/**
 * Of two strokes alone, one above the other, nothing tells how high digits are here: they are one digit where its box is
 * more like a digit's than their own are, such as an 8 of two circles.
 */
function areHalves(components: readonly Component[]): boolean {
  if (components.length !== 2) return false;
  const [a, b] = components.map(({ box }) => box);
  if (!areStacked(a, b) || areBeside(a, b)) return false;
  const unusual = (box: Box) => {
    const aspect = boxWidth(box) / boxHeight(box) / usualAspect;
    return Math.max(aspect, 1 / aspect);
  };
  return unusual(unionOf([a, b])) ** 2 < unusual(a) * unusual(b);
}

/** Above what share of a line's height a small mark is no longer a point, a minus sign no longer thin. */
const [largestPoint, thickestMinus] = [0.3, 0.3];
/** A minus sign is at least so many times as wide as high, and this far from its digit, as a share of the height. */
const [minusAspect, minusGap] = [1.7, 0.08];
/** A point is at most so many times as wide as high, or as high as wide: a comma is higher. */
const pointAspect = 2.5;

/** A tooth of a comb, between the fields of a form: as upright as this, and lower than this share of the line's height. */
const [toothAspect, highestTooth] = [4, 0.5];

/** Whether it is one, and in no columns of another mark: there it may be a stroke. */
function isTooth(box: Box, others: readonly Box[], height: number): boolean {
  if (boxHeight(box) < toothAspect * boxWidth(box) || boxHeight(box) >= highestTooth * height) return false;
  return others.every((other) => other.right <= box.left || other.left >= box.right);
}

/** @returns why a small mark is not a stroke of the digit that is nearest to it; undefined where it is one */
function smallMark(box: Box, digit: Box, height: number): DropReason | undefined {
  const [width, high] = [boxWidth(box), boxHeight(box)];
  const middle = ((box.top + box.bottom) / 2 - digit.top) / boxHeight(digit);
  const gap = gapBetween(digit, box);
  const isBeside = Math.min(box.right, digit.right) - Math.max(box.left, digit.left) <= 0;
  const isThin = high <= thickestMinus * height && width >= minusAspect * high;
  if (isBeside && isThin && gap >= minusGap * height && middle > 0.3 && middle < 0.75) return 'minus';
  const isCompact = Math.max(width, high) <= pointAspect * Math.min(width, high);
  const isLow = middle > 0.75 && box.top > digit.top + 0.6 * boxHeight(digit);
  if (isBeside && isCompact && isLow && longerSide(box) <= largestPoint * height) return 'point';
  return gap > strokeGap * longerSide(digit) ? 'stray' : undefined;
}

/** A 5 and its bar, and other strokes one above the other, are one stroke here: nobody writes two digits so. */
function markLine(height: number, groups: readonly (readonly Component[])[]): MarkLine {
  const stacked: Component[][] = [];
  for (const group of groups) {
    let together = [...group];
    for (let index = 0; index < stacked.length; ) {
      const [a, b] = [boxOf(stacked[index]), boxOf(together)];
      if (areStacked(a, b) && !areBeside(a, b)) {
        together = [...stacked.splice(index, 1)[0], ...together];
        index = 0;
      } else index++;
    }
    stacked.push(together);
  }
  const middle = ({ box }: FoundDigit) => box.left + box.right;
  const strokes = stacked.map(digitOf).sort((a, b) => middle(a) - middle(b) || a.box.left - b.box.left);
  const digits: StrokeRange[] = [];
  for (let index = 0; index < strokes.length; index++) {
    const last = digits.at(-1);
    const before = last && unionOf(strokes.slice(last.first, last.end).map(({ box }) => box));
    if (last && before && areStacked(before, strokes[index].box)) {
      digits[digits.length - 1] = { first: last.first, end: index + 1 };
    } else digits.push({ first: index, end: index + 1 });
  }
  return { height, strokes, digits };
}

/** Whether they are one above the other, or one within the other's columns. */
export function areStacked(a: Box, b: Box): boolean {
  const overlap = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const gap = Math.max(a.top, b.top) - Math.min(a.bottom, b.bottom);
  const isNear = gap <= strokeGap * Math.max(longerSide(a), longerSide(b));
  return isNear && overlap >= overlapFraction * Math.min(boxWidth(a), boxWidth(b));
}

function areBeside(a: Box, b: Box): boolean {
  return overlapDown(a, b) >= besideFraction * Math.min(boxHeight(a), boxHeight(b));
}

/** Rows of pixels that both boxes have; negative where one is above the other. */
export function overlapDown(a: Box, b: Box): number {
  return Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
}

/** The strokes of a range as one digit. */
export function joined(strokes: readonly FoundDigit[]): FoundDigit {
  return {
    labels: new Set(strokes.flatMap(({ labels }) => [...labels])),
    box: unionOf(strokes.map(({ box }) => box)),
  };
}
