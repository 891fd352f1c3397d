/** Calibrates a model that was trained, on the images that its training set aside, and tells what that is worth. */

import type { LabelledImages } from '../data/dataset.js';
import type { Calibration } from '../evaluation/calibration.js';
import type { CalibrationResult } from '../evaluation/evaluate-calibration.js';
import { uncalibrated } from '../inference/recognition.js';
import { integer, percent } from '../report/number-format.js';
import type { Sequential } from '../sequential.js';
import { calibrateModel } from '../training/calibrate-model.js';
import type { Output } from './output.js';

/** Fewer say next to nothing of one answer in a hundred, let alone in a thousand. */
export const minImages = 100;

/**
 * @param training what `fit` was given
 * @param validation images that it set aside
 * @returns undefined where it set none aside, or too few to fit anything on, which is said
 */
export async function calibrateIfEnough(
  model: Sequential,
  training: LabelledImages,
  validation: number,
  splitSeed: number,
  output: Output,
): Promise<Calibration | undefined> {
  if (validation < minImages) {
    const there = validation === 0 ? 'there are none' : `there ${validation === 1 ? 'is' : 'are'} ${validation}`;
    output.text(
      `Not calibrated: that takes ${minImages} validation images or more, and ${there}. Probabilities are taken at their word: an answer is ` +
        `sure from ${percent(uncalibrated.confidenceThreshold)} on, and every picture has one.`,
    );
    return undefined;
  }
  return calibrateModel(model, training, validation, splitSeed);
}

/** What a calibration is worth on the test images. */
export function showCalibration(output: Output, result: CalibrationResult): void {
  const { calibration, before, after, images, notSure, rejected, sureAccuracy } = result;
  const { temperature, confidenceThreshold, rejectionThreshold } = calibration;
  const errors = [before, after].map(({ expectedCalibrationError }) => percent(expectedCalibrationError));
  const losses = [before, after].map(({ negativeLogLikelihood }) => negativeLogLikelihood.toFixed(4));
  const threshold = confidenceThreshold === null ? 'never' : `from a probability of ${percent(confidenceThreshold)}`;
  const rest = sureAccuracy === null ? '' : `, ${percent(sureAccuracy)} of the rest are right`;
  output.text(`${output.style('bold', 'How far to trust its probabilities')}
Temperature: ${temperature.toFixed(3)}, fitted on ${integer(calibration.images)} validation images
Expected calibration error: ${errors[0]}, at this temperature ${errors[1]}
Negative log-likelihood: ${losses[0]}, at this temperature ${losses[1]}
Sure: ${threshold}; no answer: below ${percent(rejectionThreshold)}
Not sure: ${percent(notSure / images)} of the test images (no answer: ${percent(rejected / images)})${rest}
`);
}
