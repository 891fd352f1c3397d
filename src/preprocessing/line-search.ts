/**
 * Finds straight lines in a mask: all slopes up to a steepest one, each place across them, and how much of such a line is
 * ink (a Hough transform in slope and place).
 */

import { type Mask, pixelsOf } from './connected-components.js';
import { directionIn, middleAt, type RuledLine } from './ruled-line.js';

/** Ink covers this share of a line, as far as it is in the picture. */
export const covered = 0.8;
/** One row of pixels of a line that is two pixels thin, and blurred, may have less. */
const halfCovered = 0.5;
/** For this share of its length there is paper at both sides of it: where ink is not thicker than so many times it. */
export const alone = 0.5;
const thickerBy = 1.5;
/** That much of it is in the picture, as a share of the side along which it runs. */
const minLength = 0.5;
/** Lines are at most these shares of the picture's shorter and longer side thick, and a pixel for the blur of their edges. */
const [thickestOfShorter, thickestOfLonger, blur] = [0.12, 0.06, 1];

/** A mask as lines of one direction see it: how far it goes along the lines and across them, and what is ink. */
export interface Surface {
  readonly across: boolean;
  readonly length: number;
  readonly depth: number;
  readonly isInk: (at: number, along: number) => boolean;
  /** No line is thicker; pixels. */
  readonly thickest: number;
}

/** With the places of each pixel of ink. */
export interface View extends Surface {
  readonly along: Int32Array;
  readonly at: Int32Array;
}

export function surfaceOf(mask: Mask, across: boolean): Surface {
  const { width, height, data } = mask;
  const { length, depth, stepAlong, stepLine } = directionIn(mask, across);
  const isInk = (at: number, along: number) =>
    at >= 0 && at < depth && along >= 0 && along < length && data[at * stepLine + along * stepAlong] === 1;
  const [shorter, longer] = [width, height].sort((a, b) => a - b);
  const most = Math.min(thickestOfShorter * shorter, thickestOfLonger * longer) + blur;
  return { across, length, depth, isInk, thickest: most };
}

export function viewOf(mask: Mask, across: boolean): View {
  const { width, height, data } = mask;
  const count = pixelsOf(mask);
  const [xs, ys] = [new Int32Array(count), new Int32Array(count)];
  for (let y = 0, index = 0, next = 0; y < height; y++) {
    for (let x = 0; x < width; x++, index++) {
      if (data[index] === 0) continue;
      xs[next] = x;
      ys[next++] = y;
    }
  }
  return { ...surfaceOf(mask, across), along: across ? xs : ys, at: across ? ys : xs };
}

/** The same mask, where places along the direction count from a line that crosses it. */
export function viewFrom(view: View, line: RuledLine): View {
  const shifts = Int32Array.from({ length: view.depth }, (_, at) => Math.round(middleAt(line, at + 0.5)));
  return {
    ...view,
    along: view.along.map((along, index) => along - shifts[view.at[index]]),
    isInk: (at, along) => at >= 0 && at < view.depth && view.isInk(at, along + shifts[at]),
  };
}

interface Candidate {
  /** Where the middle of the line is at half of its length. */
  readonly middle: number;
  readonly slope: number;
  /** More is better: the sum of the squares of the shares that are covered, by how much of them is in the picture. */
  readonly score: number;
}

/**
 * Lines that are covered from one place along them to another.
 * @param steepest as the tangent of the angle
 * @param least share of a line that is covered
 */
export function linesWithin(view: View, from: number, to: number, steepest: number, least: number): RuledLine[] {
  const length = to - from;
  const candidates: Candidate[] = [];
  const steps = Math.floor(steepest * length);
  const sums = sumsAlong(view, from, to);
  // Of equal ones those that are turned least come first.
  for (let step = 0; step <= steps; step++) {
    candidates.push(...linesOfSlope(view, sums, from, to, step / length));
    if (step > 0) candidates.push(...linesOfSlope(view, sums, from, to, -step / length));
  }
  const lines: RuledLine[] = [];
  for (const candidate of candidates.sort((a, b) => b.score - a.score)) {
    const start = candidate.middle - (candidate.slope * (from + to)) / 2;
    const isSame = (line: RuledLine) =>
      [from, (from + to) / 2, to].some(
        (along) => Math.abs(line.start - start + along * (line.slope - candidate.slope)) < line.thickness / 2 + 2,
      );
    if (lines.some(isSame)) continue;
    const line = measured(view, from, to, start, candidate.slope, least);
    if (line) lines.push(line);
  }
  return lines;
}

