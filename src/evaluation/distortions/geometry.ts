/**
 * Images moved: shifted, turned, scaled, and drawn into the corner of a larger canvas. Images are [N, H, W, 1], light
 * strokes on a background of 0, which is also what comes in from outside. Which way an image goes is given, one choice
 * an image.
 */

import { cos, sin } from '../../numerics/elementary.js';
import type { Tensor } from '../../numerics/tensor.js';
import { cubicTaps, gaussianTaps, resample, scalingTaps, type Taps } from '../../pictures/separable-resampling.js';

/** Rows and columns to go: the four sides and the four diagonals, clockwise from the top. */
const compass = [
  [-1, 0],
  [-1, 1],
  [0, 1],
  [1, 1],
  [1, 0],
  [1, -1],
  [0, -1],
  [-1, -1],
] as const;

export const shiftDirections = compass.length;
export const turnDirections = 2;
export const corners = 4;

/**
 * Shifts by whole pixels; what leaves the image is lost.
 * @param directions from 0 to 7: up, then clockwise; on a diagonal both ways by `pixels`
 */
export function shift(images: Tensor<Uint8Array>, pixels: number, directions: ArrayLike<number>): Tensor<Uint8Array> {
  const [count, height, width] = images.shape;
  const shifted = new Uint8Array(images.data.length);
  for (let image = 0; image < count; image++) {
    const [down, right] = compass[directions[image]].map((direction) => direction * pixels);
    const firstColumn = Math.max(0, -right);
    const lastColumn = Math.min(width, width - right);
    if (lastColumn <= firstColumn) continue;
    for (let y = Math.max(0, -down); y < Math.min(height, height - down); y++) {
      const from = (image * height + y) * width;
      const to = (image * height + y + down) * width + right;
      shifted.set(images.data.subarray(from + firstColumn, from + lastColumn), to + firstColumn);
    }
  }
  return { data: shifted, shape: images.shape };
}

/**
 * Turns about the centre, with linear interpolation.
 * @param directions 0 for clockwise, 1 for the other way
 */
export function rotate(images: Tensor<Uint8Array>, degrees: number, directions: ArrayLike<number>): Tensor<Uint8Array> {
  const [count, height, width] = images.shape;
  const turns = [1, -1].map((sign) => turnOf(height, width, (sign * degrees * Math.PI) / 180));
  const turned = new Uint8Array(images.data.length);
  // A frame of background around each image, so that no source needs a check.
  const framed = new Uint8Array((height + 2) * (width + 2));
  for (let image = 0; image < count; image++) {
    const start = image * height * width;
    for (let y = 0; y < height; y++) {
      framed.set(images.data.subarray(start + y * width, start + (y + 1) * width), (y + 1) * (width + 2) + 1);
    }
    const { sources, weights } = turns[directions[image]];
    for (let pixel = 0; pixel < sources.length; pixel++) {
      const source = sources[pixel];
      const below = source + width + 2;
      const sum =
        weights[4 * pixel] * framed[source] +
        weights[4 * pixel + 1] * framed[source + 1] +
        weights[4 * pixel + 2] * framed[below] +
        weights[4 * pixel + 3] * framed[below + 1];
      turned[start + pixel] = Math.floor(sum + 0.5);
    }
  }
  return { data: turned, shape: images.shape };
}

/** For each pixel the first of its four sources in a framed image, and their weights: all 0 where they lie outside. */
function turnOf(height: number, width: number, angle: number) {
  const [sine, cosine] = [sin(angle), cos(angle)];
  const [middleY, middleX] = [(height - 1) / 2, (width - 1) / 2];
  const sources = new Int32Array(height * width);
  const weights = new Float64Array(4 * height * width);
  for (let pixel = 0; pixel < sources.length; pixel++) {
    const dy = Math.floor(pixel / width) - middleY;
    const dx = (pixel % width) - middleX;
    const y = middleY + cosine * dy - sine * dx;
    const x = middleX + sine * dy + cosine * dx;
    const [top, left] = [Math.floor(y), Math.floor(x)];
    if (top < -1 || top >= height || left < -1 || left >= width) continue;
    sources[pixel] = (top + 1) * (width + 2) + left + 1;
    const [down, right] = [y - top, x - left];
    weights.set([(1 - down) * (1 - right), (1 - down) * right, down * (1 - right), down * right], 4 * pixel);
  }
  return { sources, weights };
}

/** Scales about the centre: area averaging below 1, linear interpolation above. The image keeps its size. */
export function scaleAboutCentre(images: Tensor<Uint8Array>, factor: number): Tensor<Uint8Array> {
  const [, height, width] = images.shape;
  return resampled(images, scalingTaps(height, factor), scalingTaps(width, factor));
}

/** Blurs with a Gaussian of this standard deviation in pixels. */
export function blur(images: Tensor<Uint8Array>, sigma: number): Tensor<Uint8Array> {
  const [, height, width] = images.shape;
  return resampled(images, gaussianTaps(height, sigma), gaussianTaps(width, sigma));
}

function resampled(images: Tensor<Uint8Array>, rows: Taps, columns: Taps): Tensor<Uint8Array> {
  const [count, height, width] = images.shape;
  const data = new Uint8Array(images.data.length);
  const starts = Array.from({ length: count }, (_, image) => image * height * width);
  resample(images.data, [height, width], rows, columns, { data, stride: width, starts });
  return { data, shape: images.shape };
}

/** The canvas that images of this size are drawn on: 200 by 300, or twice their drawn size where that is more. */
export function canvasSize(height: number, width: number, factor: number): readonly [height: number, width: number] {
  return [Math.max(200, 2 * drawnSize(height, factor)), Math.max(300, 2 * drawnSize(width, factor))];
}

/**
 * Draws each image at `factor` times its size, 1 or more, into a corner of an empty canvas, with cubic interpolation.
 * @param chosenCorners 0 and 1 for those at the top, 2 and 3 for those at the bottom, left before right
 * @returns [N, canvas height, canvas width, 1]
 */
export function drawInCorner(
  images: Tensor<Uint8Array>,
  factor: number,
  chosenCorners: ArrayLike<number>,
): Tensor<Uint8Array> {
  const [count, height, width] = images.shape;
  const [canvasHeight, canvasWidth] = canvasSize(height, width, factor);
  const rows = cubicTaps(height, drawnSize(height, factor));
  const columns = cubicTaps(width, drawnSize(width, factor));
  const data = new Uint8Array(count * canvasHeight * canvasWidth);
  const starts = Array.from({ length: count }, (_, image) => {
    const top = chosenCorners[image] < 2 ? 0 : canvasHeight - rows.outputs;
    const left = chosenCorners[image] % 2 === 0 ? 0 : canvasWidth - columns.outputs;
    return (image * canvasHeight + top) * canvasWidth + left;
  });
  resample(images.data, [height, width], rows, columns, { data, stride: canvasWidth, starts });
  return { data, shape: [count, canvasHeight, canvasWidth, 1] };
}

function drawnSize(size: number, factor: number): number {
  return Math.round(size * factor);
}
