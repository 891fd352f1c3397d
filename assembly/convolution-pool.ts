/**
 * The fused block convolution + bias + relu + 2x2 max-pooling, forward and backward, over padded images. The pooling
 * window is the register tile, so that the convolution's output is never written and what pooling discards is never
 * computed. Backward, the gradient passes through one of four positions, and only where relu let it: everything walks
 * only the argmax of each window.
 */
import { multiplyAdd, storeLanes } from './arithmetic';
import { addProducts } from './sums-of-products';
import { isZero } from './zero-window';

/**
 * y [images, poolHeight, poolWidth, outputs] = max(window's largest, minimum); minimum 0 is a relu, -Infinity none.
 * argmax: the same shape in uint8, the window's position 0 to 3 in row-major order, the first of equals. What comes of
 * nothing but zeros, as on the background of a drawing, is computed once and copied from there.
 */
export function convolutionPoolForward(
  x: usize, packed: usize, bias: usize, y: usize, argmax: usize, images: i32,
  height: i32, width: i32, channels: i32, kernelHeight: i32, kernelWidth: i32, strideHeight: i32, strideWidth: i32,
  poolHeight: i32, poolWidth: i32, outputs: i32, minimum: f32,
): void {
  const pixelBytes = <usize>channels << 2;
  const rowBytes = <usize>width * pixelBytes;
  const windowBytes = <usize>kernelWidth * pixelBytes;
  const imageBytes = <usize>height * rowBytes;
  const stepRow = <usize>strideHeight * rowBytes;
  const stepColumn = <usize>strideWidth * pixelBytes;
  const patchBytes = windowBytes + stepColumn;
  let to = y;
  let toArgmax = argmax;
  let zeroAt: usize = 0;
  let zeroWinnersAt: usize = 0;
  for (let image = 0; image < images; image++) {
    for (let row = 0; row < poolHeight; row++) {
      for (let column = 0; column < poolWidth; column++) {
        const base = x + <usize>image * imageBytes + <usize>(2 * row) * stepRow + <usize>(2 * column) * stepColumn;
        if (isZero(base, rowBytes, patchBytes, kernelHeight + strideHeight)) {
          if (zeroAt != 0) {
            copyPooled(zeroAt, zeroWinnersAt, to, toArgmax, outputs);
            to += <usize>outputs << 2;
            toArgmax += <usize>outputs;
            continue;
          }
          zeroAt = to;
          zeroWinnersAt = toArgmax;
        }
        let w = packed;
        for (let output = 0; output < outputs; output += 8) {
          const bias0 = v128.load(bias + (<usize>output << 2));
          const bias1 = v128.load(bias + (<usize>output << 2), 16);
          let a0 = bias0, a1 = bias1, b0 = bias0, b1 = bias1, c0 = bias0, c1 = bias1, d0 = bias0, d1 = bias1;
          for (let kernelRow = 0; kernelRow < kernelHeight; kernelRow++) {
            let p0 = base + <usize>kernelRow * rowBytes;
            let p1 = p0 + stepColumn;
            let p2 = p0 + stepRow;
            let p3 = p2 + stepColumn;
            const end = p0 + windowBytes;
            while (p0 < end) {
              const w0 = v128.load(w);
              const w1 = v128.load(w, 16);
              let s = v128.load_splat<f32>(p0);
              a0 = multiplyAdd(s, w0, a0);
              a1 = multiplyAdd(s, w1, a1);
              s = v128.load_splat<f32>(p1);
              b0 = multiplyAdd(s, w0, b0);
              b1 = multiplyAdd(s, w1, b1);
              s = v128.load_splat<f32>(p2);
              c0 = multiplyAdd(s, w0, c0);
              c1 = multiplyAdd(s, w1, c1);
              s = v128.load_splat<f32>(p3);
              d0 = multiplyAdd(s, w0, d0);
              d1 = multiplyAdd(s, w1, d1);
              w += 32;
              p0 += 4;
              p1 += 4;
              p2 += 4;
              p3 += 4;
            }
          }
          const count = outputs - output;
          poolFour(a0, b0, c0, d0, to, toArgmax, minimum, count);
          if (count > 4) poolFour(a1, b1, c1, d1, to + 16, toArgmax + 4, minimum, count - 4);
          const stored = min(count, 8);
          to += <usize>stored << 2;
          toArgmax += <usize>stored;
        }
      }
    }
  }
}

