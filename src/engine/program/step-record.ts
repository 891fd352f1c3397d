/** What changes from step to step, as the kernels read it: see assembly/step-record.ts. */

import { shardCount } from './program.js';

export const recordBytes = 32;
/** Bytes of one shard's result: float64 loss, int32 number of right answers. */
export const shardResultBytes = 16;
/** A step's results: those of the shards, then a float64 for each weight with an L2 penalty. */
export function resultBytes(penalties: number): number {
  return shardCount * shardResultBytes + penalties * 8;
}

export interface StepResult {
  /** Mean over the batch, sample weights and penalties included. */
  readonly loss: number;
  readonly correct: number;
}

export function readResult(view: DataView, address: number, penalties: number): StepResult {
  let loss = 0;
  let correct = 0;
  for (let shard = 0; shard < shardCount; shard++) {
    loss += view.getFloat64(address + shard * shardResultBytes, true);
    correct += view.getInt32(address + shard * shardResultBytes + 8, true);
  }
  for (let index = 0; index < penalties; index++) {
    loss += view.getFloat64(address + shardCount * shardResultBytes + index * 8, true);
  }
  return { loss, correct };
}

export interface StepRecord {
  /** The step's number in the whole training, from 0; dropout depends on it. */
  readonly step: number;
  /** Address of the batch's row numbers. */
  readonly order: number;
  readonly rows: number;
  /** Address for the batch's probabilities; evaluation only. */
  readonly output: number;
  readonly learningRate: number;
  /** Adam's bias-corrected learning rate. */
  readonly stepSize: number;
  /** Address of the shards' results. */
  readonly results: number;
  /** Address for the batch's logits; evaluation only. */
  readonly logits: number;
}

export function writeRecord(view: DataView, address: number, record: StepRecord): void {
  view.setUint32(address, record.step, true);
  view.setUint32(address + 4, record.order, true);
  view.setInt32(address + 8, record.rows, true);
  view.setUint32(address + 12, record.output, true);
  view.setFloat32(address + 16, record.learningRate, true);
  view.setFloat32(address + 20, record.stepSize, true);
  view.setUint32(address + 24, record.results, true);
  view.setUint32(address + 28, record.logits, true);
}

/** Where in a record the number of rows is. */
export const rowsOffset = 8;
/** Where in a record the address of the results is. */
export const resultsOffset = 24;
