/**
 * The activation functions. Each derivative can be told from the output y alone, so the backward pass does not need x.
 *
 *     relu       y = max(x, 0)             y' = 1 where y > 0, else 0 (also at x = 0)
 *     leakyRelu  y = x or slope * x        y' = 1 where y > 0, else slope
 *     tanh       y = tanh x                y' = 1 - y^2
 *     sigmoid    y = 1 / (1 + e^-x)        y' = y (1 - y)
 *     softmax    y = e^x / sum of e^x      dx = y (dy - sum of dy * y), along the last axis
 */

import type { ActivationName } from '../layers/activations.js';
import { exp } from '../numerics/elementary.js';

/** Which function; activation operations are of this form. */
export interface ActivationFunction {
  readonly activation: Exclude<ActivationName, 'linear'>;
  /** Slope of `leakyRelu` below zero, 0 to 1. */
  readonly negativeSlope: number;
}

/**
 * @param x any shape
 * @param channels length of the last axis, along which softmax works
 * @returns y, of the same shape
 */
export function activationForward(
  x: Float64Array,
  { activation, negativeSlope }: ActivationFunction,
  channels: number,
): Float64Array {
  switch (activation) {
    case 'relu':
      return x.map((value) => Math.max(value, 0));
    case 'leakyRelu':
      return x.map((value) => (value > 0 ? value : negativeSlope * value));
    case 'tanh':
      return x.map(tanh);
    case 'sigmoid':
      return x.map(sigmoid);
    case 'softmax':
      return softmax(x, channels);
  }
}

/**
 * @param dy any shape
 * @param y what the forward pass returned
 * @param channels length of the last axis
 * @returns dx, of the same shape
 */
export function activationBackward(
  dy: Float64Array,
  y: Float64Array,
  { activation, negativeSlope }: ActivationFunction,
  channels: number,
): Float64Array {
  switch (activation) {
    case 'relu':
      return dy.map((dOutput, index) => (y[index] > 0 ? dOutput : 0));
    case 'leakyRelu':
      return dy.map((dOutput, index) => (y[index] > 0 ? dOutput : negativeSlope * dOutput));
    case 'tanh':
      return dy.map((dOutput, index) => dOutput * (1 - y[index] ** 2));
    case 'sigmoid':
      return dy.map((dOutput, index) => dOutput * y[index] * (1 - y[index]));
    case 'softmax':
      return softmaxBackward(dy, y, channels);
  }
}

/** (1 - e^-2x) / (1 + e^-2x), with the sign put aside so that e^ never overflows. */
function tanh(x: number): number {
  const power = exp(-2 * Math.abs(x));
  return (Math.sign(x) * (1 - power)) / (1 + power);
}

/** e^ is only taken of numbers below zero, so that it never overflows. */
function sigmoid(x: number): number {
  const power = exp(-Math.abs(x));
  return x >= 0 ? 1 / (1 + power) : power / (1 + power);
}

/**
 * Each row's largest value is subtracted first: the result stays the same and e^ never overflows.
 * @param x `[rows, channels]`
 * @returns y `[rows, channels]`; each row sums to 1
 */
export function softmax(x: Float64Array, channels: number): Float64Array {
  const y = new Float64Array(x.length);
  for (let start = 0; start < x.length; start += channels) {
    const row = x.subarray(start, start + channels);
    const largest = row.reduce((a, b) => Math.max(a, b));
    const powers = row.map((value) => exp(value - largest));
    const sum = powers.reduce((a, b) => a + b);
    y.set(
      powers.map((power) => power / sum),
      start,
    );
  }
  return y;
}

function softmaxBackward(dy: Float64Array, y: Float64Array, channels: number): Float64Array {
  const dx = new Float64Array(y.length);
  for (let start = 0; start < y.length; start += channels) {
    let sum = 0;
    for (let index = start; index < start + channels; index++) sum += dy[index] * y[index];
    for (let index = start; index < start + channels; index++) dx[index] = y[index] * (dy[index] - sum);
  }
  return dx;
}
