/** Printed lines: straight ones at an angle, grids of them, rectangles. Limits: none is curved. */

import { cos, sin } from '../../../dist/numerics/elementary.js';

/** @typedef {import('./sheet.mjs').Line} Line */

/**
 * @param {[number, number]} point @param {[number, number]} centre @param {number} angle radians, clockwise
 * @returns {[number, number]}
 */
export function turnAbout([x, y], [centreX, centreY], angle) {
  const [c, s] = [cos(angle), sin(angle)];
  const [u, v] = [x - centreX, y - centreY];
  return [centreX + u * c - v * s, centreY + u * s + v * c];
}

/**
 * Parallel lines that go on beyond the picture.
 * @param {{ width: number, height: number }} picture
 * @param {{ spacing: number, offset: number, thickness: number, colour: number[], angle: number, upright?: boolean }} how
 *   offset of one of them from the left or upper edge
 * @returns {Line[]}
 */
export function rules({ width, height }, { spacing, offset, thickness, colour, angle, upright = false }) {
  const [across, along] = upright ? [width, height] : [height, width];
  const beyond = 0.3 * Math.max(width, height);
  const first = offset - Math.ceil((offset + beyond) / spacing) * spacing;
  const lines = [];
  for (let place = first; place < across + beyond; place += spacing) {
    const ends = [-beyond, along + beyond].map((end) => (upright ? [place, end] : [end, place]));
    const [from, to] = ends.map((end) => turnAbout(end, [width / 2, height / 2], angle));
    lines.push({ from, to, width: thickness, colour });
  }
  return lines;
}

const neighbours = {
  left: ['top', 'bottom'],
  right: ['top', 'bottom'],
  top: ['left', 'right'],
  bottom: ['left', 'right'],
};

/**
 * @param {{ left: number, top: number, right: number, bottom: number }} box middle of its lines
 * @param {{ thickness: number, colour: number[], angle: number, centre: [number, number], sides?: readonly string[],
 *   beyond?: number }} how turned about the centre; sides of `left`, `top`, `right`, `bottom`, all by default; how far
 *   lines go on where there is no side for them to end at, 0 by default
 * @returns {Line[]}
 */
export function rectangle(box, { thickness, colour, angle, centre, sides = Object.keys(neighbours), beyond = 0 }) {
  return sides.map((side) => {
    const place = box[side];
    const isUpright = side === 'left' || side === 'right';
    const [first, last] = neighbours[side];
    const start = box[first] - (sides.includes(first) ? thickness / 2 : beyond);
    const end = box[last] + (sides.includes(last) ? thickness / 2 : beyond);
    const ends = [start, end].map((value) => (isUpright ? [place, value] : [value, place]));
    const [from, to] = ends.map((point) => turnAbout(point, centre, angle));
    return { from, to, width: thickness, colour };
  });
}
