/**
 * Dense layers: y [rows, outputs] = x [rows, inputs] kernel [inputs, outputs] + bias. Every sum runs over its inputs
 * (or rows) in order, starting from the bias or zero, so that a value does not depend on the tile or the shard that
 * made it.
 */
import { multiplyAdd, storeEight, storeLanes } from './arithmetic';
import { multiplyTile, startTile, storeTile, tileBytes, tileRows } from './product-tile';
import { addProducts } from './sums-of-products';
import { storeTransposed } from './transposition';

/** Bytes of a list item: a value that is not zero, and the address of its row. */
const itemBytes = 8;

/** Bytes of denseForward's `scratch`: first a list of live inputs, then a tile, in the same place. */
export function denseForwardScratchBytes(inputs: i32): i32 {
  return max(<i32>tileBytes, inputs * itemBytes);
}

/**
 * y = max(x kernel + bias, minimum); minimum 0 makes a relu of it, -Infinity leaves it linear. The kernel comes as it
 * is and in panels (packPanels); `bias` must be readable to a whole panel. Rows that would leave half of a tile empty,
 * such as a single image, are summed one by one, without the inputs that are zero.
 */
export function denseForward(
  x: usize, kernel: usize, packed: usize, bias: usize, y: usize, rows: i32, inputs: i32, outputs: i32, minimum: f32, scratch: usize,
): void {
  const stride = <usize>inputs << 2;
  const yBytes = <usize>outputs << 2;
  const lowest = f32x4.splat(minimum);
  const tile = scratch;
  const rest = rows % tileRows;
  const tiled = 2 * rest <= tileRows ? rows - rest : rows;
  for (let row = tiled; row < rows; row++) {
    const end = listLive(x + <usize>row * stride, inputs, kernel, yBytes, scratch);
    addRow(scratch, end, bias, y + <usize>row * yBytes, outputs, lowest);
  }
  for (let column = 0; column < outputs; column += 8) {
    const panel = packed + ((<usize>column * <usize>inputs) << 2);
    for (let row = 0; row < tiled; row += tileRows) {
      // A tile that hangs over the last row repeats it.
      const last = rows - 1;
      const p0 = x + <usize>row * stride, p1 = x + <usize>min(row + 1, last) * stride;
      const p2 = x + <usize>min(row + 2, last) * stride, p3 = x + <usize>min(row + 3, last) * stride;
      const p4 = x + <usize>min(row + 4, last) * stride, p5 = x + <usize>min(row + 5, last) * stride;
      const p6 = x + <usize>min(row + 6, last) * stride, p7 = x + <usize>min(row + 7, last) * stride;
      startTile(tile, bias + (<usize>column << 2));
      multiplyTile(p0, p1, p2, p3, p4, p5, p6, p7, stride, panel, tile, false);
      storeTile(tile, lowest, y + <usize>row * yBytes + (<usize>column << 2), yBytes, min(rows - row, tileRows), outputs - column);
    }
  }
}

/** The values that are not zero, each with the address of its row of the matrix. @returns the list's end */
@inline
function listLive(values: usize, count: i32, matrix: usize, rowBytes: usize, list: usize): usize {
  let end = list;
  for (let index = 0; index < count; index++) {
    const value = load<f32>(values + (<usize>index << 2));
    // Without a branch, which half-live values would make unpredictable: the list only grows where a value is live.
    store<f32>(end, value);
    store<u32>(end, <u32>matrix, 4);
    end += <usize>i32(value != 0) << 3;
    matrix += rowBytes;
  }
  return end;
}

/** y [outputs] = max(bias + the list's products, lowest). */
@inline
function addRow(list: usize, end: usize, bias: usize, y: usize, outputs: i32, lowest: v128): void {
  for (let output = 0; output < outputs; output += 4) {
    const offset = <usize>output << 2;
    storeLanes(y + offset, v128.load(bias + offset), outputs - output);
  }
  // Some items at a time, whose rows of the kernel then stay in the first-level cache from one tile of outputs to the
  // next.
  for (let item = list; item < end; item += 256) addProducts(item, min(item + 256, end), 0, y, <usize>outputs << 2);
  for (let output = 0; output < outputs; output += 4) {
    const at = y + (<usize>output << 2);
    storeLanes(at, f32x4.max(v128.load(at), lowest), outputs - output);
  }
}

/** Bytes of denseInputGradient's `list`. */
export function denseInputGradientListBytes(outputs: i32): i32 {
  return outputs * itemBytes;
}

/**
 * dx [rows, inputs] = dy [rows, outputs] kernel^T, with the kernel transposed to [outputs, inputs]. Outputs whose
 * gradient is zero (relu and dropout leave a quarter alive) are left out.
 */
export function denseInputGradient(dy: usize, transposed: usize, dx: usize, rows: i32, inputs: i32, outputs: i32, list: usize): void {
  const stride = <usize>inputs << 2;
  memory.fill(dx, 0, <usize>rows * stride);
  for (let row = 0; row < rows; row++) {
    const end = listLive(dy + (<usize>(row * outputs) << 2), outputs, transposed, stride, list);
    addProducts(list, end, 0, dx + <usize>row * stride, stride);
  }
}

/**
 * dKernel [inputs, outputs] = x^T dy over all rows of the batch; the inputs (rows of dKernel) from firstInput to
 * lastInput. Register tile: 4 inputs x 8 outputs, written out as in product-tile.ts.
 */
