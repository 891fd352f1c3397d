/**
 * What the last layer gives before softmax, and the probabilities and losses that follow from it: float64 from IEEE operations,
 * the same bytes on every machine. The engine's own probabilities come from float32 and may differ from these in the last bits.
 */

import { InklingError } from '../errors.js';
import { exp, log } from '../numerics/elementary.js';

/** Checks `[N, classes]` logits, flat, and returns N. @throws InklingError (argument, data) */
export function countLogits(logits: Float32Array, classes: number): number {
  if (!Number.isInteger(classes) || classes < 1) {
    throw new InklingError('argument', `The number of classes must be a whole number from 1 on. Received: ${classes}.`);
  }
  if (logits.length % classes !== 0) {
    throw new InklingError(
      'argument',
      `Logits must have ${classes} values for each example. Received ${logits.length} values, which is no multiple of ${classes}. Pass the flat data of an [N, ${classes}] tensor.`,
    );
  }
  const wrong = logits.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) {
    throw new InklingError(
      'data',
      `Logits must be finite numbers. Received ${logits[wrong]} for class ${wrong % classes} of example ${Math.floor(wrong / classes)}. The weights are spoilt: train anew, with a lower learning rate.`,
    );
  }
  return logits.length / classes;
}

/** @throws InklingError (argument) */
export function requireTemperature(temperature: number): void {
  if (!(temperature > 0 && temperature < Number.POSITIVE_INFINITY)) {
    throw new InklingError('argument', `The temperature must be a finite number above 0. Received: ${temperature}.`);
  }
}

/** log(sum of e^logit) of each row of finite `[N, classes]` logits; shifted by the largest, so that it never overflows. */
export function logSumExp(logits: ArrayLike<number>, classes: number): Float64Array {
  return new Float64Array(logits.length / classes).map((_, example) => {
    const row = example * classes;
    let largest = logits[row];
    for (let k = 1; k < classes; k++) largest = Math.max(largest, logits[row + k]);
    let sum = 0;
    for (let k = 0; k < classes; k++) sum += exp(logits[row + k] - largest);
    return largest + log(sum);
  });
}

/**
 * softmax(logits / temperature), flat, `[N, classes]`. Temperatures above 1 soften the probabilities, those below sharpen them;
 * the order of a row's classes stays.
 *
 * @param logits `[N, classes]`, flat, row-major
 * @param temperature above 0
 * @throws InklingError where shapes do not fit, a logit is not finite or the temperature is not above 0
 * @example
 * ```ts
 * const { data } = await model.predictLogits(test.images);
 * const probabilities = probabilitiesAt(data, 10, calibration.temperature);
 * ```
 */
export function probabilitiesAt(logits: Float32Array, classes: number, temperature: number): Float32Array {
  const count = countLogits(logits, classes);
  requireTemperature(temperature);
  const probabilities = new Float32Array(logits.length);
  const powers = new Float64Array(classes);
  for (let row = 0; row < count * classes; row += classes) {
    let largest = logits[row];
    for (let k = 1; k < classes; k++) largest = Math.max(largest, logits[row + k]);
    let sum = 0;
    for (let k = 0; k < classes; k++) {
      powers[k] = exp((logits[row + k] - largest) / temperature);
      sum += powers[k];
    }
    for (let k = 0; k < classes; k++) probabilities[row + k] = powers[k] / sum;
  }
  return probabilities;
}
