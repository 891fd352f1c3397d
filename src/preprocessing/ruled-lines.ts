/**
 * Printed lines of ruled and squared paper, boxes and frames: finds the straight ones that run across the picture,
 * level or turned by some degrees, and takes them away but for the strokes that cross them.
 */

import type { Box, ComponentMap, Mask } from './connected-components.js';
import type { Plane } from './plane.js';

/** Lines are looked for in the mask at this many pixels on its longer side. */
const searchedSide = 240;
/** They are turned by no more than this, as the tangent of the angle: 7 degrees. */
const steepest = 0.123;
/** Ink covers this share of a line, as far as it is in the picture. */
const covered = 0.8;
/** One row of pixels of a line that is two pixels thin, and blurred, may have less. */
const halfCovered = 0.5;
/** For this share of its length there is paper at both sides of it: where ink is not thicker than so many times it. */
const [alone, thickerBy] = [0.5, 1.5];
/** Rests of a line are within so many pixels of it, and a share of its thickness. */
const [splinterReach, splinterFraction] = [1, 0.3];
/** That much of it is in the picture, as a share of the side along which it runs. */
const minLength = 0.5;
/** Sides of boxes are at least this long: a share of the picture's side along which they run, and pixels. */
const shortestSide = 0.3;
const shortestPixels = 12;
/** In pictures narrower than this, for their length, a line along them may be all of a digit 1. */
const narrowest = 0.5;
/** Lines are at most this share of the picture's shorter side thick, or one pixel. */
const thickest = 0.08;

/** A line runs across a picture, or down where `across` is false: the same with both directions exchanged. */
export interface RuledLine {
  readonly across: boolean;
  /** Its middle, in pixels from the upper (left) edge, is at `start + slope * along`. */
  readonly start: number;
  readonly slope: number;
  readonly thickness: number;
  /** From here to there along its direction. */
  readonly from: number;
  readonly to: number;
}

/** The lines of a mask, of all directions together. */
export function findRuledLines(mask: Mask): RuledLine[] {
  const scale = Math.max(1, Math.max(mask.width, mask.height) / searchedSide);
  const small = scaledDown(mask, scale);
  const views = [viewOf(small, true), viewOf(small, false)];
  const whole = views.map((view) => (view.depth < narrowest * view.length ? [] : linesWithin(view, 0, view.length)));
  const parts = views.map((view, index) => linesBetween(view, whole[1 - index], whole[index]));
  return [...whole, ...parts].flat().map(({ start, thickness, from, to, ...line }) => ({
    ...line,
    start: start * scale,
    thickness: thickness * scale,
    from: from * scale,
    to: to * scale,
  }));
}

/** A pixel is ink where one of those that it stands for is, so that no thin line is lost. */
function scaledDown(mask: Mask, scale: number): Mask {
  if (scale === 1) return mask;
  const [width, height] = [Math.ceil(mask.width / scale), Math.ceil(mask.height / scale)];
  const data = new Uint8Array(width * height);
  for (let y = 0, index = 0; y < mask.height; y++) {
    const row = Math.floor(y / scale) * width;
    for (let x = 0; x < mask.width; x++, index++) if (mask.data[index] === 1) data[row + Math.floor(x / scale)] = 1;
  }
  return { width, height, data };
}

/** A mask as lines of one direction see it: which of its pixels are ink, along the lines and across them. */
interface View {
  readonly across: boolean;
  readonly mask: Mask;
  readonly length: number;
  readonly depth: number;
  /** Of each pixel of ink. */
  readonly along: Int32Array;
  readonly at: Int32Array;
}

function viewOf(mask: Mask, across: boolean): View {
  const { width, height, data } = mask;
  const count = data.reduce((sum, value) => sum + value, 0);
  const [xs, ys] = [new Int32Array(count), new Int32Array(count)];
  for (let y = 0, index = 0, next = 0; y < height; y++) {
    for (let x = 0; x < width; x++, index++) {
      if (data[index] === 0) continue;
      xs[next] = x;
      ys[next++] = y;
    }
  }
  return across
    ? { across, mask, length: width, depth: height, along: xs, at: ys }
    : { across, mask, length: height, depth: width, along: ys, at: xs };
}

interface Candidate {
  /** Where the middle of the line is at half of its length. */
  readonly middle: number;
  readonly slope: number;
  /** More is better: the sum of the squares of the shares that are covered. */
  readonly score: number;
}

/** Lines that are covered from one place along them to another. */
function linesWithin(view: View, from: number, to: number): RuledLine[] {
  const length = to - from;
  const candidates: Candidate[] = [];
  const steps = Math.floor(steepest * length);
  // Of equal ones those that are turned least come first.
  for (let step = 0; step <= steps; step++) {
    candidates.push(...linesOfSlope(view, from, to, step / length));
    if (step > 0) candidates.push(...linesOfSlope(view, from, to, -step / length));
  }
  const lines: RuledLine[] = [];
  for (const candidate of candidates.sort((a, b) => b.score - a.score)) {
    const start = candidate.middle - (candidate.slope * (from + to)) / 2;
    const isSame = (line: RuledLine) =>
      [from, (from + to) / 2, to].some(
        (along) => Math.abs(line.start - start + along * (line.slope - candidate.slope)) < line.thickness / 2 + 2,
      );
    if (lines.some(isSame)) continue;
    const line = measured(view, from, to, start, candidate.slope);
    if (line) lines.push(line);
  }
  return lines;
}

