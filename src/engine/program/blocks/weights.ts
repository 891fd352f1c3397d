/**
 * Where weights, their gradients and their optimizer state lie. A weight takes whole vectors; the rest of them stays
 * zero.
 */

import type { ModelWeight } from '../../../model/model.js';
import { sizeOf } from '../../../numerics/tensor.js';
import type { Buffer, SharedBuffers } from '../program-builder.js';

/** Values that a weight takes in memory: whole panels of eight, so that kernels can read a bias to a panel's end. */
export function paddedSize(weight: ModelWeight): number {
  return Math.ceil(sizeOf(weight.shape) / 8) * 8;
}

export function weightBuffer(shared: SharedBuffers, weight: ModelWeight): Buffer {
  return shared.floats(`weight ${weight.path}`, paddedSize(weight));
}

export function gradientBuffer(shared: SharedBuffers, weight: ModelWeight): Buffer {
  return shared.floats(`gradient ${weight.path}`, paddedSize(weight));
}

/** @param slot name of the state in the optimizer's words: `velocity`, `mean`, `square` */
export function stateBuffer(shared: SharedBuffers, slot: string, weight: ModelWeight): Buffer {
  return shared.floats(`${slot} ${weight.path}`, paddedSize(weight));
}

/** Room for the register tile of a product, which begins and ends in memory. */
export const tileBytes = 256;
