/** What augmentation makes of training images, to be looked at. */

import type { Augmentation } from '../data/augmentation.js';
import { type LabelledImages, select } from '../data/dataset.js';
import { augmentedImages } from '../engine/augmented-images.js';

/**
 * For each class its first image, followed by augmented copies of it: `perClass` images in all.
 * @example
 * ```ts
 * const { images } = augmentedExamples(train, augmentation('light'), 10);
 * ```
 */
export function augmentedExamples(
  labelled: LabelledImages,
  augmentation: Augmentation,
  perClass: number,
): LabelledImages {
  const classes = [...new Set(labelled.labels)].sort((a, b) => a - b);
  const firsts = classes.map((label) => labelled.labels.indexOf(label));
  const copies = Array.from({ length: perClass - 1 }, () => firsts).flat();
  const originals = select(labelled, firsts);
  const { images, labels } = select(labelled, copies);
  const augmented = augmentedImages(images, augmentation);
  return {
    images: {
      data: Uint8Array.from([...originals.images.data, ...augmented.data]),
      shape: [firsts.length * perClass, ...images.shape.slice(1)],
    },
    labels: Uint8Array.from([...originals.labels, ...labels]),
  };
}
