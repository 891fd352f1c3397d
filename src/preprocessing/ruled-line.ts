/** One printed line: where it is, and which pixels of a picture it covers. */

import type { Box } from './connected-components.js';

/** A line runs across a picture, or down where `across` is false: the same with both directions exchanged. */
export interface RuledLine {
  readonly across: boolean;
  /** Its middle, in pixels from the upper (left) edge, is at `start + slope * along`. */
  readonly start: number;
  readonly slope: number;
  /** As its direction is crossed, level or upright. */
  readonly thickness: number;
  /** From here to there along its direction. */
  readonly from: number;
  readonly to: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

export function middleAt({ start, slope }: Pick<RuledLine, 'start' | 'slope'>, along: number): number {
  return start + slope * along;
}

/** Whether one of the lines runs where this one has its middle. */
export function isAmong(
  { across, start, slope, thickness, from, to }: RuledLine,
  lines: readonly RuledLine[],
): boolean {
  const middle = (from + to) / 2;
  return lines.some(
    (line) =>
      line.across === across &&
      line.from <= middle &&
      line.to >= middle &&
      Math.abs(middleAt(line, middle) - start - slope * middle) < (thickness + line.thickness) / 2 + 1,
  );
}

/** The first and the last pixel of a line, with the blur of its edges, which reaches one pixel further. */
export function bandAt({ start, slope, thickness }: RuledLine, along: number): [first: number, last: number] {
  const middle = start + slope * (along + 0.5);
  return [Math.round(middle - thickness / 2) - 1, Math.round(middle + thickness / 2)];
}

/** How a line's direction goes through the data of a picture: pixels along it and across it, and the steps to the next. */
export function directionIn({ width, height }: Size, across: boolean) {
  return across
    ? { length: width, depth: height, stepAlong: 1, stepLine: width }
    : { length: height, depth: width, stepAlong: width, stepLine: 1 };
}

/** Each pixel of a line, and of what is as near to it as `reach`. */
export function eachPixel(size: Size, line: RuledLine, visit: (index: number) => void, reach = 0): void {
  const { length, depth, stepAlong, stepLine } = directionIn(size, line.across);
  for (let along = Math.max(0, Math.floor(line.from)); along < Math.min(length, line.to); along++) {
    const [first, last] = bandAt(line, along);
    for (let at = Math.max(0, first - reach); at <= Math.min(depth - 1, last + reach); at++)
      visit(at * stepLine + along * stepAlong);
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