export function denseKernelGradient(x: usize, dy: usize, dKernel: usize, rows: i32, inputs: i32, outputs: i32, firstInput: i32, lastInput: i32): void {
  const xStride = <usize>inputs << 2;
  const stride = <usize>outputs << 2;
  for (let input = firstInput; input < lastInput; input += 4) {
    for (let output = 0; output < outputs; output += 8) {
      let p = x + (<usize>input << 2);
      let q = dy + (<usize>output << 2);
      let a0 = f32x4.splat(0), a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, d0 = a0, d1 = a0;
      for (let row = 0; row < rows; row++) {
        const g0 = v128.load(q);
        const g1 = v128.load(q, 16);
        let s = v128.load_splat<f32>(p);
        a0 = multiplyAdd(s, g0, a0);
        a1 = multiplyAdd(s, g1, a1);
        s = v128.load_splat<f32>(p, 4);
        b0 = multiplyAdd(s, g0, b0);
        b1 = multiplyAdd(s, g1, b1);
        s = v128.load_splat<f32>(p, 8);
        c0 = multiplyAdd(s, g0, c0);
        c1 = multiplyAdd(s, g1, c1);
        s = v128.load_splat<f32>(p, 12);
        d0 = multiplyAdd(s, g0, d0);
        d1 = multiplyAdd(s, g1, d1);
        p += xStride;
        q += stride;
      }
      const width = outputs - output;
      const target = dKernel + <usize>input * stride + (<usize>output << 2);
      storeEight(target, a0, a1, width);
      if (input + 1 < lastInput) storeEight(target + stride, b0, b1, width);
      if (input + 2 < lastInput) storeEight(target + 2 * stride, c0, c1, width);
      if (input + 3 < lastInput) storeEight(target + 3 * stride, d0, d1, width);
    }
  }
}

/** Inputs that denseLiveKernelGradient takes at a time. */
const chunk: usize = 48;
/** Outputs whose lists it holds at a time. */
const listed = 128;

/** Bytes of denseLiveKernelGradient's `scratch`, in a batch of so many rows: sums, ends of lists, copies of x, lists. */
export function denseLiveKernelGradientScratchBytes(rows: i32): i32 {
  const chunkBytes = <i32>chunk << 2;
  return 8 * chunkBytes + (listed << 2) + rows * chunkBytes + listed * listBytes(rows);
}

/** Room for all rows, and for one that is not live. */
@inline
function listBytes(rows: i32): i32 {
  return (rows + 1) * itemBytes;
}

/**
 * The same, leaving out gradients that are zero (relu and dropout leave a quarter alive): an output's live rows are
 * listed once, then summed for one chunk of inputs after another.
 */
export function denseLiveKernelGradient(
  x: usize, dy: usize, dKernel: usize, rows: i32, inputs: i32, outputs: i32, firstInput: i32, lastInput: i32, scratch: usize,
): void {
  const chunkBytes = chunk << 2;
  const bytesOfList = <usize>listBytes(rows);
  const sums = scratch;
  const ends = sums + 8 * chunkBytes;
  const copied = ends + (<usize>listed << 2);
  const lists = copied + <usize>rows * chunkBytes;
  for (let firstOutput = 0; firstOutput < outputs; firstOutput += listed) {
    const width = min(outputs - firstOutput, listed);
    listLiveRows(dy + (<usize>firstOutput << 2), rows, outputs, width, copied, lists, bytesOfList, ends);
    for (let input = firstInput; input < lastInput; input += <i32>chunk) {
      const count = min(lastInput - input, <i32>chunk);
      const bytes = <usize>((count + 3) >> 2) << 4;
      copyColumns(x + (<usize>input << 2), <usize>inputs << 2, rows, bytes, copied, chunkBytes);
      for (let output = 0; output < width; output += 8) {
        const lanes = <usize>min(width - output, 8);
        for (let lane: usize = 0; lane < lanes; lane++) {
          const list = lists + (<usize>output + lane) * bytesOfList;
          const target = sums + lane * chunkBytes;
          for (let at: usize = 0; at < bytes; at += 16) v128.store(target + at, f32x4.splat(0));
          addProducts(list, <usize>load<u32>(ends + ((<usize>output + lane) << 2)), 0, target, bytes);
        }
        const target = dKernel + (<usize>(input * outputs + firstOutput + output) << 2);
        storeTransposed(sums, chunkBytes, target, <usize>outputs << 2, count, <i32>lanes);
      }
    }
  }
}

/** For each output the pairs of a gradient that is not zero and the address of its row in `copied`; ends [outputs]. */
function listLiveRows(dy: usize, rows: i32, stride: i32, outputs: i32, copied: usize, lists: usize, bytesOfList: usize, ends: usize): void {
  for (let output: usize = 0; output < <usize>outputs; output++) store<u32>(ends + (output << 2), <u32>(lists + output * bytesOfList));
  for (let row = 0; row < rows; row++) {
    for (let output: usize = 0; output < <usize>outputs; output++) {
      const gradient = load<f32>(dy + (output << 2));
      const slot = ends + (output << 2);
      const end = <usize>load<u32>(slot);
      store<f32>(end, gradient);
      store<u32>(end, <u32>copied, 4);
      store<u32>(slot, <u32>(end + (<usize>i32(gradient != 0) << 3)));
    }
    dy += <usize>stride << 2;
    copied += chunk << 2;
  }
}

/** Some columns of a matrix side by side: as they lie in x, rows would fall on the same few lines of the cache. */
@inline
function copyColumns(x: usize, stride: usize, rows: i32, bytes: usize, copied: usize, copiedStride: usize): void {
  for (let row = 0; row < rows; row++) {
    for (let at: usize = 0; at < bytes; at += 16) v128.store(copied + at, v128.load(x + at));
    x += stride;
    copied += copiedStride;
  }
}
