/** What a network answered about labelled examples, and the checks that every judge of it shares. Holds no model and runs none. */

import { InklingError } from '../errors.js';
import type { Tensor } from '../numerics/tensor.js';

/** The answers to N examples with known classes. */
export interface Predictions {
  /** `[N, classes]`: row i holds the probability of each class for example i, each from 0 to 1. */
  readonly probabilities: Tensor<Float32Array>;
  /** N class indices, the truth. */
  readonly labels: ArrayLike<number>;
}

// A softmax that multiplies by a rounded reciprocal may end a few units in the last place above 1.
const largestProbability = 1 + 1e-6;

/**
 * The most probable class of each example; the first of equals.
 *
 * @param probabilities `[N, classes]`, flat, row-major
 * @throws InklingError where a probability is NaN or outside 0 to 1, or the rows are not whole
 * @example
 * ```ts
 * const { data } = await model.predict(test.images);
 * const answers = predictedClasses(data, 10); // [N] class indices
 * ```
 */
export function predictedClasses(probabilities: Float32Array, classes: number): Int32Array {
  const count = countExamples(probabilities, classes);
  const predicted = new Int32Array(count);
  for (let example = 0; example < count; example++) {
    const row = example * classes;
    let best = 0;
    for (let k = 1; k < classes; k++) if (probabilities[row + k] > probabilities[row + best]) best = k;
    predicted[example] = best;
  }
  return predicted;
}

/** Checks `[N, classes]` probabilities and returns N. */
export function countExamples(probabilities: Float32Array, classes: number): number {
  if (!Number.isInteger(classes) || classes < 1) {
    throw new InklingError('argument', `The number of classes must be a whole number from 1 on. Received: ${classes}.`);
  }
  if (probabilities.length % classes !== 0) {
    throw new InklingError(
      'argument',
      `Probabilities must have ${classes} values for each example. Received ${probabilities.length} values, which is no multiple of ${classes}. Pass the flat data of an [N, ${classes}] tensor.`,
    );
  }
  const wrong = probabilities.findIndex((value) => !(value >= 0 && value <= largestProbability));
  if (wrong >= 0) {
    throw new InklingError(
      'data',
      `Probabilities must be numbers from 0 to 1. Received ${probabilities[wrong]} for class ${wrong % classes} of example ${Math.floor(wrong / classes)}. Apply softmax to logits; NaN means that the weights are spoilt.`,
    );
  }
  return probabilities.length / classes;
}

/** Checks that there are `count` labels and that each is a class index. */
export function requireLabels(labels: ArrayLike<number>, count: number, classes: number, what = 'labels'): void {
  if (labels.length !== count) {
    throw new InklingError('argument', `Expected ${count} ${what}, one for each example. Received ${labels.length}.`);
  }
  for (let example = 0; example < count; example++) {
    const label = labels[example];
    if (!(Number.isInteger(label) && label >= 0 && label < classes)) {
      throw new InklingError(
        'data',
        `The ${what} must be whole numbers from 0 to ${classes - 1}. Received ${label} for example ${example}.`,
      );
    }
  }
}
