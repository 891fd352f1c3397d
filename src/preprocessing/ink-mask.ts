/** Which pixels are ink: a threshold at half of the ink's own strength, and whether there is any ink at all. */

import type { Mask } from './connected-components.js';
import { otsuThreshold } from './paper.js';
import type { Plane } from './plane.js';

/** What takes away less light than this is not ink. */
const weakestInk = 0.1;
/** Ink differs from the paper by at least this many of the paper's own deviations. */
const noiseMultiple = 6;
/** Median absolute deviation to standard deviation, of a normal distribution. */
const deviationOfMedian = 1.4826;
/**
 * From this share of ink on, paper is measured by itself; where there is a gap between both: their means differ by this
 * many times the sum of their deviations. A normal distribution, cut in its middle, reaches 1.3.
 */
const muchInk = 0.2;
const farApart = 2;

export interface InkMask {
  readonly mask: Mask;
  /** Ink's strength at paper, and in the midst of strokes. */
  readonly paper: number;
  readonly full: number;
  /** Of the paper's grain, as a standard deviation. */
  readonly deviation: number;
}

/** @returns undefined where nothing is drawn */
export function inkMask(ink: Plane): InkMask | undefined {
  const { width, height, data } = ink;
  const { median, deviation } = spreadOf(paperValues(data));
  const floor = median + Math.max(weakestInk, noiseMultiple * deviation);
  const candidates = valuesAbove(data, floor);
  if (candidates.length === 0) return undefined;
  const full = strengthOfStrokes(candidates);
  const threshold = median + (full - median) / 2;
  const mask = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) mask[i] = data[i] > threshold ? 1 : 0;
  return { mask: { width, height, data: mask }, paper: median, full, deviation };
}

/** Of what stands out, the weaker part may be blurred edges and ruled lines: strokes are the stronger one. */
export function strengthOfStrokes(values: Float32Array): number {
  const split = otsuThreshold(values);
  const strong = valuesAbove(values, split);
  return strong.length === 0 ? split : strong.reduce((sum, value) => sum + value, 0) / strong.length;
}

/**
 * The values that tell what paper is like: all of them, most being paper; where much of the picture is ink, as of a
 * digit that was cut closely, those on the paper's side of the gap between both.
 */
function paperValues(values: Float32Array): Float32Array {
  const split = otsuThreshold(values);
  const lower = new Sum();
  const upper = new Sum();
  for (let i = 0; i < values.length; i++) (values[i] > split ? upper : lower).add(values[i]);
  if (upper.count < muchInk * values.length) return values;
  const isApart = upper.mean - lower.mean > farApart * (lower.deviation + upper.deviation);
  return isApart ? values.filter((value) => value <= split) : values;
}

class Sum {
  count = 0;
  private values = 0;
  private squares = 0;

  add(value: number): void {
    this.count++;
    this.values += value;
    this.squares += value * value;
  }

  get mean(): number {
    return this.values / this.count;
  }

  get deviation(): number {
    return Math.sqrt(Math.max(0, this.squares / this.count - this.mean * this.mean));
  }
}

/** As a loop: `filter` takes five times as long, and pictures have many values. */
function valuesAbove(values: Float32Array, limit: number): Float32Array {
  const above = new Float32Array(values.length);
  let count = 0;
  for (let i = 0; i < values.length; i++) if (values[i] > limit) above[count++] = values[i];
  return above.subarray(0, count);
}

/** Median, and standard deviation by the median of the distances to it; both to 1 / 1024. */
function spreadOf(values: Float32Array): { median: number; deviation: number } {
  const level = (value: number) => Math.min(1023, Math.max(0, Math.round(value * 1024)));
  const middleOf = (counts: Float64Array) => {
    let seen = 0;
    for (let index = 0; index < counts.length; index++) {
      seen += counts[index];
      if (seen * 2 >= values.length) return index / 1024;
    }
    return 1;
  };
  const counts = new Float64Array(1024);
  for (let i = 0; i < values.length; i++) counts[level(values[i])]++;
  const median = middleOf(counts);
  const distances = new Float64Array(1024);
  for (let i = 0; i < values.length; i++) distances[level(Math.abs(values[i] - median))]++;
  return { median, deviation: deviationOfMedian * middleOf(distances) };
}
