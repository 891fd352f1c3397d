/**
 * The first look at what a caller gives as inputs or targets: whether it is such a thing at all. `rows.ts` looks
 * whether it fits the model.
 */

import { InklingError } from '../errors.js';
import { describeValue } from '../known-names.js';
import { formatShape, type Shape, sizeOf, type Tensor } from '../numerics/tensor.js';
import type { Targets } from './rows.js';

/**
 * @param action such as `fit`, for the message
 * @param inputShape that of the model, without the rows; undefined where it is not known yet
 * @throws InklingError (argument) where `given` is not a tensor, (data) where its rows have another shape or a number
 * is not finite
 */
export function checkInputs(action: string, given: Tensor, inputShape: Shape | undefined): void {
  if (!isTensorLike(given)) {
    throw new InklingError(
      'argument',
      `${action}: inputs must be a tensor { data, shape }, such as { data: new Uint8Array(784), shape: [1, 28, 28, 1] }. ` +
        `Received: ${describeInput(given)}.`,
    );
  }
  checkShape(action, given.shape, inputShape);
  if (given.data instanceof Float32Array) checkFinite(action, given.data, given.shape);
}

/** @throws InklingError (argument) where there are none, or where they are of no kind that a loss could take */
export function checkTargetsGiven(action: string, given: Targets | undefined): void {
  if (given === undefined || given === null) {
    throw new InklingError('argument', `${action}: there are no targets. Give them after the inputs.`);
  }
  const numbers = ArrayBuffer.isView(given) && !(given instanceof DataView);
  const list = Array.isArray(given) && given.every((label) => typeof label === 'number');
  if (list || numbers || isTensorLike(given)) return;
  const hint = Array.isArray(given) && Array.isArray(given[0]) ? ' oneHot(labels, classes) makes such a tensor.' : '';
  throw new InklingError(
    'argument',
    `${action}: targets must be class numbers, a list or a typed array with one for each row, or a tensor { data, shape } of one-hot ` +
      `labels. Received: ${describeInput(given)}.${hint}`,
  );
}

function isTensorLike(given: unknown): given is Tensor {
  if (typeof given !== 'object' || given === null || !('data' in given && 'shape' in given)) return false;
  const { data, shape } = given;
  const isShape = Array.isArray(shape) && shape.every((size) => Number.isSafeInteger(size) && size >= 0);
  return isShape && ArrayBuffer.isView(data) && !(data instanceof DataView);
}

function describeInput(given: unknown): string {
  if (typeof given !== 'object' || given === null || Array.isArray(given) || ArrayBuffer.isView(given)) {
    return describeValue(given);
  }
  const fields = Object.entries(given).slice(0, 5);
  return fields.length === 0
    ? 'an object without them'
    : `{ ${fields.map(([name, value]) => `${name}: ${describeValue(value)}`).join(', ')} }`;
}

function checkShape(action: string, shape: Shape, inputShape: Shape | undefined): void {
  const received = formatShape(shape);
  if (inputShape === undefined) {
    if (shape.length === 4 || shape.length === 2) return;
    throw new InklingError(
      'data',
      `${action}: expected images of shape [N, height, width, channels] or vectors of shape [N, features]. Received: ${received}. ` +
        'reshape gives them another: [1, height, width, channels] is one image, [-1, height, width, 1] as many as there are, of one channel.',
    );
  }
  if (formatShape(shape.slice(1)) === formatShape(inputShape)) return;
  const sizes = inputShape.join(', ');
  const alike = withoutOnes(shape).endsWith(withoutOnes(inputShape)) || sizeOf(shape.slice(1)) === sizeOf(inputShape);
  const hint = alike && sizeOf(shape) > 0 ? ` reshape(inputs, [-1, ${sizes}]) makes them such.` : '';
  throw new InklingError('data', `${action}: expected inputs of shape [N, ${sizes}]. Received: ${received}.${hint}`);
}

/** Sizes other than 1, each with a comma before it. */
function withoutOnes(shape: Shape): string {
  return shape.flatMap((size) => (size === 1 ? [] : [`,${size}`])).join('');
}

/**
 * Whether all are finite: a number minus itself is 0, infinity or NaN minus itself is NaN. Four sums at a time, since
 * each addition would wait for the one before it: a third of a nanosecond a number, a third of what asking each by
 * `Number.isFinite` takes.
 */
function allFinite(data: Float32Array): boolean {
  let [first, second, third, fourth] = [0, 0, 0, 0];
  const whole = data.length - (data.length % 4);
  for (let index = 0; index < whole; index += 4) {
    first += data[index] - data[index];
    second += data[index + 1] - data[index + 1];
    third += data[index + 2] - data[index + 2];
    fourth += data[index + 3] - data[index + 3];
  }
  return first + second + third + fourth === 0 && data.subarray(whole).every(Number.isFinite);
}

function checkFinite(action: string, data: Float32Array, shape: Shape): void {
  if (allFinite(data)) return;
  const index = data.findIndex((value) => !Number.isFinite(value));
  const size = sizeOf(shape.slice(1));
  const place: number[] = [];
  let rest = index % size;
  for (const length of shape.slice(1).toReversed()) {
    place.unshift(rest % length);
    rest = Math.floor(rest / length);
  }
  throw new InklingError(
    'data',
    `${action}: inputs must be finite numbers. Received: ${data[index]} in row ${Math.floor(index / size)} at ${formatShape(place)}. ` +
      'Replace or leave out what was not measured.',
  );
}
