/**
 * Handwriting as people photograph, scan and cut it, by kind: digits of MNIST on drawn sheets, and sheets without any.
 * The same rows, seed and index give the same bytes. Limits: hands are MNIST's; drawn hands are another generator's.
 */

import { RandomNumbers } from '../../../pretrained/drawing/random-numbers.mjs';
import { measuredNonDigits } from '../non-digits.mjs';
import { emptyField } from './empty-fields.mjs';
import { inkOfImage, mnistDigits } from './mnist-ink.mjs';
import * as numbers from './numbers.mjs';
import { cutAtTheInk, inFrame, onBoxedPaper, onRuledPaper, onSquaredPaper, touchingEdges } from './single-digits.mjs';

/** @typedef {import('./mnist-ink.mjs').Rows} Rows */
/** @typedef {import('./sheet.mjs').Picture} Picture */
/** How many letters and scribbles the other generator draws with one seed. */
const nonDigitsASheet = 580;

/** @typedef {{ name: string, digits: string, signs: number, picture: Picture }} Scene */

/** By name: what is drawn of one image of MNIST. */
const singleDigits = {
  'cut at the ink, no margin': cutAtTheInk(() => 0),
  'cut at the ink, one pixel': cutAtTheInk(() => 1),
  'cut at the ink, 5 %': cutAtTheInk((size) => 0.05 * size),
  'touching one edge': touchingEdges(1),
  'touching two edges': touchingEdges(2),
  'in a frame': inFrame(false),
  'in a turned frame': inFrame(true),
  'on ruled paper': onRuledPaper,
  'on squared paper': onSquaredPaper,
  'on boxed paper': onBoxedPaper,
};

/** By name: what is drawn of several. */
const severalDigits = {
  'gaps of 5 % or more': numbers.withGaps,
  'one pair touching': numbers.withTouchingPair,
  'faint beside dark': numbers.faintBesideDark,
  'a digit a box': numbers.inBoxes,
  'close lines': numbers.inCloseLines,
  grids: numbers.inGrid,
  'slanted lines': numbers.onSlantedLines,
  'decimal points and minus signs': numbers.withSigns,
};

const emptyFields = 'empty fields';
const lettersAndScribbles = 'letters and scribbles';

/** Names of rows by what their pictures show. */
export const sceneRows = {
  digit: Object.keys(singleDigits),
  number: Object.keys(severalDigits),
  'no digit': [emptyFields, lettersAndScribbles],
};

/** A number of its own for each name, so that a new row changes no other. */
function keyOf(name) {
  let key = 0;
  for (const sign of name) key = (Math.imul(key, 31) + sign.codePointAt(0)) >>> 0;
  return key;
}

/**
 * @param {string} name of a row
 * @param {{ rows: Rows, seed: number, count: number, from?: number }} options which digits of MNIST, and with which
 *   random numbers; `count` pictures beginning with index `from`
 * @returns {AsyncGenerator<Scene>} `digits` from left to right, line by line; none where there is no digit
 * @throws {RangeError} where there is no such row
 */
export async function* drawScenes(name, { rows, seed, count, from = 0 }) {
  const isTest = rows === 'test' ? 1 : 0;
  const randomOf = (index) => new RandomNumbers(seed, keyOf(name), index, isTest);
  const indices = Array.from({ length: count }, (_, index) => from + index);
  const titled = (index) => `${name} ${index}`;
  if (Object.hasOwn(singleDigits, name)) {
    const digits = await mnistDigits(rows);
    for (const index of indices) {
      const of = index % digits.count;
      const picture = singleDigits[name](digits.imageOf(of), randomOf(index));
      yield { name: titled(index), digits: String(digits.labelOf(of)), signs: 0, picture };
    }
  } else if (Object.hasOwn(severalDigits, name)) {
    const digits = await mnistDigits(rows);
    const pick = (random, size) => {
      const of = random.integer(0, digits.count - 1);
      return { digit: digits.labelOf(of), mask: inkOfImage(digits.imageOf(of), size) };
    };
    for (const index of indices) yield { name: titled(index), ...severalDigits[name](pick, randomOf(index)) };
  } else if (name === emptyFields) {
    for (const index of indices) {
      const { kind, picture } = emptyField(randomOf(index));
      yield { name: `${titled(index)}, ${kind}`, digits: '', signs: 0, picture };
    }
  } else if (name === lettersAndScribbles) {
    let sheet = [];
    let drawn = -1;
    for (const index of indices) {
      const number = Math.floor(index / nonDigitsASheet);
      if (number !== drawn) sheet = measuredNonDigits(100 * seed + 2 * number + isTest, ['letter', 'scribble']);
      drawn = number;
      const { kind, name: of, picture } = sheet[index % nonDigitsASheet];
      yield { name: `${titled(index)}, ${kind} ${of}`, digits: '', signs: 0, picture };
    }
  } else {
    const known = Object.values(sceneRows).flat().join(', ');
    throw new RangeError(`Expected the name of a row: ${known}. Received: ${name}.`);
  }
}
