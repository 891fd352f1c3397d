/**
 * From a picture's pixels to a network's image: grey or in colours, on white where it is transparent, scaled. Training
 * images and pictures that are read go the same way, so that equal files give equal bytes.
 */

import type { Tensor } from '../numerics/tensor.js';
import { resample, resizingTaps } from './separable-resampling.js';

/** Upright, row by row from the top, four bytes a pixel: red, green, blue, alpha (not premultiplied), 0 to 255 each. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** `width * height * 4` values. */
  readonly data: Uint8Array | Uint8ClampedArray;
}

/** Whether any pixel that is seen is other than grey. */
export function hasColours({ data }: Pixels): boolean {
  for (let at = 0; at < data.length; at += 4) {
    if ((data[at] !== data[at + 1] || data[at] !== data[at + 2]) && data[at + 3] > 0) return true;
  }
  return false;
}

/** Brightness as ITU-R BT.601 weighs it, in the 16-bit integers of Pillow's `convert('L')`. */
function luma(red: number, green: number, blue: number): number {
  return (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16;
}

/**
 * The image `[height, width, channels]` of the same size; transparent pixels are laid on white, as on paper. A grey
 * picture has the same value in all three channels that it has in one.
 */
export function imageOf({ width, height, data }: Pixels, channels: 1 | 3): Uint8Array {
  const image = new Uint8Array(width * height * channels);
  for (let to = 0, at = 0; to < image.length; at += 4) {
    const alpha = data[at + 3];
    const onWhite = (value: number) => Math.round((value * alpha + 255 * (255 - alpha)) / 255);
    if (channels === 1) image[to++] = onWhite(luma(data[at], data[at + 1], data[at + 2]));
    else for (let channel = 0; channel < 3; channel++) image[to++] = onWhite(data[at + channel]);
  }
  return image;
}

/** Images `[N, H, W, 3]` as they are without their colours, `[N, H, W, 1]`. */
export function inGrey({ data, shape }: Tensor<Uint8Array>): Tensor<Uint8Array> {
  const grey = new Uint8Array(data.length / 3);
  for (let pixel = 0, at = 0; pixel < grey.length; pixel++, at += 3) {
    grey[pixel] = luma(data[at], data[at + 1], data[at + 2]);
  }
  return { data: grey, shape: [...shape.slice(0, 3), 1] };
}

/** Height and width in pixels. */
export type ImageSize = readonly [height: number, width: number];

/**
 * The image scaled to another size, each axis by itself: by the means of the areas where it shrinks, so that fine
 * patterns do not turn into others, linearly where it grows.
 * @param image `[height, width, channels]` @returns the image itself where it is of that size
 */
export function resizeImage(image: Uint8Array, channels: number, from: ImageSize, to: ImageSize): Uint8Array {
  if (from[0] === to[0] && from[1] === to[1]) return image;
  const [rows, columns] = [resizingTaps(from[0], to[0]), resizingTaps(from[1], to[1])];
  const resized = new Uint8Array(to[0] * to[1] * channels);
  const [plane, result] = [new Uint8Array(from[0] * from[1]), new Uint8Array(to[0] * to[1])];
  for (let channel = 0; channel < channels; channel++) {
    for (let pixel = 0; pixel < plane.length; pixel++) plane[pixel] = image[pixel * channels + channel];
    resample(plane, from, rows, columns, { data: result.fill(0), stride: to[1], starts: [0] });
    for (let pixel = 0; pixel < result.length; pixel++) resized[pixel * channels + channel] = result[pixel];
  }
  return resized;
}
