/** Softmax and cross-entropy in one: loss = log(sum e^logit) - sum target logit for targets that add up to one. */
import { exp1, log1 } from './exponential';
import { logitsOf, outputOf, resultsOf } from './step-record';

/**
 * dLogits [rows, classes] = weight (softmax(logits) - target), where weights [rows] hold each sample's share of the
 * batch; dLogits may be logits. The shard's result, at the place that the record names: float64 sum of weight * loss,
 * then int32 number of rows whose largest logit is where the largest target is (the first of equals in both). Shifted
 * by the largest logit, so that +-1e4 is no trouble.
 */
export function softmaxCrossEntropy(
  logits: usize, targets: usize, weights: usize, dLogits: usize, rows: i32, classes: i32, record: usize, shard: i32,
): void {
  const bytes = <usize>classes << 2;
  let total: f64 = 0;
  let correct = 0;
  for (let row = 0; row < rows; row++) {
    const from = logits + <usize>row * bytes;
    const target = targets + <usize>row * bytes;
    const to = dLogits + <usize>row * bytes;
    const weight = load<f32>(weights + (<usize>row << 2));
    let largest = load<f32>(from);
    let answer: usize = 0;
    let truth: usize = 0;
    for (let i = <usize>4; i < bytes; i += 4) {
      const logit = load<f32>(from + i);
      if (logit > largest || logit != logit) {
        largest = logit;
        answer = i;
      }
      if (load<f32>(target + i) > load<f32>(target + truth)) truth = i;
    }
    correct += i32(answer == truth);
    let sum: f64 = 0;
    let dot: f64 = 0;
    let mass: f64 = 0;
    for (let i = <usize>0; i < bytes; i += 4) {
      const shifted = load<f32>(from + i) - largest;
      const power = exp1(shifted);
      const fraction = <f64>load<f32>(target + i);
      // A target of zero takes no part, even where the logit is -Infinity.
      if (fraction != 0) dot += fraction * <f64>shifted;
      mass += fraction;
      sum += <f64>power;
      store<f32>(to + i, power);
    }
    // `mass` is 1 but for the rounding of smoothed targets.
    total += <f64>weight * (mass * log1(sum) - dot);
    for (let i = <usize>0; i < bytes; i += 4) {
      const probability = <f64>load<f32>(to + i) / sum;
      store<f32>(to + i, <f32>(<f64>weight * (mass * probability - <f64>load<f32>(target + i))));
    }
  }
  const result = resultsOf(record) + (<usize>shard << 4);
  store<f64>(result, total);
  store<i32>(result, correct, 8);
}

/** Writes softmax(logits) to the batch's place for probabilities, which the step's record names. */
export function storeProbabilities(logits: usize, record: usize, firstRow: i32, rows: i32, classes: i32): void {
  const bytes = <usize>classes << 2;
  const target = outputOf(record) + <usize>firstRow * bytes;
  for (let row = 0; row < rows; row++) {
    const from = logits + <usize>row * bytes;
    const to = target + <usize>row * bytes;
    let largest = load<f32>(from);
    for (let i = <usize>4; i < bytes; i += 4) largest = max(largest, load<f32>(from + i));
    let sum: f64 = 0;
    for (let i = <usize>0; i < bytes; i += 4) {
      const power = exp1(load<f32>(from + i) - largest);
      sum += <f64>power;
      store<f32>(to + i, power);
    }
    for (let i = <usize>0; i < bytes; i += 4) store<f32>(to + i, <f32>(<f64>load<f32>(to + i) / sum));
  }
}

/** Copies logits to the batch's place for them, which the step's record names. */
export function storeLogits(logits: usize, record: usize, firstRow: i32, rows: i32, classes: i32): void {
  const bytes = <usize>classes << 2;
  memory.copy(logitsOf(record) + <usize>firstRow * bytes, logits, <usize>rows * bytes);
}
