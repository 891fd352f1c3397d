/** Finds where numbers stopped being finite, in the memory that an inspection left behind. */

import type { Program } from './program/program.js';

/** The first output of each block, in the order of the model, with the batch's input before all. */
function outputsOf(program: Program): { block: string; address: number; perRow: number }[] {
  const outputs = new Map<string, { block: string; address: number; perRow: number }>();
  for (const call of program.phases.flat()) {
    for (const operand of call.operands) {
      if (typeof operand === 'number' || !('at' in operand) || !operand.isOutput || outputs.has(operand.name)) continue;
      outputs.set(operand.name, { block: call.block, address: operand.at, perRow: operand.perRow });
    }
  }
  return [...outputs.values()];
}

/** A sentence about the first weights, inputs or outputs that are not finite. */
export function findNonFinite(
  memory: ArrayBufferLike,
  program: Program,
  rows: number,
  weights: ReadonlyMap<string, Float32Array>,
): string {
  for (const [path, values] of weights) {
    if (!values.every(Number.isFinite))
      return `The weights "${path}" are not finite any more: an earlier step broke them.`;
  }
  let largest = 0;
  let before = 'the input';
  for (const { block, address, perRow } of outputsOf(program)) {
    const values = new Float32Array(memory, address, (rows * perRow) / 4);
    const wrong = values.findIndex((value) => !Number.isFinite(value));
    if (wrong !== -1 && block === 'input') return 'The input images hold numbers that are not finite.';
    if (wrong !== -1) {
      return `The output of layer "${block}" is the first that is not finite; the largest number before it, in ${before}, is ${largest.toPrecision(3)}.`;
    }
    largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    before = block === 'input' ? 'the input' : `layer "${block}"`;
  }
  return `All weights and outputs of this step are finite; the largest logit is ${largest.toPrecision(3)}.`;
}
