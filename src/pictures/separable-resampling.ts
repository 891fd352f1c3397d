/**
 * Resampling that treats rows and columns alike: scaling, blurring and enlarging as weighted sums along one axis, then
 * along the other. What lies outside an image is background, 0. One channel; float64 sums, rounded to bytes once.
 */

import { exp } from '../numerics/elementary.js';

/** The weights of one axis: output `o` is the sum of `weights[o * width + k]` times source `first[o] + k`. */
export interface Taps {
  readonly outputs: number;
  /** Sources an output reads; all of them lie inside the image. */
  readonly width: number;
  readonly first: Int32Array;
  readonly weights: Float64Array;
}

/**
 * As many outputs as there are sources, scaled by `factor` about the middle. Each output is the mean of the source over
 * the interval that it covers, never less than one pixel: area averaging where it shrinks, linear interpolation where
 * it grows.
 */
export function scalingTaps(size: number, factor: number): Taps {
  const middle = (size - 1) / 2;
  const half = Math.max(1, 1 / factor) / 2;
  return makeTaps(
    size,
    size,
    half + 0.5,
    (output) => middle + (output - middle) / factor,
    (distance) => overlapOf(half, distance) / (2 * half),
  );
}

/** How much of the interval of `half` each way a pixel covers that lies so far from its middle. */
function overlapOf(half: number, distance: number): number {
  return Math.max(0, Math.min(half, distance + 0.5) - Math.max(-half, distance - 0.5));
}

/**
 * `size` sources to `outputs`, whole pixels covering whole pixels: the mean over the interval that an output covers
 * where it shrinks, linear interpolation where it grows. At the edges what lies outside does not count, rather than as
 * background.
 */
export function resizingTaps(size: number, outputs: number): Taps {
  const half = Math.max(1, size / outputs) / 2;
  const taps = makeTaps(
    size,
    outputs,
    half + 0.5,
    (output) => ((output + 0.5) * size) / outputs - 0.5,
    (distance) => overlapOf(half, distance) / (2 * half),
  );
  for (let output = 0; output < outputs; output++) {
    const own = taps.weights.subarray(output * taps.width, (output + 1) * taps.width);
    const sum = own.reduce((total, weight) => total + weight, 0);
    for (let k = 0; k < own.length; k++) own[k] /= sum;
  }
  return taps;
}

/**
 * `size` sources to `outputs`, no fewer, by cubic convolution (Keys, 1981, with a = -1/2), whole pixels covering whole
 * pixels.
 */
export function cubicTaps(size: number, outputs: number): Taps {
  const centre = (output: number) => ((output + 0.5) * size) / outputs - 0.5;
  return makeTaps(size, outputs, 2, centre, (distance) => {
    const x = Math.abs(distance);
    if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
    return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
  });
}

/** A Gaussian of standard deviation `sigma` pixels, cut off at four of them, of sum 1. */
export function gaussianTaps(size: number, sigma: number): Taps {
  const radius = Math.floor(4 * sigma + 0.5);
  const bell = Array.from({ length: radius + 1 }, (_, distance) => exp((-0.5 * distance * distance) / (sigma * sigma)));
  const sum = bell.reduce((total, value) => total + 2 * value, -bell[0]);
  return makeTaps(
    size,
    size,
    radius + 0.5,
    (output) => output,
    (distance) => (bell[Math.abs(distance)] ?? 0) / sum,
  );
}

/** @param reach sources farther from the centre than this have no weight */
function makeTaps(
  size: number,
  outputs: number,
  reach: number,
  centre: (output: number) => number,
  weight: (distance: number) => number,
): Taps {
  const width = Math.min(size, Math.floor(2 * reach) + 1);
  const first = new Int32Array(outputs);
  const weights = new Float64Array(outputs * width);
  for (let output = 0; output < outputs; output++) {
    const middle = centre(output);
    first[output] = Math.min(Math.max(Math.ceil(middle - reach), 0), size - width);
    for (let k = 0; k < width; k++) weights[output * width + k] = weight(first[output] + k - middle);
  }
  return { outputs, width, first, weights };
}

/** Where resampled images go: into `data`, image `n` beginning at `starts[n]`, rows `stride` apart. */
export interface Destination {
  readonly data: Uint8Array;
  readonly stride: number;
  readonly starts: ArrayLike<number>;
}

/** Resamples the images, each of `height * width` bytes, one after the other. */
export function resample(
  images: Uint8Array,
  [height, width]: readonly [height: number, width: number],
  rows: Taps,
  columns: Taps,
  { data, stride, starts }: Destination,
): void {
  const between = new Float64Array(height * columns.outputs);
  const hasInk = new Uint8Array(height);
  const sums = new Float64Array(columns.outputs);
  for (let image = 0; image < starts.length; image++) {
    for (let y = 0; y < height; y++) {
      const row = images.subarray((image * height + y) * width, (image * height + y + 1) * width);
      hasInk[y] = row.some((value) => value > 0) ? 1 : 0;
      if (hasInk[y]) resampleRow(row, columns, between, y * columns.outputs);
    }
    for (let y = 0; y < rows.outputs; y++) {
      const isDrawn = addRows(between, hasInk, rows, y, sums);
      if (isDrawn) writeRow(sums, data, starts[image] + y * stride);
    }
  }
}

function resampleRow(
  row: Uint8Array,
  { outputs, width, first, weights }: Taps,
  between: Float64Array,
  to: number,
): void {
  for (let output = 0; output < outputs; output++) {
    let sum = 0;
    const from = first[output];
    for (let k = 0; k < width; k++) sum += weights[output * width + k] * row[from + k];
    between[to + output] = sum;
  }
}

/** @returns whether there was anything to add */
function addRows(between: Float64Array, hasInk: Uint8Array, rows: Taps, y: number, sums: Float64Array): boolean {
  let isDrawn = false;
  for (let k = 0; k < rows.width; k++) {
    const row = rows.first[y] + k;
    const weight = rows.weights[y * rows.width + k];
    if (!hasInk[row] || weight === 0) continue;
    if (!isDrawn) sums.fill(0);
    isDrawn = true;
    const from = row * sums.length;
    for (let x = 0; x < sums.length; x++) sums[x] += weight * between[from + x];
  }
  return isDrawn;
}

function writeRow(sums: Float64Array, data: Uint8Array, to: number): void {
  for (let x = 0; x < sums.length; x++) {
    const value = Math.floor(sums[x] + 0.5);
    data[to + x] = value < 0 ? 0 : Math.min(value, 255);
  }
}
