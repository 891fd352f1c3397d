/**
 * The digits 0 to 9 drawn as strokes in many styles: pens, chalk, pencil, papers, light, noise, sizes and places. The
 * same seed gives the same bytes. Limits: one digit a picture; digit-rows.mjs has several.
 */

import { RandomNumbers } from '../../pretrained/drawing/random-numbers.mjs';
import { inkOf } from './drawn/digit-strokes.mjs';
import { takePicture } from './drawn/paper.mjs';

export { digitRows } from './digit-rows.mjs';

/**
 * A style: size of the picture, the digit's height and pen in pixels, its middle as shares of the picture (the middle
 * by default), what the paper looks like; `fill` cuts the picture to the ink.
 */
const styles = {
  'thin pen on a large canvas': { size: [640, 480], height: 300, pen: 4 },
  'thin pen, small digit on a large canvas': { size: [640, 480], height: 70, pen: 2.5, middle: [0.6, 0.4] },
  'thick felt pen': { size: [240, 240], height: 170, pen: 26 },
  'white chalk on a dark board': {
    size: [320, 280],
    height: 190,
    pen: 11,
    look: { paper: [38, 60, 48], ink: [235, 238, 230], chalk: 0.45, noise: 10 },
  },
  'blue ink on yellow paper': {
    size: [260, 220],
    height: 140,
    pen: 7,
    look: { paper: [250, 232, 130], ink: [30, 50, 160] },
  },
  'red ink on pale blue paper': {
    size: [220, 260],
    height: 150,
    pen: 8,
    look: { paper: [190, 220, 245], ink: [190, 25, 35] },
  },
  'yellow on violet': { size: [200, 200], height: 120, pen: 10, look: { paper: [80, 30, 120], ink: [250, 220, 60] } },
  'little contrast': { size: [240, 240], height: 150, pen: 9, look: { paper: [190, 190, 186], ink: [116, 116, 120] } },
  'pencil in a strong gradient': {
    size: [320, 260],
    height: 160,
    pen: 5,
    look: { paper: [240, 238, 230], ink: [85, 85, 90], light: 'gradient', noise: 5 },
  },
  'pencil in a vignette': {
    size: [320, 260],
    height: 160,
    pen: 5,
    look: { paper: [235, 232, 225], ink: [80, 80, 88], light: 'vignette', noise: 5 },
  },
  'pen under a soft shadow': { size: [300, 300], height: 180, pen: 7, look: { light: 'soft shadow', noise: 4 } },
  'pen under a sharp shadow': { size: [300, 300], height: 180, pen: 8, look: { light: 'sharp shadow', noise: 4 } },
  'with noise': {
    size: [200, 240],
    height: 140,
    pen: 9,
    look: { paper: [205, 205, 205], ink: [50, 50, 50], noise: 45 },
  },
  'on squared paper with pale lines': {
    size: [280, 280],
    height: 170,
    pen: 7,
    look: { lines: { spacing: 20, width: 1, colour: [175, 200, 225], squared: true, offset: 7 } },
  },
  'on squared paper with lines as dark as the ink': {
    size: [280, 280],
    height: 170,
    pen: 9,
    look: { lines: { spacing: 35, width: 1, colour: [25, 25, 30], squared: true, offset: 12 } },
  },
  'on ruled paper with pale lines': {
    size: [300, 240],
    height: 120,
    pen: 6,
    look: { lines: { spacing: 30, width: 1.5, colour: [170, 190, 220], offset: 9 } },
  },
  'on ruled paper with lines as dark as the ink': {
    size: [300, 240],
    height: 130,
    pen: 8,
    look: { lines: { spacing: 40, width: 1, colour: [25, 25, 30], offset: 15 } },
  },
  'dark ink on nothing': { size: [200, 200], height: 130, pen: 9, look: { transparent: true } },
  'white ink on nothing': { size: [200, 200], height: 130, pen: 9, look: { transparent: true, ink: [255, 255, 255] } },
  'off the centre': { size: [300, 300], height: 110, pen: 8, middle: [0.75, 0.28] },
  'tiny in a corner': { size: [400, 300], height: 30, pen: 3, middle: [0.93, 0.91] },
  'filling the whole picture': { size: [0, 0], height: 180, pen: 16, fill: true },
  'turned clockwise': { size: [260, 260], height: 160, pen: 9, angle: 0.22 },
  'turned back': { size: [260, 260], height: 160, pen: 9, angle: -0.22 },
  slanted: { size: [260, 260], height: 160, pen: 8, slant: 0.3 },
  'blocks of a strong JPEG': {
    size: [176, 176],
    height: 110,
    pen: 8,
    look: { paper: [225, 220, 205], ink: [40, 45, 90], jpeg: 8 },
  },
  'out of focus': { size: [220, 220], height: 140, pen: 9, look: { blur: 3, noise: 4 } },
  'photo with a dark table at the border': {
    size: [360, 300],
    height: 120,
    pen: 8,
    angle: 0.12,
    look: {
      paper: [232, 228, 218],
      table: { angle: 0.12, width: 280, height: 220, colour: [70, 48, 32] },
      light: 'gradient',
      noise: 6,
    },
  },
  'photo of squared paper on a dark table': {
    size: [360, 300],
    height: 120,
    pen: 8,
    angle: -0.1,
    look: {
      paper: [230, 230, 224],
      table: { angle: -0.1, width: 290, height: 230, colour: [45, 42, 48] },
      lines: { spacing: 22, width: 1.2, colour: [170, 190, 215], squared: true },
      light: 'vignette',
      noise: 6,
      jpeg: 60,
    },
  },
  'small picture': { size: [40, 40], height: 26, pen: 3.2 },
  'very wide picture': { size: [700, 140], height: 90, pen: 8, middle: [0.3, 0.5] },
};

/** The names of all styles. */
export const drawnStyles = Object.keys(styles);

function drawDigit(digit, style, random) {
  const { size, height, pen, angle = 0, slant = 0, middle = [0.5, 0.5], fill = false, look = {} } = style;
  const how = { height, pen, angle: angle + 0.04 * random.bell(), slant: slant + 0.05 * random.bell() };
  const mask = inkOf(digit, how, random);
  const [wide, high] = fill ? [mask.width, mask.height] : size;
  const at = (fraction, room, length) => Math.round(Math.min(room - length, Math.max(0, fraction * room - length / 2)));
  const mark = { mask, left: at(middle[0], wide, mask.width), top: at(middle[1], high, mask.height) };
  return takePicture({ width: wide, height: high, marks: [mark] }, look, random);
}

/**
 * @param {number} seed an integer from 0 to 2^32 - 1
 * @param {readonly string[]} chosen of `drawnStyles`; default all
 * @returns {{ name: string, digit: number, picture: { width: number, height: number, data: Uint8Array } }[]} each digit
 * in each style
 */
export function drawnDigits(seed, chosen = drawnStyles) {
  return drawnStyles
    .filter((name) => chosen.includes(name))
    .flatMap((name) =>
      Array.from({ length: 10 }, (_, digit) => {
        const picture = drawDigit(digit, styles[name], new RandomNumbers(seed, drawnStyles.indexOf(name), digit, 10));
        return { name, digit, picture };
      }),
    );
}
