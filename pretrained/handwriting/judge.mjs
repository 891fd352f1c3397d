/**
 * Judges what a recognizer said of pictures whose writing is known. Limits: in a number, digits count where a longest
 * common subsequence of what was read and what is written has them, so a digit too many costs the number but no digit.
 */

import { mayBeWriting } from '../../dist/preprocessing/dropped-marks.js';

/** @typedef {{ count: number, of: number }} Share how many of how many */
/** @typedef {Record<string, Share>} Figures by name, those of bounds.mjs among them */
/** @typedef {{ text: string, states: string[], flagged: boolean, marks: number }} Reading */

/**
 * What `detect` gave, in any of its forms: a list of digits, or digits with the marks that were left out.
 * @param {readonly object[] | { digits: readonly object[], number?: { state: string }, dropped?: readonly object[] }} detected
 * @returns {Reading} `flagged`: something tells that the number may be wrong; `marks`: how many are told to be no digits
 */
export function readingOf(detected) {
  const digits = Array.isArray(detected) ? detected : detected.digits;
  const dropped = (detected.dropped ?? []).filter(mayBeWriting);
  const states = digits.map(({ state }) => state);
  const text = digits.map(({ answer }) => answer ?? '').join('');
  const numberState = detected.number?.state ?? 'digit';
  const allSure = text !== '' && numberState === 'digit' && states.every((state) => state === 'digit');
  const marks = states.filter((state) => state === 'not a digit').length + dropped.length;
  return { text, states, flagged: !allSure || dropped.length > 0, marks };
}

/** The length of a longest common subsequence. */
export function digitsInCommon(one, other) {
  let above = new Array(other.length + 1).fill(0);
  for (const sign of one) {
    const row = [0];
    for (let i = 0; i < other.length; i++) {
      row.push(sign === other[i] ? above[i] + 1 : Math.max(row[i], above[i + 1]));
    }
    above = row;
  }
  return above[other.length];
}

/**
 * @param {'digit' | 'number' | 'no digit'} asks
 * @param {{ digits: string, signs: number }} written
 * @param {object} said a recognition, or what `detect` gave
 * @returns {{ read: string, isRight: boolean, figures: Figures }} of one picture
 */
export function judge(asks, { digits, signs }, said) {
  if (asks === 'number') {
    const { text, flagged, marks, states } = readingOf(said);
    const isRight = text === digits;
    const share = (holds) => ({ count: holds ? 1 : 0, of: 1 });
    return {
      read: `${text}${flagged ? ` (${states.filter((state) => state !== 'digit').join(', ') || 'flagged'})` : ''}`,
      isRight,
      figures: {
        right: share(isRight),
        digitsRight: { count: digitsInCommon(text, digits), of: digits.length },
        flaggedOfWrong: { count: flagged && !isRight ? 1 : 0, of: isRight ? 0 : 1 },
        surelyWrong: share(!flagged && !isRight),
        rightUnflagged: share(!flagged && isRight),
        signsTold: { count: Math.min(marks, signs), of: signs },
      },
    };
  }
  const { state, answer } = said;
  const isRight = asks === 'digit' ? answer === digits : state !== 'digit';
  const share = (holds) => ({ count: holds ? 1 : 0, of: 1 });
  return {
    read: answer === null ? state : `${answer}${state === 'digit' ? '' : ` (${state})`}`,
    isRight,
    figures: {
      right: share(isRight),
      sureAndRight: share(isRight && state === 'digit'),
      surelyWrong: share(!isRight && state === 'digit'),
      sure: share(state === 'digit'),
      notSure: share(state === 'not sure'),
      notADigit: share(state === 'not a digit'),
      blank: share(state === 'blank'),
    },
  };
}

/**
 * @param {readonly Figures[]} all of the pictures of one row
 * @returns {Figures} their sums
 */
export function sumOf(all) {
  const sums = {};
  for (const figures of all) {
    for (const [name, { count, of }] of Object.entries(figures)) {
      const sum = sums[name] ?? { count: 0, of: 0 };
      sums[name] = { count: sum.count + count, of: sum.of + of };
    }
  }
  return sums;
}