@inline
function copyPooled(y: usize, argmax: usize, toY: usize, toArgmax: usize, outputs: i32): void {
  for (let output = 0; output < outputs; output += 4) {
    storeLanes(toY + (<usize>output << 2), v128.load(y + (<usize>output << 2)), outputs - output);
  }
  let output: usize = 0;
  for (; output + 4 <= <usize>outputs; output += 4) store<u32>(toArgmax + output, load<u32>(argmax + output));
  for (; output < <usize>outputs; output++) store<u8>(toArgmax + output, load<u8>(argmax + output));
}

@inline
export function poolFour(a: v128, b: v128, c: v128, d: v128, y: usize, argmax: usize, minimum: f32, count: i32): void {
  let largest = f32x4.pmax(a, b);
  let index = v128.and(f32x4.gt(b, a), i32x4.splat(1));
  let better = f32x4.gt(c, largest);
  largest = f32x4.pmax(largest, c);
  index = v128.bitselect(i32x4.splat(2), index, better);
  better = f32x4.gt(d, largest);
  largest = f32x4.pmax(largest, d);
  index = v128.bitselect(i32x4.splat(3), index, better);
  // pmax loses a NaN that is not the first: zero times the sum of all brings it back.
  const sum = f32x4.add(f32x4.add(a, b), f32x4.add(c, d));
  largest = f32x4.add(largest, f32x4.mul(sum, f32x4.splat(0)));
  largest = f32x4.pmax(largest, f32x4.splat(minimum));
  storeLanes(y, largest, count);
  if (count >= 4) {
    const halves = v128.narrow<i32>(index, index);
    store<u32>(argmax, <u32>i32x4.extract_lane(v128.narrow<i16>(halves, halves), 0));
  } else {
    store<u8>(argmax, <u8>i32x4.extract_lane(index, 0));
    if (count > 1) store<u8>(argmax, <u8>i32x4.extract_lane(index, 1), 1);
    if (count > 2) store<u8>(argmax, <u8>i32x4.extract_lane(index, 2), 2);
  }
}

/**
 * 1 where a gradient passes relu and pooling, else 0. A number and no branch: about half of the values are live, in no
 * order that a branch predictor could learn, so lists are written without branches and only grow where a value is live.
 */
@inline
function isLive(gradient: f32, y: f32, minimum: f32): usize {
  return <usize>(i32(gradient != 0) & i32(y > minimum));
}

/** Bytes of convolutionPoolInputGradient's `list`: one for each argmax, and their ends. */
export function convolutionPoolInputGradientListBytes(outputs: i32): i32 {
  return 32 * outputs + 24;
}

/**
 * dx [images, height, width, channels] from dy [images, poolHeight, poolWidth, outputs]. `kernel` is transposed to
 * [outputs, kH * kW * channels]. The live outputs of a pooled position are grouped by their argmax, so that the sums of
 * a group stay in registers.
 */
