/**
 * How much an image is like those that a network learned from, by its logits: drawings of other things, and noise, raise no class
 * and score low (Liu, Wang, Owens, Li, "Energy-based Out-of-distribution Detection", 2020).
 */

import { InklingError } from '../errors.js';
import { countLogits, logSumExp } from './logits.js';

/**
 * log(sum of e^logit) of each example: the negative free energy at temperature 1 of Liu et al. The higher, the more familiar; the
 * scale is each network's own.
 *
 * @param logits `[N, classes]`, flat, row-major
 * @returns N scores
 * @throws InklingError where the rows are not whole or a logit is not finite
 */
export function familiarity(logits: Float32Array, classes: number): Float64Array {
  countLogits(logits, classes);
  return logSumExp(logits, classes);
}

/**
 * The lowest score that counts as familiar: one of the scores, such that at most the share `share` of them lies below.
 *
 * @param scores of images as the network knows them, but was not trained on; at least one
 * @param share from 0 to less than 1; default 0.005
 * @throws InklingError (argument) where there are no scores, one is not finite, or `share` is out of range
 */
export function familiarityThreshold(scores: ArrayLike<number>, share = 0.005): number {
  if (!(share >= 0 && share < 1)) {
    throw new InklingError('argument', `The share must be from 0 to less than 1. Received: ${share}.`);
  }
  const ascending = Float64Array.from(scores).sort();
  if (ascending.length === 0 || !ascending.every(Number.isFinite)) {
    throw new InklingError('argument', 'The scores must be finite numbers, at least one.');
  }
  return ascending[Math.floor(share * ascending.length)];
}
