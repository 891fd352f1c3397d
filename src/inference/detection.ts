/** All digits of a picture: how their ink is divided, which numbers they are, and what was left out. */

import { type DroppedMark, mayBeWriting } from '../preprocessing/dropped-marks.js';
import type { PreparedPage } from '../preprocessing/prepare-page.js';
import type { PreparedDigit } from '../preprocessing/preprocess.js';
import { bestProbability, likeliestDigits } from './likeliest-digits.js';
import type { Recognition, RecognitionState, StateWords } from './recognition.js';

/** What a recognizer says of all digits of a picture. */
export interface Detection {
  /** Line by line, each from left to right; with what is not a digit. */
  readonly digits: readonly DetectedDigit[];
  /** All of them together. */
  readonly number: DetectedNumber;
  /** What looked like ink and is in none of the digits. */
  readonly dropped: readonly DroppedMark[];
}

/** One digit of several. */
export interface DetectedDigit extends Recognition {
  /** Which line it stands in, from 0 at the top. */
  readonly line: number;
}

/** The digits as one number. */
export interface DetectedNumber {
  /** All answers in order, with spaces between them where class names are longer; null where there is none. */
  readonly text: string | null;
  /**
   * `digit` (or `sure`) where each of the digits is, the product of their probabilities is at least 0.99, and no mark
   * was left out, but for rules and what lies around the paper; `not a digit` (or `no answer`) where none has an
   * answer, `blank` where there is none; else `not sure`.
   */
  readonly state: RecognitionState;
}

/** The product of its digits' probabilities from which on a number is sure: of many digits that may be wrong one is. */
const sureNumber = 0.99;

type Read = (digits: readonly PreparedDigit[]) => Promise<Recognition[]>;

/**
 * Reads each digit as it seems to be, then whatever else it may be where there is doubt: one batch each.
 * @param words what the model calls an answer that is sure
 * @param read runs the network
 */
export async function readPage(
  page: PreparedPage,
  words: StateWords,
  classNames: readonly string[],
  read: Read,
): Promise<Detection> {
  const first = await read(page.lines.flatMap(({ digits }) => digits));
  const divided = page.lines.map((line) => {
    const own = first.splice(0, line.digits.length);
    return { own, ...line.divide(own.map(bestProbability)) };
  });
  const others = await read(divided.flatMap(({ candidates }) => candidates.flatMap(({ digit }) => digit ?? [])));
  const digits = divided.flatMap(({ own, bounds, candidates }, line) => {
    const judged = candidates.map((candidate) => ({
      ...candidate,
      recognition: candidate.index === undefined ? others.shift()! : own[candidate.index],
    }));
    return likeliestDigits(bounds, judged, words.sure).map((recognition) => ({ ...recognition, line }));
  });
  return { digits, number: numberOf(digits, page.dropped, words, classNames), dropped: page.dropped };
}

function numberOf(
  digits: readonly DetectedDigit[],
  dropped: readonly DroppedMark[],
  { sure, none }: StateWords,
  classNames: readonly string[],
): DetectedNumber {
  const answers = digits.flatMap(({ answer }) => answer ?? []);
  const between = classNames.every((name) => [...name].length === 1) ? '' : ' ';
  const text = answers.length > 0 ? answers.join(between) : null;
  if (digits.length === 0) return { text, state: 'blank' };
  if (text === null) return { text, state: none };
  const product = digits.reduce((all, digit) => all * bestProbability(digit), 1);
  const isSure = digits.every(({ state }) => state === sure) && product >= sureNumber && !dropped.some(mayBeWriting);
  return { text, state: isSure ? sure : 'not sure' };
}
