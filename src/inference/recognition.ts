/** What is said of a picture, and how it follows from the network's logits. */

import type { Calibration } from '../evaluation/calibration.js';
import { softmax } from '../evaluation/logits.js';
import type { Shape, Tensor } from '../numerics/tensor.js';
import type { Box } from '../preprocessing/connected-components.js';
import { type DroppedMark, isComparable } from '../preprocessing/dropped-marks.js';
import type { PreparedDigit } from '../preprocessing/preprocess.js';
import type { Preprocessing } from '../preprocessing/settings.js';

/**
 * `digit`: an answer of those that are right to 99.9 % by their calibrated probabilities on validation images. `not
 * sure`: an answer that may be wrong. `not a digit`: something is drawn, but no answer is as probable as nearly all of
 * the validation images' are. `blank`: nothing is drawn. Of a model whose classes are not digits, `sure` stands for
 * `digit` and `no answer` for `not a digit`; a model that takes pictures whole calls none blank.
 */
export type RecognitionState = 'digit' | 'sure' | 'not sure' | 'not a digit' | 'no answer' | 'blank';

/** What a model calls an answer that is sure, and where it has none. */
export interface StateWords {
  readonly sure: RecognitionState;
  readonly none: RecognitionState;
}

const digitWords: StateWords = { sure: 'digit', none: 'not a digit' };
const classWords: StateWords = { sure: 'sure', none: 'no answer' };

/** A model of shapes, letters or textures does not speak of digits. */
export function stateWordsFor(method: Preprocessing['method'], classNames: readonly string[]): StateWords {
  return method === 'digits' && classNames.every((name) => /^\d$/.test(name)) ? digitWords : classWords;
}

/** What a recognizer says of a digit in a picture, or of a whole picture. */
export interface Recognition {
  readonly state: RecognitionState;
  /** A class name; null for `blank`, `not a digit` and `no answer`. */
  readonly answer: string | null;
  /** The answer's, calibrated, from 0 to 1; null where there is no answer. */
  readonly probability: number | null;
  /** The second most probable class; null where there is no answer. */
  readonly runnerUp: string | null;
  /** Of all classes, calibrated; null for `blank`. Of what is not a digit they mean nothing. */
  readonly probabilities: readonly number[] | null;
  /** Where it is in the picture, in pixels: all of it where the model takes pictures whole; null for `blank`. */
  readonly box: Box | null;
  /** What the network saw, `[height, width, channels]`, 0 to 255; null for `blank`. */
  readonly image: Tensor<Uint8Array> | null;
  /**
   * How many digits seem to stand side by side in the picture, 0 for `blank`. More than one: this is the answer to one
   * of them, or to all of them as if they were one, and `detect` reads each. Of `detect` itself, and of a model that
   * takes pictures whole, always 1.
   */
  readonly sideBySide: number;
  /**
   * What else looked like ink in the picture and is not of this digit. Where one of these marks may be what was meant,
   * being at least half as large, the state is `not sure` at most. Of each digit of `detect`, and of a model that takes
   * pictures whole, empty.
   */
  readonly dropped: readonly DroppedMark[];
}

/**
 * What is taken where a model has no calibration of its own: probabilities as they are, and everything taken for a
 * digit.
 */
export const uncalibrated = {
  temperature: 1,
  confidenceThreshold: 0.99,
  rejectionThreshold: 0,
} satisfies Omit<Calibration, 'images'>;

export const blank: Recognition = {
  state: 'blank',
  answer: null,
  probability: null,
  runnerUp: null,
  probabilities: null,
  box: null,
  image: null,
  sideBySide: 0,
  dropped: [],
};

/** @param logits `[classes]` @param shape of the image, `[height, width, channels]` */
export function recognitionOf(
  prepared: PreparedDigit,
  logits: Float32Array,
  classNames: readonly string[],
  calibration: Omit<Calibration, 'images'>,
  shape: Shape,
  words: StateWords,
): Recognition {
  const { temperature, confidenceThreshold, rejectionThreshold } = calibration;
  const { data: probabilities } = softmax({ data: logits, shape: [1, classNames.length] }, { temperature });
  const seen = {
    probabilities: Array.from(probabilities),
    box: prepared.box,
    image: { data: prepared.image, shape },
    sideBySide: prepared.sideBySide,
    dropped: prepared.dropped,
  };
  const byProbability = classNames
    .map((_, index) => index)
    .sort((a, b) => probabilities[b] - probabilities[a] || a - b);
  const [answer, runnerUp] = byProbability;
  const probability = probabilities[answer];
  if (probability < rejectionThreshold) {
    return { state: words.none, answer: null, probability: null, runnerUp: null, ...seen };
  }
  const isAlone = !prepared.dropped.some((mark) => isComparable(mark, prepared.box));
  const isSure = confidenceThreshold !== null && probability >= confidenceThreshold && isAlone;
  const state = isSure ? words.sure : 'not sure';
  return { state, answer: classNames[answer], probability, runnerUp: classNames[runnerUp], ...seen };
}
