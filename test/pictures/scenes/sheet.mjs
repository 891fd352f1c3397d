/**
 * A sheet with ink and printed lines at any angle, and a picture of it: seen at an angle, in uneven light, with the
 * paper's texture, grain, blur and JPEG. Limits: flat sheets; the sheet goes on beyond the picture.
 */

import { lights, throughJpeg } from '../drawn/paper.mjs';

/** @typedef {import('../../../pretrained/drawing/random-numbers.mjs').RandomNumbers} RandomNumbers */
/** @typedef {import('../drawn/digit-strokes.mjs').Mask} Mask */
/** @typedef {{ width: number, height: number, data: Uint8Array }} Picture */
/** @typedef {{ from: [number, number], to: [number, number], width: number, colour: number[] }} Line with flat ends */
/** @typedef {{ mask: Mask, left: number, top: number, ink?: number[] }} Mark may reach over the edge */

/**
 * @typedef {object} Look lengths in pixels, amounts in grey levels of 255
 * @property {number[]} paper colour
 * @property {number[]} ink colour
 * @property {{ name: keyof typeof lights, strength: number, exposure: number }} [light]
 * @property {{ amount: number, cell: number }} [mottle] the paper's texture: patches of this size
 * @property {number} [grain] most that it adds to a value, either way
 * @property {boolean} [soft] a camera that is a little out of focus
 * @property {number} [jpeg] quality from 1 to 100
 * @property {{ x: number, y: number }[]} [corners] how far the picture's corners move on the sheet, in shares of its
 * width and height: left upper, right upper, right lower, left lower
 */

/**
 * @param {{ width: number, height: number, marks: Mark[], lines?: Line[] }} sheet
 * @param {Look} look
 * @param {RandomNumbers} random
 * @returns {Picture} RGBA, opaque
 */
export function photograph({ width, height, marks, lines = [] }, look, random) {
  const margin = look.corners ? Math.ceil(0.15 * Math.max(width, height)) : 0;
  const sheet = paintSheet(width, height, margin, marks, lines, look);
  let colours = look.corners ? seenFrom(look.corners, sheet, width, height, margin) : sheet.colours;
  if (look.soft) colours = soften(colours, width, height);
  const { name = 'even', strength = 0, exposure = 1 } = look.light ?? {};
  const lightAt = lights[name];
  const textureAt = look.mottle ? patches(width, height, look.mottle, random) : () => 0;
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const light = exposure * (1 + strength * (lightAt(x / width, y / height) - 1));
      const added = textureAt(x, y) + (look.grain ? random.between(-look.grain, look.grain) : 0);
      const at = y * width + x;
      for (let channel = 0; channel < 3; channel++) {
        const value = colours[3 * at + channel] * light + added;
        data[4 * at + channel] = Math.round(Math.min(255, Math.max(0, value)));
      }
      data[4 * at + 3] = 255;
    }
  }
  const picture = { width, height, data };
  return look.jpeg ? throughJpeg(picture, look.jpeg) : picture;
}

/** @returns {{ colours: Float32Array, width: number, height: number }} with `margin` more on each side */
function paintSheet(innerWidth, innerHeight, margin, marks, lines, { paper, ink }) {
  const [width, height] = [innerWidth + 2 * margin, innerHeight + 2 * margin];
  const colours = new Float32Array(3 * width * height);
  for (let i = 0; i < colours.length; i++) colours[i] = paper[i % 3];
  const blend = (x, y, colour, share) => {
    if (!(share > 0) || x < 0 || y < 0 || x >= width || y >= height) return;
    const at = 3 * (y * width + x);
    for (let channel = 0; channel < 3; channel++)
      colours[at + channel] += share * (colour[channel] - colours[at + channel]);
  };
  for (const line of lines) paintLine(line, margin, width, height, blend);
  for (const { mask, left, top, ink: own = ink } of marks) {
    for (let i = 0; i < mask.cover.length; i++) {
      blend(left + margin + (i % mask.width), top + margin + Math.floor(i / mask.width), own, mask.cover[i]);
    }
  }
  return { colours, width, height };
}

