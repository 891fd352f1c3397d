/**
 * Shaky hand-drawn strokes: reads skeletons, bends and places them, writes them as SVG. A skeleton is text in a square
 * of 10 by 10, y down, strokes parted by `|`, each "x y x y ...": straight lines, or with a mark before them `~` a
 * curve through the points, `#` a filled polygon, `*` a filled closed curve, `o cx cy rx ry` a ring, `. x y` a dot.
 * Limits: one colour a drawing.
 */

import { cos, sin } from '../../dist/numerics/elementary.js';

/** @typedef {{ points: number[], filled: boolean }} Stroke points as x, y, x, y, ... */
/** @typedef {import('./random-numbers.mjs').RandomNumbers} RandomNumbers */

const turn = 2 * Math.PI;
/** No straight piece is longer than this many of a skeleton's ten units, so that lines bend. */
const longestPiece = 1.5;
const piecesOfCurve = 6;

function straight(points) {
  const fine = [points[0], points[1]];
  for (let i = 2; i < points.length; i += 2) {
    const [x, y, nextX, nextY] = points.slice(i - 2, i + 2);
    const length = Math.sqrt((nextX - x) * (nextX - x) + (nextY - y) * (nextY - y));
    const pieces = Math.max(1, Math.min(12, Math.ceil(length / longestPiece)));
    for (let piece = 1; piece <= pieces; piece++) {
      fine.push(x + ((nextX - x) * piece) / pieces, y + ((nextY - y) * piece) / pieces);
    }
  }
  return fine;
}

/** A Catmull-Rom spline through the points. @param {number[]} points @param {boolean} [closed] @returns {number[]} */
export function curve(points, closed = false) {
  const count = points.length / 2;
  const at = (index, axis) =>
    points[2 * (closed ? (index + count) % count : Math.min(count - 1, Math.max(0, index))) + axis];
  const fine = [points[0], points[1]];
  for (let i = 0; i < (closed ? count : count - 1); i++) {
    for (let piece = 1; piece <= piecesOfCurve; piece++) {
      const t = piece / piecesOfCurve;
      for (const axis of [0, 1]) {
        const [a, b, c, d] = [at(i - 1, axis), at(i, axis), at(i + 1, axis), at(i + 2, axis)];
        fine.push(b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a))));
      }
    }
  }
  return fine;
}

/** Twelve points around an ellipse. @returns {number[]} */
export function around(centreX, centreY, radiusX, radiusY, start = 0) {
  const points = [];
  for (let i = 0; i < 12; i++) {
    points.push(centreX + radiusX * cos(start + (turn * i) / 12), centreY + radiusY * sin(start + (turn * i) / 12));
  }
  return points;
}

/**
 * @param {string} skeleton
 * @param {RandomNumbers} random
 * @param {number} jitter deviation of each point, in the skeleton's units
 * @returns {Stroke[]}
 */
export function readSkeleton(skeleton, random, jitter) {
  return skeleton.split('|').map((text) => {
    const mark = '~#*o.'.includes(text[0]) ? text[0] : '';
    let numbers = text.slice(mark.length).trim().split(' ').map(Number);
    if (mark === 'o') numbers = around(numbers[0], numbers[1], numbers[2], numbers[3], random.between(0, turn));
    numbers = numbers.map((number) => number + jitter * random.bell());
    if (mark === '~') return { points: curve(numbers), filled: false };
    if (mark === 'o') return { points: curve(numbers, true), filled: false };
    if (mark === '*') return { points: curve(numbers, true), filled: true };
    if (mark === '#') return { points: straight([...numbers, numbers[0], numbers[1]]), filled: true };
    if (mark === '.') return { points: [...numbers, numbers[0] + 0.01, numbers[1]], filled: false };
    return { points: straight(numbers), filled: false };
  });
}

/**
 * Bends all strokes by one smooth wave each way.
 * @param {Stroke[]} strokes
 * @param {RandomNumbers} random
 * @param {number} amount units
 * @returns {Stroke[]}
 */
export function bend(strokes, random, amount) {
  const wave = () => [random.between(0.2, 0.9), random.between(0.2, 0.9), random.between(0, turn)];
  const [a, b] = [wave(), wave()];
  return strokes.map(({ points, filled }) => {
    const bent = new Array(points.length);
    for (let i = 0; i < points.length; i += 2) {
      const [x, y] = [points[i], points[i + 1]];
      bent[i] = x + amount * sin(a[0] * x + a[1] * y + a[2]);
      bent[i + 1] = y + amount * sin(b[0] * x + b[1] * y + b[2]);
    }
    return { points: bent, filled };
  });
}

/**
 * Turns around the middle (5, 5), then slants: x + slant * y.
 * @param {Stroke[]} strokes
 * @param {number} angle radians
 * @param {number} [slant]
 * @returns {Stroke[]}
 */
export function turnAndSlant(strokes, angle, slant = 0) {
  const [c, s] = [cos(angle), sin(angle)];
  return strokes.map(({ points, filled }) => {
    const turned = new Array(points.length);
    for (let i = 0; i < points.length; i += 2) {
      const [x, y] = [points[i] - 5, points[i + 1] - 5];
      turned[i + 1] = s * x + c * y + 5;
      turned[i] = c * x - s * y + 5 - slant * (turned[i + 1] - 5);
    }
    return { points: turned, filled };
  });
}

/** @param {Stroke[]} strokes @returns {{ minX: number, maxX: number, minY: number, maxY: number }} */
function boundsOf(strokes) {
  let [minX, maxX, minY, maxY] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { points } of strokes) {
    for (let i = 0; i < points.length; i += 2) {
      minX = Math.min(minX, points[i]);
      maxX = Math.max(maxX, points[i]);
      minY = Math.min(minY, points[i + 1]);
      maxY = Math.max(maxY, points[i + 1]);
    }
  }
  return { minX, maxX, minY, maxY };
}

/** Width by height. @param {Stroke[]} strokes */
export function aspectOf(strokes) {
  const { minX, maxX, minY, maxY } = boundsOf(strokes);
  return (maxX - minX) / (maxY - minY);
}

/**
 * Scales and moves the strokes so that their bounding box is the one given.
 * @param {Stroke[]} strokes
 * @param {{ left: number, top: number, width: number, height: number }} box
 * @returns {Stroke[]}
 */
export function fitInto(strokes, { left, top, width, height }) {
  const { minX, maxX, minY, maxY } = boundsOf(strokes);
  const scaleX = width / Math.max(0.1, maxX - minX);
  const scaleY = height / Math.max(0.1, maxY - minY);
  return strokes.map(({ points, filled }) => ({
    points: points.map((value, i) => (i % 2 === 0 ? left + (value - minX) * scaleX : top + (value - minY) * scaleY)),
    filled,
  }));
}

/**
 * @param {Stroke[]} strokes in pixels
 * @param {string} ink an SVG colour
 * @param {number} width of the pen, pixels
 * @param {string} [more] SVG attributes
 * @returns {string}
 */
export function strokesToSvg(strokes, ink, width, more = 'stroke-linecap="round"') {
  const path = (chosen) =>
    chosen.map(({ points }) => `M${points.map((value) => Math.round(value * 10) / 10).join(' ')}`).join('');
  const lines = path(strokes.filter(({ filled }) => !filled));
  const areas = path(strokes.filter(({ filled }) => filled));
  return (
    (areas && `<path d="${areas}" fill="${ink}" stroke="${ink}" stroke-width="${width / 3}"/>`) +
    (lines &&
      `<path d="${lines}" fill="none" stroke="${ink}" stroke-width="${width}" stroke-linejoin="round" ${more}/>`)
  );
}
