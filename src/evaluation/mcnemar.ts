/** Whether two networks differ, by the images that one reads rightly and the other does not. */

import { InklingError } from '../errors.js';
import { erfc } from '../numerics/error-function.js';

/** What McNemar's test says of two networks that answered the same images. */
export interface McnemarResult {
  readonly bothRight: number;
  /** Images that the first alone answered rightly. */
  readonly onlyFirst: number;
  readonly onlySecond: number;
  readonly bothWrong: number;
  /**
   * How probable a difference as large, or a larger one, is where both are equally good, to either side: from 0 to 1.
   */
  readonly pValue: number;
  /** `exact`: the binomial distribution, with fewer than 25 images that one alone has right; else `chi-square`. */
  readonly test: 'exact' | 'chi-square';
  /** Of the chi-square distribution with one degree of freedom; null where the test is exact. */
  readonly statistic: number | null;
}

/** From so many images that one alone has right on the chi-square distribution is close enough. */
const manyDiscordant = 25;

/**
 * McNemar's test (McNemar, "Note on the sampling error of the difference between correlated proportions or
 * percentages", 1947). Images that both have right, or both wrong, say nothing; of the others each should be right in
 * half of the cases if they are equally good. With fewer than 25 such images the two-sided probability is the binomial
 * distribution's, 1 at most; with more it is that of (|b - c| - 1)^2 / (b + c), chi-square with one degree of freedom,
 * with the correction for continuity of Edwards ("Note on the correction for continuity in testing the significance of
 * the difference between correlated proportions", 1948).
 *
 * It is about these two networks, not about the ways in which they were trained: another seed gives another network.
 *
 * @param labels N class indices, the truth
 * @param first N answers of one network, class indices
 * @param second N answers of the other one to the same images
 * @throws InklingError (argument) where the three have not the same number of rows
 * @example
 * ```ts
 * const [ours, theirs] = [await model.predict(test.images), await (await Sequential.load('other')).predict(test.images)];
 * const { pValue } = mcnemarTest(test.labels, predictedClasses(ours), predictedClasses(theirs));
 * ```
 */
export function mcnemarTest(
  labels: ArrayLike<number>,
  first: ArrayLike<number>,
  second: ArrayLike<number>,
): McnemarResult {
  if (first.length !== labels.length || second.length !== labels.length) {
    throw new InklingError(
      'argument',
      `mcnemarTest: expected an answer of each network to each of ${labels.length} images. Received: ${first.length} and ${second.length}.`,
    );
  }
  const counts = { bothRight: 0, onlyFirst: 0, onlySecond: 0, bothWrong: 0 };
  for (let row = 0; row < labels.length; row++) {
    const [isFirst, isSecond] = [first[row] === labels[row], second[row] === labels[row]];
    counts[isFirst ? (isSecond ? 'bothRight' : 'onlyFirst') : isSecond ? 'onlySecond' : 'bothWrong']++;
  }
  return { ...counts, ...testOf(counts.onlyFirst, counts.onlySecond) };
}

function testOf(b: number, c: number): Pick<McnemarResult, 'pValue' | 'test' | 'statistic'> {
  const discordant = b + c;
  if (discordant < manyDiscordant) return { pValue: exactProbability(b, c), test: 'exact', statistic: null };
  const distance = Math.max(0, Math.abs(b - c) - 1);
  const statistic = (distance * distance) / discordant;
  return { pValue: erfc(Math.sqrt(statistic / 2)), test: 'chi-square', statistic };
}

/** Twice the lower tail of the binomial distribution with probability 1/2. */
function exactProbability(b: number, c: number): number {
  const count = b + c;
  let probability = 1;
  for (let image = 0; image < count; image++) probability /= 2;
  let tail = probability;
  for (let k = 1; k <= Math.min(b, c); k++) {
    probability = (probability * (count - k + 1)) / k;
    tail += probability;
  }
  return Math.min(1, 2 * tail);
}
