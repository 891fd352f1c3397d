/**
 * A whole network in float64: executes the list of a model's operations forward, then backward, and takes training
 * steps. Slow and plain on purpose: it is what the engine's results are compared with, and what explains an answer.
 */

import { InklingError } from '../errors.js';
import { type Model, weightsOf } from '../model/model.js';
import { operationsOf } from '../model/operations.js';
import { sizeOf } from '../numerics/tensor.js';
import { type Backward, executeOperation, type ForwardOptions, type TrainingOptions } from './execute-operation.js';
import type { ReferenceOptimizer, WeightValues } from './optimizers.js';
import { type SoftmaxCrossEntropyOptions, softmaxCrossEntropy } from './softmax-cross-entropy.js';

export interface ForwardPass {
  /** The output of each operation, `[N, ...outputShape]`, in the order of `operationsOf(model)`. */
  readonly activations: readonly Float64Array[];
  /** `[N, classes]` */
  readonly logits: Float64Array;
  /** The new moving means and variances; empty unless training. */
  readonly movingStatistics: WeightValues;
}

/**
 * @param weights all of the model's, by path
 * @param input `[N, ...inputShape]`
 * @throws InklingError (argument) where a weight is missing or a length does not fit
 */
export function forward(
  model: Model,
  weights: WeightValues,
  input: Float64Array,
  options: ForwardOptions = {},
): ForwardPass {
  const { activations, logits, movingStatistics } = record(model, weights, input, options);
  return { activations, logits, movingStatistics };
}

export interface InferencePass extends ForwardPass {
  /**
   * The gradient of `sum(dLogits * logits)` with respect to the input, with the weights and moving statistics as
   * constants.
   * @param dLogits `[N, classes]`
   * @returns `[N, ...inputShape]`
   * @throws InklingError (argument) where the length does not fit
   */
  readonly inputGradient: (dLogits: Float64Array) => Float64Array;
}

/**
 * The forward pass of a prediction (moving statistics, no dropout), and the way back from its logits to the input.
 * @param weights all of the model's, by path
 * @param input `[N, ...inputShape]`
 * @throws InklingError (argument) where a weight is missing or a length does not fit
 */
export function inferencePass(model: Model, weights: WeightValues, input: Float64Array): InferencePass {
  const { backwards, ...pass } = record(model, weights, input, {});
  const inputGradient = (dLogits: Float64Array) => {
    expectLength('dLogits', dLogits, pass.logits.length);
    return backwards.reduceRight((dOutput, backward) => backward(dOutput).dx, dLogits);
  };
  return { ...pass, inputGradient };
}

export interface LossAndGradients extends ForwardPass {
  /** The mean over the batch plus the L2 penalties. */
  readonly loss: number;
  /** Samples whose largest logit is that of the largest target. */
  readonly correct: number;
  /** Of every trainable weight, L2 included. */
  readonly gradients: WeightValues;
  /** `[N, ...inputShape]` */
  readonly inputGradient: Float64Array;
}

/**
 * The forward and the backward pass of a training step.
 * @param input `[N, ...inputShape]`
 * @param targets `[N, classes]`, each row a distribution, such as one-hot
 * @throws InklingError (argument) where a weight is missing or a length does not fit
 */
export function lossAndGradients(
  model: Model,
  weights: WeightValues,
  input: Float64Array,
  targets: Float64Array,
  options: TrainingOptions & SoftmaxCrossEntropyOptions = {},
): LossAndGradients {
  const { backwards, ...pass } = record(model, weights, input, { ...options, training: true });
  expectLength('targets', targets, pass.logits.length);
  const { loss, dLogits } = softmaxCrossEntropy(pass.logits, targets, model.classes, options);
  const gradients: WeightValues = new Map();
  const trained = new Set(weightsOf(model).flatMap(({ path, trainable }) => (trainable ? [path] : [])));
  let dOutput = dLogits;
  for (const backward of backwards.toReversed()) {
    const { dx, weightGradients = [] } = backward(dOutput);
    for (const [path, gradient] of weightGradients) if (trained.has(path)) gradients.set(path, gradient);
    dOutput = dx;
  }
  const penalty = addPenalties(model, weights, gradients);
  const correct = countCorrect(pass.logits, targets, model.classes);
  return { ...pass, loss: loss + penalty, correct, gradients, inputGradient: dOutput };
}

/** One training step: `lossAndGradients`, then changes `weights` in place, moving statistics included. */
export function trainingStep(
  model: Model,
  weights: WeightValues,
  optimizer: ReferenceOptimizer,
  input: Float64Array,
  targets: Float64Array,
  options: TrainingOptions & SoftmaxCrossEntropyOptions = {},
): LossAndGradients {
  const result = lossAndGradients(model, weights, input, targets, options);
  optimizer.update(weights, result.gradients);
  for (const [path, values] of result.movingStatistics) weights.set(path, values);
  return result;
}

function record(model: Model, weights: WeightValues, input: Float64Array, options: ForwardOptions) {
  checkArguments(model, weights, input);
  const activations: Float64Array[] = [];
  const backwards: Backward[] = [];
  const movingStatistics: WeightValues = new Map();
  let x = input;
  for (const operation of operationsOf(model)) {
    const executed = executeOperation(operation, x, weights, options);
    activations.push(executed.y);
    backwards.push(executed.backward);
    for (const [path, values] of executed.movingStatistics ?? []) movingStatistics.set(path, values);
    x = executed.y;
  }
  return { activations, backwards, logits: x, movingStatistics };
}

/** Adds `2 * l2 * w` to each gradient. @returns the sum of all `l2 * w^2` */
function addPenalties(model: Model, weights: WeightValues, gradients: WeightValues): number {
  let penalty = 0;
  for (const { path, l2, trainable } of weightsOf(model)) {
    if (l2 === 0 || !trainable) continue;
    const values = weights.get(path)!;
    const gradient = gradients.get(path)!;
    for (let index = 0; index < values.length; index++) {
      penalty += l2 * values[index] ** 2;
      gradient[index] += 2 * l2 * values[index];
    }
  }
  return penalty;
}

function countCorrect(logits: Float64Array, targets: Float64Array, classes: number): number {
  let correct = 0;
  for (let start = 0; start < logits.length; start += classes) {
    const end = start + classes;
    if (indexOfLargest(logits.subarray(start, end)) === indexOfLargest(targets.subarray(start, end))) correct++;
  }
  return correct;
}

function indexOfLargest(values: Float64Array): number {
  return values.reduce((largest, value, index) => (value > values[largest] ? index : largest), 0);
}

function checkArguments(model: Model, weights: WeightValues, input: Float64Array): void {
  const size = sizeOf(model.config.inputShape);
  expectLength('input', input, Math.max(1, Math.ceil(input.length / size)) * size);
  for (const { path, shape } of weightsOf(model)) {
    const values = weights.get(path);
    if (values === undefined) {
      throw new InklingError('argument', `The reference needs a value for weight "${path}". Received none.`);
    }
    expectLength(`Weight "${path}"`, values, sizeOf(shape));
  }
}

function expectLength(name: string, values: Float64Array, length: number): void {
  if (values.length !== length) {
    throw new InklingError('argument', `${name} must have ${length} values. Received: ${values.length}.`);
  }
}
