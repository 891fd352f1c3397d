/** How probable an answer must be to count as sure. */

import { InklingError } from '../errors.js';
import { countExamples, predictedClasses, requireLabels } from './predictions.js';

/** What `sureThreshold` gives where no answer may count as sure: no probability reaches it. */
export const neverSure = 2;

/**
 * The lowest probability for which at least the share `precision` of all answers that are as probable or more is right. It is
 * the probability of one of the answers, equal ones are taken together; where there is none such, as when the most probable
 * answers are wrong, it is `neverSure`, which is 2.
 *
 * Few answers say little: 10 right ones give a threshold that all 10 reach, though 10 cannot show 99.9 %.
 *
 * @param probabilities `[N, classes]`, flat, row-major, of images that the network was not trained on
 * @param labels N class indices
 * @param precision above 0, at most 1; default 0.999
 * @throws InklingError where shapes do not fit, a value is no probability, or `precision` is out of range
 */
export function sureThreshold(
  probabilities: Float32Array,
  labels: ArrayLike<number>,
  classes: number,
  precision = 0.999,
): number {
  requireLabels(labels, countExamples(probabilities, classes), classes);
  if (!(precision > 0 && precision <= 1)) {
    throw new InklingError('argument', `The precision must be above 0 and at most 1. Received: ${precision}.`);
  }
  const answers = Array.from(predictedClasses(probabilities, classes), (answer, example) => ({
    probability: probabilities[example * classes + answer],
    right: answer === labels[example],
  })).sort((a, b) => b.probability - a.probability);
  let threshold = neverSure;
  let correct = 0;
  for (const [index, { probability, right }] of answers.entries()) {
    correct += Number(right);
    if (answers[index + 1]?.probability === probability) continue;
    if (correct >= precision * (index + 1)) threshold = probability;
  }
  return threshold;
}
