/** Activation functions over `count` values, in place or not. Backward takes the output y, dx may be dy. */
import { multiplyAdd, storeLanes } from './arithmetic';
import { exp4 } from './exponential';

export function reluForward(x: usize, y: usize, count: i32): void {
  for (let i = 0; i < count; i += 4) {
    const at = <usize>i << 2;
    storeLanes(y + at, f32x4.max(v128.load(x + at), f32x4.splat(0)), count - i);
  }
}

/** dx = dy where y > 0, else 0. */
export function reluBackward(dy: usize, y: usize, dx: usize, count: i32): void {
  for (let i = 0; i < count; i += 4) {
    const at = <usize>i << 2;
    storeLanes(dx + at, v128.and(v128.load(dy + at), f32x4.gt(v128.load(y + at), f32x4.splat(0))), count - i);
  }
}

/** y = x where x > 0, else negativeSlope x. */
export function leakyReluForward(x: usize, y: usize, count: i32, negativeSlope: f32): void {
  for (let i = 0; i < count; i += 4) {
    const at = <usize>i << 2;
    const value = v128.load(x + at);
    const below = f32x4.mul(value, f32x4.splat(negativeSlope));
    storeLanes(y + at, v128.bitselect(value, below, f32x4.gt(value, f32x4.splat(0))), count - i);
  }
}

/** y has the sign of x, since negativeSlope is not below 0; 0 makes a relu of it. */
export function leakyReluBackward(dy: usize, y: usize, dx: usize, count: i32, negativeSlope: f32): void {
  for (let i = 0; i < count; i += 4) {
    const at = <usize>i << 2;
    const gradient = v128.load(dy + at);
    const below = f32x4.mul(gradient, f32x4.splat(negativeSlope));
    storeLanes(dx + at, v128.bitselect(gradient, below, f32x4.gt(v128.load(y + at), f32x4.splat(0))), count - i);
  }
}

/** After Cephes `tanhf`: a polynomial up to 0.625, beyond it 1 - 2 / (e^(2|x|) + 1) with the sign of x. */
export function tanhForward(x: usize, y: usize, count: i32): void {
  const one = f32x4.splat(1);
  for (let i = 0; i < count; i += 4) {
    const at = <usize>i << 2;
    const value = v128.load(x + at);
    const size = f32x4.abs(value);
    const far = f32x4.sub(one, f32x4.div(f32x4.splat(2), f32x4.add(exp4(f32x4.add(size, size)), one)));
    const signed = v128.bitselect(value, far, i32x4.splat(<i32>0x80000000));
    const square = f32x4.mul(value, value);
    let sum = f32x4.splat(-5.70498872745e-3);
    sum = multiplyAdd(sum, square, f32x4.splat(2.06390887954e-2));
    sum = multiplyAdd(sum, square, f32x4.splat(-5.37397155531e-2));
    sum = multiplyAdd(sum, square, f32x4.splat(1.33314422036e-1));
    sum = multiplyAdd(sum, square, f32x4.splat(-3.33332819422e-1));
    const near = multiplyAdd(f32x4.mul(sum, square), value, value);
    storeLanes(y + at, v128.bitselect(near, signed, f32x4.lt(size, f32x4.splat(0.625))), count - i);
  }
}

/** dx = dy (1 - y^2). */
export function tanhBackward(dy: usize, y: usize, dx: usize, count: i32): void {
  for (let i = 0; i < count; i += 4) {
    const at = <usize>i << 2;
    const output = v128.load(y + at);
    const derivative = f32x4.sub(f32x4.splat(1), f32x4.mul(output, output));
    storeLanes(dx + at, f32x4.mul(v128.load(dy + at), derivative), count - i);
  }
}

/** y = 1 / (1 + e^-x). */
export function sigmoidForward(x: usize, y: usize, count: i32): void {
  const one = f32x4.splat(1);
  for (let i = 0; i < count; i += 4) {
    const at = <usize>i << 2;
    storeLanes(y + at, f32x4.div(one, f32x4.add(one, exp4(f32x4.neg(v128.load(x + at))))), count - i);
  }
}

/** dx = dy y (1 - y). */
export function sigmoidBackward(dy: usize, y: usize, dx: usize, count: i32): void {
  for (let i = 0; i < count; i += 4) {
    const at = <usize>i << 2;
    const output = v128.load(y + at);
    const derivative = f32x4.mul(output, f32x4.sub(f32x4.splat(1), output));
    storeLanes(dx + at, f32x4.mul(v128.load(dy + at), derivative), count - i);
  }
}

/** y [rows, size] = softmax of each row, shifted by the row's largest value; x may be y. */
export function softmaxForward(x: usize, y: usize, rows: i32, size: i32): void {
  const bytes = <usize>size << 2;
  for (let row = 0; row < rows; row++) {
    const from = x + <usize>row * bytes;
    const to = y + <usize>row * bytes;
    let largest = load<f32>(from);
    for (let i = <usize>4; i < bytes; i += 4) largest = max(largest, load<f32>(from + i));
    for (let i = <usize>0; i < bytes; i += 16) {
      storeLanes(to + i, exp4(f32x4.sub(v128.load(from + i), f32x4.splat(largest))), <i32>((bytes - i) >> 2));
    }
    let sum: f32 = 0;
    for (let i = <usize>0; i < bytes; i += 4) sum += load<f32>(to + i);
    for (let i = <usize>0; i < bytes; i += 4) store<f32>(to + i, load<f32>(to + i) / sum);
  }
}

/** dx = y (dy - sum over the row of dy y). */
export function softmaxBackward(dy: usize, y: usize, dx: usize, rows: i32, size: i32): void {
  const bytes = <usize>size << 2;
  for (let row = 0; row < rows; row++) {
    const start = <usize>row * bytes;
    let sum: f32 = 0;
    for (let i = start; i < start + bytes; i += 4) sum += load<f32>(dy + i) * load<f32>(y + i);
    for (let i = start; i < start + bytes; i += 4) {
      store<f32>(dx + i, load<f32>(y + i) * (load<f32>(dy + i) - sum));
    }
  }
}
