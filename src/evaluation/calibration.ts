/** What a network must know of itself to tell when not to answer: fitted on validation images, stored with the model. */

import { probabilitiesAt } from './logits.js';
import { lowestProbability } from './lowest-probability.js';
import { sureThreshold } from './sure-threshold.js';
import { fitTemperature } from './temperature.js';

/** Plain data, as it stands in `model.json`. */
export interface Calibration {
  /** What logits are divided by before softmax; above 0. */
  readonly temperature: number;
  /**
   * An answer at least as probable, at this temperature, is sure: such validation answers are right to 99.9 % by the mean of their
   * probabilities at this temperature. From 0 to 1; or 2, which no probability reaches, where no validation answer was as probable.
   */
  readonly sureProbability: number;
  /** An answer less probable, at this temperature, is none: of the validation answers 0.5 % at most lie below. From 0 to 1. */
  readonly lowestProbability: number;
  /** How many validation images it was fitted on. */
  readonly images: number;
}

/**
 * Fits temperature and thresholds.
 *
 * @param logits `[N, classes]`, flat, row-major, of images that the network was not trained on; N at least 1
 * @param labels N class indices
 * @throws InklingError where shapes do not fit or a logit is not finite
 * @example
 * ```ts
 * const { data } = await model.predictLogits(validation.images);
 * const calibration = calibrate(data, validation.labels, 10);
 * await model.save('my-model', { calibration });
 * ```
 */
export function calibrate(logits: Float32Array, labels: ArrayLike<number>, classes: number): Calibration {
  const temperature = fitTemperature(logits, labels, classes);
  const probabilities = probabilitiesAt(logits, classes, temperature);
  return {
    temperature,
    sureProbability: sureThreshold(probabilities, classes),
    lowestProbability: lowestProbability(probabilities, classes),
    images: labels.length,
  };
}
