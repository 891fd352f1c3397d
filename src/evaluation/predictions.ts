/**
 * What a network answered about labelled examples, and the checks that every judge of it shares. Holds no model and
 * runs none.
 */

import { InklingError } from '../errors.js';
import { formatShape, type Tensor } from '../numerics/tensor.js';

/** The answers to N examples with known classes. */
export interface Predictions {
  /** `[N, classes]`: row i holds the probability of each class for example i, each from 0 to 1. */
  readonly probabilities: Tensor<Float32Array>;
  /** N class indices, the truth. */
  readonly labels: ArrayLike<number>;
}

// A softmax that multiplies by a rounded reciprocal may end a few units in the last place above 1.
const largestProbability = 1 + 1e-6;

/** Rows of numbers, one for each class, as they were checked. */
export interface ClassRows {
  readonly data: Float32Array;
  readonly count: number;
  readonly classes: number;
}

/**
 * The most probable class of each example; the first of equals. Of logits it is the same.
 *
 * @param probabilities `[N, classes]`
 * @throws InklingError where a probability is NaN or outside 0 to 1, or the shape does not fit
 * @example
 * ```ts
 * const answers = predictedClasses(await model.predict(test.images)); // [N] class indices
 * ```
 */
export function predictedClasses(probabilities: Tensor<Float32Array>): Int32Array {
  return mostProbable(checkProbabilities(probabilities));
}

/** The same of rows that were checked. */
export function mostProbable({ data, count, classes }: ClassRows): Int32Array {
  const predicted = new Int32Array(count);
  for (let example = 0; example < count; example++) {
    const row = example * classes;
    let best = 0;
    for (let k = 1; k < classes; k++) if (data[row + k] > data[row + best]) best = k;
    predicted[example] = best;
  }
  return predicted;
}

/** The probability of each example's answer. */
export function answerProbabilities(rows: ClassRows): Float64Array {
  return Float64Array.from(mostProbable(rows), (answer, example) => rows.data[example * rows.classes + answer]);
}

/** Checks that a tensor has rows of at least one class. @param what such as `Probabilities`, for the message */
export function checkClassRows(what: string, { data, shape }: Tensor<Float32Array>): ClassRows {
  const [count, classes] = shape;
  if (
    shape.length !== 2 ||
    !Number.isInteger(count) ||
    !Number.isInteger(classes) ||
    classes < 1 ||
    data.length !== count * classes
  ) {
    throw new InklingError(
      'argument',
      `${what} must be a tensor of shape [N, classes], a row for each example. Received: ${formatShape(shape)} with ${data.length} values.`,
    );
  }
  return { data, count, classes };
}

/** Checks `[N, classes]` probabilities. */
export function checkProbabilities(probabilities: Tensor<Float32Array>): ClassRows {
  const rows = checkClassRows('Probabilities', probabilities);
  const { data, classes } = rows;
  const wrong = data.findIndex((value) => !(value >= 0 && value <= largestProbability));
  if (wrong >= 0) {
    throw new InklingError(
      'data',
      `Probabilities must be numbers from 0 to 1. Received: ${data[wrong]} for class ${wrong % classes} of example ${Math.floor(wrong / classes)}. Apply softmax to logits; NaN means that the weights are spoilt.`,
    );
  }
  return rows;
}

/** Checks that there are `count` labels and that each is a class index. */
export function requireLabels(labels: ArrayLike<number>, count: number, classes: number, what = 'labels'): void {
  if (labels.length !== count) {
    throw new InklingError('argument', `Expected ${count} ${what}, one for each example. Received: ${labels.length}.`);
  }
  for (let example = 0; example < count; example++) {
    const label = labels[example];
    if (!(Number.isInteger(label) && label >= 0 && label < classes)) {
      throw new InklingError(
        'data',
        `The ${what} must be whole numbers from 0 to ${classes - 1}. Received: ${label} for example ${example}.`,
      );
    }
  }
}
