/** Assembles the rows of a shard from the data set, in the order that the step's record names. */
import { batchRowsOf, rowAt } from './step-record';

/** x [rows, size] from uint8 images: value / 255, the exact float32 quotient. */
export function gatherImages(dataset: usize, record: usize, x: usize, firstRow: i32, rows: i32, size: i32): void {
  const divisor = f32x4.splat(255);
  for (let row = 0; row < rows; row++) {
    const source = dataset + rowAt(record, firstRow + row) * <usize>size;
    const target = x + ((<usize>row * <usize>size) << 2);
    let i = 0;
    for (; i + 8 <= size; i += 8) {
      const words = v128.load_ext<u8>(source + <usize>i);
      const to = target + (<usize>i << 2);
      v128.store(to, f32x4.div(f32x4.convert_i32x4_u(v128.extend_low<u16>(words)), divisor));
      v128.store(to, f32x4.div(f32x4.convert_i32x4_u(v128.extend_high<u16>(words)), divisor), 16);
    }
    for (; i < size; i++) store<f32>(target + (<usize>i << 2), <f32>load<u8>(source + <usize>i) / 255);
  }
}

/** x [rows, size] from float32 rows. */
export function gatherRows(dataset: usize, record: usize, x: usize, firstRow: i32, rows: i32, size: i32): void {
  const bytes = <usize>size << 2;
  for (let row = 0; row < rows; row++) {
    memory.copy(x + <usize>row * bytes, dataset + rowAt(record, firstRow + row) * bytes, bytes);
  }
}

/** targets [rows, classes]: one-hot from class numbers (uint32), smoothed: t (1 - smoothing) + smoothing / classes. */
export function gatherLabels(labels: usize, record: usize, targets: usize, firstRow: i32, rows: i32, classes: i32, smoothing: f32): void {
  const rest: f32 = smoothing / <f32>classes;
  for (let row = 0; row < rows; row++) {
    const label = load<i32>(labels + (rowAt(record, firstRow + row) << 2));
    const target = targets + ((<usize>row * <usize>classes) << 2);
    for (let i = 0; i < classes; i++) store<f32>(target + (<usize>i << 2), i == label ? 1 - smoothing + rest : rest);
  }
}

/** targets [rows, classes] from given distributions, smoothed in the same way. */
export function gatherDistributions(distributions: usize, record: usize, targets: usize, firstRow: i32, rows: i32, classes: i32, smoothing: f32): void {
  const rest: f32 = smoothing / <f32>classes;
  for (let row = 0; row < rows; row++) {
    const source = distributions + ((rowAt(record, firstRow + row) * <usize>classes) << 2);
    const target = targets + ((<usize>row * <usize>classes) << 2);
    for (let i = <usize>0; i < <usize>classes << 2; i += 4) store<f32>(target + i, load<f32>(source + i) * (1 - smoothing) + rest);
  }
}

/** weights [rows]: each sample's weight over the number of rows in the batch. */
export function gatherSampleWeights(sampleWeights: usize, record: usize, weights: usize, firstRow: i32, rows: i32): void {
  const fraction: f32 = 1 / <f32>batchRowsOf(record);
  for (let row = 0; row < rows; row++) {
    store<f32>(weights + (<usize>row << 2), load<f32>(sampleWeights + (rowAt(record, firstRow + row) << 2)) * fraction);
  }
}
