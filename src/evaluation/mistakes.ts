/** The wrong answers that a network was surest of. */

import { InklingError } from '../errors.js';
import { countExamples, predictedClasses, requireLabels } from './predictions.js';

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
 * The `count` most confident wrong answers, or all where there are fewer: the highest probability of the wrong answer first,
 * ties by index.
 *
 * @param probabilities `[N, classes]`, flat, row-major
 * @param labels N class indices
 * @throws InklingError where shapes do not fit, a value is no probability, or `count` is no whole number from 0 on
 * @example
 * ```ts
 * const { data } = await model.predict(test.images);
 * for (const { index, actual, predicted } of worstMistakes(data, test.labels, 10, 20)) {
 *   console.log(`image ${index} is a ${actual} and was read as ${predicted}`);
 * }
 * ```
 */
export function worstMistakes(
  probabilities: Float32Array,
  labels: ArrayLike<number>,
  classes: number,
  count: number,
): Mistake[] {
  requireLabels(labels, countExamples(probabilities, classes), classes);
  if (!Number.isInteger(count) || count < 0) {
    throw new InklingError('argument', `count must be a whole number from 0 on. Received: ${count}.`);
  }
  const mistakes: Mistake[] = [];
  predictedClasses(probabilities, classes).forEach((predicted, index) => {
    const actual = labels[index];
    if (predicted === actual) return;
    mistakes.push({ index, actual, predicted, probability: probabilities[index * classes + predicted] });
  });
  return mistakes.sort((a, b) => b.probability - a.probability || a.index - b.index).slice(0, count);
}
