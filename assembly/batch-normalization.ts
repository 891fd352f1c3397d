/**
 * Batch normalisation over the last axis. The batch's sums are made in float64 per shard; every shard then adds up all
 * shards' sums in order and so gets the same statistics. Training data of `count` = rows * pixels samples of
 * `channels`.
 */
import { batchRowsOf } from './step-record';

/** Bytes of a shard's `sums`: two float64 a channel. */
export function batchNormalizationSumsBytes(channels: i32): i32 {
  return channels << 4;
}

/** Bytes of `statistics`, and of the backward pass's `means`: two float32 a channel. */
export function batchNormalizationStatisticsBytes(channels: i32): i32 {
  return channels << 3;
}

/** sums (float64): [channels] of x, [channels] of x^2. */
export function batchNormalizationSums(x: usize, count: i32, channels: i32, sums: usize): void {
  memory.fill(sums, 0, <usize>channels << 4);
  const squares = sums + (<usize>channels << 3);
  let from = x;
  for (let sample = 0; sample < count; sample++) {
    for (let channel = <usize>0; channel < <usize>channels; channel++) {
      const value = <f64>load<f32>(from);
      const at = channel << 3;
      store<f64>(sums + at, load<f64>(sums + at) + value);
      store<f64>(squares + at, load<f64>(squares + at) + value * value);
      from += 4;
    }
  }
}

/** The sum over the shards of one float64. */
@inline
function overShards(address: usize, shardBytes: usize, shards: i32): f64 {
  let sum: f64 = 0;
  for (let shard = 0; shard < shards; shard++) {
    sum += load<f64>(address);
    address += shardBytes;
  }
  return sum;
}

/** statistics (float32): [channels] mean, [channels] 1 / sqrt(variance + epsilon), of the whole batch. */
export function batchNormalizationStatistics(
  sums: usize, shardBytes: usize, shards: i32, record: usize, pixels: i32, channels: i32, epsilon: f64, statistics: usize,
): void {
  const count = <f64>batchRowsOf(record) * <f64>pixels;
  for (let channel = <usize>0; channel < <usize>channels; channel++) {
    const mean = overShards(sums + (channel << 3), shardBytes, shards) / count;
    const square = overShards(sums + ((<usize>channels + channel) << 3), shardBytes, shards) / count;
    const variance = max(square - mean * mean, 0);
    store<f32>(statistics + (channel << 2), <f32>mean);
    store<f32>(statistics + ((<usize>channels + channel) << 2), <f32>(1 / sqrt(variance + epsilon)));
  }
}

/** The same from the moving averages, for evaluation. */
export function batchNormalizationMovingStatistics(movingMean: usize, movingVariance: usize, channels: i32, epsilon: f64, statistics: usize): void {
  for (let channel = <usize>0; channel < <usize>channels; channel++) {
    const at = channel << 2;
    store<f32>(statistics + at, load<f32>(movingMean + at));
    const variance = <f64>load<f32>(movingVariance + at);
    store<f32>(statistics + ((<usize>channels + channel) << 2), <f32>(1 / sqrt(variance + epsilon)));
  }
}

/** y = gamma (x - mean) / sqrt(variance + epsilon) + beta. */
export function batchNormalizationForward(x: usize, y: usize, count: i32, channels: i32, statistics: usize, gamma: usize, beta: usize): void {
  let at: usize = 0;
  for (let sample = 0; sample < count; sample++) {
    for (let channel = <usize>0; channel < <usize>channels; channel++) {
      const c = channel << 2;
      const normal = (load<f32>(x + at) - load<f32>(statistics + c)) * load<f32>(statistics + (<usize>channels << 2) + c);
      store<f32>(y + at, normal * load<f32>(gamma + c) + load<f32>(beta + c));
      at += 4;
    }
  }
}

/** sums (float64): [channels] of dy, [channels] of dy times the normalised x: the gradients of beta and gamma. */
export function batchNormalizationGradientSums(dy: usize, x: usize, count: i32, channels: i32, statistics: usize, sums: usize): void {
  memory.fill(sums, 0, <usize>channels << 4);
  const products = sums + (<usize>channels << 3);
  let at: usize = 0;
  for (let sample = 0; sample < count; sample++) {
    for (let channel = <usize>0; channel < <usize>channels; channel++) {
      const c = channel << 2;
      const normal = (load<f32>(x + at) - load<f32>(statistics + c)) * load<f32>(statistics + (<usize>channels << 2) + c);
      const gradient = <f64>load<f32>(dy + at);
      const to = channel << 3;
      store<f64>(sums + to, load<f64>(sums + to) + gradient);
      store<f64>(products + to, load<f64>(products + to) + gradient * <f64>normal);
      at += 4;
    }
  }
}

/**
 * dx = gamma / sqrt(variance + epsilon) (dy - mean of dy - normalised x * mean of dy * normalised x), means over the
 * batch. dx may be dy.
 */
export function batchNormalizationBackward(
  dy: usize, x: usize, dx: usize, count: i32, channels: i32, statistics: usize, gamma: usize,
  sums: usize, shardBytes: usize, shards: i32, record: usize, pixels: i32, means: usize,
): void {
  const total = <f64>batchRowsOf(record) * <f64>pixels;
  for (let i = <usize>0; i < <usize>channels << 1; i++) {
    store<f32>(means + (i << 2), <f32>(overShards(sums + (i << 3), shardBytes, shards) / total));
  }
  let at: usize = 0;
  for (let sample = 0; sample < count; sample++) {
    for (let channel = <usize>0; channel < <usize>channels; channel++) {
      const c = channel << 2;
      const inverse = load<f32>(statistics + (<usize>channels << 2) + c);
      const normal = (load<f32>(x + at) - load<f32>(statistics + c)) * inverse;
      const inner = load<f32>(dy + at) - load<f32>(means + c) - normal * load<f32>(means + (<usize>channels << 2) + c);
      store<f32>(dx + at, load<f32>(gamma + c) * inverse * inner);
      at += 4;
    }
  }
}

/** dBeta and dGamma [channels] from the shards' sums. */
export function batchNormalizationParameterGradients(sums: usize, shardBytes: usize, shards: i32, channels: i32, dGamma: usize, dBeta: usize): void {
  for (let channel = <usize>0; channel < <usize>channels; channel++) {
    store<f32>(dBeta + (channel << 2), <f32>overShards(sums + (channel << 3), shardBytes, shards));
    store<f32>(dGamma + (channel << 2), <f32>overShards(sums + ((<usize>channels + channel) << 3), shardBytes, shards));
  }
}

/** moving = momentum moving + (1 - momentum) batch, with the biased variance of the batch, as Keras. */
export function batchNormalizationUpdateMoving(
  sums: usize, shardBytes: usize, shards: i32, record: usize, pixels: i32, channels: i32, momentum: f64,
  movingMean: usize, movingVariance: usize,
): void {
  const count = <f64>batchRowsOf(record) * <f64>pixels;
  for (let channel = <usize>0; channel < <usize>channels; channel++) {
    const mean = overShards(sums + (channel << 3), shardBytes, shards) / count;
    const square = overShards(sums + ((<usize>channels + channel) << 3), shardBytes, shards) / count;
    const at = channel << 2;
    store<f32>(movingMean + at, <f32>(<f64>load<f32>(movingMean + at) * momentum + mean * (1 - momentum)));
    const variance = max(square - mean * mean, 0);
    store<f32>(movingVariance + at, <f32>(<f64>load<f32>(movingVariance + at) * momentum + variance * (1 - momentum)));
  }
}
