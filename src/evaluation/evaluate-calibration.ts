/** What a calibration is worth on images that it was not fitted on. */

import { InklingError } from '../errors.js';
import type { Tensor } from '../numerics/tensor.js';
import type { Calibration } from './calibration.js';
import { softmax } from './logits.js';
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
  /**
   * Images that are not answered surely: the probability is below `confidenceThreshold` or below `rejectionThreshold`.
   */
  readonly notSure: number;
  /** Those of them that get no answer, as if they were of no class: the probability is below `rejectionThreshold`. */
  readonly rejected: number;
  /** The share of right answers among those that are sure; null where there are none. */
  readonly sureAccuracy: number | null;
}

/**
 * Tests a calibration.
 *
 * @param logits `[N, classes]`, of images that the calibration was not fitted on; N at least 1
 * @param labels N class indices
 * @throws InklingError where shapes do not fit or a logit is not finite
 * @example
 * ```ts
 * const logits = await model.predictLogits(test.images);
 * const { before, after } = evaluateCalibration(logits, test.labels, calibration);
 * console.log(before.expectedCalibrationError, after.expectedCalibrationError);
 * ```
 */
export function evaluateCalibration(
  logits: Tensor<Float32Array>,
  labels: ArrayLike<number>,
  calibration: Calibration,
): CalibrationResult {
  if (labels.length === 0) {
    throw new InklingError('argument', 'A calibration cannot be tested on no examples. Pass at least one.');
  }
  const { temperature, confidenceThreshold, rejectionThreshold } = calibration;
  const measureAt = (temperature: number): ProbabilityQuality => {
    const bins = reliabilityBins(softmax(logits, { temperature }), labels);
    return {
      expectedCalibrationError: expectedCalibrationError(bins),
      negativeLogLikelihood: negativeLogLikelihood(logits, labels, temperature),
      bins,
    };
  };
  const [before, after] = [measureAt(1), measureAt(temperature)];
  const probabilities = softmax(logits, { temperature });
  const counts = { notSure: 0, rejected: 0, sureAndRight: 0 };
  const [, classes] = probabilities.shape;
  predictedClasses(probabilities).forEach((answer, example) => {
    const probability = probabilities.data[example * classes + answer];
    // Where the mean of all validation probabilities is 99.9 % or more, `confidenceThreshold` is the lower of the two.
    const isRejected = probability < rejectionThreshold;
    const isSure = confidenceThreshold !== null && probability >= confidenceThreshold && !isRejected;
    counts.notSure += Number(!isSure);
    counts.rejected += Number(isRejected);
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
