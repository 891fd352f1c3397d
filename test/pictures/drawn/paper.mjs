/**
 * Puts ink on paper and takes its picture: colours, printed lines, light and shadow, a table around, noise, blur, JPEG.
 * Limits: RGB without colour management.
 */

import { decode, encode } from 'jpeg-js';
import { cos, sin } from '../../../dist/numerics/elementary.js';

/** @typedef {import('../../../pretrained/drawing/random-numbers.mjs').RandomNumbers} RandomNumbers */
/** @typedef {import('./digit-strokes.mjs').Mask} Mask */
/** @typedef {{ width: number, height: number, data: Uint8Array }} Picture */

/**
 * @typedef {object} Paper what it looks like; lengths in pixels
 * @property {number[]} [paper] colour, white by default
 * @property {number[]} [ink] colour, nearly black by default
 * @property {{ spacing: number, width: number, colour: number[], squared?: boolean, offset?: number }} [lines] printed
 * on it
 * @property {{ angle: number, width: number, height: number, colour: number[] }} [table] around a sheet of this size,
 * turned about the middle
 * @property {'even' | 'gradient' | 'vignette' | 'soft shadow' | 'sharp shadow'} [light]
 * @property {number} [noise] most that it adds to a value, either way
 * @property {number} [chalk] share of the ink that the board's grain keeps away, 0 to 1
 * @property {number} [blur] radius of the mean that replaces each pixel
 * @property {number} [jpeg] quality from 1 to 100
 * @property {boolean} [transparent] no paper, the ink alone
 */

/** Light by the place, both from 0 to 1: the share that reaches the paper. */
export const lights = {
  even: () => 1,
  gradient: (x, y) => 1.05 - 0.5 * x - 0.25 * y,
  vignette: (x, y) => 1.05 - 1.1 * ((x - 0.5) * (x - 0.5) + (y - 0.5) * (y - 0.5)),
  'soft shadow': (x, y) => 1 - 0.45 / (1 + 60 * (x + 0.4 * y - 0.75) * (x + 0.4 * y - 0.75)),
  'sharp shadow': (x, y) => (x + 0.5 * y > 0.8 ? 0.58 : 1),
};

/** Whether a line is printed at the pixel, as a share. */
function lineAt(x, y, { spacing, width, squared, offset = 0 }) {
  const on = (place) => (place - offset + spacing * 100) % spacing < width;
  return on(y) || (squared && on(x)) ? 1 : 0;
}

/**
 * @param {{ width: number, height: number, marks: { mask: Mask, left: number, top: number }[] }} sheet what is written
 * where; marks may reach over the edge
 * @param {Paper} look
 * @param {RandomNumbers} random
 * @returns {Picture} RGBA
 */
export function takePicture({ width, height, marks }, look, random) {
  const { paper = [255, 255, 255], ink = [25, 25, 30], lines, table, light = 'even', noise = 0, chalk = 0 } = look;
  const cover = coverOf(width, height, marks);
  const data = new Uint8Array(width * height * 4);
  const [c, s] = table ? [cos(table.angle), sin(table.angle)] : [1, 0];
  for (let i = 0; i < cover.length; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    const [u, v] = [x - width / 2, y - height / 2];
    const [sheetX, sheetY] = [u * c + v * s, v * c - u * s];
    const onSheet = !table || (Math.abs(sheetX) < table.width / 2 && Math.abs(sheetY) < table.height / 2);
    const line = lines && onSheet ? lineAt(table ? sheetX + 1000 : x, table ? sheetY + 1000 : y, lines) : 0;
    const inked = cover[i] * (chalk > 0 && random.chance(chalk) ? random.between(0.2, 0.8) : 1);
    const brightness = lights[light](x / width, y / height);
    const grain = noise > 0 ? random.between(-noise, noise) : 0;
    for (let channel = 0; channel < 3; channel++) {
      let value = onSheet ? paper[channel] : table.colour[channel];
      value += line * ((lines?.colour[channel] ?? 0) - value);
      value += inked * (ink[channel] - value);
      data[4 * i + channel] = Math.round(Math.min(255, Math.max(0, value * brightness + grain)));
    }
    data[4 * i + 3] = 255;
    if (look.transparent) data.set([...ink, Math.round(255 * cover[i])], 4 * i);
  }
  let picture = { width, height, data };
  if (look.blur) picture = blurred(picture, look.blur);
  return look.jpeg ? throughJpeg(picture, look.jpeg) : picture;
}

function coverOf(width, height, marks) {
  const cover = new Float32Array(width * height);
  for (const { mask, left, top } of marks) {
    for (let i = 0; i < mask.cover.length; i++) {
      const [x, y] = [left + (i % mask.width), top + Math.floor(i / mask.width)];
      if (x < 0 || y < 0 || x >= width || y >= height) continue;
      cover[y * width + x] = Math.max(cover[y * width + x], mask.cover[i]);
    }
  }
  return cover;
}

function blurred({ width, height, data }, radius) {
  const result = Uint8Array.from(data);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const sum = [0, 0, 0];
      let pixels = 0;
      for (let v = Math.max(0, y - radius); v <= Math.min(height - 1, y + radius); v++) {
        for (let u = Math.max(0, x - radius); u <= Math.min(width - 1, x + radius); u++) {
          for (let channel = 0; channel < 3; channel++) sum[channel] += data[4 * (v * width + u) + channel];
          pixels++;
        }
      }
      for (let channel = 0; channel < 3; channel++) {
        result[4 * (y * width + x) + channel] = Math.round(sum[channel] / pixels);
      }
    }
  }
  return { width, height, data: result };
}

/** @param {Picture} picture @param {number} quality 1 to 100 @returns {Picture} what JPEG leaves of it */
export function throughJpeg({ width, height, data }, quality) {
  const { data: decoded } = decode(encode({ width, height, data }, quality).data, { useTArray: true });
  return { width, height, data: new Uint8Array(decoded) };
}
