/**
 * Faint strokes beside dark ones: each has a threshold of its own, at half of its own strength. Limits: it is at least
 * 13 % as strong as the dark ink, apart from it, and as high as a digit beside it.
 */

import {
  type Box,
  boxHeight,
  boxWidth,
  type Component,
  findComponents,
  gapBetween,
  longerSide,
  type Mask,
  unionOf,
} from './connected-components.js';
import { strengthOfStrokes } from './ink-mask.js';
import type { InkedPicture } from './inked-picture.js';
import type { Plane } from './plane.js';
import { findRuledLines, withoutRuledLines } from './ruled-lines.js';

/** Of the dark ink's strength: what is looked at, and how strong a faint stroke is at least. JPEG rings with less. */
const [floorFraction, faintest] = [0.08, 0.13];
/** The same by the paper's deviations: strokes are many pixels, so that each may stand out less than ink alone has to. */
const [floorDeviations, faintestDeviations] = [3, 4];
/** Ink that is weaker than this share of the dark one, in the mean of its pixels above a half, may be the best of a faint stroke. */
const weak = 0.65;
/** Blur of dark ink: all that falls away from it, up to so many pixels from it. */
const blurReach = 4;
/** A faint mark is at least and at most so high, and at most so wide, as shares of the highest dark one. */
const [lowest, highest, widest] = [0.5, 1.6, 2];
/** Its strokes are at least and at most so thick, as shares of the dark ones. */
const [thinnest, thickest] = [0.4, 2.5];
/** Its edges are at least so steep, as a share of the dark ones, each by its own strength: those of shadows are not. */
const leastSlope = 0.5;
/** Its box has no more than this share in common with that of a dark mark, by the smaller one: boxes and grids have more. */
const mostCommon = 0.35;
/** Less than this share of a dark mark's height is not looked at. */
const smallestPart = 0.1;
/** Parts of one mark are no further apart than this share of the height of a dark one. */
const partGap = 0.12;

export function withFaintMarks(picture: InkedPicture): InkedPicture {
  const { ink, inkMask, map, marks } = picture;
  const { width, height } = ink;
  const { paper, deviation, full } = inkMask;
  const solid = solidComponents(picture);
  const darkHeight = marks.reduce((most, { label, box }) => (solid[label] ? Math.max(most, boxHeight(box)) : most), 0);
  if (darkHeight === 0) return picture;
  const dark = { width, height, data: Uint8Array.from(map.labels, (label) => solid[label]) };
  const floor = paper + Math.max(floorFraction * (full - paper), floorDeviations * deviation);
  const mask = { width, height, data: beyondDark(ink, dark, floor) };
  const regions = ownThresholds(ink, paper, mask, smallestPart * darkHeight);
  const own = withoutPaleLines(ink, dark, regions);
  const found = findComponents(own);
  const all = { left: 0, top: 0, right: width, bottom: height };
  const [darkSlope, darkStrokes] = [slopeAtEdges(ink, dark, all) / (full - paper), thicknessOf(dark, all)];
  const least = paper + Math.max(faintest * (full - paper), faintestDeviations * deviation);
  const parts = found.components
    .filter(({ box }) => longerSide(box) >= smallestPart * darkHeight)
    .map((component) => ({ component, full: strengthOfStrokes(valuesOf(ink, found.labels, component)) }))
    .filter(({ component: { box }, full }) => {
      const slope = slopeAtEdges(ink, own, box) / (full - paper) / darkSlope;
      return full >= least && slope >= leastSlope;
    });
  const labels = map.labels.slice();
  const added: Component[] = [];
  const faint = new Map<number, number>();
  const absorbed = new Set<number>();
  const darkBoxes = marks.filter(({ label }) => solid[label]).map(({ box }) => box);
  for (const group of groupsOf(parts, partGap * darkHeight)) {
    const box = unionOf(group.map(({ component }) => component.box));
    const high = boxHeight(box) / darkHeight;
    const strength = Math.max(...group.map((part) => part.full));
    const share = (strength - paper) / (full - paper);
    const slope = slopeAtEdges(ink, own, box) / (strength - paper) / darkSlope;
    const stroke = thicknessOf(own, box) / darkStrokes;
    const common = Math.max(...darkBoxes.map((other) => commonArea(box, other)));
    const why = [
      high < lowest && 'low',
      high > highest && 'high',
      boxWidth(box) > widest * darkHeight && 'wide',
      (stroke < thinnest || stroke > thickest) && 'thin/thick',
      common > mostCommon && 'around',
      group.some(({ component }) => component.edgePixels > 0) && 'edge',
    ].filter(Boolean);
    (globalThis as any).debugFaint?.({ box, share, high, slope, why: why.join('+') + (why.length === 0 ? 'KEPT' : ''), stroke });
    if (why.length > 0) continue;
    for (const { component, full } of group) {
      const label = map.components.length + added.length + 1;
      added.push({ ...component, label });
      faint.set(label, full);
      eachPixel(component, width, found.labels, (index) => {
        if (labels[index] !== 0) absorbed.add(labels[index]);
        labels[index] = label;
      });
    }
  }
  if (added.length === 0) return picture;
  for (let index = 0; index < labels.length; index++) if (absorbed.has(labels[index])) labels[index] = 0;
  return {
    ...picture,
    map: { components: [...map.components, ...added], labels },
    faint,
    marks: [...marks.filter(({ label }) => !absorbed.has(label)), ...added],
  };
}

