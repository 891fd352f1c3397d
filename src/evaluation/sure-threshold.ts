/** How probable an answer must be to count as sure, by calibrated probabilities alone: labels, some of which are wrong, have no say. */

import { InklingError } from '../errors.js';
import { predictedClasses } from './predictions.js';

/** What `sureThreshold` gives where no answer may count as sure: no probability reaches it. */
export const neverSure = 2;

/**
 * The lowest probability for which the mean probability of all answers that are as probable or more is at least `precision`. Of
 * calibrated answers the mean probability is the share that is expected to be right. It is the probability of one of the answers,
 * equal ones are taken together; where no answer is as probable as `precision`, it is `neverSure`, which is 2.
 *
 * Right and wrong answers are not counted: of 5,000, a precision of 99.9 % leaves room for 5 wrong ones, and as many labels of MNIST
 * are wrong. What it promises is worth as much as the probabilities are, and they are those of images like the ones given.
 *
 * @param probabilities `[N, classes]`, flat, row-major, calibrated, of images that the network was not trained on
 * @param precision above 0, at most 1; default 0.999
 * @throws InklingError where the rows are not whole, a value is no probability, or `precision` is out of range
 * @example
 * ```ts
 * const { data } = await model.predict(validation.images);
 * const sure = sureThreshold(data, 10, 0.99); // answers as probable as this are right to 99 %
 * ```
 */
export function sureThreshold(probabilities: Float32Array, classes: number, precision = 0.999): number {
  if (!(precision > 0 && precision <= 1)) {
    throw new InklingError('argument', `The precision must be above 0 and at most 1. Received: ${precision}.`);
  }
  const descending = Float64Array.from(
    predictedClasses(probabilities, classes),
    (answer, example) => probabilities[example * classes + answer],
  )
    .sort()
    .reverse();
  let threshold = neverSure;
  let sum = 0;
  for (const [index, probability] of descending.entries()) {
    sum += probability;
    if (descending[index + 1] === probability) continue;
    // The mean falls from each probability to the next lower one, so the first that is too low is followed by none that is not.
    if (sum < precision * (index + 1)) break;
    threshold = probability;
  }
  return threshold;
}
