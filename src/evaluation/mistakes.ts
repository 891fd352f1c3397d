/** The wrong answers that a network was surest of. */

import { InklingError } from '../errors.js';
import type { Tensor } from '../numerics/tensor.js';
import { checkProbabilities, mostProbable, requireLabels } from './predictions.js';

/** One wrong answer. */
export interface Mistake {
  /** Which example, from 0. */
  readonly index: number;
  /** Class indices. */
  readonly actual: number;
  readonly predicted: number;
  /** The probability that the network gave to its answer, from 0 to 1. */
  readonly probability: number;
}

/**
 * The `count` most confident wrong answers, or all where there are fewer: the highest probability of the wrong answer
 * first, ties by index.
 *
 * @param probabilities `[N, classes]`
 * @param labels N class indices
 * @throws InklingError where shapes do not fit, a value is not a probability, or `count` is not a whole number from 0
 * on
 * @example
 * ```ts
 * const probabilities = await model.predict(test.images);
 * for (const { index, actual, predicted } of worstMistakes(probabilities, test.labels, 20)) {
 *   console.log(`image ${index} is a ${actual} and was read as ${predicted}`);
 * }
 * ```
 */
export function worstMistakes(
  probabilities: Tensor<Float32Array>,
  labels: ArrayLike<number>,
  count: number,
): Mistake[] {
  const rows = checkProbabilities(probabilities);
  requireLabels(labels, rows.count, rows.classes);
  if (!Number.isInteger(count) || count < 0) {
    throw new InklingError('argument', `"count" must be a whole number from 0 on. Received: ${count}.`);
  }
  const mistakes: Mistake[] = [];
  mostProbable(rows).forEach((predicted, index) => {
    const actual = labels[index];
    if (predicted === actual) return;
    mistakes.push({ index, actual, predicted, probability: rows.data[index * rows.classes + predicted] });
  });
  return mistakes.sort((a, b) => b.probability - a.probability || a.index - b.index).slice(0, count);
}