/** By label: 1 for the components that are as strong as dark ink. */
function solidComponents({ ink, inkMask: { paper, full }, map }: InkedPicture): Uint8Array {
  const sums = new Float64Array(map.components.length + 1);
  for (let index = 0; index < map.labels.length; index++) sums[map.labels[index]] += ink.data[index];
  const solid = new Uint8Array(sums.length);
  for (const { label, pixels } of map.components) {
    solid[label] = sums[label] / pixels - paper >= weak * (full - paper) ? 1 : 0;
  }
  return solid;
}

/** Without printed lines that are paler than the dark ink. */
function withoutPaleLines(ink: Plane, dark: Mask, faint: Mask): Mask {
  const both = { ...faint, data: faint.data.map((value, index) => value | dark.data[index]) };
  return withoutRuledLines(ink, faint, findRuledLines(both)).mask;
}

/** How thick strokes are in pixels: of a stroke of length L and thickness w, w L pixels have 2 L edges to paper. */
function thicknessOf({ width, height, data }: Mask, { left, top, right, bottom }: Box): number {
  let [pixels, edges] = [0, 0];
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const at = y * width + x;
      if (data[at] === 0) continue;
      pixels++;
      if (x === 0 || data[at - 1] === 0) edges++;
      if (x === width - 1 || data[at + 1] === 0) edges++;
      if (y === 0 || data[at - width] === 0) edges++;
      if (y === height - 1 || data[at + width] === 0) edges++;
    }
  }
  return edges === 0 ? 0 : (2 * pixels) / edges;
}

/** The area that two boxes have in common, as a share of the smaller one. */
function commonArea(a: Box, b: Box): number {
  const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  if (across <= 0 || down <= 0) return 0;
  return (across * down) / Math.min(boxWidth(a) * boxHeight(a), boxWidth(b) * boxHeight(b));
}

interface Part {
  readonly component: Component;
  readonly full: number;
}

function groupsOf(parts: readonly Part[], gap: number): Part[][] {
  const groups: Part[][] = [];
  let rest = parts;
  while (rest.length > 0) {
    const group = [rest[0]];
    rest = rest.slice(1);
    for (let next = 0; next < group.length; next++) {
      const isNear = ({ component }: Part) => gapBetween(group[next].component.box, component.box) <= gap;
      group.push(...rest.filter(isNear));
      rest = rest.filter((part) => !isNear(part));
    }
    groups.push(group);
  }
  return groups;
}

/** What is above the floor and neither dark ink nor its blur. */
function beyondDark({ width, height, data }: Plane, dark: Mask, floor: number): Uint8Array {
  const zone = dark.data.slice();
  let front: number[] = [];
  for (let index = 0; index < zone.length; index++) if (zone[index] === 1) front.push(index);
  for (let step = 0; step < blurReach; step++) {
    const next: number[] = [];
    for (const from of front) {
      const y = Math.floor(from / width);
      const x = from - y * width;
      for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
        for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
          const to = ny * width + nx;
          if (zone[to] === 1 || data[to] <= floor || data[to] > data[from]) continue;
          zone[to] = 1;
          next.push(to);
        }
      }
    }
    front = next;
  }
  for (let index = 0; index < zone.length; index++) zone[index] = zone[index] === 0 && data[index] > floor ? 1 : 0;
  return zone;
}

/** Of each region of a mask, what is stronger than half of its own strength. */
function ownThresholds(ink: Plane, paper: number, mask: Mask, smallest: number): Mask {
  const { components, labels } = findComponents(mask);
  const own = new Uint8Array(mask.data.length);
  for (const region of components) {
    if (longerSide(region.box) < smallest) continue;
    const threshold = (paper + strengthOfStrokes(valuesOf(ink, labels, region))) / 2;
    eachPixel(region, ink.width, labels, (index) => {
      if (ink.data[index] > threshold) own[index] = 1;
    });
  }
  return { ...mask, data: own };
}

/** How fast ink falls along the edges of a mask: the mean difference of neighbours a pixel apart, over two pixels. */
function slopeAtEdges({ width, height, data }: Plane, mask: Mask, { left, top, right, bottom }: Box): number {
  let [sum, count] = [0, 0];
  for (let y = Math.max(1, top); y < Math.min(height - 1, bottom); y++) {
    for (let x = Math.max(1, left); x < Math.min(width - 1, right); x++) {
      const at = y * width + x;
      if (mask.data[at] === 0) continue;
      const isInside = mask.data[at - 1] & mask.data[at + 1] & mask.data[at - width] & mask.data[at + width];
      if (isInside === 1) continue;
      const [across, down] = [data[at + 1] - data[at - 1], data[at + width] - data[at - width]];
      sum += Math.sqrt(across * across + down * down) / 2;
      count++;
    }
  }
  return count === 0 ? 0 : sum / count;
}

function valuesOf(ink: Plane, labels: Int32Array, component: Component): Float32Array {
  const values = new Float32Array(component.pixels);
  let count = 0;
  eachPixel(component, ink.width, labels, (index) => {
    values[count++] = ink.data[index];
  });
  return values;
}

function eachPixel(
  { label, box }: Component,
  width: number,
  labels: Int32Array,
  visit: (index: number) => void,
): void {
  for (let y = box.top; y < box.bottom; y++) {
    for (let x = box.left; x < box.right; x++) if (labels[y * width + x] === label) visit(y * width + x);
  }
}