export function convolutionPoolInputGradient(
  dy: usize, y: usize, argmax: usize, kernel: usize, dx: usize, images: i32,
  height: i32, width: i32, channels: i32, kernelHeight: i32, kernelWidth: i32, strideHeight: i32, strideWidth: i32,
  poolHeight: i32, poolWidth: i32, outputs: i32, minimum: f32, list: usize,
): void {
  const pixelBytes = <usize>channels << 2;
  const rowBytes = <usize>width * pixelBytes;
  const windowBytes = <usize>kernelWidth * pixelBytes;
  const imageBytes = <usize>height * rowBytes;
  const kernelBytes = <usize>kernelHeight * windowBytes;
  const stepRow = <usize>strideHeight * rowBytes;
  const stepColumn = <usize>strideWidth * pixelBytes;
  const groupBytes = <usize>outputs << 3;
  const ends = list + 4 * groupBytes + 8;
  memory.fill(dx, 0, <usize>images * imageBytes);
  let position: usize = 0;
  for (let image = 0; image < images; image++) {
    for (let row = 0; row < poolHeight; row++) {
      for (let column = 0; column < poolWidth; column++) {
        const base = dx + <usize>image * imageBytes + <usize>(2 * row) * stepRow + <usize>(2 * column) * stepColumn;
        for (let group = <usize>0; group < 4; group++) store<u32>(ends + (group << 2), <u32>(list + group * groupBytes));
        for (let output = <usize>0; output < <usize>outputs; output++) {
          const gradient = load<f32>(dy + ((position + output) << 2));
          const live = isLive(gradient, load<f32>(y + ((position + output) << 2)), minimum);
          const slot = ends + (<usize>load<u8>(argmax + position + output) << 2);
          const end = <usize>load<u32>(slot);
          store<f32>(end, gradient);
          store<u32>(end, <u32>(kernel + output * kernelBytes), 4);
          store<u32>(slot, <u32>(end + (live << 3)));
        }
        position += <usize>outputs;
        for (let group = <usize>0; group < 4; group++) {
          const first = list + group * groupBytes;
          const end = <usize>load<u32>(ends + (group << 2));
          if (first == end) continue;
          let target = base + (group >> 1) * stepRow + (group & 1) * stepColumn;
          let offset: usize = 0;
          for (let kernelRow = 0; kernelRow < kernelHeight; kernelRow++) {
            addProducts(first, end, offset, target, windowBytes);
            offset += windowBytes;
            target += rowBytes;
          }
        }
      }
    }
  }
}

/**
 * Bytes of convolutionPoolKernelGradient's `list`: ends of lists, the live positions of eight outputs, and windows that
 * are not zero.
 */
export function convolutionPoolKernelGradientListBytes(poolHeight: i32, poolWidth: i32): i32 {
  return 32 + 9 * bytesOfPositions(poolHeight * poolWidth);
}

/** Room for all positions, and for one that is not live. */
@inline
function bytesOfPositions(positions: i32): i32 {
  return (positions + 1) << 3;
}

/**
 * Adds the kernel's gradient to dKernel [outputs, kH * kW * channels] and the bias's to dBias [outputs], image after
 * image. Windows of nothing but zeros add nothing to the kernel's gradient and are left out. The live positions of
 * eight outputs are listed in one walk, since eight neighbours share a cache line. dBias has room for whole panels
 * (panelColumns).
 */
export function convolutionPoolKernelGradient(
  x: usize, dy: usize, y: usize, argmax: usize, dKernel: usize, dBias: usize, images: i32,
  height: i32, width: i32, channels: i32, kernelHeight: i32, kernelWidth: i32, strideHeight: i32, strideWidth: i32,
  poolHeight: i32, poolWidth: i32, outputs: i32, minimum: f32, list: usize,
): void {
  const pixelBytes = <usize>channels << 2;
  const rowBytes = <usize>width * pixelBytes;
  const windowBytes = <usize>kernelWidth * pixelBytes;
  const imageBytes = <usize>height * rowBytes;
  const kernelBytes = <usize>kernelHeight * windowBytes;
  const stepRow = <usize>strideHeight * rowBytes;
  const stepColumn = <usize>strideWidth * pixelBytes;
  const positions = poolHeight * poolWidth;
  const listBytes = <usize>bytesOfPositions(positions);
  const lists = list + 32;
  const windows = lists + 8 * listBytes;
  for (let image = 0; image < images; image++) {
    const first = <usize>(image * positions * outputs);
    let lastWindow = windows;
    for (let position = 0; position < positions; position++) {
      const row = <usize>(2 * (position / poolWidth));
      const column = <usize>(2 * (position % poolWidth));
      const window = x + <usize>image * imageBytes + row * stepRow + column * stepColumn;
      store<u32>(lastWindow, <u32>(first + <usize>(position * outputs)));
      store<u32>(lastWindow, <u32>window, 4);
      const zero = isZero(window, rowBytes, windowBytes + stepColumn, kernelHeight + strideHeight);
      lastWindow += zero ? 0 : 8;
    }
    addLiveGradients(dy + (first << 2), y + (first << 2), dBias, positions, outputs, minimum);
    for (let output = 0; output < outputs; output += 8) {
      const lanes = <usize>min(outputs - output, 8);
      for (let lane: usize = 0; lane < lanes; lane++) store<u32>(list + (lane << 2), <u32>(lists + lane * listBytes));
      for (let item = windows; item < lastWindow; item += 8) {
        const position = <usize>load<u32>(item) + <usize>output;
        const window = <usize>load<u32>(item, 4);
        for (let lane: usize = 0; lane < lanes; lane++) {
          const at = position + lane;
          const gradient = load<f32>(dy + (at << 2));
          const live = isLive(gradient, load<f32>(y + (at << 2)), minimum);
          const index = <usize>load<u8>(argmax + at);
          const end = <usize>load<u32>(list + (lane << 2));
          store<f32>(end, gradient);
          store<u32>(end, <u32>(window + (index >> 1) * stepRow + (index & 1) * stepColumn), 4);
          store<u32>(list + (lane << 2), <u32>(end + (live << 3)));
        }
      }
      for (let lane: usize = 0; lane < lanes; lane++) {
        const from = lists + lane * listBytes;
        const end = <usize>load<u32>(list + (lane << 2));
        let target = dKernel + (<usize>output + lane) * kernelBytes;
        if (windowBytes <= 16 && kernelHeight == 3) {
          addThreeRows(from, end, rowBytes, target, windowBytes);
          continue;
        }
        for (let kernelRow = 0; kernelRow < kernelHeight; kernelRow++) {
          addProducts(from, end, <usize>kernelRow * rowBytes, target, windowBytes);
          target += windowBytes;
        }
      }
    }
  }
}

