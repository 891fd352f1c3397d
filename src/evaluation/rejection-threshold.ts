/**
 * How probable an answer must be to be one at all: networks tend to be less sure of what is nothing that they know
 * (Hendrycks, Gimpel, "A Baseline for Detecting Misclassified and Out-of-Distribution Examples in Neural Networks",
 * 2017). It is a hint, no proof.
 */

import { InklingError } from '../errors.js';
import type { Tensor } from '../numerics/tensor.js';
import { answerProbabilities, checkProbabilities } from './predictions.js';

/**
 * The probability below which an answer is none: that of one of the answers, such that at most the fraction `rejected`
 * of them lies below. So few images of the kind that the network knows are rejected, however many others are.
 *
 * @param probabilities `[N, classes]`, of images that the network was not trained on; N at least 1
 * @param rejected from 0 to less than 1; default 0.005
 * @throws InklingError where the shape does not fit, there are no rows, a value is not a probability, or `rejected` is
 * out of range
 * @example
 * ```ts
 * const lowest = rejectionThreshold(await model.predict(validation.images)); // less probable answers are rejected
 * ```
 */
export function rejectionThreshold(probabilities: Tensor<Float32Array>, rejected = 0.005): number {
  if (!(rejected >= 0 && rejected < 1)) {
    throw new InklingError('argument', `The rejected fraction must be from 0 to less than 1. Received: ${rejected}.`);
  }
  const ascending = answerProbabilities(checkProbabilities(probabilities)).sort();
  if (ascending.length === 0) {
    throw new InklingError('argument', 'There is no threshold of no answers. Pass at least one.');
  }
  return ascending[Math.floor(rejected * ascending.length)];
}
