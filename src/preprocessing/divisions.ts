/** Other ways to divide a line's ink into digits, where it is in doubt: strokes joined, and digits cut apart. */

import { boxHeight, boxWidth, gapBetween } from './connected-components.js';
import type { FoundDigit, Seam } from './found-digit.js';
import type { InkedPicture } from './inked-picture.js';
import { joined, type MarkLine } from './line-marks.js';
import { findCuts, pieceBetween } from './touching-digits.js';

/** What may be one digit: the ink between two bounds of its line. */
export interface Candidate {
  readonly digit: FoundDigit;
  /** Numbers of the bounds, from left to right. */
  readonly from: number;
  readonly to: number;
  /** How unlikely it is by its shape alone: what is taken off the logarithm of its probability. */
  readonly cost: number;
  /** Whether a part of a stroke was cut off. */
  readonly isCut: boolean;
  /** Which of the line's digits it is; undefined where it is none of those. */
  readonly index?: number;
}

/** A line's candidates. Those that follow each other from bound 0 to the last one are a way to read it. */
export interface Division {
  readonly bounds: number;
  readonly candidates: readonly Candidate[];
}

/** A digit wider than so many times its height may be two, however sure the network is. */
const wideAspect = 1.15;
/** One that is wider than so many times its height may be two where the network is less sure than this. */
const [doubtfulAspect, doubtfulProbability] = [0.6, 0.999];
/** Strokes further apart than this share of the line's height are not joined; nor where the digit is wider than this. */
const [joinedGap, joinedWidth] = [0.25, 1.1];
/** A stroke that is less high than this share of its line's height is hardly a digit. */
const lowStroke = 0.7;
/** A piece is at least so wide or so high, as a share of the line's height. */
const [pieceWidth, pieceHeight] = [0.06, 0.5];
/** Cuts for each height of width, and the most that a piece has of it. */
const [cutsForHeight, widestPiece] = [6, 1.25];

/** @param probabilities of each of the line's digits the largest one that the network gives, calibrated */
export function divisionOf(picture: InkedPicture, line: MarkLine, probabilities: readonly number[]): Division {
  const candidates: Candidate[] = [];
  const { strokes, digits, height } = line;
  // The bound before each stroke; what is cut has bounds of its own between.
  const boundOf: number[] = [];
  let bound = 0;
  const doubtful = new Set<number>();
  for (const [index, { first, end }] of digits.entries()) {
    if (probabilities[index] < doubtfulProbability)
      for (let stroke = first; stroke < end; stroke++) doubtful.add(stroke);
  }
  for (const [index, stroke] of strokes.entries()) {
    boundOf.push(bound);
    const width = boxWidth(stroke.box) / height;
    const aspect = boxWidth(stroke.box) / boxHeight(stroke.box);
    const mayBeSeveral = aspect > wideAspect || (doubtful.has(index) && aspect > doubtfulAspect);
    const cuts = mayBeSeveral ? findCuts(picture, stroke, height, Math.max(2, Math.round(cutsForHeight * width))) : [];
    const seams: (Seam | undefined)[] = [undefined, ...cuts.map(({ seam }) => seam), undefined];
    for (let from = 0; from + 1 < seams.length; from++) {
      for (let to = from + 1; to < seams.length; to++) {
        if (from === 0 && to === seams.length - 1) continue;
        const piece = pieceBetween(picture, stroke, seams[from], seams[to]);
        if (piece === undefined || !isLargeEnough(piece, height)) continue;
        const ink = [cuts[from - 1], cuts[to - 1]].reduce((sum, cut) => sum + (cut?.ink ?? 0), 0);
        candidates.push({
          digit: piece,
          from: bound + from,
          to: bound + to,
          cost: costOf(piece, height, ink / height, 0),
          isCut: true,
        });
      }
    }
    bound += seams.length - 1;
  }
  boundOf.push(bound);
  for (let first = 0; first < strokes.length; first++) {
    for (let end = first + 1; end <= Math.min(first + 3, strokes.length); end++) {
      const own = strokes.slice(first, end);
      const digit = joined(own);
      const found = digits.findIndex((range) => range.first === first && range.end === end);
      if (found === -1 && !mayBeOne(own, digit, first, doubtful, height)) continue;
      const index = found === -1 ? undefined : found;
      const cost = costOf(digit, height, 0, widestGap(own) / height);
      candidates.push({ digit, from: boundOf[first], to: boundOf[end], cost, isCut: false, index });
    }
  }
  return { bounds: bound + 1, candidates };
}

/** Strokes side by side near to each other, one of them no digit by its height or to the network; or one alone. */
function mayBeOne(
  strokes: readonly FoundDigit[],
  digit: FoundDigit,
  first: number,
  doubtful: ReadonlySet<number>,
  height: number,
): boolean {
  if (strokes.length === 1) return true;
  const isInDoubt = strokes.some(
    ({ box }, index) => doubtful.has(first + index) || boxHeight(box) < lowStroke * height,
  );
  const gap = widestGap(strokes);
  return (isInDoubt || gap === 0) && gap <= joinedGap * height && boxWidth(digit.box) <= joinedWidth * height;
}

function widestGap(strokes: readonly FoundDigit[]): number {
  return strokes.slice(1).reduce((widest, { box }, index) => Math.max(widest, gapBetween(strokes[index].box, box)), 0);
}

function isLargeEnough({ box }: FoundDigit, height: number): boolean {
  const [width, high] = [boxWidth(box) / height, boxHeight(box) / height];
  return width >= pieceWidth && width <= widestPiece && high >= pieceHeight;
}

/** Too wide a digit or too low a piece is unlikely, ink that is cut through and gaps that are bridged too. */
const [widestUsual, costOfWidth] = [0.9, 2];
const [lowestUsual, costOfLowness] = [0.72, 6];
const [costOfCut, costOfGap] = [1.6, 6];

/** Lengths are shares of the line's height. The numbers are those that read most rows of validation digits rightly. */
function costOf({ box }: FoundDigit, height: number, ink: number, gap: number): number {
  const [width, high] = [boxWidth(box) / height, boxHeight(box) / height];
  const shape = costOfWidth * Math.max(0, width - widestUsual) + costOfLowness * Math.max(0, lowestUsual - high);
  return shape + costOfCut * ink + costOfGap * gap;
}
