/** Which images of a training set none of several runs was trained on. */

import { splitRows } from '../training/validation-rows.js';

/** What tells a run's images: the first so many of the training set, less those that the seed of its split set aside. */
interface TrainedOn {
  readonly splitSeed: number;
  readonly trainingImages: number;
  readonly validationImages: number;
}

/**
 * Runs of one split have all their validation images in common; those of several next to none, and then what is
 * left are the images behind the `--limit` of all.
 * @param labels of the whole training set
 * @returns ascending indices
 */
export function unseenRows(labels: Uint8Array, runs: readonly TrainedOn[]): Uint32Array {
  const seen = new Uint8Array(labels.length);
  for (const { splitSeed, trainingImages, validationImages } of runs) {
    const used = labels.subarray(0, trainingImages + validationImages);
    for (const row of splitRows(used, validationImages, splitSeed).train) seen[row] = 1;
  }
  return Uint32Array.from(labels, (_, row) => row).filter((row) => seen[row] === 0);
}
