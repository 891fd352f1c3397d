/**
 * Sides of boxes, the teeth of combs, and the other lines of a grid: what goes from one line straight to another line or
 * to the picture's edge. A stroke that crosses a line, or stands on it, ends somewhere else.
 */

import { alone, covered, isAlone, linesWithin, medianOf, runNear, type View, viewFrom } from './line-search.js';
import { isAmong, middleAt, type RuledLine } from './ruled-line.js';

/** How far from a line sides are looked for: a share of the picture's shorter side, and pixels. */
const [windowFraction, windowPixels] = [0.1, 6];
/** A side has no gap that is longer than this, pixels, and is not longer in the midst of something thick than so many times the other's thickness. */
const [longestGap, thickestCrossing] = [2, 3];
/** The end of a side is at a line where it is this near to its edge, pixels. */
const reach = 3;
/** As a side grows, it may turn out to be so much steeper. */
const slopeSlack = 0.1;
/** A side is at most so many times as thick as the line where it begins, and a pixel. */
const thickerThanOther = 1.5;
/** Teeth of one comb are as long as each other but for this share. */
const teethSpread = 0.3;

/** What grew from a line. */
export interface Side {
  readonly line: RuledLine;
  /** The line from which it grew, and on which side: 1 where places along the side are larger. */
  readonly other: RuledLine;
  readonly side: 1 | -1;
  /** How many of its two ends are at lines or at the picture's edge. */
  readonly ends: number;
}

/**
 * @param view of the direction in which sides run
 * @param others lines of the other direction, at which sides begin
 * @param all of that direction at which sides may end; those at which they begin by default
 */
export function sidesAt(
  view: View,
  others: readonly RuledLine[],
  steepest: number,
  all: readonly RuledLine[] = others,
): Side[] {
  const window = Math.max(windowPixels, Math.round(windowFraction * Math.min(view.length, view.depth)));
  const sides: Side[] = [];
  for (const other of others) {
    const fromOther = viewFrom(view, other);
    for (const side of [1, -1] as const) {
      const near = Math.ceil(other.thickness / 2) + 1;
      const [from, to] = side === 1 ? [near, near + window] : [-near - window, -near];
      for (const found of linesWithin(fromOther, from, to, steepest, covered)) {
        const seed = unsheared(found, other);
        if (seed.thickness > thickerThanOther * other.thickness + 1) continue;
        const grown = grow(view, seed, other.thickness);
        const known = sides.map(({ line }) => line);
        if (!grown || isAmong(grown, known)) continue;
        // What is upright is turned with what is level, the other way in these coordinates.
        if (Math.abs(grown.slope + other.slope) > steepest + slopeSlack) continue;
        const ends = [grown.from, grown.to].filter((end) => isAtLine(view, grown, end, all)).length;
        sides.push({ line: grown, other, side, ends });
      }
    }
  }
  return sides;
}

/** A line whose places along count from another one, in the picture's own places. */
function unsheared({ start, slope, from, to, ...line }: RuledLine, other: RuledLine): RuledLine {
  const shear = 1 + slope * other.slope;
  const own = { ...line, slope: slope / shear, start: (start - slope * other.start) / shear };
  // Where along the side the window is: at the place where the side meets the other line.
  const meets = (own.start + own.slope * other.start) / (1 - own.slope * other.slope);
  const shift = middleAt(other, meets);
  return { ...own, from: from + shift, to: to + shift };
}

