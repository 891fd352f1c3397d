/**
 * What the last layer gives before softmax, and the probabilities and losses that follow from it: float64 from IEEE
 * operations, the same bytes on every machine. The engine's own probabilities come from float32 and may differ from
 * these in the last bits.
 */

import { InklingError } from '../errors.js';
import { readOptions } from '../known-names.js';
import { exp, log } from '../numerics/elementary.js';
import type { Tensor } from '../numerics/tensor.js';
import { type ClassRows, checkClassRows } from './predictions.js';

/** Checks `[N, classes]` logits. @throws InklingError (argument, data) */
export function checkLogits(logits: Tensor<Float32Array>): ClassRows {
  const rows = checkClassRows('Logits', logits);
  const { data, classes } = rows;
  const wrong = data.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) {
    throw new InklingError(
      'data',
      `Logits must be finite numbers. Received: ${data[wrong]} for class ${wrong % classes} of example ${Math.floor(wrong / classes)}. The weights are spoilt: train anew, with a lower learning rate.`,
    );
  }
  return rows;
}

/** @throws InklingError (argument) */
export function requireTemperature(temperature: number): void {
  if (!(temperature > 0 && temperature < Number.POSITIVE_INFINITY)) {
    throw new InklingError('argument', `The temperature must be a finite number above 0. Received: ${temperature}.`);
  }
}

/**
 * log(sum of e^logit) of each row of finite `[N, classes]` logits; shifted by the largest, so that it never overflows.
 */
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
 * softmax(logits / temperature). Temperatures above 1 soften the probabilities, those below sharpen them; the order of
 * a row's classes stays.
 *
 * @param logits `[N, classes]`
 * @param options temperature: above 0, default 1
 * @returns probabilities `[N, classes]`
 * @throws InklingError where the shape does not fit, a logit is not finite or the temperature is not above 0
 * @example
 * ```ts
 * const probabilities = softmax(await model.predictLogits(test.images), { temperature: calibration.temperature });
 * ```
 */
export function softmax(
  logits: Tensor<Float32Array>,
  options: { readonly temperature?: number } = {},
): Tensor<Float32Array> {
  const { temperature = 1 } = readOptions('argument', 'softmax', options, ['temperature']) as typeof options;
  const { data, count, classes } = checkLogits(logits);
  requireTemperature(temperature);
  const probabilities = new Float32Array(data.length);
  const powers = new Float64Array(classes);
  for (let row = 0; row < count * classes; row += classes) {
    let largest = data[row];
    for (let k = 1; k < classes; k++) largest = Math.max(largest, data[row + k]);
    let sum = 0;
    for (let k = 0; k < classes; k++) {
      powers[k] = exp((data[row + k] - largest) / temperature);
      sum += powers[k];
    }
    for (let k = 0; k < classes; k++) probabilities[row + k] = powers[k] / sum;
  }
  return { data: probabilities, shape: [count, classes] };
}