/** sums [outputs] += the gradients of one image's pooled positions that pass relu, position after position. */
@inline
function addLiveGradients(dy: usize, y: usize, sums: usize, positions: i32, outputs: i32, minimum: f32): void {
  const stride = <usize>outputs << 2;
  const lowest = f32x4.splat(minimum);
  for (let offset: usize = 0; offset < stride; offset += 16) {
    let at = offset;
    let sum = v128.load(sums + offset);
    for (let position = 0; position < positions; position++) {
      sum = f32x4.add(sum, v128.and(v128.load(dy + at), f32x4.gt(v128.load(y + at), lowest)));
      at += stride;
    }
    v128.store(sums + offset, sum);
  }
}

/** All rows of a window up to four values wide and three rows high in one walk: a first layer on grey images. */
@inline
function addThreeRows(list: usize, end: usize, rowBytes: usize, target: usize, windowBytes: usize): void {
  // Items in turn go to two sets of sums, since one set would wait for its own additions.
  let a = v128.load(target), b = v128.load(target + windowBytes), c = v128.load(target + 2 * windowBytes);
  let d = f32x4.splat(0), e = d, f = d;
  let item = list;
  for (; item + 8 < end; item += 16) {
    const s = v128.load_splat<f32>(item);
    const from = <usize>load<u32>(item, 4);
    a = multiplyAdd(s, v128.load(from), a);
    b = multiplyAdd(s, v128.load(from + rowBytes), b);
    c = multiplyAdd(s, v128.load(from + 2 * rowBytes), c);
    const t = v128.load_splat<f32>(item, 8);
    const other = <usize>load<u32>(item, 12);
    d = multiplyAdd(t, v128.load(other), d);
    e = multiplyAdd(t, v128.load(other + rowBytes), e);
    f = multiplyAdd(t, v128.load(other + 2 * rowBytes), f);
  }
  if (item < end) {
    const s = v128.load_splat<f32>(item);
    const from = <usize>load<u32>(item, 4);
    a = multiplyAdd(s, v128.load(from), a);
    b = multiplyAdd(s, v128.load(from + rowBytes), b);
    c = multiplyAdd(s, v128.load(from + 2 * rowBytes), c);
  }
  const count = <i32>(windowBytes >> 2);
  storeLanes(target, f32x4.add(a, d), count);
  storeLanes(target + windowBytes, f32x4.add(b, e), count);
  storeLanes(target + 2 * windowBytes, f32x4.add(c, f), count);
}
