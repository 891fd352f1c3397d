/**
 * The ink of MNIST's digits, scaled bicubically and cut to its box, and the rows that may be drawn from. Limits: of one
 * digit; what MNIST cut off stays cut off.
 */

import { select } from '../../../dist/data/dataset.js';
import { loadMnist } from '../../../dist/data/mnist.js';
import { stratifiedSplit } from '../../../dist/data/split.js';
import { scaleBicubic } from '../redrawn-digits.mjs';

/** @typedef {import('../drawn/digit-strokes.mjs').Mask} Mask */
/** @typedef {'validation' | 'test'} Rows those that no shipped model learned from, or MNIST's test images */
/** @typedef {{ count: number, imageOf: (index: number) => Uint8Array, labelOf: (index: number) => number }} Digits */

const imageSide = 28;
/** As pretrained/training-set.mjs sets them aside. */
const [validationImages, splitSeed] = [10_000, 1];
/** Pixels of the 28 x 28 that count as ink where a digit is measured, and cover that counts where it is cut. */
const [inkIntensity, inkCover] = [100, 0.35];

/** @type {Map<Rows, Promise<Digits>>} to check and to divide 60,000 images takes longer than to draw many */
const known = new Map();

/**
 * @param {Rows} rows
 * @returns {Promise<Digits>} 10,000 either way
 */
export function mnistDigits(rows) {
  if (!known.has(rows)) known.set(rows, loadDigits(rows));
  return known.get(rows);
}

async function loadDigits(rows) {
  const { train, test } = await loadMnist();
  const chosen =
    rows === 'test' ? test : select(train, stratifiedSplit(train.labels, validationImages, splitSeed).validation);
  const pixels = imageSide * imageSide;
  return {
    count: chosen.labels.length,
    imageOf: (index) => chosen.images.data.subarray(index * pixels, (index + 1) * pixels),
    labelOf: (index) => chosen.labels[index],
  };
}

/**
 * @param {ArrayLike<number>} image 784 intensities
 * @param {number} size of the longer side of its ink, pixels
 * @returns {Mask} cut where at least 35 % of a pixel is covered
 */
export function inkOfImage(image, size) {
  const { width, height } = boxOf(image, imageSide, inkIntensity);
  const side = Math.max(1, Math.round((imageSide * size) / Math.max(width, height)));
  const cover = scaleBicubic(image, side).map((intensity) => Math.min(1, Math.max(0, intensity / 255)));
  return cutTo(cover, side, boxOf(cover, side, inkCover));
}

/** The smallest box with all values from `least` on. */
function boxOf(values, side, least) {
  let [left, top, right, bottom] = [side, side, -1, -1];
  for (let i = 0; i < side * side; i++) {
    if (!(values[i] >= least)) continue;
    const [x, y] = [i % side, Math.floor(i / side)];
    [left, right] = [Math.min(left, x), Math.max(right, x)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
  }
  return { left, top, width: right - left + 1, height: bottom - top + 1 };
}

function cutTo(values, side, { left, top, width, height }) {
  const cover = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const start = (top + y) * side + left;
    cover.set(values.subarray(start, start + width), y * width);
  }
  return { width, height, cover };
}
