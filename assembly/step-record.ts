/**
 * What changes from step to step, in 32 bytes of memory that every thread holds for itself: kernels that need it take
 * its address. src/engine/program/step-record.ts writes it.
 */

/** The step's number in the whole training, from 0. */
@inline
export function stepOf(record: usize): u32 {
  return load<u32>(record);
}

/** The address of the batch's row numbers (uint32) in the data set. */
@inline
export function orderOf(record: usize): usize {
  return <usize>load<u32>(record, 4);
}

/** Which row of the data set is number `row` of the batch. */
@inline
export function rowAt(record: usize, row: i32): usize {
  return <usize>load<u32>(orderOf(record) + (<usize>row << 2));
}

/** The number of rows in the whole batch. */
@inline
export function batchRowsOf(record: usize): i32 {
  return load<i32>(record, 8);
}

/** Where the probabilities of the batch's first row go. */
@inline
export function outputOf(record: usize): usize {
  return <usize>load<u32>(record, 12);
}

@inline
export function learningRateOf(record: usize): f32 {
  return load<f32>(record, 16);
}

/** Adam's learning rate with both bias corrections in it. */
@inline
export function stepSizeOf(record: usize): f32 {
  return load<f32>(record, 20);
}

/** Where the shards' losses and counts go, 16 bytes each: see softmaxCrossEntropy. */
@inline
export function resultsOf(record: usize): usize {
  return <usize>load<u32>(record, 24);
}

/** Where the logits of the batch's first row go. */
@inline
export function logitsOf(record: usize): usize {
  return <usize>load<u32>(record, 28);
}