/** Follows a line both ways as far as there is ink. @returns undefined where most of that is in something thicker */
function grow(view: View, seed: RuledLine, otherThickness: number): RuledLine | undefined {
  const longest = Math.ceil(2 * seed.thickness) + 4;
  const fit = new Fit();
  const mostThick = Math.ceil(thickestCrossing * Math.max(seed.thickness, otherThickness)) + 3;
  const runs: number[] = [];
  let thin = 0;
  let inked = 0;
  const visit = (along: number, expected: number): 'thin' | 'thick' | 'paper' => {
    const run = runNear(view, Math.floor(expected), along, longest);
    if (!run) return 'paper';
    inked++;
    const size = run.last - run.first + 1;
    if (!isAlone(size, seed.thickness)) return 'thick';
    thin++;
    runs.push(size);
    fit.add(along + 0.5, (run.first + run.last + 1) / 2);
    return 'thin';
  };
  const [from, to] = [Math.round(seed.from), Math.round(seed.to)];
  for (let along = from; along < to; along++) visit(along, middleAt(seed, along + 0.5));
  if (thin < 3) return undefined;
  const ends = [to, from].map((start, index) => {
    const step = index === 0 ? 1 : -1;
    let [end, gap, thick] = [start, 0, 0];
    for (let along = index === 0 ? start : start - 1; along >= 0 && along < view.length; along += step) {
      const expected = fit.count > 3 ? fit.at(along + 0.5) : middleAt(seed, along + 0.5);
      if (expected < 0 || expected >= view.depth) break;
      const what = visit(along, expected);
      gap = what === 'paper' ? gap + 1 : 0;
      thick = what === 'thick' ? thick + 1 : 0;
      if (gap > longestGap || thick > mostThick) break;
      if (what !== 'paper') end = index === 0 ? along + 1 : along;
    }
    return end;
  });
  if (thin < alone * (ends[0] - ends[1]) || inked < covered * (ends[0] - ends[1])) return undefined;
  const { slope, start } = fit.line();
  return { across: seed.across, start, slope, thickness: medianOf(runs), from: ends[1], to: ends[0] };
}

/** A line through points by least squares, as they come. */
class Fit {
  count = 0;
  private x = 0;
  private y = 0;
  private xx = 0;
  private xy = 0;

  add(x: number, y: number): void {
    this.count++;
    this.x += x;
    this.y += y;
    this.xx += x * x;
    this.xy += x * y;
  }

  line(): { slope: number; start: number } {
    const variance = this.xx - (this.x * this.x) / this.count;
    const slope = variance > 0 ? (this.xy - (this.x * this.y) / this.count) / variance : 0;
    return { slope, start: (this.y - slope * this.x) / this.count };
  }

  at(x: number): number {
    const { slope, start } = this.line();
    return start + slope * x;
  }
}

function isAtLine(view: View, side: RuledLine, end: number, others: readonly RuledLine[]): boolean {
  const at = middleAt(side, end);
  if (end <= reach || end >= view.length - reach || at <= reach || at >= view.depth - reach) return true;
  return others.some(
    (other) =>
      Math.abs(end - middleAt(other, at)) <= other.thickness / 2 + reach &&
      at >= other.from - reach - side.thickness &&
      at <= other.to + reach + side.thickness,
  );
}

/**
 * Lines just outside of the picture, where the teeth of a comb may begin whose own line is cut off.
 * @param view of the direction in which teeth run
 */
export function linesBeyond(view: View, thickness: number): RuledLine[] {
  const beyond = { across: !view.across, slope: 0, thickness, from: 0, to: view.depth };
  return [-thickness / 2, view.length + thickness / 2].map((start) => ({ ...beyond, start }));
}

/** Of sides with one free end those that are the teeth of a comb: so many at one line, of about one length. */
export function teethOf(sides: readonly Side[], least: number): Side[] {
  const free = sides.filter(({ ends }) => ends === 1);
  return free.filter((tooth) => {
    const fellows = free.filter((fellow) => fellow.side === tooth.side && fellow.other === tooth.other);
    return fellows.filter((fellow) => isAsLong(fellow, tooth)).length >= least;
  });
}

/** Teeth that a picture's edge cuts may be shorter than those they go on from, by any length. */
export function cutTeethOf(cut: readonly Side[], whole: readonly Side[]): Side[] {
  return cut.filter(
    (tooth) =>
      tooth.ends === 1 &&
      whole.some((other) => other.side === tooth.side && lengthOf(tooth) <= (1 + teethSpread) * lengthOf(other)),
  );
}

const lengthOf = ({ line }: Side) => line.to - line.from;

function isAsLong(one: Side, other: Side): boolean {
  const [shorter, longer] = [lengthOf(one), lengthOf(other)].sort((a, b) => a - b);
  return shorter >= (1 - teethSpread) * longer;
}
