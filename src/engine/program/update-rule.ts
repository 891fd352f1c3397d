/** How a step changes the weights: the part of an optimizer that the engine computes. */

import { type Model, type ModelWeight, weightsOf } from '../../model/model.js';
import { gradientBuffer, paddedSize, stateBuffer, weightBuffer } from './blocks/weights.js';
import { type ProgramBuilder, partOf } from './program-builder.js';

/** Keras's formulas; the learning rates come with each step. */
export type UpdateRule = (
  | { readonly type: 'sgd'; readonly momentum: number; readonly nesterov: boolean }
  | { readonly type: 'adam'; readonly beta1: number; readonly beta2: number; readonly epsilon: number }
  | {
      readonly type: 'adamw';
      readonly beta1: number;
      readonly beta2: number;
      readonly epsilon: number;
      readonly weightDecay: number;
    }
  | { readonly type: 'rmsprop'; readonly rho: number; readonly epsilon: number }
) & {
  /** Longest gradient of one weight. */
  readonly clipNorm?: number | undefined;
  /** Longest gradient of all weights together. */
  readonly globalClipNorm?: number | undefined;
};

/** Names of the values that a rule remembers for each weight: Keras's. */
export function stateSlots(rule: UpdateRule): readonly string[] {
  switch (rule.type) {
    case 'sgd':
      return rule.momentum === 0 ? [] : ['momentum'];
    case 'adam':
    case 'adamw':
      return ['momentum', 'velocity'];
    case 'rmsprop':
      return ['velocity'];
  }
}

export function trainableWeights(model: Model): ModelWeight[] {
  return weightsOf(model).filter((weight) => weight.trainable);
}

export function penalizedWeights(model: Model): ModelWeight[] {
  return trainableWeights(model).filter((weight) => weight.l2 > 0);
}

/** The L2 penalties, of the weights as the step finds them, go to the step's results. */
export function writePenalties(builder: ProgramBuilder, model: Model): void {
  for (const [index, weight] of penalizedWeights(model).entries()) {
    const weights = weightBuffer(builder.shared, weight);
    const count = paddedSize(weight);
    builder.once('storeL2Penalty', { weights, count, l2: weight.l2, record: 'record', index });
  }
}

/** Penalties' gradients, clipping and the update itself, over parts that are the same for every call on one weight. */
export function writeUpdate(builder: ProgramBuilder, model: Model, rule: UpdateRule): void {
  const weights = trainableWeights(model);
  const { shared } = builder;
  for (const weight of penalizedWeights(model)) {
    const buffers = { weights: weightBuffer(shared, weight), gradients: gradientBuffer(shared, weight) };
    builder.parts('addL2Gradient', { ...buffers, l2: weight.l2, ...partOfWeight(weight) });
  }
  const limit = rule.clipNorm ?? rule.globalClipNorm;
  if (limit !== undefined) writeClipping(builder, weights, limit, rule.globalClipNorm !== undefined);
  for (const weight of weights) writeWeightUpdate(builder, weight, rule);
}

/** Parts of whole cache lines, so that no two threads write to one. */
function partOfWeight(weight: ModelWeight) {
  const [first, last] = partOf(paddedSize(weight), 16);
  return { first, last };
}

/**
 * Each weight's sum of squares lies in a float64 of its own, one after the other; a weight may be clipped by its own or
 * by all.
 */
function writeClipping(
  builder: ProgramBuilder,
  weights: readonly ModelWeight[],
  limit: number,
  together: boolean,
): void {
  const squares = builder.shared.get({ name: 'gradient squares', scope: 'shared', bytes: weights.length * 8 });
  builder.barrier();
  for (const [index, weight] of weights.entries()) {
    const values = gradientBuffer(builder.shared, weight);
    const result = { within: squares, offset: index * 8 };
    builder.once('sumOfSquares', { values, count: paddedSize(weight), result });
  }
  builder.barrier();
  for (const [index, weight] of weights.entries()) {
    const gradients = gradientBuffer(builder.shared, weight);
    const norm = {
      squares: { within: squares, offset: together ? 0 : index * 8 },
      count: together ? weights.length : 1,
    };
    builder.parts('clipGradients', { gradients, ...norm, limit, ...partOfWeight(weight) });
  }
}

function writeWeightUpdate(builder: ProgramBuilder, weight: ModelWeight, rule: UpdateRule): void {
  const { shared } = builder;
  const operands = {
    weights: weightBuffer(shared, weight),
    gradients: gradientBuffer(shared, weight),
    record: 'record',
    ...partOfWeight(weight),
  } as const;
  const state = (slot: string) => stateBuffer(shared, slot, weight);
  switch (rule.type) {
    case 'sgd': {
      const { momentum, nesterov } = rule;
      if (momentum === 0) builder.parts('sgdUpdate', operands);
      else {
        const velocities = state('momentum');
        builder.parts('momentumUpdate', { ...operands, velocities, momentum, nesterov: nesterov ? 1 : 0 });
      }
      break;
    }
    case 'adam':
    case 'adamw': {
      const { beta1, beta2, epsilon } = rule;
      const moments = { means: state('momentum'), squares: state('velocity') };
      const weightDecay = rule.type === 'adamw' ? rule.weightDecay : 0;
      builder.parts('adamUpdate', { ...operands, ...moments, beta1, beta2, epsilon, weightDecay });
      break;
    }
    case 'rmsprop': {
      const { rho, epsilon } = rule;
      builder.parts('rmspropUpdate', { ...operands, squares: state('velocity'), rho, epsilon });
      break;
    }
  }
}
