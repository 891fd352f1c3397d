/** Takes printed lines away, but for the strokes that cross them. */

import type { ComponentMap, Mask } from './connected-components.js';
import type { Plane } from './plane.js';
import { bandAt, eachPixel, type RuledLine } from './ruled-line.js';

/** A line may be so many times as thick as it is as a rule, and some pixels more. */
const thickerBy = 1.5;
/** Rests of a line are within so many pixels of it, and a share of its thickness. */
const [splinterReach, splinterFraction] = [1, 0.3];

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