/** How much ink there is along each place across, up to each place along: `[depth, length + 1]`. */
function sumsAlong({ along, at, depth }: View, from: number, to: number): Int32Array {
  const length = to - from;
  const sums = new Int32Array(depth * (length + 1));
  for (let index = 0; index < along.length; index++) {
    const place = along[index] - from;
    if (place >= 0 && place < length) sums[at[index] * (length + 1) + place + 1]++;
  }
  for (let row = 0, index = 0; row < depth; row++) {
    index++;
    for (let place = 0; place < length; place++, index++) sums[index] += sums[index - 1];
  }
  return sums;
}

/** Runs of neighbouring lines of one slope that are covered. @param sums see `sumsAlong` */
function linesOfSlope(
  { along, at, depth }: View,
  sums: Int32Array,
  from: number,
  to: number,
  slope: number,
): Candidate[] {
  const length = to - from;
  const middle = (from + to) / 2;
  const reach = Math.ceil((Math.abs(slope) * length) / 2) + 1;
  const places = depth + 2 * reach;
  const shifts = new Int32Array(length);
  // How many places along the line are in the picture: by where it comes in and goes out.
  const visible = new Int32Array(places + 1);
  for (let place = 0; place < length; place++) {
    shifts[place] = reach - Math.round(slope * (from + place + 0.5 - middle));
    visible[shifts[place]]++;
    visible[shifts[place] + depth]--;
  }
  for (let place = 1; place < places; place++) visible[place] += visible[place - 1];
  const inked = new Int32Array(places);
  const segments = Math.abs(shifts[length - 1] - shifts[0]) + 1;
  if (along.length > segments * depth) {
    // Much ink: whole stretches of one shift at a time, which is the same sum.
    for (let start = 0, end = 0; start < length; start = end) {
      while (end < length && shifts[end] === shifts[start]) end++;
      for (let row = 0, first = 0; row < depth; row++, first += length + 1) {
        inked[row + shifts[start]] += sums[first + end] - sums[first + start];
      }
    }
  } else {
    for (let index = 0; index < along.length; index++) {
      const place = along[index] - from;
      if (place >= 0 && place < length) inked[at[index] + shifts[place]]++;
    }
  }
  const cover = (place: number) => (visible[place] >= minLength * length ? inked[place] / visible[place] : 0);
  const found: Candidate[] = [];
  for (let first = 0; first < places; first++) {
    if (!(cover(first) > halfCovered)) continue;
    let [sum, squares, last] = [0, 0, first];
    for (; last < places && cover(last) > halfCovered; last++) {
      sum += cover(last) * (last + 0.5);
      squares += (cover(last) * cover(last) * visible[last]) / length;
    }
    let covers = 0;
    for (let place = first; place < last; place++) covers += cover(place);
    found.push({ middle: sum / covers - reach, slope, score: squares });
    first = last;
  }
  return found;
}

/** From paper to paper across a line, at one place along it. */
interface Run {
  readonly first: number;
  readonly last: number;
}

/** The ink at a place or beside it; none is longer than `longest`, by some pixels. */
export function runNear({ isInk }: Surface, at: number, along: number, longest: number): Run | undefined {
  const inked = [at, at - 1, at + 1].find((near) => isInk(near, along));
  if (inked === undefined) return undefined;
  let [first, last] = [inked, inked];
  while (last - first < longest && isInk(first - 1, along)) first--;
  while (last - first < longest && isInk(last + 1, along)) last++;
  return { first, last };
}

/** Whether there is paper at both sides of a line of this thickness, where ink is so thick. */
export const isAlone = (run: number, thickness: number): boolean => run <= thickerBy * thickness + 1;

/**
 * The line as the ink has it: how thick is what lies along it. @returns undefined where that is no line: where ink does
 * not cover it, or where most of it is in the midst of something thicker
 */
