/**
 * How many test images `train` also reads distorted where nothing is said: as many that the reading takes at most about
 * half as long as the training is expected to. The expectation is made of counts alone, so that every machine reads the
 * same images.
 */

import { distortedSize, distortions } from '../evaluation/distortions.js';

/** What there is to train and to read. */
export interface RobustnessWork {
  /** Training images, those for validation not among them. */
  readonly trainingImages: number;
  readonly epochs: number;
  /** Of one image's forward pass. */
  readonly multiplyAdds: number;
  readonly testImages: number;
  /** Of an image, in pixels. */
  readonly size: readonly [height: number, width: number];
}

/** More would narrow the intervals by little. */
const maxImages = 100;
/** With fewer an interval of 95 % is wider than 40 percentage points: nothing is to be seen in such a sheet. */
const minImages = 25;

// Measured on a two-core AMD EPYC (Zen 5): training on two threads, and a picture's way through `predict` on one.
const nanosecondsPerTrainingImage = 5000;
const multiplyAddsPerNanosecond = 150;
const nanosecondsPerPicture = 200_000;
const nanosecondsPerPixel = 130;

/** @returns 0 where the training is too short for a sheet that says something */
export function defaultRobustnessImages(work: RobustnessWork): number {
  const { trainingImages, epochs, multiplyAdds, testImages, size } = work;
  // Forward, and backward for the inputs and for the weights.
  const perTrainingImage = nanosecondsPerTrainingImage + (3 * multiplyAdds) / multiplyAddsPerNanosecond;
  const pixels = distortions.flatMap(({ name, steps }) =>
    steps.map(({ severity }) => distortedSize(size, name, severity).reduce((height, width) => height * width)),
  );
  const perTestImage = pixels.reduce((sum, count) => sum + nanosecondsPerPicture + count * nanosecondsPerPixel, 0);
  const affordable = Math.floor((0.5 * epochs * trainingImages * perTrainingImage) / perTestImage);
  const images = Math.min(maxImages, testImages, affordable);
  return images < Math.min(minImages, testImages) ? 0 : images;
}
