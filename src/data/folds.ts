/** Folds for cross-validation: every image validates once, every class has its share in each fold. */

import { InklingError } from '../errors.js';
import { RandomStream } from '../numerics/random.js';
import type { Split } from './split.js';

/**
 * Divides images into `folds` parts of nearly one size, the images of every class as evenly as they can be, and sets
 * part `fold` aside for validation. Which image is in which part is drawn from the seed.
 * @param labels [N] class indices
 * @param fold from 0
 * @throws InklingError (argument) where there are fewer images than parts, or no such part
 */
export function stratifiedFold(
  labels: ArrayLike<number>,
  { fold, folds, seed }: { fold: number; folds: number; seed: number },
): Split {
  if (!(Number.isInteger(folds) && folds >= 2 && folds <= labels.length)) {
    throw new InklingError(
      'argument',
      `Folds: expected a whole number from 2 to ${labels.length}, the number of images. Received: ${folds}.`,
    );
  }
  if (!(Number.isInteger(fold) && fold >= 0 && fold < folds)) {
    throw new InklingError('argument', `Fold: expected a whole number from 0 to ${folds - 1}. Received: ${fold}.`);
  }
  const indices = Uint32Array.from(labels, (_, index) => index);
  const order = new RandomStream(seed, 'split').shuffle(indices.slice());
  const byClass = groupByLabel(order, labels);
  const foldOf = new Uint32Array(labels.length);
  let next = 0;
  // One class after the other, dealt out like cards: parts differ by one image at most, and so do a class's shares.
  for (const [, images] of byClass) {
    for (const image of images) foldOf[image] = next++ % folds;
  }
  return {
    train: indices.filter((index) => foldOf[index] !== fold),
    validation: indices.filter((index) => foldOf[index] === fold),
  };
}

function groupByLabel(order: Uint32Array, labels: ArrayLike<number>): [label: number, images: number[]][] {
  const groups = new Map<number, number[]>();
  for (const image of order) {
    const group = groups.get(labels[image]);
    if (group) group.push(image);
    else groups.set(labels[image], [image]);
  }
  return [...groups].sort(([a], [b]) => a - b);
}
