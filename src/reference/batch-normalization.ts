/**
 * Batch normalisation (Ioffe and Szegedy 2015): each channel, the last axis, is shifted and scaled to mean 0 and
 * variance 1, then to what gamma and beta say:
 *
 *     y = gamma * (x - mean) / sqrt(variance + epsilon) + beta
 *
 * While training, mean and variance are the batch's own; otherwise the moving averages. The variance is the biased one,
 * divided by the count, in both.
 */

/** Of each channel: `[C]`. */
export interface Statistics {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

/** @param x `[N, ..., C]` */
export function batchStatistics(x: Float64Array, channels: number): Statistics {
  const count = x.length / channels;
  const mean = new Float64Array(channels);
  const variance = new Float64Array(channels);
  for (let index = 0; index < x.length; index++) mean[index % channels] += x[index] / count;
  for (let index = 0; index < x.length; index++) {
    variance[index % channels] += (x[index] - mean[index % channels]) ** 2 / count;
  }
  return { mean, variance };
}

/** The moving average after a step: the share `momentum` of the old one and the rest of the batch's own value. */
export function movingAverage(moving: Float64Array, batch: Float64Array, momentum: number): Float64Array {
  return moving.map((value, channel) => momentum * value + (1 - momentum) * batch[channel]);
}

/**
 * @param x `[N, ..., C]`
 * @param gamma `[C]`
 * @param beta `[C]`
 * @param statistics of this batch while training, else the moving ones
 * @returns y `[N, ..., C]`
 */
export function batchNormalizationForward(
  x: Float64Array,
  gamma: Float64Array,
  beta: Float64Array,
  { mean, variance }: Statistics,
  epsilon: number,
): Float64Array {
  const channels = gamma.length;
  return x.map((value, index) => {
    const channel = index % channels;
    const normalized = (value - mean[channel]) / Math.sqrt(variance[channel] + epsilon);
    return gamma[channel] * normalized + beta[channel];
  });
}

/**
 * The backward pass of training. Mean and variance depend on x themselves; what flows through them makes dx have the
 * sum 0 and no part along the normalised x:
 *
 *     dx = gamma / sqrt(variance + epsilon) * (dy - mean of dy - normalized * mean of (dy * normalized))
 *
 * @param dy `[N, ..., C]`
 * @param x `[N, ..., C]`, what the forward pass was given
 * @param statistics of this batch
 * @returns dx `[N, ..., C]`, dGamma `[C]`, dBeta `[C]`
 */
export function batchNormalizationBackward(
  dy: Float64Array,
  x: Float64Array,
  gamma: Float64Array,
  { mean, variance }: Statistics,
  epsilon: number,
): { dx: Float64Array; dGamma: Float64Array; dBeta: Float64Array } {
  const channels = gamma.length;
  const count = x.length / channels;
  const { normalized, deviation } = normalize(x, mean, variance, epsilon);
  const { dGamma, dBeta } = weightGradients(dy, normalized, channels);
  const dx = dy.map((dOutput, index) => {
    const channel = index % channels;
    const own = dOutput - dBeta[channel] / count - (normalized[index] * dGamma[channel]) / count;
    return (gamma[channel] / deviation[channel]) * own;
  });
  return { dx, dGamma, dBeta };
}

/**
 * The backward pass where the statistics are the moving ones, which do not depend on x: each value is on its own,
 *
 *     dx = gamma / sqrt(variance + epsilon) * dy
 *
 * @param statistics the moving ones; the others as in training
 */
export function batchNormalizationInferenceBackward(
  dy: Float64Array,
  x: Float64Array,
  gamma: Float64Array,
  { mean, variance }: Statistics,
  epsilon: number,
): { dx: Float64Array; dGamma: Float64Array; dBeta: Float64Array } {
  const channels = gamma.length;
  const { normalized, deviation } = normalize(x, mean, variance, epsilon);
  const dx = dy.map((dOutput, index) => (gamma[index % channels] / deviation[index % channels]) * dOutput);
  return { dx, ...weightGradients(dy, normalized, channels) };
}

function normalize(x: Float64Array, mean: Float64Array, variance: Float64Array, epsilon: number) {
  const channels = mean.length;
  const deviation = variance.map((value) => Math.sqrt(value + epsilon));
  const normalized = x.map((value, index) => (value - mean[index % channels]) / deviation[index % channels]);
  return { normalized, deviation };
}

function weightGradients(dy: Float64Array, normalized: Float64Array, channels: number) {
  const dGamma = new Float64Array(channels);
  const dBeta = new Float64Array(channels);
  for (let index = 0; index < dy.length; index++) {
    dGamma[index % channels] += dy[index] * normalized[index];
    dBeta[index % channels] += dy[index];
  }
  return { dGamma, dBeta };
}
