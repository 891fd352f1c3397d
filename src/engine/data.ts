/** The data that the engine takes, and how it is written into the shared memory. */

import { InklingError } from '../errors.js';
import type { Model } from '../model/model.js';
import { formatShape, sizeOf, type Tensor } from '../numerics/tensor.js';
import type { DataSource } from './programs.js';

/** Class numbers `[N]`, or a distribution over the classes for each row, `[N, classes]`. */
export type Targets = Uint8Array | Int32Array | Uint32Array | readonly number[] | Tensor<Float32Array>;

/** Rows to train on or to evaluate. */
export interface Rows {
  /** `[N, ...inputShape]`; uint8 values are divided by 255. */
  readonly inputs: Tensor;
  /** Left out where only probabilities are wanted. */
  readonly targets?: Targets;
  /** One a row; default 1. */
  readonly sampleWeights?: Float32Array;
}

export function isTensor(targets: Targets): targets is Tensor<Float32Array> {
  return typeof targets === 'object' && 'shape' in targets;
}

/** @throws InklingError (data) where shapes, counts, labels or weights do not fit the model */
export function checkRows(model: Model, { inputs, targets, sampleWeights }: Rows): void {
  const fail = (problem: string): never => {
    throw new InklingError('data', `model "${model.config.name}": ${problem}`);
  };
  const [count, ...shape] = inputs.shape;
  const expected = formatShape(model.config.inputShape);
  if (formatShape(shape) !== expected) {
    fail(`expected inputs of shape [N, ${expected.slice(1)}, got ${formatShape(inputs.shape)}.`);
  }
  if (!(inputs.data instanceof Uint8Array || inputs.data instanceof Float32Array)) {
    fail('inputs must be a Float32Array, or a Uint8Array of values from 0 to 255 that are divided by 255.');
  }
  if (inputs.data.length !== sizeOf(inputs.shape)) {
    fail(
      `inputs of shape ${formatShape(inputs.shape)} must have ${sizeOf(inputs.shape)} values, got ${inputs.data.length}.`,
    );
  }
  if (count === 0) fail('expected at least one row of inputs, got none.');
  if (sampleWeights && sampleWeights.length !== count) {
    fail(`expected one sample weight a row, ${count}, got ${sampleWeights.length}.`);
  }
  if (sampleWeights && !sampleWeights.every((weight) => weight >= 0 && Number.isFinite(weight))) {
    fail('sample weights must be finite numbers of at least 0.');
  }
  if (targets) checkTargets(model, targets, count, fail);
}

function checkTargets(model: Model, targets: Targets, count: number, fail: (problem: string) => never): void {
  const { classes } = model;
  if (isTensor(targets)) {
    const expected = formatShape([count, classes]);
    if (formatShape(targets.shape) !== expected) {
      fail(`expected one-hot labels of shape ${expected}, got ${formatShape(targets.shape)}. ${unitsHint}`);
    }
    if (targets.data.length !== count * classes) {
      fail(`one-hot labels of shape ${expected} must have ${count * classes} values, got ${targets.data.length}.`);
    }
    const wrong = targets.data.findIndex((share) => !(share >= 0 && Number.isFinite(share)));
    if (wrong !== -1) {
      fail(
        `one-hot labels must be finite numbers of at least 0. Received: ${targets.data[wrong]} in row ${Math.floor(wrong / classes)}.`,
      );
    }
    return;
  }
  if (targets.length !== count) fail(`expected one label a row, ${count}, got ${targets.length}.`);
  const wrong = targets.findIndex((label) => !(Number.isInteger(label) && label >= 0 && label < classes));
  if (wrong !== -1) {
    fail(
      `label ${targets[wrong]} of row ${wrong} is out of range: the last layer has ${classes} units, so labels go from 0 to ` +
        `${classes - 1}. ${unitsHint}`,
    );
  }
}

const unitsHint = 'Give the last layer as many units as the data has classes.';

export function sourceOf(name: DataSource['name'], capacity: number, rows: Rows): DataSource {
  return {
    name,
    rows: capacity,
    inputType: rows.inputs.data instanceof Uint8Array ? 'uint8' : 'float32',
    targetType: rows.targets && isTensor(rows.targets) ? 'distributions' : 'labels',
  };
}

/** Where a data set's parts lie in memory. */
export interface DataAddresses {
  readonly inputs: number;
  readonly targets: number;
  readonly sampleWeights: number;
}

/** Copies rows `first` to `end` of a data set to the beginning of its place in memory. */
export function writeRows(
  buffer: ArrayBufferLike,
  at: DataAddresses,
  model: Model,
  rows: Rows,
  first: number,
  end: number,
): void {
  const size = sizeOf(model.config.inputShape);
  const { data } = rows.inputs;
  const part = data.subarray(first * size, end * size);
  const inputs =
    part instanceof Uint8Array
      ? new Uint8Array(buffer, at.inputs, part.length)
      : new Float32Array(buffer, at.inputs, part.length);
  inputs.set(part);
  if (rows.targets === undefined) {
    new Uint32Array(buffer, at.targets, end - first).fill(0);
  } else if (isTensor(rows.targets)) {
    const targets = rows.targets.data.subarray(first * model.classes, end * model.classes);
    new Float32Array(buffer, at.targets, targets.length).set(targets);
  } else {
    new Uint32Array(buffer, at.targets, end - first).set(rows.targets.slice(first, end));
  }
  const sampleWeights = new Float32Array(buffer, at.sampleWeights, end - first);
  if (rows.sampleWeights) sampleWeights.set(rows.sampleWeights.subarray(first, end));
  else sampleWeights.fill(1);
}
