/** MNIST's four original files, which the bench trusts: the command line verifies them. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const files = {
  train: ['train-images-idx3-ubyte', 'train-labels-idx1-ubyte'],
  test: ['t10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte'],
};

/**
 * @param count how many images, from the first on
 * @param channels every pixel so many times
 * @returns images `[count, 28, 28, channels]` as bytes, and labels
 */
export function loadImages(folder, part, count, channels = 1) {
  const [imageFile, labelFile] = files[part].map((name) => readFileSync(join(folder, name)));
  const grey = imageFile.subarray(16, 16 + count * 784);
  const pixels = channels === 1 ? Uint8Array.from(grey) : new Uint8Array(grey.length * channels);
  if (channels > 1) {
    for (const [index, value] of grey.entries()) pixels.fill(value, index * channels, (index + 1) * channels);
  }
  return {
    images: { data: pixels, shape: [count, 28, 28, channels] },
    labels: Uint8Array.from(labelFile.subarray(8, 8 + count)),
  };
}

/** Bytes to numbers from 0 to 1. */
export function scaled(bytes) {
  return Float32Array.from(bytes, (value) => value / 255);
}
