/**
 * Softmax and cross-entropy in one, from the logits: the loss of a sample is
 *
 *     sum over k of target[k] * (log(sum of e^logits) - logits[k])
 *
 * and its slope is simply `softmax(logits) - target`. Taken together they stay exact where the probabilities alone
 * would round to 0.
 */

import { exp, log } from '../numerics/elementary.js';
import { softmax } from './activation.js';

export interface SoftmaxCrossEntropyOptions {
  /** Share of each target that is spread evenly over all classes; default 0. */
  readonly labelSmoothing?: number;
  /** `[N]`, the factor of each sample's loss; default 1. The mean is still taken over N. */
  readonly sampleWeights?: ArrayLike<number>;
}

/**
 * @param logits `[N, K]`
 * @param targets `[N, K]`, each row a distribution over the classes, such as one-hot
 * @param classes K
 * @returns the mean loss over the batch, and dLogits `[N, K]`
 */
export function softmaxCrossEntropy(
  logits: Float64Array,
  targets: Float64Array,
  classes: number,
  { labelSmoothing = 0, sampleWeights }: SoftmaxCrossEntropyOptions = {},
): { loss: number; dLogits: Float64Array } {
  const batch = logits.length / classes;
  const smoothed = targets.map((target) => target * (1 - labelSmoothing) + labelSmoothing / classes);
  const probabilities = softmax(logits, classes);
  const dLogits = new Float64Array(logits.length);
  let loss = 0;
  for (let n = 0; n < batch; n++) {
    const fraction = (sampleWeights?.[n] ?? 1) / batch;
    const row = logits.subarray(n * classes, (n + 1) * classes);
    const largest = row.reduce((a, b) => Math.max(a, b));
    const logSumExp = largest + log(row.reduce((sum, value) => sum + exp(value - largest), 0));
    for (let k = 0; k < classes; k++) {
      const index = n * classes + k;
      loss += fraction * smoothed[index] * (logSumExp - logits[index]);
      dLogits[index] = fraction * (probabilities[index] - smoothed[index]);
    }
  }
  return { loss, dLogits };
}
