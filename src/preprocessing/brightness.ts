/**
 * From colours to one number a pixel. Brightness as a rule; where ink and paper differ in colour alone, what tells them
 * apart. Transparent pixels become what makes the drawing visible.
 */

import type { Picture } from '../pictures/picture.js';
import { newPlane, type Plane } from './plane.js';

/** BT.601's weights, as in the reader of training images. */
const [redWeight, greenWeight, blueWeight] = [0.299, 0.587, 0.114];
/** Colours are used where they vary by more than this many times as much as brightness does. */
const colourAdvantage = 3;
const maxSamples = 20_000;

type Colour = readonly [red: number, green: number, blue: number];

/**
 * 0 for black to 255 for white, in the order of the picture; where colours decide, on a scale of its own of the same
 * kind.
 */
export function brightnessOf(picture: Picture): Plane {
  const { width, height, data } = picture;
  const paper = paperBehind(picture);
  const [weightRed, weightGreen, weightBlue, offset] = weightsFor(picture, paper);
  const plane = newPlane(width, height);
  for (let pixel = 0, at = 0; pixel < plane.data.length; pixel++, at += 4) {
    const alpha = data[at + 3];
    let value = data[at] * weightRed + data[at + 1] * weightGreen + data[at + 2] * weightBlue + offset;
    if (alpha < 255) {
      const behind = paper * (weightRed + weightGreen + weightBlue) + offset;
      value = (value * alpha + behind * (255 - alpha)) / 255;
    }
    plane.data[pixel] = value;
  }
  return plane;
}

/**
 * What transparent pixels are laid on: where most of the picture is transparent, the drawing is what is not, and the
 * paper the opposite of it; else the paper is drawn too, and what is missing of it is filled with the mean.
 */
function paperBehind({ data }: Picture): number {
  let covered = 0;
  let brightness = 0;
  for (let at = 0; at < data.length; at += 4) {
    covered += data[at + 3];
    brightness += data[at + 3] * (data[at] * redWeight + data[at + 1] * greenWeight + data[at + 2] * blueWeight);
  }
  const pixels = data.length / 4;
  if (covered === 255 * pixels || covered === 0) return 255;
  const mean = brightness / covered;
  return covered > 127.5 * pixels ? mean : mean < 127.5 ? 255 : 0;
}

/** The weights of red, green and blue, and what is added. */
function weightsFor(picture: Picture, paper: number): [number, number, number, number] {
  const weights: Colour = [redWeight, greenWeight, blueWeight];
  if (isGrey(picture)) return [...weights, 0];
  const covariance = covarianceOf(picture, paper);
  const varianceAlong = (direction: Colour) =>
    direction.reduce((sum, a, i) => sum + direction.reduce((row, b, j) => row + a * b * covariance[i][j], 0), 0);
  const axis = principalAxis(covariance);
  // Of grey pictures both are equal: the axis is (1, 1, 1) / sqrt(3), and grey has three channels' variance.
  if (!(varianceAlong(axis) / 3 > colourAdvantage * varianceAlong(weights))) return [...weights, 0];
  const length = axis.reduce((sum, value) => sum + Math.abs(value), 0);
  const scaled = axis.map((value) => value / length);
  const offset = -255 * scaled.reduce((sum, value) => sum + Math.min(value, 0), 0);
  return [scaled[0], scaled[1], scaled[2], offset];
}

function isGrey({ data }: Picture): boolean {
  for (let at = 0; at < data.length; at += 4) {
    if (data[at] !== data[at + 1] || data[at] !== data[at + 2]) return false;
  }
  return true;
}

function covarianceOf({ data }: Picture, paper: number): number[][] {
  const pixels = data.length / 4;
  const stride = Math.max(1, Math.floor(pixels / maxSamples)) * 4;
  const sum = [0, 0, 0];
  const products = [
    [0, 0, 0],
    [0, 0, 0],
    [0, 0, 0],
  ];
  let count = 0;
  const colour = [0, 0, 0];
  for (let at = 0; at < data.length; at += stride, count++) {
    const alpha = data[at + 3] / 255;
    for (let i = 0; i < 3; i++) {
      colour[i] = data[at + i] * alpha + paper * (1 - alpha);
      sum[i] += colour[i];
    }
    for (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) products[i][j] += colour[i] * colour[j];
  }
  return products.map((row, i) => row.map((product, j) => product / count - (sum[i] / count) * (sum[j] / count)));
}

/** The direction in which the colours vary most, by power iteration. */
function principalAxis(covariance: readonly (readonly number[])[]): Colour {
  // From the channel that varies most, which is never at right angles to the answer.
  const start = [0, 1, 2].reduce((best, i) => (covariance[i][i] > covariance[best][best] ? i : best), 0);
  let axis: number[] = [0, 1, 2].map((i) => Number(i === start));
  for (let turn = 0; turn < 30; turn++) {
    const next = covariance.map((row) => row.reduce((sum, value, j) => sum + value * axis[j], 0));
    const length = Math.sqrt(next.reduce((sum, value) => sum + value * value, 0));
    if (!(length > 0)) break;
    axis = next.map((value) => value / length);
  }
  return [axis[0], axis[1], axis[2]];
}
