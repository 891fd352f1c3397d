/**
 * What is asked of each row, as fractions of its pictures (`digitsRight` of its digits, `flaggedOfWrong` of its wrong
 * numbers). Limits: rows without a bound of their own are held to that of their kind.
 */

import { handwritingRows } from './rows.mjs';

/**
 * @typedef {object} Bounds the least, or the most that is allowed
 * @property {number} [right] least
 * @property {number} [sureAndRight] least
 * @property {number} [surelyWrong] most
 * @property {number} [notADigit] most
 * @property {number} [digitsRight] least
 * @property {number} [flaggedOfWrong] least
 * @property {number} [sure] most
 */

/** Bounds that are the most; all others are the least. */
const upperBounds = ['surelyWrong', 'notADigit', 'sure'];

const digit = (right) => ({ right, sureAndRight: 0.97, surelyWrong: 0.003 });
const number = (right) => ({ right, flaggedOfWrong: 0.9 });
const habit = digit(0.97);
const longUpStroke = { right: 0.95, notADigit: 0.01, surelyWrong: 0.003 };

/** @type {Record<string, Bounds>} */
const table = {
  'cut at the ink, no margin': digit(0.985),
  'cut at the ink, one pixel': digit(0.985),
  'cut at the ink, 5 %': digit(0.985),
  'touching one edge': digit(0.975),
  'touching two edges': digit(0.975),
  'in a frame': digit(0.975),
  'in a turned frame': digit(0.975),
  'on ruled paper': digit(0.98),
  'on squared paper': digit(0.98),
  'on boxed paper': digit(0.98),
  'gaps of 5 % or more': { ...number(0.93), digitsRight: 0.985 },
  'one pair touching': number(0.8),
  'faint beside dark': number(0.88),
  'a digit a box': number(0.88),
  'close lines': number(0.88),
  grids: number(0.88),
  'slanted lines': number(0.88),
  'decimal points and minus signs': number(0.88),
  'empty fields': { sure: 0.005 },
  'letters and scribbles': { sure: 0.005 },
};

/** Rows whose bounds do not hold yet; docs/pretrained.md says so too. */
export const openRows = [];

/** @returns {Bounds} none for what is read from a file: it is measured, and nothing is asked of it */
export function boundsOf(row) {
  if (row.file !== undefined) return {};
  if (row.habit === undefined) return table[row.name];
  return /up-stroke of (50|60|70|80|90|100) %/.test(row.habit) ? longUpStroke : habit;
}

for (const row of handwritingRows) {
  if (!boundsOf(row))
    throw new Error(`There are no bounds for the row "${row.name}": add them to pretrained/handwriting/bounds.mjs.`);
}

/**
 * Which bounds of a row its figures miss.
 * @param {import('./rows.mjs').Row} row
 * @param {import('./judge.mjs').Figures} figures
 * @param {{ withMargin?: boolean }} [options] with the margin of chance: a bound is missed where figures as far off come
 *   in less than one of a thousand samples of a reader who just meets it
 * @returns {string[]} each as text; empty where all hold
 */
export function missedBounds(row, figures, { withMargin = false } = {}) {
  return Object.entries(boundsOf(row)).flatMap(([name, bound]) => {
    const { count, of } = figures[name];
    if (of === 0) return [];
    const isUpper = upperBounds.includes(name);
    const held = isUpper
      ? count <= (withMargin ? most(of, bound) : of * bound + 1e-9)
      : count >= (withMargin ? of - most(of, 1 - bound) : of * bound - 1e-9);
    const sign = isUpper ? 'at most' : 'at least';
    return held ? [] : [`${name}: ${count} of ${of}, ${sign} ${+(100 * bound).toFixed(1)} % expected`];
  });
}

/** The number that a binomial count of `of` trials with this chance exceeds in less than one of a thousand samples. */
function most(of, chance) {
  let term = (1 - chance) ** of;
  let sum = term;
  let count = 0;
  while (sum < 0.999 && count < of) {
    term *= ((of - count) * chance) / ((count + 1) * (1 - chance));
    sum += term;
    count++;
  }
  return count;
}
