/**
 * Digits drawn as strokes of a pen, each in several hands. Limits: one digit at a time, upright but for the angle asked
 * for.
 */

import { Resvg } from '@resvg/resvg-js';
import { cos, sin } from '../../../dist/numerics/elementary.js';

/** @typedef {import('../../../pretrained/drawing/random-numbers.mjs').RandomNumbers} RandomNumbers */
/**
 * @typedef {{ width: number, height: number, cover: Float32Array }} Mask how much of each pixel the ink covers, 0 to 1,
 * cut to the ink
 */

/** Absolute path data, about -32 to 32 across and -48 to 48 down. */
const hands = [
  [
    'M2 -48 C-36 -48 -36 48 0 48 C36 48 36 -46 2 -48',
    'M12 -46 C-30 -54 -36 20 -18 40 C0 56 32 40 28 -8 C27 -30 18 -46 -4 -46',
  ],
  ['M4 -48 L-4 48', 'M-16 -28 L6 -48 L6 48', 'M-16 -30 L2 -48 L2 46 M-18 48 L22 48'],
  [
    'M-28 -26 C-24 -56 32 -54 26 -20 C22 4 -14 26 -30 46 L32 46',
    'M-26 -30 C-16 -58 28 -50 22 -22 C18 4 -6 34 -22 42 C-36 46 -30 26 -14 32 C0 38 14 50 32 40',
  ],
  [
    'M-26 -40 C-8 -56 28 -48 22 -24 C18 -8 2 -4 -8 -4 C12 -4 32 6 26 28 C20 52 -14 52 -30 38',
    'M-26 -46 L24 -46 L-2 -8 C24 -10 36 16 24 34 C12 52 -16 50 -30 38',
  ],
  ['M-20 -46 C-24 -24 -28 -8 -30 8 L30 6 M16 -40 C14 -10 14 20 12 48', 'M14 48 L14 -48 L-32 16 L32 16'],
  [
    'M28 -46 L-18 -46 L-22 -8 C-4 -18 28 -12 28 16 C28 46 -8 54 -30 38',
    'M-18 -44 C-20 -30 -22 -18 -22 -6 C0 -20 30 -4 26 20 C22 48 -14 52 -28 40 M-18 -45 L28 -47',
  ],
  [
    'M20 -46 C-12 -30 -30 6 -26 26 C-22 54 26 54 26 24 C26 0 -12 -2 -24 20',
    'M0 -48 C-20 -16 -26 10 -22 28 C-14 54 24 50 24 28 C24 8 -6 4 -20 22',
  ],
  ['M-28 -46 L28 -46 C14 -16 0 14 -6 48', 'M-28 -44 L28 -46 C14 -16 2 14 -8 48 M-14 2 L20 0'],
  [
    'M20 -36 C8 -56 -26 -48 -22 -26 C-18 -8 26 2 26 26 C26 54 -28 54 -26 24 C-24 4 20 -10 22 -28 C22 -32 22 -34 20 -36',
    'M0 -2 C-28 -8 -26 -48 2 -48 C28 -48 26 -8 0 -2 C-34 4 -34 48 0 48 C34 48 32 4 0 -2',
  ],
  [
    'M24 -24 C20 -56 -28 -54 -26 -22 C-24 6 18 4 24 -22 C26 0 22 30 12 48',
    'M22 -30 C8 -54 -28 -50 -26 -22 C-24 4 16 2 22 -28 L22 48',
  ],
];

/** A stroke this wide, in units of the paths, stays apart from its neighbours in every hand. */
const widestPen = 16;

/**
 * @param {number} digit 0 to 9
 * @param {{ height: number, pen: number, angle?: number, slant?: number, wobble?: number }} how about the height of the
 *   digit and the pen's width in pixels (narrowed where the strokes would run together), angle in radians clockwise,
 *   slant as x per y, wobble in hundredths of the height
 * @param {RandomNumbers} random
 * @returns {Mask}
 */
export function inkOf(digit, { height, pen, angle = 0, slant = 0, wobble = 1.5 }, random) {
  const data = random
    .choose(hands[digit])
    .replace(/-?\d+/g, (number) => (Number(number) + wobble * random.bell()).toFixed(2));
  const scale = height / 96;
  const side = Math.ceil(height * 1.6 + 2 * pen);
  const [c, s] = [cos(angle) * scale, sin(angle) * scale];
  const matrix = [c, s, -slant * c - s, c - slant * s, side / 2, side / 2].map((value) => value.toFixed(4)).join(' ');
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}"><rect width="${side}" height="${side}" fill="#000"/>` +
    `<path transform="matrix(${matrix})" d="${data}" fill="none" stroke="#fff" stroke-width="${Math.min(widestPen, pen / scale).toFixed(3)}" stroke-linecap="round" stroke-linejoin="round"/></svg>`;
  const { pixels } = new Resvg(svg, { font: { loadSystemFonts: false } }).render();
  return cutToInk(pixels, side);
}

/** The smallest window with all that is covered by at least an eighth. */
function cutToInk(pixels, side) {
  let [left, top, right, bottom] = [side, side, 0, 0];
  for (let i = 0; i < side * side; i++) {
    if (pixels[4 * i] < 32) continue;
    const [x, y] = [i % side, Math.floor(i / side)];
    [left, right] = [Math.min(left, x), Math.max(right, x)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
  }
  const [width, height] = [right - left + 1, bottom - top + 1];
  const cover = new Float32Array(width * height);
  for (let i = 0; i < cover.length; i++) {
    cover[i] = pixels[4 * ((top + Math.floor(i / width)) * side + left + (i % width))] / 255;
  }
  return { width, height, cover };
}
