/** What augmentation makes of training images, as a training with the same seed sees them. */

import { type AugmentationName, augmentation, augmentedImages, select, take } from 'inkling';
import { type ConductorContext, transferred } from '../protocol.js';
import { loadedMnist } from './data.js';

export interface AugmentedInput {
  /** Of MNIST's training images the first so many. */
  readonly images: number;
  readonly seed: number;
  /** Another number, other copies: the step whose batch the images would be. */
  readonly step: number;
  readonly names: readonly AugmentationName[];
}

export interface AugmentedExamples {
  readonly labels: Uint8Array;
  /** `[height, width, channels]` of an image. */
  readonly shape: readonly number[];
  /** 0 to 255, one image behind the other. */
  readonly originals: Uint8Array;
  /** In the order of the names. */
  readonly copies: readonly Uint8Array[];
}

export const augmented = {
  /** The first image of each class, and a copy of it by each rule. */
  async draw({ images: count, seed, step, names }: AugmentedInput, _: ConductorContext): Promise<AugmentedExamples> {
    const { train } = await loadedMnist();
    const trained = take(train, count);
    const classes = [...new Set<number>(trained.labels)].sort((a, b) => a - b);
    const { images, labels } = select(
      trained,
      classes.map((label) => trained.labels.indexOf(label)),
    );
    const copies = names.map((name) => augmentedImages(images, augmentation(name), { seed, step }).data);
    const originals = images.data;
    return transferred(
      { labels: Uint8Array.from(labels), shape: images.shape.slice(1), originals, copies },
      [originals, ...copies].map(({ buffer }) => buffer),
    );
  },
};
