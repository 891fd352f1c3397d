/**
 * Where weights, their gradients and their optimizer state lie. A weight takes whole vectors; the rest of them stays
 * zero.
 */

import type { ModelWeight } from '../../../model/model.js';
import { sizeOf } from '../../../numerics/tensor.js';
import { kernelSizes } from '../../kernels.js';
import { type Buffer, type ProgramBuilder, partOf, type SharedBuffers } from '../program-builder.js';

/** Values that a weight takes in memory: whole panels of eight, so that kernels can read a bias to a panel's end. */
export function paddedSize(weight: ModelWeight): number {
  return kernelSizes().panelColumns(sizeOf(weight.shape));
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

/** A bias that kernels can read to a panel's end: zeros where a layer has none. */
export function biasBuffer(builder: ProgramBuilder, bias: ModelWeight | undefined, outputs: number): Buffer {
  return bias ? weightBuffer(builder.shared, bias) : builder.zeros(kernelSizes().panelColumns(outputs));
}

/** A matrix `[rows, columns]` in panels. */
export function packedBuffer(shared: SharedBuffers, name: string, rows: number, columns: number): Buffer {
  return shared.get({ name, scope: 'shared', bytes: kernelSizes().packedBytes(rows, columns) });
}

/** This thread's part of a matrix's panels: the first and the one after the last. */
export function panelsOf(columns: number) {
  return partOf(kernelSizes().panelColumns(columns) / 8);
}
