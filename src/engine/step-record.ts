/** What changes from step to step, as the kernels read it: see assembly/step-record.ts. */

export const recordBytes = 32;
/** Bytes of one shard's result: float64 loss, int32 number of right answers. */
export const shardResultBytes = 16;

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
}

export function writeRecord(view: DataView, address: number, record: StepRecord): void {
  view.setUint32(address, record.step, true);
  view.setUint32(address + 4, record.order, true);
  view.setInt32(address + 8, record.rows, true);
  view.setUint32(address + 12, record.output, true);
  view.setFloat32(address + 16, record.learningRate, true);
  view.setFloat32(address + 20, record.stepSize, true);
  view.setUint32(address + 24, record.results, true);
}

/** Where in a record the number of rows is. */
export const rowsOffset = 8;
/** Where in a record the address of the results is. */
export const resultsOffset = 24;
