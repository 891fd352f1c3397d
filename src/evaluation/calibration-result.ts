/** What a calibration is worth on images that it was not fitted on. */

import { InklingError } from '../errors.js';
import type { Calibration } from './calibration.js';
import { probabilitiesAt } from './logits.js';
import { negativeLogLikelihood } from './negative-log-likelihood.js';
import { predictedClasses } from './predictions.js';
import { expectedCalibrationError, type ReliabilityBin, reliabilityBins } from './reliability.js';

/** How far probabilities can be taken at their word. */
export interface ProbabilityQuality {
  /** From 0 to 1, over 15 bins. */
  readonly expectedCalibrationError: number;
  /** The mean over the images, in nats. */
  readonly negativeLogLikelihood: number;
  readonly bins: readonly ReliabilityBin[];
}

/** What a calibration is worth on some images. */
export interface CalibrationResult {
  readonly calibration: Calibration;
  /** Of the network's own probabilities. */
  readonly before: ProbabilityQuality;
  /** Of those at the calibration's temperature. */
  readonly after: ProbabilityQuality;
  readonly images: number;
  /** Images that are not answered surely: the probability is below `sureProbability` or below `lowestProbability`. */
  readonly notSure: number;
  /** Those of them that get no answer, as if they were of no class: the probability is below `lowestProbability`. */
  readonly refused: number;
  /** The share of right answers among those that are sure; null where there are none. */
  readonly sureAccuracy: number | null;
}

/**
 * Tests a calibration.
 *
 * @param logits `[N, classes]`, flat, row-major, of images that the calibration was not fitted on; N at least 1
 * @param labels N class indices
 * @throws InklingError where shapes do not fit or a logit is not finite
 * @example
 * ```ts
 * const { data } = await model.predictLogits(test.images);
 * const { before, after } = calibrationResult(data, test.labels, 10, calibration);
 * console.log(before.expectedCalibrationError, after.expectedCalibrationError);
 * ```
 */
export function calibrationResult(
  logits: Float32Array,
  labels: ArrayLike<number>,
  classes: number,
  calibration: Calibration,
): CalibrationResult {
  if (labels.length === 0) {
    throw new InklingError('argument', 'A calibration cannot be tested on no examples. Pass at least one.');
  }
  const { temperature, sureProbability, lowestProbability } = calibration;
  const qualityAt = (temperature: number): ProbabilityQuality => {
    const bins = reliabilityBins(probabilitiesAt(logits, classes, temperature), labels, classes);
    return {
      expectedCalibrationError: expectedCalibrationError(bins),
      negativeLogLikelihood: negativeLogLikelihood(logits, labels, classes, temperature),
      bins,
    };
  };
  const [before, after] = [qualityAt(1), qualityAt(temperature)];
  const probabilities = probabilitiesAt(logits, classes, temperature);
  const counts = { notSure: 0, refused: 0, sureAndRight: 0 };
  predictedClasses(probabilities, classes).forEach((answer, example) => {
    const probability = probabilities[example * classes + answer];
    // Where the mean of all validation probabilities is 99.9 % or more, `sureProbability` is the lower of the two.
    const isRefused = probability < lowestProbability;
    const isSure = probability >= sureProbability && !isRefused;
    counts.notSure += Number(!isSure);
    counts.refused += Number(isRefused);
    counts.sureAndRight += Number(isSure && answer === labels[example]);
  });
  const { sureAndRight, ...rest } = counts;
  const sure = labels.length - counts.notSure;
  return {
    calibration,
    before,
    after,
    images: labels.length,
    ...rest,
    sureAccuracy: sure > 0 ? sureAndRight / sure : null,
  };
}
