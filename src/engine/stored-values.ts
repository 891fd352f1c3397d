/** Weights and optimizer state as they lie in memory: copies out, checked values in. */

import { InklingError } from '../errors.js';
import { type Model, type ModelWeight, weightsOf } from '../model/model.js';
import { sizeOf, type Tensor } from '../numerics/tensor.js';
import type { MemoryPlan } from './memory-plan.js';
import { stateBuffer, weightBuffer } from './program/blocks/weights.js';
import type { Buffer } from './program/program-builder.js';
import { stateSlots, trainableWeights } from './program/update-rule.js';

function viewOf(memory: ArrayBufferLike, plan: MemoryPlan, buffer: Buffer, weight: ModelWeight): Float32Array {
  return new Float32Array(memory, plan.addressOf(buffer), sizeOf(weight.shape));
}

/** A weight's values, not copied. */
export function weightView(memory: ArrayBufferLike, plan: MemoryPlan, weight: ModelWeight): Float32Array {
  return viewOf(memory, plan, weightBuffer(plan.shared, weight), weight);
}

/** Copies of all weights by path, in Keras's layout, in the order of the model. */
export function readWeights(memory: ArrayBufferLike, plan: MemoryPlan): Map<string, Float32Array> {
  return new Map(weightsOf(plan.model).map((weight) => [weight.path, weightView(memory, plan, weight).slice()]));
}

/** @throws InklingError (argument) where a weight is missing or has the wrong number of values */
export function checkWeights(model: Model, values: ReadonlyMap<string, Float32Array>): void {
  for (const { path, shape } of weightsOf(model)) checkLength(values.get(path), sizeOf(shape), `Weight "${path}"`);
}

/** Copies of all weights by path, in the order of the model; those that are missing are zero. */
export function copyWeights(model: Model, values: ReadonlyMap<string, Float32Array>): Map<string, Float32Array> {
  return new Map(
    weightsOf(model).map(({ path, shape }) => [path, values.get(path)?.slice() ?? new Float32Array(sizeOf(shape))]),
  );
}

/**
 * @throws InklingError (argument) where a weight is missing or has the wrong number of values: then all stay as they
 * were
 */
export function writeWeights(
  memory: ArrayBufferLike,
  plan: MemoryPlan,
  values: ReadonlyMap<string, Float32Array>,
): void {
  copyAll(
    weightsOf(plan.model).map((weight) => ({
      name: `Weight "${weight.path}"`,
      view: weightView(memory, plan, weight),
      values: values.get(weight.path),
    })),
  );
}

/** Copies of what the optimizer remembers, by `slot/path`; empty before training. */
export function readOptimizerState(memory: ArrayBufferLike, plan: MemoryPlan): Map<string, Tensor<Float32Array>> {
  const views = stateViews(memory, plan);
  return new Map(views.map(({ name, weight, view }) => [name, { data: view.slice(), shape: weight.shape }]));
}

/** @throws InklingError (argument) where a value is missing or has the wrong size: then all stay as they were */
export function writeOptimizerState(
  memory: ArrayBufferLike,
  plan: MemoryPlan,
  state: ReadonlyMap<string, Tensor<Float32Array>>,
): void {
  copyAll(
    stateViews(memory, plan).map(({ name, view }) => ({
      name: `Optimizer state "${name}"`,
      view,
      values: state.get(name)?.data,
    })),
  );
}

function copyAll(copies: readonly { name: string; view: Float32Array; values: Float32Array | undefined }[]): void {
  for (const { name, view, values } of copies) checkLength(values, view.length, name);
  for (const { view, values } of copies) view.set(values!);
}

function checkLength(values: Float32Array | undefined, length: number, name: string): void {
  if (values?.length === length) return;
  throw new InklingError('argument', `${name} must have ${length} values. Received: ${values?.length ?? 'none'}.`);
}

function stateViews(memory: ArrayBufferLike, plan: MemoryPlan) {
  const { training, shared, model } = plan;
  if (!training) return [];
  return stateSlots(training.rule).flatMap((slot) =>
    trainableWeights(model).map((weight) => {
      const view = viewOf(memory, plan, stateBuffer(shared, slot, weight), weight);
      return { name: `${slot}/${weight.path}`, weight, view };
    }),
  );
}
