/**
 * How far probabilities can be taken at their word: a reliability diagram's bins, and the one number that sums them up.
 */

import { InklingError } from '../errors.js';
import type { Tensor } from '../numerics/tensor.js';
import { checkProbabilities, mostProbable, requireLabels } from './predictions.js';

/** The answers whose probability lies above `low` and is at most `high`. */
export interface ReliabilityBin {
  readonly low: number;
  readonly high: number;
  readonly count: number;
  /** The mean probability of these answers; null where there are none. */
  readonly confidence: number | null;
  /** The share of them that is right; null where there are none. */
  readonly accuracy: number | null;
}

/**
 * Sorts answers into bins of equal width by their probability (Guo et al. 2017). In a calibrated network each bin's
 * accuracy is its confidence.
 *
 * @param probabilities `[N, classes]`
 * @param labels N class indices
 * @param bins how many; default 15
 * @throws InklingError where shapes do not fit, a value is not a probability, or `bins` is not a whole number from 1 on
 * @example
 * ```ts
 * const bins = reliabilityBins(await model.predict(test.images), test.labels);
 * ```
 */
export function reliabilityBins(
  probabilities: Tensor<Float32Array>,
  labels: ArrayLike<number>,
  bins = 15,
): ReliabilityBin[] {
  const rows = checkProbabilities(probabilities);
  requireLabels(labels, rows.count, rows.classes);
  if (!Number.isInteger(bins) || bins < 1) {
    throw new InklingError('argument', `The number of bins must be a whole number from 1 on. Received: ${bins}.`);
  }
  const sums = Array.from({ length: bins }, () => ({ count: 0, correct: 0, probability: 0 }));
  mostProbable(rows).forEach((answer, example) => {
    const probability = rows.data[example * rows.classes + answer];
    const index = Math.min(Math.max(Math.ceil(probability * bins) - 1, 0), bins - 1);
    sums[index].count++;
    sums[index].correct += Number(answer === labels[example]);
    sums[index].probability += probability;
  });
  return sums.map(({ count, correct, probability }, index) => ({
    low: index / bins,
    high: (index + 1) / bins,
    count,
    ...(count > 0
      ? { confidence: probability / count, accuracy: correct / count }
      : { confidence: null, accuracy: null }),
  }));
}

/**
 * The mean distance of accuracy and confidence over all bins, each counting as many times as it has answers (Naeini,
 * Cooper, Hauskrecht 2015; Guo et al. 2017). 0 is calibrated, 1 the worst; 0 also where there are no answers.
 * @example
 * ```ts
 * console.log(expectedCalibrationError(reliabilityBins(await model.predict(test.images), test.labels)));
 * ```
 */
export function expectedCalibrationError(bins: readonly ReliabilityBin[]): number {
  const total = bins.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return 0;
  const distances = bins.map(
    ({ count, confidence, accuracy }) => count * Math.abs((accuracy ?? 0) - (confidence ?? 0)),
  );
  return distances.reduce((sum, distance) => sum + distance, 0) / total;
}
