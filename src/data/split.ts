/** A stratified, seeded split: every class keeps its share in both parts. */

import { InklingError } from '../errors.js';
import { RandomStream } from '../numerics/random.js';

/** The share of the training images set aside for validation where nothing else is asked: 5,000 of MNIST's 60,000. */
export const defaultValidationFraction = 1 / 12;

/** Indices into the images that were split, ascending. Together they are all of them. */
export interface Split {
  readonly train: Uint32Array;
  readonly validation: Uint32Array;
}

function validationCountOf(images: number, validation: number): number {
  const count = validation < 1 ? Math.round(images * validation) : validation;
  if (!(validation >= 0) || !Number.isInteger(count)) {
    throw new InklingError(
      'argument',
      `Validation images: expected a fraction from 0 to less than 1 or a whole number of images. Received: ${validation}.`,
    );
  }
  if (count === 0 && validation > 0) {
    throw new InklingError(
      'argument',
      `Validation images: ${validation} of ${images} images is less than half an image, so there would be none. Ask for at least ` +
        `${Number((1 / images).toPrecision(3))}, for a whole number of images, or for 0 to have none.`,
    );
  }
  if (count > 0 && count >= images) {
    throw new InklingError(
      'argument',
      `Cannot set ${count} of ${images} images aside for validation: at least one must remain to train on. Ask for fewer.`,
    );
  }
  return count;
}

/**
 * How many of each class to set aside: rounded down, then one more for the largest remainders until the sum is `count`.
 */
function quotas(labels: Uint32Array, count: number): Uint32Array {
  const classes = labels.reduce((most, label) => Math.max(most, label + 1), 0);
  const counts = new Uint32Array(classes);
  for (const label of labels) counts[label]++;
  // Products of whole numbers, so that remainders are exact and compare the same everywhere.
  const quota = counts.map((size) => Math.floor((size * count) / labels.length));
  const remainders = Array.from(counts, (size) => (size * count) % labels.length);
  const missing = count - quota.reduce((sum, size) => sum + size, 0);
  const byRemainder = remainders.map((_, label) => label).sort((a, b) => remainders[b] - remainders[a] || a - b);
  for (const label of byRemainder.slice(0, missing)) quota[label]++;
  return quota;
}

/**
 * Sets images aside for validation, of every class in proportion; which ones is drawn from the seed.
 * @param labels [N] class indices
 * @param validation below 1 the fraction of all images, rounded to a whole number; else how many; 0 for none
 * @param seed an integer from 0 to 2^32 - 1
 * @throws InklingError of kind `argument` for an impossible number, and for a fraction that comes to no image
 * @example
 * ```ts
 * const { train: rows, validation } = stratifiedSplit(train.labels, 0.1, 1);
 * ```
 */
export function stratifiedSplit(labels: ArrayLike<number>, validation: number, seed: number): Split {
  const count = validationCountOf(labels.length, validation);
  const quota = quotas(Uint32Array.from(labels), count);
  const order = new RandomStream(seed, 'split').shuffle(Uint32Array.from(labels, (_, index) => index));
  const chosen = new Uint8Array(labels.length);
  for (const index of order) {
    if (quota[labels[index]] === 0) continue;
    quota[labels[index]]--;
    chosen[index] = 1;
  }
  const indices = Uint32Array.from(labels, (_, index) => index);
  return {
    train: indices.filter((index) => chosen[index] === 0),
    validation: indices.filter((index) => chosen[index] === 1),
  };
}