/**
 * The line as the ink has it: how thick is what lies along it. @returns undefined where that is no line: where ink does
 * not cover it, or where most of it is in the midst of something thicker
 */
function measured(
  { across, mask, length: whole, depth }: View,
  from: number,
  to: number,
  start: number,
  slope: number,
): RuledLine | undefined {
  const [stepLine, stepAlong] = across ? [mask.width, 1] : [1, mask.width];
  const isInk = (at: number, along: number) =>
    at >= 0 && at < depth && mask.data[at * stepLine + along * stepAlong] === 1;
  const most = Math.max(1, thickest * Math.min(whole, depth));
  // Longer runs need not be measured: they are too thick for any line.
  const longest = Math.ceil(thickerBy * most) + 2;
  const runs: number[] = [];
  const middles: number[] = [];
  let visible = 0;
  for (let along = from; along < to; along++) {
    const expected = start + slope * (along + 0.5);
    const at = Math.floor(expected);
    if (at < 0 || at >= depth) continue;
    visible++;
    const inked = [at, at - 1, at + 1].find((near) => isInk(near, along));
    if (inked === undefined) continue;
    let [first, last] = [inked, inked];
    while (last - first < longest && isInk(first - 1, along)) first--;
    while (last - first < longest && isInk(last + 1, along)) last++;
    runs.push(last - first + 1);
    middles.push((first + last + 1) / 2 - expected);
  }
  if (runs.length <= covered * visible) return undefined;
  const sorted = runs.toSorted((a, b) => a - b);
  const thickness = sorted[Math.floor(sorted.length / 2)];
  if (thickness > most) return undefined;
  const isAlone = (run: number) => run <= thickerBy * thickness + 1;
  if (sorted.filter(isAlone).length <= alone * visible) return undefined;
  const shifts = middles.filter((_, index) => isAlone(runs[index])).sort((a, b) => a - b);
  return { across, start: start + shifts[Math.floor(shifts.length / 2)], slope, thickness, from, to };
}

/** The sides of boxes: lines from one line of the other direction, or from the picture's edge, to the next. */
function linesBetween(view: View, others: readonly RuledLine[], known: readonly RuledLine[]): RuledLine[] {
  if (others.length === 0) return [];
  const thickness = Math.max(...others.map((line) => line.thickness));
  const middles = others.map(({ start, slope }) => start + (slope * view.depth) / 2);
  const bounds = [0, ...middles.sort((a, b) => a - b), view.length];
  const found: RuledLine[] = [];
  for (let index = 1; index < bounds.length; index++) {
    const [from, to] = [Math.round(bounds[index - 1]), Math.round(bounds[index])];
    if (to - from < Math.max(shortestPixels, shortestSide * view.length)) continue;
    for (const line of linesWithin(view, from, to)) {
      const middle = (from + to) / 2;
      const isKnown = known.some(
        ({ start, slope, thickness }) =>
          Math.abs(start - line.start + (slope - line.slope) * middle) < (thickness + line.thickness) / 2 + 1,
      );
      if (!isKnown && line.thickness <= 1.5 * thickness + 1) found.push(line);
    }
  }
  return found;
}

/** Runs of neighbouring lines of one slope that are covered. */
function linesOfSlope({ along, at, depth }: View, from: number, to: number, slope: number): Candidate[] {
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
  for (let index = 0; index < along.length; index++) {
    const place = along[index] - from;
    if (place >= 0 && place < length) inked[at[index] + shifts[place]]++;
  }
  const cover = (place: number) => (visible[place] >= minLength * length ? inked[place] / visible[place] : 0);
  const found: Candidate[] = [];
  for (let first = 0; first < places; first++) {
    if (!(cover(first) > halfCovered)) continue;
    let [sum, squares, last] = [0, 0, first];
    for (; last < places && cover(last) > halfCovered; last++) {
      sum += cover(last) * (last + 0.5);
      squares += cover(last) * cover(last);
    }
    let covers = 0;
    for (let place = first; place < last; place++) covers += cover(place);
    found.push({ middle: sum / covers - reach, slope, score: squares });
    first = last;
  }
  return found;
}

/**
 * Ink and its mask without lines, themselves where there are none. Ink stays where a stroke goes on at both sides of the
 * line; a stroke that ends on a line ends there.
 */
