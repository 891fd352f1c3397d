/** The rows that a model is trained on and evaluated with: inputs, targets, weights; and whether they fit the model. */

import { InklingError } from '../errors.js';
import { formatShape, sizeOf, type Tensor } from '../numerics/tensor.js';
import type { Model } from './model.js';

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
    throw new InklingError('data', `Model "${model.config.name}": ${problem}`);
  };
  const [count, ...shape] = inputs.shape;
  const expected = formatShape(model.config.inputShape);
  if (formatShape(shape) !== expected) {
    fail(`expected inputs of shape [N, ${expected.slice(1)}. Received: ${formatShape(inputs.shape)}.`);
  }
  if (!(inputs.data instanceof Uint8Array || inputs.data instanceof Float32Array)) {
    fail('inputs must be a Float32Array, or a Uint8Array of values from 0 to 255 that are divided by 255.');
  }
  if (inputs.data.length !== sizeOf(inputs.shape)) {
    fail(
      `inputs of shape ${formatShape(inputs.shape)} must have ${sizeOf(inputs.shape)} values. Received: ${inputs.data.length}.`,
    );
  }
  if (count === 0) fail('expected at least one row of inputs. Received: none.');
  if (sampleWeights && sampleWeights.length !== count) {
    fail(`expected one sample weight a row, ${count}. Received: ${sampleWeights.length}.`);
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
      fail(`expected one-hot labels of shape ${expected}. Received: ${formatShape(targets.shape)}. ${unitsHint}`);
    }
    if (targets.data.length !== count * classes) {
      fail(
        `one-hot labels of shape ${expected} must have ${count * classes} values. Received: ${targets.data.length}.`,
      );
    }
    const wrong = targets.data.findIndex((fraction) => !(fraction >= 0 && Number.isFinite(fraction)));
    if (wrong !== -1) {
      fail(
        `one-hot labels must be finite numbers of at least 0. Received: ${targets.data[wrong]} in row ${Math.floor(wrong / classes)}.`,
      );
    }
    return;
  }
  if (targets.length !== count) fail(`expected one label a row, ${count}. Received: ${targets.length}.`);
  const wrong = targets.findIndex((label) => !(Number.isInteger(label) && label >= 0 && label < classes));
  if (wrong !== -1) {
    fail(
      `label ${targets[wrong]} of row ${wrong} is out of range: the last layer has ${classes} units, so labels go from 0 to ` +
        `${classes - 1}. ${unitsHint}`,
    );
  }
}

const unitsHint = 'Give the last layer as many units as the data has classes.';
