/**
 * What stands out of the paper beside a picture's dark ink, where faint strokes are looked for. Limits: weaker than 8 % of
 * the dark ink, or within its blur, is nothing.
 */

import {
  type Component,
  type ComponentMap,
  eachPixelOf,
  findComponents,
  longerSide,
  type Mask,
} from './connected-components.js';
import { withoutRuledLines } from './erase-lines.js';
import { strengthOfStrokes } from './ink-mask.js';
import type { InkedPicture } from './inked-picture.js';
import type { Plane } from './plane.js';
import { findRuledLines } from './ruled-lines.js';

/** What is looked at, of the dark ink's strength and by the paper's deviations. */
const [floorFraction, floorDeviations] = [0.08, 3];
/** What is above the picture's threshold, and in its mean weaker than this share of dark ink, may be part of a faint stroke. */
const solidFraction = 0.65;
/** Blur of dark ink: all that falls away from it, up to so many pixels from it. */
const blurReach = 4;
/** Marks are looked for in rows so far apart, and have runs of pixels longer than that, as shares of a dark mark's height. */
const [rowsApart, shortestRun] = [0.08, 0.02];

/** By label: 1 for the components that are as strong as dark ink is. */
export function solidComponents({ ink, inkMask: { paper, full }, map }: InkedPicture): Uint8Array {
  const sums = new Float64Array(map.components.length + 1);
  for (let index = 0; index < map.labels.length; index++) sums[map.labels[index]] += ink.data[index];
  const solid = new Uint8Array(sums.length);
  for (const { label, pixels } of map.components) {
    if (sums[label] / pixels - paper >= solidFraction * (full - paper)) solid[label] = 1;
  }
  return solid;
}

/** What is weaker than this is not looked at. */
function floorOf({ inkMask: { paper, deviation, full } }: InkedPicture): number {
  return paper + Math.max(floorFraction * (full - paper), floorDeviations * deviation);
}

/**
 * Whether there is anything to look at, by a few rows: each mark that is told crosses several of them. Most pictures have
 * nothing, and all else takes as long as finding the dark ink.
 */
export function isAnythingBeside(picture: InkedPicture, solid: Uint8Array, darkHeight: number): boolean {
  const { width, height, data } = picture.ink;
  const { labels } = picture.map;
  const floor = floorOf(picture);
  const isDark = (x: number, y: number) =>
    x >= 0 && y >= 0 && x < width && y < height && solid[labels[y * width + x]] === 1;
  const least = Math.floor(shortestRun * darkHeight);
  const step = Math.max(1, Math.floor(rowsApart * darkHeight));
  for (let y = 0; y < height; y += step) {
    for (let x = 0, run = 0; x < width; x++) {
      if (!(data[y * width + x] > floor)) run = 0;
      else if (isDark(x, y)) run = 0;
      else if (isDark(x - blurReach, y) || isDark(x + blurReach, y)) continue;
      else if (isDark(x, y - blurReach) || isDark(x, y + blurReach)) continue;
      else if (++run > least) return true;
    }
  }
  return false;
}

/** 1 for the pixels of the components that are 1 in `which`, by label. */
export function labelled({ labels }: ComponentMap, which: Uint8Array): Uint8Array {
  const data = new Uint8Array(labels.length);
  for (let index = 0; index < labels.length; index++) data[index] = which[labels[index]];
  return data;
}

/**
 * What stands out of the paper beside dark ink, cut at half of each region's own strength, without printed lines.
 * @returns undefined where nothing does
 */
export function inkBesideDark(
  picture: InkedPicture,
  dark: Mask,
  smallest: number,
): { readonly mask: Mask; readonly hasLines: boolean } | undefined {
  const { components, labels } = findComponents(beyondDark(picture.ink, dark, floorOf(picture)));
  const { ink, inkMask, lines } = picture;
  const regions = components.filter(({ box }) => longerSide(box) >= smallest);
  if (regions.length === 0) return undefined;
  const data = new Uint8Array(labels.length);
  for (const region of regions) {
    const threshold = (inkMask.paper + strengthOfStrokes(valuesOf(ink, labels, region))) / 2;
    eachPixelOf(region, labels, ink.width, (index) => {
      if (ink.data[index] > threshold) data[index] = 1;
    });
  }
  const own = { ...dark, data };
  // Dark strokes hide parts of pale lines, which are found where ink covers them.
  const both = { ...dark, data: dark.data.slice() };
  for (let index = 0; index < data.length; index++) if (data[index] === 1) both.data[index] = 1;
  const pale = findRuledLines(both);
  return { mask: withoutRuledLines(ink, own, pale, inkMask.full).mask, hasLines: lines + pale.length > 0 };
}

/** What is above the floor and neither dark ink nor its blur. */
function beyondDark({ width, height, data }: Plane, dark: Mask, floor: number): Mask {
  const isDark = dark.data.slice();
  let edge: number[] = [];
  for (let at = 0; at < isDark.length; at++) {
    if (isDark[at] === 1 && (isDark[at - 1] & isDark[at + 1] & isDark[at - width] & isDark[at + width]) === 0)
      edge.push(at);
  }
  for (let step = 0; step < blurReach; step++) {
    const next: number[] = [];
    for (const from of edge) {
      const y = Math.floor(from / width);
      const x = from - y * width;
      for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
        for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
          const to = ny * width + nx;
          if (isDark[to] === 1 || data[to] <= floor || data[to] > data[from]) continue;
          isDark[to] = 1;
          next.push(to);
        }
      }
    }
    edge = next;
  }
  const beyond = new Uint8Array(isDark.length);
  for (let index = 0; index < beyond.length; index++) if (data[index] > floor && isDark[index] === 0) beyond[index] = 1;
  return { width, height, data: beyond };
}

/** The ink of a component, pixel by pixel. */
export function valuesOf(ink: Plane, labels: Int32Array, component: Component): Float32Array {
  const values = new Float32Array(component.pixels);
  let count = 0;
  eachPixelOf(component, labels, ink.width, (index) => {
    values[count++] = ink.data[index];
  });
  return values;
}
