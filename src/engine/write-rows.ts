/** How rows are written into the shared memory. */

import type { Model } from '../model/model.js';
import { isTensor, type Rows } from '../model/rows.js';
import { sizeOf } from '../numerics/tensor.js';
import type { DataSource } from './program/programs.js';

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
