/** Which of several readings of one picture counts: the first one, or one of a piece of paper that was cut at the ink. */

import { bestProbability } from './likeliest-digits.js';
import type { Recognition, RecognitionState } from './recognition.js';

/** Another reading than the first is sure from this probability on. */
const sureOtherReading = 0.96;

/**
 * More is asked of another reading than of the first one, as what is no digit gets as many chances as it has readings.
 * @param isCertain whether the way the digit was found is not in doubt
 * @param sure what the model calls an answer that is sure
 * @returns not sure where it is in doubt
 */
export function withDoubt(recognition: Recognition, isCertain: boolean, sure: RecognitionState): Recognition {
  if (recognition.state !== sure || (isCertain && bestProbability(recognition) >= sureOtherReading)) return recognition;
  return { ...recognition, state: 'not sure' };
}

/**
 * The most probable one, the first of equals, and where that one has no answer. The first one also where it is as good:
 * sure of the same answer.
 */
export function likeliestReading(
  first: Recognition,
  others: readonly Recognition[],
  sure: RecognitionState,
): Recognition {
  const likeliest = others.reduce(
    (found, reading) => (bestProbability(reading) > bestProbability(found) ? reading : found),
    first,
  );
  const isFirstAsGood = first.state === sure && first.answer === likeliest.answer;
  return likeliest.answer === null || isFirstAsGood ? first : likeliest;
}
