/**
 * Handwriting as people photograph, scan and cut it, by kind: digits of MNIST on drawn sheets. The same rows, seed and
 * index give the same bytes. Limits: hands are MNIST's; drawn hands are another generator's.
 */

import { RandomNumbers } from '../../../pretrained/drawing/random-numbers.mjs';
import { mnistDigits } from './mnist-ink.mjs';
import { cutAtTheInk, inFrame, onBoxedPaper, onRuledPaper, onSquaredPaper, touchingEdges } from './single-digits.mjs';

/** @typedef {import('./mnist-ink.mjs').Rows} Rows */
/** @typedef {import('./sheet.mjs').Picture} Picture */

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

/** Names of rows by what is asked of them: one digit. */
export const sceneRows = { digit: Object.keys(singleDigits) };

/** A number of its own for each name, so that a new row changes no other. */
function keyOf(name) {
  let key = 0;
  for (const sign of name) key = (Math.imul(key, 31) + sign.codePointAt(0)) >>> 0;
  return key;
}

/**
 * @param {string} name of a row
 * @param {{ rows: Rows, seed: number, count: number, from?: number }} which digits of MNIST; `count` pictures beginning
 *   with index `from`
 * @returns {AsyncGenerator<{ name: string, digits: string, picture: Picture }>}
 */
export async function* drawScenes(name, { rows, seed, count, from = 0 }) {
  const digits = await mnistDigits(rows);
  for (let index = from; index < from + count; index++) {
    const random = new RandomNumbers(seed, keyOf(name), index, rows === 'test' ? 1 : 0);
    const of = index % digits.count;
    const picture = singleDigits[name](digits.imageOf(of), random);
    yield { name: `${name} ${index}`, digits: String(digits.labelOf(of)), picture };
  }
}