export function withoutRuledLines(ink: Plane, mask: Mask, lines: readonly RuledLine[]): { ink: Plane; mask: Mask } {
  if (lines.length === 0) return { ink, mask };
  const { width, height } = mask;
  const onLine = new Uint8Array(mask.data.length);
  for (const line of lines) {
    eachPixel(mask, line, (index) => {
      onLine[index] = 1;
    });
    eraseThickerPlaces(mask, line, onLine);
  }
  // What remains, but for strokes that cross.
  const rest = mask.data.map((value, index) => (onLine[index] === 1 ? 0 : value));
  for (const line of lines) {
    const { across } = line;
    const [depth, stepLine, stepAlong] = across ? [height, width, 1] : [width, 1, width];
    const length = across ? width : height;
    const slack = 1 + Math.floor(line.thickness / 2);
    const strokeNear = (at: number, along: number) => {
      if (at < 0 || at >= depth) return false;
      for (let near = Math.max(0, along - slack); near <= Math.min(length - 1, along + slack); near++) {
        if (rest[at * stepLine + near * stepAlong] === 1) return true;
      }
      return false;
    };
    for (let along = Math.max(0, Math.floor(line.from)); along < Math.min(length, line.to); along++) {
      const [first, last] = bandAt(line, along);
      if (!strokeNear(first - 1, along) || !strokeNear(last + 1, along)) continue;
      for (let at = Math.max(0, first); at <= Math.min(depth - 1, last); at++)
        onLine[at * stepLine + along * stepAlong] = 0;
    }
  }
  return {
    ink: { ...ink, data: ink.data.map((value, index) => (onLine[index] === 1 ? 0 : value)) },
    mask: { ...mask, data: mask.data.map((value, index) => (onLine[index] === 1 ? 0 : value)) },
  };
}

/** Where a line is a little thicker than it is as a rule, all of it goes, with the blur around it. */
function eraseThickerPlaces({ width, height, data }: Mask, line: RuledLine, onLine: Uint8Array): void {
  const [length, depth, stepLine, stepAlong] = line.across ? [width, height, width, 1] : [height, width, 1, width];
  const most = thickerBy * line.thickness + 2;
  for (let along = Math.max(0, Math.floor(line.from)); along < Math.min(length, line.to); along++) {
    const isInk = (at: number) => at >= 0 && at < depth && data[at * stepLine + along * stepAlong] === 1;
    let [first, last] = bandAt(line, along);
    while (last - first <= most + 2 && isInk(first - 1)) first--;
    while (last - first <= most + 2 && isInk(last + 1)) last++;
    while (first <= last && !isInk(first)) first++;
    while (first <= last && !isInk(last)) last--;
    if (last - first + 1 > most) continue;
    for (let at = Math.max(0, first - 1); at <= Math.min(depth - 1, last + 1); at++) {
      onLine[at * stepLine + along * stepAlong] = 1;
    }
  }
}

export function boxOfLine(line: RuledLine, width: number, height: number): Box {
  const [from, to] = [Math.max(0, Math.floor(line.from)), Math.ceil(line.to)];
  const ends = [bandAt(line, from), bandAt(line, to - 1)];
  const [first, last] = [
    Math.max(0, Math.min(...ends.map((end) => end[0]))),
    Math.max(...ends.map((end) => end[1])) + 1,
  ];
  return line.across
    ? { left: from, top: first, right: Math.min(width, to), bottom: Math.min(height, last) }
    : { left: first, top: from, right: Math.min(width, last), bottom: Math.min(height, to) };
}

/** The first and the last pixel of a line, with the blur of its edges, which reaches one pixel further. */
function bandAt({ start, slope, thickness }: RuledLine, along: number): [first: number, last: number] {
  const middle = start + slope * (along + 0.5);
  return [Math.round(middle - thickness / 2) - 1, Math.round(middle + thickness / 2)];
}

/** Each pixel of a line, and of what is as near to it as `reach`. */
function eachPixel(
  { width, height }: { width: number; height: number },
  line: RuledLine,
  visit: (index: number) => void,
  reach = 0,
): void {
  const [length, depth, stepLine, stepAlong] = line.across ? [width, height, width, 1] : [height, width, 1, width];
  for (let along = Math.max(0, Math.floor(line.from)); along < Math.min(length, line.to); along++) {
    const [first, last] = bandAt(line, along);
    for (let at = Math.max(0, first - reach); at <= Math.min(depth - 1, last + reach); at++)
      visit(at * stepLine + along * stepAlong);
  }
}

/** Of each component, the share of its pixels that lies along lines: rests of lines that are not quite straight. */
export function fractionAlongLines(
  { components, labels }: ComponentMap,
  width: number,
  height: number,
  lines: readonly RuledLine[],
): Float64Array {
  const near = new Uint8Array(labels.length);
  for (const line of lines) {
    const reach = Math.ceil(splinterReach + splinterFraction * line.thickness);
    eachPixel({ width, height }, line, (index) => near.fill(1, index, index + 1), reach);
  }
  const counts = new Float64Array(components.length);
  for (let index = 0; index < near.length; index++)
    if (near[index] === 1 && labels[index] > 0) counts[labels[index] - 1]++;
  return counts.map((count, index) => count / components[index].pixels);
}
