/**
 * Which of several ways to divide a line's ink into digits is the likeliest: the one whose digits' probabilities have
 * the largest product, less what their shapes cost (over-segmentation, as in LeCun, Bottou, Bengio, Haffner 1998). By
 * dynamic programming over the bounds, with the number of digits as a second dimension.
 */

import { log } from '../numerics/elementary.js';
import type { Recognition, RecognitionState } from './recognition.js';

/** What may be one digit, and what the network makes of it. */
export interface JudgedCandidate {
  readonly from: number;
  readonly to: number;
  readonly cost: number;
  readonly isCut: boolean;
  readonly recognition: Recognition;
}

interface Way {
  readonly score: number;
  readonly last: JudgedCandidate | undefined;
  readonly before: Way | undefined;
}

/** A way with another number of digits is out of question where its logarithm is so much less. */
const sureMargin = 0.5;
/** A digit that was cut out of others is sure from this probability on: a part of a digit may look like another one. */
const sureCut = 0.9999;
/** Of what the network holds for impossible. */
const leastProbability = 1e-9;

export function bestProbability({ probabilities }: Recognition): number {
  return probabilities === null ? 0 : probabilities.reduce((most, value) => Math.max(most, value), 0);
}

/**
 * @param bounds of the line, candidates included
 * @param sure what the model calls an answer that is sure
 * @returns from left to right; not sure where the line may as well be divided otherwise
 */
export function likeliestDigits(
  bounds: number,
  candidates: readonly JudgedCandidate[],
  sure: RecognitionState,
): Recognition[] {
  const [best, ...others] = waysThrough(bounds, candidates);
  const taken = digitsOf(best);
  const rivals = others.filter(({ score }) => score > best.score - sureMargin).map((way) => new Set(digitsOf(way)));
  return taken.map((candidate) => {
    const { recognition, isCut } = candidate;
    const isDoubtful =
      rivals.some((rival) => !rival.has(candidate)) || (isCut && bestProbability(recognition) < sureCut);
    return isDoubtful && recognition.state === sure ? { ...recognition, state: 'not sure' } : recognition;
  });
}

/** The best way for each number of digits, the best of all first. */
function waysThrough(bounds: number, candidates: readonly JudgedCandidate[]): Way[] {
  const ending: JudgedCandidate[][] = Array.from({ length: bounds }, () => []);
  for (const candidate of candidates) ending[candidate.to].push(candidate);
  const ways: Way[][] = Array.from({ length: bounds }, () => []);
  ways[0][0] = { score: 0, last: undefined, before: undefined };
  for (let to = 1; to < bounds; to++) {
    for (const candidate of ending[to]) {
      const own = log(Math.max(bestProbability(candidate.recognition), leastProbability)) - candidate.cost;
      for (const [digits, before] of ways[candidate.from].entries()) {
        if (before === undefined) continue;
        const score = before.score + own;
        const known: Way | undefined = ways[to][digits + 1];
        if (known === undefined || score > known.score) ways[to][digits + 1] = { score, last: candidate, before };
      }
    }
  }
  return ways[bounds - 1].filter((way) => way !== undefined).sort((a, b) => b.score - a.score);
}

function digitsOf(way: Way): JudgedCandidate[] {
  const digits: JudgedCandidate[] = [];
  for (let at: Way | undefined = way; at?.last; at = at.before) digits.push(at.last);
  return digits.reverse();
}
