/** Shares of right answers and how far to trust them. */

import { InklingError } from '../errors.js';
import type { Tensor } from '../numerics/tensor.js';
import { checkProbabilities, requireLabels } from './predictions.js';

/**
 * The share of examples whose true class is among the `k` most probable ones, from 0 to 1. Equally probable classes
 * rank by index, the lower first, so that `k = 1` counts exactly the answers of `predictedClasses`.
 *
 * @param probabilities `[N, classes]`; N at least 1
 * @param labels N class indices
 * @throws InklingError where shapes do not fit, a value is not a probability, or k is not from 1 to `classes`
 * @example
 * ```ts
 * const probabilities = await model.predict(test.images);
 * console.log(topKAccuracy(probabilities, test.labels, 2)); // the truth is among the first two
 * ```
 */
export function topKAccuracy(probabilities: Tensor<Float32Array>, labels: ArrayLike<number>, k: number): number {
  const { data, count, classes } = checkProbabilities(probabilities);
  requireLabels(labels, count, classes);
  if (!Number.isInteger(k) || k < 1 || k > classes) {
    throw new InklingError('argument', `"k" must be a whole number from 1 to ${classes}, the classes. Received: ${k}.`);
  }
  if (count === 0) throw new InklingError('argument', 'The accuracy of no examples is undefined. Pass at least one.');
  let hits = 0;
  for (let example = 0; example < count; example++) {
    const row = example * classes;
    const label = labels[example];
    const own = data[row + label];
    let ahead = 0;
    for (let other = 0; other < classes; other++) {
      const value = data[row + other];
      if (value > own || (value === own && other < label)) ahead++;
    }
    if (ahead < k) hits++;
  }
  return hits / count;
}

/**
 * Wilson's score interval of a proportion (Wilson, "Probable inference, the law of succession, and statistical
 * inference", 1927): where the true accuracy lies with 95 % confidence at the default `z`, given `correct` of `total`
 * independent answers. Unlike the textbook's +- interval it holds near 0 and 1 and never leaves them.
 *
 * @returns `[low, high]`, fractions from 0 to 1
 * @throws InklingError unless 0 <= correct <= total, total >= 1 (whole numbers) and z > 0
 * @example
 * ```ts
 * const [low, high] = wilsonInterval(9930, 10_000); // 0.9911 to 0.9945
 * ```
 */
export function wilsonInterval(correct: number, total: number, z = 1.959963984540054): [low: number, high: number] {
  const valid = Number.isInteger(correct) && Number.isInteger(total) && correct >= 0 && correct <= total && total >= 1;
  if (!valid || !(z > 0 && z < Number.POSITIVE_INFINITY)) {
    throw new InklingError(
      'argument',
      `Expected whole numbers 0 <= correct <= total, total from 1 on, and z above 0. Received: correct ${correct}, total ${total}, z ${z}.`,
    );
  }
  const fraction = correct / total;
  const square = z * z;
  const centre = fraction + square / (2 * total);
  const spread = z * Math.sqrt((fraction * (1 - fraction)) / total + square / (4 * total * total));
  const scale = 1 + square / total;
  // The ends are exact at no and at full success; rounding would leave 1e-17 there.
  return [correct === 0 ? 0 : (centre - spread) / scale, correct === total ? 1 : (centre + spread) / scale];
}
