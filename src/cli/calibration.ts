/** Calibrates a model that was trained, on the images that its training set aside, for people and as an event. */

import { type LabelledImages, select } from '../data/dataset.js';
import { type Calibration, calibrate } from '../evaluation/calibration.js';
import type { Sequential } from '../sequential.js';
import { splitRows } from '../training/validation-rows.js';
import type { Output } from './output.js';

/**
 * @param training what `fit` was given
 * @param validation images that it set aside
 * @returns undefined where it set none aside, which is said
 */
export async function calibrateModel(
  model: Sequential,
  training: LabelledImages,
  validation: number,
  output: Output,
): Promise<Calibration | undefined> {
  if (validation === 0) {
    output.text('Not calibrated: that takes validation images, and there are none.');
    return undefined;
  }
  const { images, labels } = select(training, splitRows(training.labels, validation, model.seed).validation);
  const { data: logits } = await model.predictLogits(images);
  return calibrate(logits, labels, model.model.classes);
}
