/** A model by itself as a classifier of distorted images: no preprocessing, no calibration. */

import { imageShape } from '../data/dataset.js';
import { predictedClasses } from '../evaluation/predictions.js';
import type { Classifier } from '../evaluation/robustness.js';
import type { Model } from '../model/model.js';
import { formatShape, type Tensor } from '../numerics/tensor.js';

/** What it needs of a `Sequential`. */
export interface PredictingModel {
  readonly definition: Model;
  predict(images: Tensor<Uint8Array>): Promise<Tensor<Float32Array>>;
}

/**
 * Answers every picture of the model's own size, and takes no other one.
 * @example
 * ```ts
 * const report = await measureRobustness([networkClassifier(model)], test.images, test.labels);
 * ```
 */
export function networkClassifier(model: PredictingModel): Classifier {
  const size = formatShape(model.definition.config.inputShape);
  return {
    name: 'network alone',
    classify: (pictures) => (formatShape(imageShape(pictures)) === size ? predictClasses(model, pictures) : undefined),
  };
}

async function predictClasses(model: PredictingModel, pictures: Tensor<Uint8Array>): Promise<Int32Array> {
  return predictedClasses(await model.predict(pictures));
}
