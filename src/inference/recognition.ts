/** What is said of a picture, and how it follows from the network's logits. */

import type { Calibration } from '../evaluation/calibration.js';
import { probabilitiesAt } from '../evaluation/logits.js';
import type { Tensor } from '../numerics/tensor.js';
import type { Box } from './marks.js';
import type { PreparedDigit } from './preprocess.js';

/**
 * `digit`: an answer of those that are right to 99.9 % by their calibrated probabilities on validation images. `not sure`: an answer
 * that may be wrong. `not a digit`: something is drawn, but no answer is as probable as nearly all of the validation images' are.
 * `blank`: nothing is drawn.
 */
export type RecognitionState = 'digit' | 'not sure' | 'not a digit' | 'blank';

/** What a recognizer says of a digit in a picture. */
export interface Recognition {
  readonly state: RecognitionState;
  /** A class name; null for `blank` and `not a digit`. */
  readonly answer: string | null;
  /** The answer's, calibrated, from 0 to 1; null where there is no answer. */
  readonly probability: number | null;
  /** The second most probable class; null where there is no answer. */
  readonly runnerUp: string | null;
  /** Of all classes, calibrated; null for `blank`. Of what is no digit they mean nothing. */
  readonly probabilities: readonly number[] | null;
  /** Where it is in the picture, in pixels; null for `blank`. */
  readonly box: Box | null;
  /** What the network saw, `[height, width, 1]`, 0 to 255; null for `blank`. */
  readonly image: Tensor<Uint8Array> | null;
  /**
   * How many digits seem to stand side by side in the picture, 0 for `blank`. More than one: this is the answer to one of them, or to all of
   * them as if they were one, and `recognizeAll` reads each. Of `recognizeAll` itself always 1.
   */
  readonly sideBySide: number;
}

/** What is taken where a model has no calibration of its own: probabilities as they are, and everything taken for a digit. */
export const uncalibrated: Omit<Calibration, 'images'> = {
  temperature: 1,
  sureProbability: 0.99,
  lowestProbability: 0,
};

export const blank: Recognition = {
  state: 'blank',
  answer: null,
  probability: null,
  runnerUp: null,
  probabilities: null,
  box: null,
  image: null,
  sideBySide: 0,
};

/** @param logits `[classes]` @param size of the image, height and width */
export function recognitionOf(
  prepared: PreparedDigit,
  logits: Float32Array,
  classNames: readonly string[],
  calibration: Omit<Calibration, 'images'>,
  [height, width]: readonly [number, number],
): Recognition {
  const classes = classNames.length;
  const probabilities = probabilitiesAt(logits, classes, calibration.temperature);
  const seen = {
    probabilities: Array.from(probabilities),
    box: prepared.box,
    image: { data: prepared.image, shape: [height, width, 1] },
    sideBySide: prepared.sideBySide,
  };
  const byProbability = classNames
    .map((_, index) => index)
    .sort((a, b) => probabilities[b] - probabilities[a] || a - b);
  const [answer, runnerUp] = byProbability;
  const probability = probabilities[answer];
  if (probability < calibration.lowestProbability) {
    return { state: 'not a digit', answer: null, probability: null, runnerUp: null, ...seen };
  }
  const state = probability >= calibration.sureProbability ? 'digit' : 'not sure';
  return { state, answer: classNames[answer], probability, runnerUp: classNames[runnerUp], ...seen };
}