function measured(
  view: View,
  from: number,
  to: number,
  start: number,
  slope: number,
  least: number,
): RuledLine | undefined {
  // Longer runs need not be measured: they are too thick for any line.
  const longest = Math.ceil(thickerBy * view.thickest) + 2;
  const runs: number[] = [];
  const middles: number[] = [];
  let visible = 0;
  for (let along = from; along < to; along++) {
    const expected = start + slope * (along + 0.5);
    const at = Math.floor(expected);
    if (at < 0 || at >= view.depth) continue;
    visible++;
    const run = runNear(view, at, along, longest);
    if (!run) continue;
    runs.push(run.last - run.first + 1);
    middles.push((run.first + run.last + 1) / 2 - expected);
  }
  if (runs.length <= least * visible) return undefined;
  const thickness = medianOf(runs);
  if (thickness > view.thickest) return undefined;
  const thin = middles.filter((_, index) => isAlone(runs[index], thickness));
  if (thin.length <= alone * (least < covered ? runs.length : visible)) return undefined;
  return { across: view.across, start: start + medianOf(thin), slope, thickness, from, to };
}

export function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** A line ends in the picture where so many pixels, and this share of it, are missing. */
const [freePixels, freeFraction] = [1, 0.02];

/** Where along a line its ink ends before the picture does: at its beginning, at its end, at both or none. */
export function freeEndsOf(view: View, line: RuledLine): number[] {
  const longest = Math.ceil(thickerBy * view.thickest) + 2;
  const visible: number[] = [];
  const inked: number[] = [];
  for (let along = Math.max(0, Math.floor(line.from)); along < Math.min(view.length, line.to); along++) {
    const at = Math.floor(middleAt(line, along + 0.5));
    if (at < 0 || at >= view.depth) continue;
    visible.push(along);
    if (runNear(view, at, along, longest)) inked.push(along);
  }
  if (inked.length === 0) return [];
  const [first, last] = [inked[0], inked[inked.length - 1]];
  const isFree = (missing: number) => missing > Math.max(freePixels, freeFraction * visible.length);
  return [
    ...(isFree(first - visible[0]) ? [first] : []),
    ...(isFree(visible[visible.length - 1] - last) ? [last + 1] : []),
  ];
}

/** Samples along a line that is measured anew, at most about. */
const samples = 400;

/** A line that was found in a smaller mask, as it is in this one: its place, slope and thickness. */
export function refined(view: Surface, line: RuledLine, scale: number): RuledLine {
  const longest = Math.ceil(thickerBy * view.thickest) + 2;
  const reach = Math.ceil(scale) + 1;
  const [from, to] = [Math.max(0, Math.floor(line.from)), Math.min(view.length, Math.ceil(line.to))];
  const step = Math.max(1, Math.floor((to - from) / samples));
  const found: { along: number; middle: number; run: number }[] = [];
  for (let along = from; along < to; along += step) {
    const at = Math.floor(middleAt(line, along + 0.5));
    let run: Run | undefined;
    for (let away = 0; away <= reach && !run; away += 2) {
      run = runNear(view, at + away, along, longest) ?? runNear(view, at - away, along, longest);
    }
    if (run) found.push({ along: along + 0.5, middle: (run.first + run.last + 1) / 2, run: run.last - run.first + 1 });
  }
  if (found.length < 12) return line;
  const thickness = medianOf(found.map(({ run }) => run));
  const isAnother = thickness > thickerBy * line.thickness + 2 || thickness < line.thickness / 2 - scale;
  if (isAnother) return line;
  const thin = found.filter(({ run }) => isAlone(run, thickness));
  if (thin.length < 12) return line;
  // The line through the medians of both outer thirds (Tukey's resistant line).
  const third = Math.floor(thin.length / 3);
  const [head, tail] = [thin.slice(0, third), thin.slice(-third)];
  const place = (part: typeof thin) => [
    medianOf(part.map((one) => one.along)),
    medianOf(part.map((one) => one.middle)),
  ];
  const [[x0, y0], [x1, y1]] = [place(head), place(tail)];
  const slope = (y1 - y0) / (x1 - x0);
  if (!(Math.abs(slope - line.slope) * (to - from) <= 4 * scale + 4)) return line;
  const start = medianOf(thin.map(({ along, middle }) => middle - slope * along));
  return { ...line, start, slope, thickness };
}
