/**
 * Noise, the same on every machine: taken from tables of fixed random numbers, which each image enters at a place of
 * its own. Random numbers for each pixel would take far longer than all other distortions.
 */

import { log } from '../../numerics/elementary.js';
import { RandomStream } from '../../numerics/random.js';
import type { Tensor } from '../../numerics/tensor.js';

const seed = 1;
const tableSize = 1 << 16;

let normals: Float64Array | undefined;
let uniforms: Float64Array | undefined;

/** Standard normal numbers by Marsaglia's polar method (1964). */
function normalTable(): Float64Array {
  const random = new RandomStream(seed, 'distortion', 0, 1);
  const table = new Float64Array(tableSize);
  let drawn = 0;
  for (let filled = 0; filled < tableSize; ) {
    const u = 2 * random.uniform(drawn++) - 1;
    const v = 2 * random.uniform(drawn++) - 1;
    const square = u * u + v * v;
    if (square >= 1 || square === 0) continue;
    const factor = Math.sqrt((-2 * log(square)) / square);
    table[filled++] = u * factor;
    table[filled++] = v * factor;
  }
  return table;
}

function uniformTable(): Float64Array {
  const random = new RandomStream(seed, 'distortion', 0, 2);
  return new Float64Array(tableSize).map((_, index) => random.uniform(index));
}

/** Where image `index` enters a table. */
function entryOf(index: number): number {
  return new RandomStream(seed, 'distortion', 0, 3).below(tableSize, index);
}

/**
 * Adds Gaussian noise to every pixel; sums end at 0 and 255.
 * @param share its standard deviation as a share of the range from 0 to 255
 * @param firstIndex of the first image: each index has noise of its own
 */
export function addGaussianNoise(images: Tensor<Uint8Array>, fraction: number, firstIndex: number): Tensor<Uint8Array> {
  normals ??= normalTable();
  const table = normals;
  const scale = 255 * fraction;
  return eachPixel(images, firstIndex, (value, place) => {
    const noisy = Math.floor(value + scale * table[place] + 0.5);
    return noisy < 0 ? 0 : Math.min(noisy, 255);
  });
}

/**
 * Makes pixels black or white, each as likely.
 * @param share how likely a pixel is hit
 * @param firstIndex of the first image: each index has noise of its own
 */
export function addSaltAndPepper(images: Tensor<Uint8Array>, fraction: number, firstIndex: number): Tensor<Uint8Array> {
  uniforms ??= uniformTable();
  const table = uniforms;
  return eachPixel(images, firstIndex, (value, place) =>
    table[place] < fraction / 2 ? 0 : table[place] < fraction ? 255 : value,
  );
}

function eachPixel(
  images: Tensor<Uint8Array>,
  firstIndex: number,
  change: (value: number, place: number) => number,
): Tensor<Uint8Array> {
  const { data, shape } = images;
  const size = data.length / shape[0];
  const changed = new Uint8Array(data.length);
  for (let image = 0; image < shape[0]; image++) {
    const entry = entryOf(firstIndex + image);
    for (let pixel = 0; pixel < size; pixel++) {
      const index = image * size + pixel;
      changed[index] = change(data[index], (entry + pixel) & (tableSize - 1));
    }
  }
  return { data: changed, shape };
}
