/**
 * MNIST digits drawn anew into a large picture: bicubic scaling to a random side at a random place in random colours.
 * The same index and seed give the same bytes. Limits: the picture is always 300 high and 400 wide, the digit wholly
 * inside and upright.
 */

import { RandomNumbers } from '../../pretrained/drawing/random-numbers.mjs';

const pictureWidth = 400;
const pictureHeight = 300;
const [smallestSide, largestSide] = [40, 240];
const minContrast = 64;

/**
 * Brightness of red, green and blue as ITU-R BT.601 weighs them.
 * @param {ArrayLike<number>} rgb
 * @returns {number} 0 to 255
 */
export function brightness([red, green, blue]) {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}

/** Catmull-Rom's cubic (Keys 1981, a = -0.5) at the four neighbours of a point that lies `t` after the second. */
function cubicWeights(t) {
  return [
    ((-0.5 * t + 1) * t - 0.5) * t,
    (1.5 * t - 2.5) * t * t + 1,
    ((-1.5 * t + 2) * t + 0.5) * t,
    (0.5 * t - 0.5) * t * t,
  ];
}

/** For each pixel of the large side: the first of four source pixels (may lie outside) and the four weights. */
function taps(side, sourceSide) {
  return Array.from({ length: side }, (_, pixel) => {
    const centre = ((pixel + 0.5) * sourceSide) / side - 0.5;
    const before = Math.floor(centre);
    return { first: before - 1, weights: cubicWeights(centre - before) };
  });
}

/**
 * Scales 28 x 28 intensities, or those of another square; outside of the source all is 0. Pixels' centres keep their
 * places, results may lie a little outside 0 to 255.
 * @param {ArrayLike<number>} image 784 intensities @param {number} side pixels
 * @param {number} [sourceSide] of the image, where it is not 28
 * @returns {Float32Array} side * side
 */
export function scaleBicubic(image, side, sourceSide = 28) {
  const along = taps(side, sourceSide);
  const wide = new Float32Array(sourceSide * side);
  for (let y = 0; y < sourceSide; y++) {
    for (let x = 0; x < side; x++) {
      const { first, weights } = along[x];
      let sum = 0;
      for (let tap = 0; tap < 4; tap++) {
        const column = first + tap;
        if (column >= 0 && column < sourceSide) sum += weights[tap] * image[y * sourceSide + column];
      }
      wide[y * side + x] = sum;
    }
  }
  const scaled = new Float32Array(side * side);
  for (let y = 0; y < side; y++) {
    const { first, weights } = along[y];
    for (let tap = 0; tap < 4; tap++) {
      const row = first + tap;
      if (row < 0 || row >= sourceSide) continue;
      const weight = weights[tap];
      for (let x = 0; x < side; x++) scaled[y * side + x] += weight * wide[row * side + x];
    }
  }
  return scaled;
}

/**
 * Side, place and colours of one redrawn digit.
 * @param {number} index of the digit @param {number} seed an integer from 0 to 2^32 - 1
 */
export function redrawing(index, seed) {
  const random = new RandomNumbers(seed, index, 28);
  const side = random.integer(smallestSide, largestSide);
  const left = random.integer(0, pictureWidth - side);
  const top = random.integer(0, pictureHeight - side);
  const colour = () => [random.integer(0, 255), random.integer(0, 255), random.integer(0, 255)];
  const inkIsLight = random.chance(0.5);
  // Any two colours far enough apart are as likely as any others, in either order.
  for (;;) {
    const [one, other] = [colour(), colour()];
    const difference = brightness(one) - brightness(other);
    if (Math.abs(difference) < minContrast) continue;
    const oneIsInk = difference > 0 === inkIsLight;
    return { side, left, top, ink: oneIsInk ? one : other, background: oneIsInk ? other : one };
  }
}

/**
 * @param {ArrayLike<number>} image 784 intensities, 0 background to 255 ink, row by row
 * @param {number} index of the digit @param {number} seed an integer from 0 to 2^32 - 1
 * @returns {{ width: number, height: number, data: Uint8Array }} RGBA, opaque, 400 wide and 300 high
 */
export function redrawnDigit(image, index, seed) {
  const { side, left, top, ink, background } = redrawing(index, seed);
  const scaled = scaleBicubic(image, side);
  const data = new Uint8Array(pictureWidth * pictureHeight * 4);
  // Little-endian machines hold red in the lowest byte, as `data` wants; all that run Node do.
  const pixels = new Uint32Array(data.buffer);
  const paint = Array.from({ length: 256 }, (_, intensity) => {
    const [red, green, blue] = background.map((from, i) => Math.round(from + ((ink[i] - from) * intensity) / 255));
    return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
  });
  pixels.fill(paint[0]);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const intensity = Math.round(Math.min(255, Math.max(0, scaled[y * side + x])));
      pixels[(top + y) * pictureWidth + left + x] = paint[intensity];
    }
  }
  return { width: pictureWidth, height: pictureHeight, data };
}