function paintLine({ from, to, width: thickness, colour }, margin, width, height, blend) {
  const [[x0, y0], [x1, y1]] = [from, to].map(([x, y]) => [x + margin, y + margin]);
  const length = Math.sqrt((x1 - x0) * (x1 - x0) + (y1 - y0) * (y1 - y0));
  if (!(length > 0)) return;
  const [along, across] = [(x1 - x0) / length, (y1 - y0) / length];
  const reach = thickness / 2 + 1;
  const clip = (value, end) => Math.min(end, Math.max(0, value));
  for (
    let y = clip(Math.floor(Math.min(y0, y1) - reach), height);
    y < clip(Math.ceil(Math.max(y0, y1) + reach), height);
    y++
  ) {
    for (
      let x = clip(Math.floor(Math.min(x0, x1) - reach), width);
      x < clip(Math.ceil(Math.max(x0, x1) + reach), width);
      x++
    ) {
      const [u, v] = [x + 0.5 - x0, y + 0.5 - y0];
      const [place, distance] = [u * along + v * across, Math.abs(v * along - u * across)];
      const inside = Math.min(thickness / 2 - distance, place, length - place) + 0.5;
      blend(x, y, colour, Math.min(1, thickness, Math.max(0, inside)));
    }
  }
}

/**
 * The sheet through a projective mapping of the picture's corners (Heckbert, "Fundamentals of Texture Mapping and Image
 * Warping", 1989, 2.2.3), sampled bilinearly.
 */
function seenFrom(corners, sheet, width, height, margin) {
  const [p0, p1, p2, p3] = corners.map(({ x, y }, index) => [
    ((index === 1 || index === 2 ? 1 : 0) + x) * width,
    ((index >= 2 ? 1 : 0) + y) * height,
  ]);
  const [sx, sy] = [0, 1].map((axis) => p0[axis] - p1[axis] + p2[axis] - p3[axis]);
  const [dx1, dx2] = [p1[0] - p2[0], p3[0] - p2[0]];
  const [dy1, dy2] = [p1[1] - p2[1], p3[1] - p2[1]];
  const determinant = dx1 * dy2 - dx2 * dy1;
  const [g, h] = [(sx * dy2 - dx2 * sy) / determinant, (dx1 * sy - sx * dy1) / determinant];
  const [a, b, c] = [p1[0] - p0[0] + g * p1[0], p3[0] - p0[0] + h * p3[0], p0[0]];
  const [d, e, f] = [p1[1] - p0[1] + g * p1[1], p3[1] - p0[1] + h * p3[1], p0[1]];
  const seen = new Float32Array(3 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [u, v] = [(x + 0.5) / width, (y + 0.5) / height];
      const depth = g * u + h * v + 1;
      sample(
        sheet,
        (a * u + b * v + c) / depth + margin,
        (d * u + e * v + f) / depth + margin,
        seen,
        3 * (y * width + x),
      );
    }
  }
  return seen;
}

function sample({ colours, width, height }, x, y, into, at) {
  const [column, row] = [Math.floor(x - 0.5), Math.floor(y - 0.5)];
  const [s, t] = [x - 0.5 - column, y - 0.5 - row];
  const left = Math.min(width - 1, Math.max(0, column));
  const right = Math.min(width - 1, Math.max(0, column + 1));
  const upper = width * Math.min(height - 1, Math.max(0, row));
  const lower = width * Math.min(height - 1, Math.max(0, row + 1));
  for (let channel = 0; channel < 3; channel++) {
    const above = (1 - s) * colours[3 * (upper + left) + channel] + s * colours[3 * (upper + right) + channel];
    const below = (1 - s) * colours[3 * (lower + left) + channel] + s * colours[3 * (lower + right) + channel];
    into[at + channel] = (1 - t) * above + t * below;
  }
}

/** Weights 1, 2, 1 each way; the edge counts twice. */
function soften(colours, width, height) {
  const pass = (from, step, length, position) => {
    const result = new Float32Array(from.length);
    for (let i = 0; i < from.length; i++) {
      const place = position(Math.floor(i / 3));
      const before = from[place > 0 ? i - 3 * step : i];
      const after = from[place < length - 1 ? i + 3 * step : i];
      result[i] = (before + 2 * from[i] + after) / 4;
    }
    return result;
  };
  const across = pass(colours, 1, width, (pixel) => pixel % width);
  return pass(across, width, height, (pixel) => Math.floor(pixel / width));
}

/** Smooth patches: random values on a coarse grid, between them bilinear. */
function patches(width, height, { amount, cell }, random) {
  const columns = Math.ceil(width / cell) + 2;
  const values = Float32Array.from({ length: columns * (Math.ceil(height / cell) + 2) }, () =>
    random.between(-amount, amount),
  );
  return (x, y) => {
    const [column, row] = [Math.floor(x / cell), Math.floor(y / cell)];
    const [s, t] = [x / cell - column, y / cell - row];
    const at = row * columns + column;
    const upper = (1 - s) * values[at] + s * values[at + 1];
    const lower = (1 - s) * values[at + columns] + s * values[at + columns + 1];
    return (1 - t) * upper + t * lower;
  };
}
