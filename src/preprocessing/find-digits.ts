/** Which marks of a picture are the strokes of a digit: of the one that is expected, or of several, in reading order. */

import type { InkedPicture } from './inked-picture.js';
import { type Box, boxHeight, boxWidth, gapBetween, longerSide, type Mark, unionOf } from './marks.js';

/** Marks that together are one digit, and the box around them in pixels of the ink. */
export interface FoundDigit {
  readonly labels: ReadonlySet<number>;
  readonly box: Box;
}

/** What is smaller is not a digit: pixels, and a share of the picture's shorter side. */
const smallestSide = 6;
const smallestShare = 0.025;
/** Specks: less than this share of the largest mark's pixels. */
const speckShare = 0.01;
/** Strokes of one digit are no further apart than this share of its longer side. */
const strokeGap = 0.25;
/** A mark along this share of an edge of the picture is not a digit but what lies around the paper. */
const alongEdge = 0.6;
/** A mark whose box lies along the picture's edge with this share of its sides is what the paper lies on, even where there is nothing else. */
const edgeShare = 0.35;
/** Digits of one picture: none is less high than this share of the highest. */
const minHeight = 0.3;
/** Digits side by side: each is as high as this share of the highest. */
const similarHeight = 0.6;
/** Marks one above the other are one digit where they overlap by this share of the narrower one. */
const overlapShare = 0.4;

/** The largest mark and the strokes near to it. @returns undefined where all is too small */
export function findDigit(picture: InkedPicture): FoundDigit | undefined {
  const marks = likelyMarks(picture);
  if (marks.length === 0) return undefined;
  const main = marks.reduce((largest, mark) => (mark.pixels > largest.pixels ? mark : largest));
  const reach = strokeGap * longerSide(main.box);
  const taken = [main];
  let others = marks.filter((mark) => mark !== main);
  for (let next = 0; next < taken.length; next++) {
    const isNear = (mark: Mark) => gapBetween(taken[next].box, mark.box) <= reach;
    taken.push(...others.filter(isNear));
    others = others.filter((mark) => !isNear(mark));
  }
  return digitOf(taken);
}

/** All digits, line by line from the top, each line from left to right. */
export function findDigits(picture: InkedPicture): FoundDigit[] {
  const marks = likelyMarks(picture);
  const highest = marks.reduce((most, { box }) => Math.max(most, boxHeight(box)), 0);
  const isBody = ({ box }: Mark) => boxHeight(box) >= minHeight * highest;
  const groups = marks.filter(isBody).map((mark) => [mark]);
  for (const mark of marks.filter((candidate) => !isBody(candidate))) {
    const gap = (group: readonly Mark[]) => gapBetween(unionOf(group.map(({ box }) => box)), mark.box);
    const nearest = groups.reduce((best, group) => (gap(group) < gap(best) ? group : best));
    if (gap(nearest) <= strokeGap * longerSide(unionOf(nearest.map(({ box }) => box)))) nearest.push(mark);
  }
  return inReadingOrder(mergedWhereStacked(groups.map(digitOf)));
}

/**
 * How many digits seem to stand side by side: marks about as high as the highest, in its line. More than one is a hint that somebody who
 * expects one digit should ask for all of them; loose strokes of a single digit are seldom as high as the rest of it.
 */
export function countSideBySide(picture: InkedPicture): number {
  const marks = likelyMarks(picture);
  const highest = marks.reduce((most, { box }) => Math.max(most, boxHeight(box)), 0);
  const high = marks.filter(({ box }) => boxHeight(box) >= similarHeight * highest);
  const boxes = mergedWhereStacked(high.map((mark) => digitOf([mark]))).map(({ box }) => box);
  const [main] = boxes.toSorted((a, b) => boxHeight(b) - boxHeight(a));
  return boxes.filter((box) => overlapDown(main, box) >= Math.min(boxHeight(main), boxHeight(box)) / 2).length;
}

function digitOf(marks: readonly Mark[]): FoundDigit {
  return { labels: new Set(marks.map(({ label }) => label)), box: unionOf(marks.map(({ box }) => box)) };
}

/** Without specks, and without what lies around the paper where there is something on it. */
function likelyMarks({ map, ink }: InkedPicture): Mark[] {
  const { width, height } = ink;
  const smallest = Math.max(smallestSide, smallestShare * Math.min(width, height));
  const isAround = ({ box }: Mark) => {
    const touches = [box.left === 0, box.top === 0, box.right === width, box.bottom === height];
    const touched = touches.filter(Boolean).length;
    return touched >= 2 || (touched === 1 && Math.max(boxWidth(box) / width, boxHeight(box) / height) > alongEdge);
  };
  const sides = (box: Box) => 2 * (boxWidth(box) + boxHeight(box));
  const onPaper = map.marks.filter(({ edgePixels, box }) => edgePixels < edgeShare * sides(box));
  const inside = onPaper.filter((mark) => !isAround(mark));
  const large = inside.some(({ box }) => longerSide(box) >= smallest);
  const marks = large ? inside : onPaper;
  const most = marks.reduce((pixels, mark) => Math.max(pixels, mark.pixels), 0);
  const kept = marks.filter(({ pixels }) => pixels >= speckShare * most);
  return kept.some(({ box }) => longerSide(box) >= smallest) ? kept : [];
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
  return isNear && overlap >= overlapShare * Math.min(boxWidth(a), boxWidth(b));
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
