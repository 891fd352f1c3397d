/** Calibrates a model that was trained, on the images that its training set aside. */

import { type LabelledImages, select } from '../data/dataset.js';
import { type Calibration, calibrate } from '../evaluation/calibration.js';
import type { Model } from '../model/model.js';
import type { Tensor } from '../numerics/tensor.js';
import { splitRows } from './validation-rows.js';

/** What it needs of a `Sequential`. */
export interface TrainedModel {
  readonly definition: Model;
  readonly seed: number;
  predictLogits(images: Tensor<Uint8Array>): Promise<Tensor<Float32Array>>;
}

/**
 * Finds the validation rows again by the seed of the split, and fits the calibration on them: a hundred or more, or it says
 * little.
 * @param training what `fit` was given, whole
 * @param validation how many rows `fit` set aside
 * @param splitSeed as `fit` was given it; default: the model's seed
 * @example
 * ```ts
 * await model.fit(train.images, train.labels, { validationSplit: 5000 });
 * const calibration = await calibrateModel(model, train, 5000);
 * await model.save('my-model', { calibration });
 * ```
 */
export async function calibrateModel(
  model: TrainedModel,
  training: LabelledImages,
  validation: number,
  splitSeed: number = model.seed,
): Promise<Calibration> {
  const { images, labels } = select(training, splitRows(training.labels, validation, splitSeed).validation);
  return calibrate(await model.predictLogits(images), labels);
}
