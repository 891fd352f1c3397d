/**
 * One pass per optimizer update over the flat parameters, from value `first` to `last`, both multiples of four: weights
 * are laid out in whole vectors, so there is no tail. Formulas: Keras 3.
 */
import { multiplyAdd } from './arithmetic';
import { learningRateOf, resultsOf, stepSizeOf } from './step-record';

/** w -= learningRate g. */
export function sgdUpdate(weights: usize, gradients: usize, record: usize, first: i32, last: i32): void {
  const rate = f32x4.splat(-learningRateOf(record));
  for (let at = <usize>first << 2; at < <usize>last << 2; at += 16) {
    v128.store(weights + at, multiplyAdd(rate, v128.load(gradients + at), v128.load(weights + at)));
  }
}

/** v = momentum v - learningRate g; w += v, or with `nesterov` w += momentum v - learningRate g. */
export function momentumUpdate(weights: usize, gradients: usize, velocities: usize, record: usize, momentum: f32, nesterov: i32, first: i32, last: i32): void {
  const rate = f32x4.splat(-learningRateOf(record));
  const keep = f32x4.splat(momentum);
  for (let at = <usize>first << 2; at < <usize>last << 2; at += 16) {
    const push = f32x4.mul(rate, v128.load(gradients + at));
    const velocity = multiplyAdd(keep, v128.load(velocities + at), push);
    v128.store(velocities + at, velocity);
    const move = nesterov ? multiplyAdd(keep, velocity, push) : velocity;
    v128.store(weights + at, f32x4.add(v128.load(weights + at), move));
  }
}

/**
 * Adam (Kingma and Ba 2015) with decoupled weight decay (AdamW, Loshchilov and Hutter 2019) where `weightDecay` is not
 * 0: w -= learningRate weightDecay w; m += (g - m)(1 - beta1); v += (g^2 - v)(1 - beta2); w -= stepSize m / (sqrt(v) +
 * epsilon).
 */
export function adamUpdate(
  weights: usize, gradients: usize, means: usize, squares: usize, record: usize,
  beta1: f64, beta2: f64, epsilon: f32, weightDecay: f32, first: i32, last: i32,
): void {
  const fraction1 = f32x4.splat(<f32>(1 - beta1));
  const fraction2 = f32x4.splat(<f32>(1 - beta2));
  const small = f32x4.splat(epsilon);
  const stepSize = f32x4.splat(stepSizeOf(record));
  const decay = f32x4.splat(1 - learningRateOf(record) * weightDecay);
  for (let at = <usize>first << 2; at < <usize>last << 2; at += 16) {
    const g = v128.load(gradients + at);
    const oldMean = v128.load(means + at);
    const mean = multiplyAdd(f32x4.sub(g, oldMean), fraction1, oldMean);
    const oldSquare = v128.load(squares + at);
    const square = multiplyAdd(f32x4.sub(f32x4.mul(g, g), oldSquare), fraction2, oldSquare);
    v128.store(means + at, mean);
    v128.store(squares + at, square);
    const move = f32x4.div(f32x4.mul(mean, stepSize), f32x4.add(f32x4.sqrt(square), small));
    v128.store(weights + at, f32x4.sub(f32x4.mul(v128.load(weights + at), decay), move));
  }
}

/** v = rho v + (1 - rho) g^2; w -= learningRate g / sqrt(v + epsilon). */
export function rmspropUpdate(weights: usize, gradients: usize, squares: usize, record: usize, rho: f64, epsilon: f32, first: i32, last: i32): void {
  const keep = f32x4.splat(<f32>rho);
  const fraction = f32x4.splat(<f32>(1 - rho));
  const small = f32x4.splat(epsilon);
  const rate = f32x4.splat(learningRateOf(record));
  for (let at = <usize>first << 2; at < <usize>last << 2; at += 16) {
    const g = v128.load(gradients + at);
    const square = multiplyAdd(keep, v128.load(squares + at), f32x4.mul(fraction, f32x4.mul(g, g)));
    v128.store(squares + at, square);
    const move = f32x4.div(f32x4.mul(rate, g), f32x4.sqrt(f32x4.add(square, small)));
    v128.store(weights + at, f32x4.sub(v128.load(weights + at), move));
  }
}

/** The gradient of the penalty l2 sum(w^2): g += 2 l2 w. */
export function addL2Gradient(weights: usize, gradients: usize, l2: f32, first: i32, last: i32): void {
  const factor = f32x4.splat(2 * l2);
  for (let at = <usize>first << 2; at < <usize>last << 2; at += 16) {
    v128.store(gradients + at, multiplyAdd(factor, v128.load(weights + at), v128.load(gradients + at)));
  }
}

/** The float64 sum of squares of `count` values (a multiple of four), in order. */
function squareSum(values: usize, count: i32): f64 {
  let low = f64x2.splat(0);
  let high = low;
  for (let at = <usize>0; at < <usize>count << 2; at += 16) {
    const four = v128.load(values + at);
    const two = f64x2.promote_low_f32x4(four);
    const other = f64x2.promote_low_f32x4(v128.shuffle<i32>(four, four, 2, 3, 2, 3));
    low = f64x2.add(low, f64x2.mul(two, two));
    high = f64x2.add(high, f64x2.mul(other, other));
  }
  const sum = f64x2.add(low, high);
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

export function sumOfSquares(values: usize, count: i32, result: usize): void {
  store<f64>(result, squareSum(values, count));
}

/** Stores the penalty l2 sum(w^2) as the step's penalty of number `index`: float64, behind the shards' results. */
export function storeL2Penalty(weights: usize, count: i32, l2: f64, record: usize, index: i32): void {
  store<f64>(resultsOf(record) + 256 + (<usize>index << 3), l2 * squareSum(weights, count));
}

/**
 * Scales gradients by limit / norm where the norm, the root of the sum of `count` sums of squares (float64), is above
 * `limit` (Pascanu, Mikolov, Bengio 2013).
 */
export function clipGradients(gradients: usize, squares: usize, count: i32, limit: f64, first: i32, last: i32): void {
  let sum: f64 = 0;
  for (let i = <usize>0; i < <usize>count; i++) sum += load<f64>(squares + (i << 3));
  const norm = sqrt(sum);
  if (!(norm > limit)) return;
  const factor = f32x4.splat(<f32>(limit / norm));
  for (let at = <usize>first << 2; at < <usize>last << 2; at += 16) {
    v128.store(gradients + at, f32x4.mul(factor, v128.load(gradients + at)));
  }
}
