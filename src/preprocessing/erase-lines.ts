/** Takes printed lines away, but for the strokes that cross them. */

import type { ComponentMap, Mask } from './connected-components.js';
import { medianOf } from './line-search.js';
import type { Plane } from './plane.js';
import { bandAt, directionIn, eachPixel, middleAt, type RuledLine } from './ruled-line.js';

/** A line may be so many times as thick as it is as a rule, and some pixels more. */
const thickerBy = 1.5;
/** Strokes are told from lines by their strength where the lines' is less than this share of it. */
const palerThan = 0.75;
/** Rests of a line are within so many pixels of it, and a share of its thickness. */
const [splinterReach, splinterFraction] = [1, 0.3];

/**
 * Ink and its mask without lines, themselves where there are none. Ink stays where it is clearly darker than the line, and
 * where a stroke goes on at both sides of it; a stroke as pale as the line that ends on it ends there.
 * @param full the ink's strength in the midst of strokes
 */
export function withoutRuledLines(
  ink: Plane,
  mask: Mask,
  lines: readonly RuledLine[],
  full: number,
): { ink: Plane; mask: Mask } {
  if (lines.length === 0) return { ink, mask };
  // What is stronger is not of a line; 0 where there is none.
  const limits = new Float32Array(mask.data.length);
  for (const line of lines) {
    const limit = strongestOf(ink, line, full);
    const mark = (index: number) => {
      limits[index] = Math.max(limits[index], limit);
    };
    eachPixel(mask, line, mark);
    eachThickerPlace(mask, line, mark);
  }
  // As loops: `map` takes several times as long.
  const onLine = new Uint8Array(limits.length);
  for (let i = 0; i < limits.length; i++) if (limits[i] > 0 && ink.data[i] <= limits[i]) onLine[i] = 1;
  bridge(mask, lines, onLine);
  const [inkLeft, maskLeft] = [ink.data.slice(), mask.data.slice()];
  for (let i = 0; i < onLine.length; i++) {
    if (onLine[i] === 1) {
      inkLeft[i] = 0;
      maskLeft[i] = 0;
    }
  }
  return { ink: { ...ink, data: inkLeft }, mask: { ...mask, data: maskLeft } };
}

/** Half of the way from a line's own strength to the ink's; no limit where they are alike. */
function strongestOf(ink: Plane, line: RuledLine, full: number): number {
  const { length, depth, stepAlong, stepLine } = directionIn(ink, line.across);
  const strengths: number[] = [];
  for (let along = Math.max(0, Math.floor(line.from)); along < Math.min(length, line.to); along++) {
    const at = Math.floor(middleAt(line, along + 0.5));
    if (at >= 0 && at < depth) strengths.push(ink.data[at * stepLine + along * stepAlong]);
  }
  const strength = strengths.length > 0 ? medianOf(strengths) : full;
  return strength < palerThan * full ? (strength + full) / 2 : Number.POSITIVE_INFINITY;
}

/** Takes places off the lines where a stroke goes on at both sides. */
function bridge({ width, height, data }: Mask, lines: readonly RuledLine[], onLine: Uint8Array): void {
  const rest = data.slice();
  for (let i = 0; i < rest.length; i++) if (onLine[i] === 1) rest[i] = 0;
  for (const line of lines) {
    const { length, depth, stepAlong, stepLine } = directionIn({ width, height }, line.across);
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
}

/** Where a line is a little thicker than it is as a rule: all of it, with the blur around it. */
function eachThickerPlace({ width, height, data }: Mask, line: RuledLine, visit: (index: number) => void): void {
  const { length, depth, stepAlong, stepLine } = directionIn({ width, height }, line.across);
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
      visit(at * stepLine + along * stepAlong);
    }
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
