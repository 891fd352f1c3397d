/** Rearranging and summing matrices [rows, columns] of float32. */
import { storeLanes } from './arithmetic';
import { storeTransposed } from './transposition';

/** Columns of whole panels: as many, rounded up to eight. */
export function panelColumns(columns: i32): i32 {
  return (columns + 7) & ~7;
}

/** Bytes of a matrix [rows, columns] in panels. */
export function packedBytes(rows: i32, columns: i32): i32 {
  return (rows * panelColumns(columns)) << 2;
}

/**
 * Packs a matrix [rows, columns] into panels of eight columns, [ceil(columns / 8)][rows][8], zeros where columns end;
 * the panels from firstPanel to lastPanel. The right operand of every product is read in this form, front to back.
 */
export function packPanels(matrix: usize, rows: i32, columns: i32, packed: usize, firstPanel: i32, lastPanel: i32): void {
  for (let panel = firstPanel; panel < lastPanel; panel++) {
    const width = min(columns - panel * 8, 8);
    let source = matrix + (<usize>panel << 5);
    let target = packed + ((<usize>panel * <usize>rows) << 5);
    for (let row = 0; row < rows; row++) {
      if (width == 8) {
        v128.store(target, v128.load(source));
        v128.store(target, v128.load(source, 16), 16);
      } else {
        for (let i = 0; i < 8; i++) {
          store<f32>(target + (<usize>i << 2), i < width ? load<f32>(source + (<usize>i << 2)) : 0);
        }
      }
      source += <usize>columns << 2;
      target += 32;
    }
  }
}

/**
 * Packs a convolution's kernel [kH, kW, Cin, Cout] for the gradient of its input: flipped, that is turned by 180
 * degrees and with the channels exchanged it is the kernel of a convolution from Cout to Cin. Panels of eight input
 * channels.
 */
export function packFlippedKernel(kernel: usize, taps: i32, inputs: i32, outputs: i32, packed: usize, firstPanel: i32, lastPanel: i32): void {
  for (let panel = firstPanel; panel < lastPanel; panel++) {
    let target = packed + ((<usize>panel * <usize>(taps * outputs)) << 5);
    for (let tap = taps - 1; tap >= 0; tap--) {
      for (let output = 0; output < outputs; output++) {
        for (let i = 0; i < 8; i++) {
          const channel = panel * 8 + i;
          const value: f32 = channel < inputs ? load<f32>(kernel + (<usize>((tap * inputs + channel) * outputs + output) << 2)) : 0;
          store<f32>(target + (<usize>i << 2), value);
        }
        target += 32;
      }
    }
  }
}

/** transposed [columns, rows] from matrix [rows, columns]; the rows from firstRow to lastRow of the matrix. */
export function transpose(matrix: usize, rows: i32, columns: i32, transposed: usize, firstRow: i32, lastRow: i32): void {
  const stride = <usize>columns << 2;
  const from = matrix + <usize>firstRow * stride;
  storeTransposed(from, stride, transposed + (<usize>firstRow << 2), <usize>rows << 2, columns, lastRow - firstRow);
}

/** sums [columns] of matrix [rows, columns], row after row. */
export function sumColumns(matrix: usize, rows: i32, columns: i32, sums: usize): void {
  const stride = <usize>columns << 2;
  for (let column = 0; column < columns; column += 4) {
    let source = matrix + (<usize>column << 2);
    let sum = f32x4.splat(0);
    for (let row = 0; row < rows; row++) {
      sum = f32x4.add(sum, v128.load(source));
      source += stride;
    }
    storeLanes(sums + (<usize>column << 2), sum, columns - column);
  }
}

/**
 * Adds up the shards' matrices in order: result [rows, columns] = sum over shards of matrix [rows, stride], rows from
 * firstRow to lastRow.
 */
export function sumShards(shards: usize, shardBytes: usize, shardCount: i32, result: usize, columns: i32, stride: i32, firstRow: i32, lastRow: i32): void {
  for (let row = firstRow; row < lastRow; row++) {
    for (let column = 0; column < columns; column += 4) {
      let source = shards + (<usize>(row * stride + column) << 2);
      let sum = v128.load(source);
      for (let shard = 1; shard < shardCount; shard++) {
        source += shardBytes;
        sum = f32x4.add(sum, v128.load(source));
      }
      storeLanes(result + (<usize>(row * columns + column) << 2), sum, columns - column);
    }
  }
}

/**
 * The same for matrices that the shards hold transposed: result [columns, rows] = sum over shards of matrix
 * [rows, columns], rows (the result's columns) from firstRow to lastRow.
 */
export function sumShardsTransposed(shards: usize, shardBytes: usize, shardCount: i32, result: usize, rows: i32, columns: i32, firstRow: i32, lastRow: i32): void {
  const stride = <usize>rows << 2;
  for (let row = firstRow; row < lastRow; row++) {
    let target = result + (<usize>row << 2);
    for (let column = 0; column < columns; column += 4) {
      let source = shards + (<usize>(row * columns + column) << 2);
      let sum = v128.load(source);
      for (let shard = 1; shard < shardCount; shard++) {
        source += shardBytes;
        sum = f32x4.add(sum, v128.load(source));
      }
      store<f32>(target, f32x4.extract_lane(sum, 0));
      if (columns - column > 1) store<f32>(target + stride, f32x4.extract_lane(sum, 1));
      if (columns - column > 2) store<f32>(target + 2 * stride, f32x4.extract_lane(sum, 2));
      if (columns - column > 3) store<f32>(target + 3 * stride, f32x4.extract_lane(sum, 3));
      target += 4 * stride;
    }
  }
}

/** Sets `bytes` bytes to zero. */
export function fillZero(address: usize, bytes: usize): void {
  memory.fill(address, 0, bytes);
}
