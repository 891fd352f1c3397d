/**
 * How probable an answer must be to count as sure, by calibrated probabilities alone: labels, some of which are wrong,
 * have no say.
 */

import { InklingError } from '../errors.js';
import type { Tensor } from '../numerics/tensor.js';
import { answerProbabilities, checkProbabilities } from './predictions.js';

/**
 * The lowest probability for which the mean probability of all answers that are as probable or more is at least
 * `precision`. Of calibrated answers the mean probability is the share that is expected to be right. It is the
 * probability of one of the answers, equal ones are taken together; where no answer is as probable as `precision`, it
 * is null: no answer is sure.
 *
 * Right and wrong answers are not counted: of 5,000, a precision of 99.9 % leaves room for 5 wrong ones, and as many
 * labels of MNIST are wrong. What it promises is worth as much as the probabilities are, and they are those of images
 * like the ones given.
 *
 * @param probabilities `[N, classes]`, calibrated, of images that the network was not trained on
 * @param precision above 0, at most 1; default 0.999
 * @throws InklingError where the shape does not fit, a value is not a probability, or `precision` is out of range
 * @example
 * ```ts
 * const probabilities = await model.predict(validation.images);
 * const sure = confidenceThreshold(probabilities, 0.99); // answers as probable as this are right to 99 %
 * ```
 */
export function confidenceThreshold(probabilities: Tensor<Float32Array>, precision = 0.999): number | null {
  if (!(precision > 0 && precision <= 1)) {
    throw new InklingError('argument', `The precision must be above 0 and at most 1. Received: ${precision}.`);
  }
  const descending = answerProbabilities(checkProbabilities(probabilities)).sort().reverse();
  let threshold: number | null = null;
  let sum = 0;
  for (const [index, probability] of descending.entries()) {
    sum += probability;
    if (descending[index + 1] === probability) continue;
    // The mean falls from each probability to the next lower one, so the first that is too low is followed by none that
    // is not.
    if (sum < precision * (index + 1)) break;
    threshold = probability;
  }
  return threshold;
}
