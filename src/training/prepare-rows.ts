/** The rows of a training before it begins: checked against model and loss, split, and weighted. */

import type { Split } from '../data/split.js';
import { InklingError } from '../errors.js';
import { checkInputs, checkTargetsGiven } from '../model/check-inputs.js';
import type { Model } from '../model/model.js';
import { checkRows, isTensor, type Rows, type Targets } from '../model/rows.js';
import type { Tensor } from '../numerics/tensor.js';
import type { CheckedFitOptions } from './fit-options.js';
import type { Loss } from './losses.js';
import { combinedSampleWeights } from './sample-weights.js';
import { splitRows } from './validation-rows.js';

export interface PreparedRows {
  /** All rows that were given, with what each counts in the loss. */
  readonly rows: Rows;
  readonly split: Split;
}

/**
 * @throws InklingError (argument, data) where inputs, targets or weights do not fit the model, the loss or one another
 */
export function prepareRows(
  model: Model,
  loss: Loss,
  inputs: Tensor,
  targets: Targets,
  options: CheckedFitOptions,
): PreparedRows {
  const { validationData, validationSplit, splitSeed, classWeight, sampleWeight } = options;
  checkTargetsGiven('fit', targets);
  checkTargetsFitLoss(targets, loss);
  checkRows(model, { inputs, targets, sampleWeights: sampleWeight });
  if (validationData) {
    checkInputs('fit: validationData', validationData.inputs, model.config.inputShape);
    checkTargetsGiven('fit: validationData', validationData.targets);
    checkRows(model, validationData);
  }
  const split = splitRows(targets, validationSplit, splitSeed);
  const [count] = inputs.shape;
  const sampleWeights = combinedSampleWeights(targets, split.train, count, model.classes, classWeight, sampleWeight);
  return { rows: { inputs, targets, sampleWeights }, split };
}

function checkTargetsFitLoss(targets: Targets, { type }: Loss): void {
  if (isTensor(targets) === (type === 'categoricalCrossentropy')) return;
  const expected = isTensor(targets)
    ? 'takes class numbers [N]; for one-hot labels use categoricalCrossentropy'
    : 'takes one-hot labels [N, classes] (see oneHot); for class numbers use sparseCategoricalCrossentropy';
  throw new InklingError('argument', `fit: the loss ${type} ${expected}.`);
}
