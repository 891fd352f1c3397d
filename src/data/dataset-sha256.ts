/** One SHA-256 for a whole data set. */

import { sha256 } from '../numerics/sha256.js';
import type { LabelledImages } from './dataset.js';
import { writeIdx } from './idx.js';

/**
 * One sum for a data set: the SHA-256 of four lines, the sums of training images, training labels, test images and test
 * labels as uncompressed IDX files. The same data has the same sum, whatever files it came from. By hand:
 * `sha256sum train-images* train-labels* t10k-images* t10k-labels* | cut -d' ' -f1 | sha256sum`.
 */
export async function combineSha256(sums: readonly string[]): Promise<string> {
  return sha256(new TextEncoder().encode(sums.map((sum) => `${sum}\n`).join('')));
}

/** The sums of images and labels as uncompressed IDX files; images of one channel have the shape [N, H, W] there. */
export async function sha256OfImages({ images, labels }: LabelledImages): Promise<[string, string]> {
  const shape = images.shape[3] === 1 ? images.shape.slice(0, 3) : images.shape;
  return [
    await sha256(writeIdx({ data: images.data, shape })),
    await sha256(writeIdx({ data: labels, shape: [labels.length] })),
  ];
}
