/**
 * Data augmentation of one image: stroke, warp (elastic, affine), noise. What happens is a function of seed, step and
 * place in the batch, the same here as in the engine. Bytes in, numbers from 0 to 1 out.
 */

import type { Augmentation } from '../data/augmentation.js';
import { cos, exp, log, sin } from '../numerics/elementary.js';
import { streamKey, threefry2x32 } from '../numerics/random.js';

/** What decides over an image's fate. */
export interface AugmentationDraw {
  /** An integer from 0 to 2^32 - 1. */
  readonly seed: number;
  /** Training steps before this one. */
  readonly step: number;
  /** Place of the image in its batch. */
  readonly place: number;
}

/** An image's values in row-major order, any height, width and number of channels. */
interface Image {
  readonly values: ArrayLike<number>;
  readonly shape: readonly [height: number, width: number, channels: number];
}

/** What happens to one image, in pixels and radians. */
interface Changes {
  readonly across: number;
  readonly down: number;
  readonly angle: number;
  readonly factor: number;
  readonly slope: number;
  readonly strength: number;
  /** Pixels a side: above 0 thicker, below 0 thinner. */
  readonly stroke: number;
  readonly deviation: number;
}

/** Random words that belong to one image: `perImage` pairs of a stream, one call of the generator a pair. */
function wordsOf({ seed, step, place }: AugmentationDraw, stream: number, perImage: number): (index: number) => number {
  const key = streamKey('augmentation', stream);
  return (index) => threefry2x32(seed, key, step, place * perImage + (index >> 1))[index % 2];
}

/** @returns undefined where the image stays as it is */
function drawChanges(rule: Augmentation, draw: AugmentationDraw): Changes | undefined {
  const words = wordsOf(draw, 0, 8);
  const uniform = (index: number) => (words(index) >>> 8) / 2 ** 24;
  const signed = (index: number) => 2 * uniform(index) - 1;
  const touches = (effect: number) => uniform(effect) < rule.probability;
  if (uniform(0) < rule.unchanged) return undefined;
  const [low, high] = rule.scale.map(log);
  const { thinning, thickening } = rule.stroke;
  return {
    across: touches(1) ? rule.shift * signed(8) : 0,
    down: touches(1) ? rule.shift * signed(9) : 0,
    angle: touches(2) ? (rule.rotation * Math.PI * signed(10)) / 180 : 0,
    factor: touches(3) ? exp(low + (high - low) * uniform(11)) : 1,
    slope: touches(4) ? rule.shear * signed(12) : 0,
    strength: touches(5) ? rule.elastic.strength * uniform(13) : 0,
    stroke: touches(6) ? (thinning + thickening) * uniform(14) - thinning : 0,
    deviation: touches(7) ? rule.noise * uniform(15) : 0,
  };
}

/** The value at a pixel, 0 outside of the image. */
function at({ values, shape: [height, width, channels] }: Image, y: number, x: number, channel: number): number {
  if (y < 0 || y >= height || x < 0 || x >= width) return 0;
  return values[(y * width + x) * channels + channel];
}

function mapPixels(shape: Image['shape'], value: (y: number, x: number, channel: number) => number): Image {
  const [height, width, channels] = shape;
  const values = new Float64Array(height * width * channels);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let channel = 0; channel < channels; channel++) {
        values[(y * width + x) * channels + channel] = value(y, x, channel);
      }
    }
  }
  return { values, shape };
}

/**
 * Grey dilation (share above 0) or erosion (below 0) over a pixel and its four neighbours, mixed with the image by a
 * whole number of 256ths; the result is rounded to bytes.
 * @param share pixels on each side of a stroke, from -1 to 1
 */
export function changeStroke(image: Image, fraction: number): Image {
  const weight = Math.floor(Math.abs(fraction) * 256 + 0.5);
  return mapPixels(image.shape, (y, x, channel) => {
    const middle = at(image, y, x, channel);
    const neighbours = [
      at(image, y - 1, x, channel),
      at(image, y + 1, x, channel),
      at(image, y, x - 1, channel),
      at(image, y, x + 1, channel),
    ];
    const change = fraction > 0 ? Math.max(middle, ...neighbours) - middle : middle - Math.min(middle, ...neighbours);
    return middle + Math.sign(fraction) * Math.floor((change * weight + 128) / 256);
  });
}

