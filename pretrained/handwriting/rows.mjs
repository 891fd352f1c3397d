/**
 * The rows in which handwriting is measured: pictures of one kind with what is written on them. Limits: digits are
 * MNIST's or drawn; none is cut from a photo.
 */

import { drawnHands, habits } from '../../test/pictures/hands/drawn-hands.mjs';
import { drawScenes, sceneRows } from '../../test/pictures/scenes/scenes.mjs';
import { optdigits } from './optdigits.mjs';

/**
 * `asks`: one digit, a number of several, or nothing that could be a digit.
 * @typedef {{ name: string, asks: 'digit' | 'number' | 'no digit', habit?: string, file?: string }} Row
 */
/** @typedef {{ name: string, digits: string, signs: number, picture: import('../../test/pictures/scenes/sheet.mjs').Picture }} Scene */

/** Hands for developing and hands for the end share their habits, and no random number. */
const seedsApart = 0x5eed0000;

/** In the order of the tables. @type {Row[]} */
export const handwritingRows = [
  ...habits.map((habit) => ({ name: `hand: ${habit}`, asks: 'digit', habit })),
  ...Object.entries(sceneRows).flatMap(([asks, names]) => names.map((name) => ({ name, asks }))),
];

/** The row of optdigits, whose file is not here. @param {string} file @returns {Row} */
export const rowOfOptdigits = (file) => ({ name: 'optdigits, 8 x 8 pixels', asks: 'digit', file });

/**
 * @param {Row} row
 * @param {{ rows: 'validation' | 'test', seed: number, count: number }} options
 * @returns {AsyncGenerator<Scene>}
 */
export async function* drawHandwriting({ name, habit, file }, { rows, seed, count }) {
  if (file !== undefined) {
    const scenes = (await optdigits(file)).slice(0, count);
    for (const [index, scene] of scenes.entries()) yield { name: `${name} ${index}`, signs: 0, ...scene };
    return;
  }
  if (habit === undefined) {
    yield* drawScenes(name, { rows, seed, count });
    return;
  }
  const own = rows === 'test' ? seed : (seed ^ seedsApart) >>> 0;
  let index = 0;
  for (const { digit, picture } of drawnHands(habit, count, own)) {
    yield { name: `${name} ${index++}`, digits: String(digit), signs: 0, picture };
  }
}
