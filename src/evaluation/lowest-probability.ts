/**
 * How probable an answer must be to be one at all: networks tend to be less sure of what is nothing that they know (Hendrycks,
 * Gimpel, "A Baseline for Detecting Misclassified and Out-of-Distribution Examples in Neural Networks", 2017). It is a hint, no proof.
 */

import { InklingError } from '../errors.js';
import { predictedClasses } from './predictions.js';

/**
 * The probability below which an answer is none: that of one of the answers, such that at most the share `share` of them lies
 * below. So few images of the kind that the network knows are refused, however many others are.
 *
 * @param probabilities `[N, classes]`, flat, row-major, of images that the network was not trained on; N at least 1
 * @param share from 0 to less than 1; default 0.005
 * @throws InklingError where the rows are not whole, there are none, a value is no probability, or `share` is out of range
 * @example
 * ```ts
 * const { data } = await model.predict(validation.images);
 * const lowest = lowestProbability(data, 10); // less probable answers are refused
 * ```
 */
export function lowestProbability(probabilities: Float32Array, classes: number, share = 0.005): number {
  if (!(share >= 0 && share < 1)) {
    throw new InklingError('argument', `The share must be from 0 to less than 1. Received: ${share}.`);
  }
  const ascending = Float64Array.from(
    predictedClasses(probabilities, classes),
    (answer, example) => probabilities[example * classes + answer],
  ).sort();
  if (ascending.length === 0) {
    throw new InklingError('argument', 'There is no lowest probability of no answers. Pass at least one.');
  }
  return ascending[Math.floor(share * ascending.length)];
}