/** Bilinear, between the four pixels around a place. */
function sample(image: Image, y: number, x: number, channel: number): number {
  const [top, left] = [Math.floor(y), Math.floor(x)];
  const [down, right] = [y - top, x - left];
  return (
    (1 - down) * ((1 - right) * at(image, top, left, channel) + right * at(image, top, left + 1, channel)) +
    down * ((1 - right) * at(image, top + 1, left, channel) + right * at(image, top + 1, left + 1, channel))
  );
}

/**
 * The four weights of a uniform cubic B-spline at `t` from 0 to 1 between its second and third point; their sum is 1.
 */
function splineWeights(t: number): number[] {
  return [(1 - t) ** 3 / 6, (3 * t ** 3 - 6 * t ** 2 + 4) / 6, (-3 * t ** 3 + 3 * t ** 2 + 3 * t + 1) / 6, t ** 3 / 6];
}

/** Displacements [across, down] of every pixel: a spline through random numbers at the points of a grid. */
function elasticField(
  [height, width]: Image['shape'],
  strength: number,
  spacing: number,
  draw: AugmentationDraw,
): (y: number, x: number) => [number, number] {
  const [rows, columns] = [height, width].map((size) => Math.floor((size - 1) / spacing) + 4);
  const words = wordsOf(draw, 1, Math.ceil((rows * columns) / 4) * 4);
  const displacement = (index: number) => strength * ((words(index) >>> 8) / 2 ** 23 - 1);
  return (y, x) => {
    const [firstRow, firstColumn] = [Math.floor(y / spacing), Math.floor(x / spacing)];
    const sum: [number, number] = [0, 0];
    for (const [row, weightDown] of splineWeights(y / spacing - firstRow).entries()) {
      for (const [column, weightAcross] of splineWeights(x / spacing - firstColumn).entries()) {
        const point = (firstRow + row) * columns + firstColumn + column;
        sum[0] += weightDown * weightAcross * displacement(2 * point);
        sum[1] += weightDown * weightAcross * displacement(2 * point + 1);
      }
    }
    return sum;
  };
}

/**
 * Every pixel shows what is at the place that it comes from: the inverse of a scale by `factor`, then a shear (each row
 * moves sideways by `slope` of its distance from the middle), a rotation and a shift.
 */
function warp(
  image: Image,
  { across, down, angle, factor, slope }: Changes,
  field: (y: number, x: number) => number[],
) {
  const [height, width] = image.shape;
  const [middleX, middleY] = [(width - 1) / 2, (height - 1) / 2];
  return mapPixels(image.shape, (y, x, channel) => {
    const [shiftedX, shiftedY] = [x - middleX - across, y - middleY - down];
    const turnedX = cos(angle) * shiftedX + sin(angle) * shiftedY;
    const turnedY = cos(angle) * shiftedY - sin(angle) * shiftedX;
    const [dx, dy] = field(y, x);
    const fromX = (turnedX - slope * turnedY) / factor + middleX + dx;
    return sample(image, turnedY / factor + middleY + dy, fromX, channel);
  });
}

/** Adds nearly normal noise, the sum of a random word's bytes, and keeps the values from 0 to 1. */
function addNoise(values: Float64Array, deviation: number, draw: AugmentationDraw): Float64Array {
  const words = wordsOf(draw, 2, Math.ceil(values.length / 8) * 4);
  const deviationOfSum = Math.sqrt((4 * (256 ** 2 - 1)) / 12);
  return values.map((value, index) => {
    const word = words(index);
    const sum = (word & 255) + ((word >>> 8) & 255) + ((word >>> 16) & 255) + (word >>> 24);
    return Math.min(Math.max(value + (deviation * (sum - 510)) / deviationOfSum, 0), 1);
  });
}

/** @returns values from 0 to 1, in the image's shape */
export function augmentedImage(image: Image, rule: Augmentation, draw: AugmentationDraw): Float64Array {
  const changes = drawChanges(rule, draw);
  if (changes === undefined) return Float64Array.from(image.values, (value) => value / 255);
  const { stroke, factor, strength, deviation } = changes;
  // In pixels of the result: what is about to shrink must change by more.
  const fraction = Math.sign(stroke) * Math.min(Math.abs(stroke) / factor, 1);
  const still = () => [0, 0];
  const field = strength > 0 ? elasticField(image.shape, strength, rule.elastic.smoothness, draw) : still;
  const warped = warp(changeStroke(image, fraction), changes, field).values;
  const values = Float64Array.from(warped, (value) => value / 255);
  return deviation > 0 ? addNoise(values, deviation, draw) : values;
}
