/**
 * Temperature scaling: one number that all logits are divided by, so that a network's probabilities are as high as its
 * answers are right (Guo, Pleiss, Sun, Weinberger, "On Calibration of Modern Neural Networks", 2017). Answers stay what
 * they were.
 */

import { InklingError } from '../errors.js';
import { exp } from '../numerics/elementary.js';
import type { Tensor } from '../numerics/tensor.js';
import { checkLogits } from './logits.js';
import { requireLabels } from './predictions.js';

/** No temperature beyond these is given. */
const lowest = 0.01;
const highest = 100;
/** The loss that allows for wrong labels is looked at in such steps of the temperature. */
const searchStep = 1.05;

/**
 * The share of labels that are taken to be wrong. Of MNIST's 10,000 test labels at least 15 are (Northcutt, Athalye,
 * Mueller, "Pervasive Label Errors in Test Sets Destabilize Machine Learning Benchmarks", 2021); validation images come
 * out of the training set, whose labels are no better.
 */
const usualWrongLabels = 0.002;

/**
 * The temperature from 0.01 to 100 at which the labels are likeliest, where a share of them is wrong, any class being
 * as likely then: the least mean of -log((1 - w) p + w / classes) over the labels' probabilities p. Without that share,
 * `negativeLogLikelihood`, a few wrong labels, to which a good network gives a probability of nothing, would decide
 * alone how sure it may be. The same bytes on every machine.
 *
 * Where every label has the largest logit of its row, lower temperatures are likelier without end, and the labels say
 * nothing of how sure to be: then the temperature is 1, and the probabilities stay what they were.
 *
 * @param logits `[N, classes]`, of images that the network was not trained on; N at least 1
 * @param labels N class indices
 * @param wrongLabels w, from 0 to less than 1; default 0.002
 * @throws InklingError where shapes do not fit, a logit is not finite or the share is out of range
 * @example
 * ```ts
 * const temperature = fitTemperature(await model.predictLogits(validation.images), validation.labels);
 * ```
 */
export function fitTemperature(
  logits: Tensor<Float32Array>,
  labels: ArrayLike<number>,
  wrongLabels = usualWrongLabels,
): number {
  const { data, count, classes } = checkLogits(logits);
  requireLabels(labels, count, classes);
  if (!(wrongLabels >= 0 && wrongLabels < 1)) {
    throw new InklingError(
      'argument',
      `The fraction of wrong labels must be from 0 to less than 1. Received: ${wrongLabels}.`,
    );
  }
  if (count === 0) throw new InklingError('argument', 'A temperature needs examples to fit. Pass at least one.');
  const shifted = shiftByLargest(data, classes);
  const unbounded = Array.from({ length: count }, (_, row) => shifted[row * classes + labels[row]]).every(
    (s) => s === 0,
  );
  if (unbounded) return 1;
  const slopesWith = (wrong: number) => (inverse: number) => slopes(shifted, labels, classes, inverse, wrong);
  const trusting = minPoint(slopesWith(0), 1 / highest, 1 / lowest);
  return 1 / (wrongLabels === 0 ? trusting : sharperPoint(slopesWith(wrongLabels), trusting));
}

/** First and second derivative of a loss by the inverse temperature. */
type Slopes = (inverse: number) => { first: number; second: number };

/**
 * Where a loss that falls at `low` and rises at `high` is least, by Newton's method kept inside a bracket; else the end
 * to which it falls.
 */
function minPoint(slopeAt: Slopes, low: number, high: number): number {
  if (slopeAt(low).first >= 0) return low;
  if (slopeAt(high).first <= 0) return high;
  let [below, above] = [low, high];
  let inverse = Math.sqrt(low * high);
  for (let round = 0; round < 200; round++) {
    const { first, second } = slopeAt(inverse);
    if (first === 0) break;
    if (first > 0) above = inverse;
    else below = inverse;
    const newton = inverse - first / second;
    const next = newton > below && newton < above ? newton : Math.sqrt(below * above);
    const change = Math.abs(next - inverse);
    inverse = next;
    if (change <= 1e-12 * inverse) break;
  }
  return inverse;
}

/**
 * The first least point on from the one that trusts all labels. There may be none: where so few labels contradict that
 * all of them may be wrong, the loss falls without end, and says nothing of how sure to be.
 */
function sharperPoint(slopeAt: Slopes, trusting: number): number {
  for (let low = trusting; low * searchStep <= 1 / lowest; low *= searchStep) {
    if (slopeAt(low * searchStep).first >= 0) return minPoint(slopeAt, low, low * searchStep);
  }
  return trusting;
}

function shiftByLargest(logits: Float32Array, classes: number): Float64Array {
  const shifted = Float64Array.from(logits);
  for (let row = 0; row < shifted.length; row += classes) {
    const values = shifted.subarray(row, row + classes);
    const largest = values.reduce((most, value) => Math.max(most, value));
    for (let k = 0; k < classes; k++) values[k] -= largest;
  }
  return shifted;
}

/**
 * First derivative of the mean loss by the inverse temperature: with the probabilities at that temperature, a row's
 * expected logit less that of its label, weighted by how probable it is that the label is right. And about the second
 * one: the variance of the row's logits, weighted in the same way.
 */
function slopes(
  shifted: Float64Array,
  labels: ArrayLike<number>,
  classes: number,
  inverse: number,
  wrongLabels: number,
) {
  const count = labels.length;
  let first = 0;
  let second = 0;
  for (let example = 0; example < count; example++) {
    const row = example * classes;
    let sum = 0;
    let mean = 0;
    let square = 0;
    for (let k = 0; k < classes; k++) {
      const logit = shifted[row + k];
      const power = exp(inverse * logit);
      sum += power;
      mean += power * logit;
      square += power * logit * logit;
    }
    mean /= sum;
    const label = shifted[row + labels[example]];
    const right = (1 - wrongLabels) * (exp(inverse * label) / sum);
    // Of a label without any probability, and no wrong labels, it is 0 / 0: then every label counts in full.
    const weight = wrongLabels === 0 ? 1 : right / (right + wrongLabels / classes);
    first += weight * (mean - label);
    second += weight * Math.max(0, square / sum - mean * mean);
  }
  return { first: first / count, second: second / count };
}
