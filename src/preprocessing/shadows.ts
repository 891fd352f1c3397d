/**
 * Soft shadows that look like strokes: pale marks whose edges are blurred. Limits: a shadow with a sharp edge is not one
 * of them, nor is any in a small picture, where strokes are blurred too.
 */

import { boxHeight, boxWidth, type ComponentMap, eachPixelOf, longerSide } from './connected-components.js';
import type { FoundDigit } from './found-digit.js';
import type { Plane } from './plane.js';

/** A shadow takes away less than this share of the light, on average over the mark. */
const strongest = 0.33;
/** Within a few pixels of its edge it changes by less than this share of its strength; the most blurred strokes, by 0.38. */
const sharpest = 0.33;
/**
 * A band is straight along the picture and fills so much of its box, which a stroke with its slant and round ends does
 * not, and is at most so many times as long as wide. Of a band the shadow may be darker and its edge less soft.
 */
const [bandFill, longestBand] = [0.9, 5];
const [strongestBand, sharpestBand] = [0.45, 0.5];
/** The change is measured over so many pixels at each side of the edge: a share of the mark's longer side, at least 2. */
const reachFraction = 0.02;
/** Smaller marks are not looked at: pixels. */
const smallestSide = 40;

/** Whether what is taken for a digit is a shadow, or pieces of one. */
export function isShadow(ink: Plane, map: ComponentMap, digit: FoundDigit): boolean {
  if (longerSide(digit.box) < smallestSide) return false;
  let [sum, count] = [0, 0];
  eachPixel(ink.width, map, digit, (index) => {
    sum += ink.data[index];
    count++;
  });
  const strength = sum / count;
  const [width, height] = [boxWidth(digit.box), boxHeight(digit.box)];
  const isBand = count >= bandFill * width * height && Math.max(width / height, height / width) <= longestBand;
  const [most, sharp] = isBand ? [strongestBand, sharpestBand] : [strongest, sharpest];
  return strength < most && edgeChange(ink, map, digit) < sharp * strength;
}

/** How much stronger ink is inside the edge than outside, on average over the edge, but for where the picture ends. */
function edgeChange({ width, height, data }: Plane, map: ComponentMap, digit: FoundDigit): number {
  const reach = Math.max(2, Math.round(reachFraction * longerSide(digit.box)));
  const at = (x: number, y: number) =>
    data[Math.min(Math.max(y, 0), height - 1) * width + Math.min(Math.max(x, 0), width - 1)];
  let [sum, count] = [0, 0];
  eachPixel(width, map, digit, (index) => {
    const [x, y] = [index % width, Math.floor(index / width)];
    for (const [dx, dy] of directions) {
      if (x + dx < 0 || y + dy < 0 || x + dx >= width || y + dy >= height) continue;
      const outside = index + dy * width + dx;
      // Where a line was taken away, no ink at all is left.
      if (map.labels[outside] !== 0 || data[outside] === 0) continue;
      sum += at(x - dx * (reach - 1), y - dy * (reach - 1)) - at(x + dx * reach, y + dy * reach);
      count++;
    }
  });
  return count === 0 ? Number.POSITIVE_INFINITY : sum / count;
}

const directions = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
] as const;

function eachPixel(
  width: number,
  { components, labels }: ComponentMap,
  digit: FoundDigit,
  visit: (index: number) => void,
): void {
  for (const component of components) {
    if (digit.labels.has(component.label)) eachPixelOf(component, labels, width, visit);
  }
}
