/** How the weights of a layer are spread: counts in bins of equal width, and what sums them up. */

import type { Model } from 'inkling';

export interface WeightHistogram {
  /** Such as `conv2d`. */
  readonly layer: string;
  readonly count: number;
  /** NaN and infinite ones, which no other number here counts. */
  readonly notFinite: number;
  readonly least: number;
  readonly most: number;
  readonly mean: number;
  readonly standardDeviation: number;
  /** The bins reach from minus this to this: the largest magnitude. */
  readonly reach: number;
  readonly bins: readonly number[];
}

/** An odd number, so that the one in the middle is around 0. */
export const binCount = 31;

export function weightHistogram(layer: string, values: Float32Array): WeightHistogram {
  let [count, sum, squares, least, most] = [0, 0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    count++;
    sum += value;
    squares += value * value;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  const bins = new Array<number>(binCount).fill(0);
  const notFinite = values.length - count;
  if (count === 0) {
    return { layer, count, notFinite, least: 0, most: 0, mean: 0, standardDeviation: 0, reach: 0, bins };
  }
  const mean = sum / count;
  const reach = Math.max(-least, most);
  for (const value of values) {
    if (Number.isFinite(value)) bins[binOf(value, reach)]++;
  }
  const standardDeviation = Math.sqrt(Math.max(0, squares / count - mean * mean));
  return { layer, count, notFinite, least, most, mean, standardDeviation, reach, bins };
}

function binOf(value: number, reach: number): number {
  if (reach === 0) return (binCount - 1) / 2;
  return Math.min(binCount - 1, Math.floor(((value / reach + 1) / 2) * binCount));
}

/** Of every layer that has a kernel; biases are few and say little. */
export function weightHistograms(model: Model, weights: ReadonlyMap<string, Float32Array>): WeightHistogram[] {
  return model.layers.flatMap(({ name, weights: own }) => {
    const kernel = own.find((weight) => weight.name === 'kernel');
    const values = kernel && weights.get(kernel.path);
    return values ? [weightHistogram(name, values)] : [];
  });
}
