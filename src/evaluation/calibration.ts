/**
 * What a network must know of itself to tell when not to answer: fitted on validation images, stored with the model.
 */

import type { Tensor } from '../numerics/tensor.js';
import { confidenceThreshold } from './confidence-threshold.js';
import { softmax } from './logits.js';
import { rejectionThreshold } from './rejection-threshold.js';
import { fitTemperature } from './temperature.js';

/** Plain data, as it stands in `model.json`. */
export interface Calibration {
  /** What logits are divided by before softmax; above 0. */
  readonly temperature: number;
  /**
   * An answer at least as probable, at this temperature, is sure: such validation answers are right to 99.9 % by the
   * mean of their probabilities at this temperature. From 0 to 1; null where no validation answer was as probable: then
   * none is sure.
   */
  readonly confidenceThreshold: number | null;
  /**
   * An answer less probable, at this temperature, is none: of the validation answers 0.5 % at most lie below. From 0 to
   * 1.
   */
  readonly rejectionThreshold: number;
  /** How many validation images it was fitted on. */
  readonly images: number;
}

/**
 * Fits temperature and thresholds.
 *
 * @param logits `[N, classes]`, of images that the network was not trained on; N at least 1
 * @param labels N class indices
 * @throws InklingError where shapes do not fit or a logit is not finite
 * @example
 * ```ts
 * const calibration = calibrate(await model.predictLogits(validation.images), validation.labels);
 * await model.save('my-model', { calibration });
 * ```
 */
export function calibrate(logits: Tensor<Float32Array>, labels: ArrayLike<number>): Calibration {
  const temperature = fitTemperature(logits, labels);
  const probabilities = softmax(logits, { temperature });
  return {
    temperature,
    confidenceThreshold: confidenceThreshold(probabilities),
    rejectionThreshold: rejectionThreshold(probabilities),
    images: labels.length,
  };
}
