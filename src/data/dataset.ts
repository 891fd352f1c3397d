/** What a data set is: labelled images in two parts. Labels are class indices, so at most 256 classes. */

import { InklingError } from '../errors.js';
import { type Shape, sizeOf, type Tensor } from '../numerics/tensor.js';

/** Images and their class indices, in the same order. */
export interface LabelledImages {
  /** [N, H, W, C], 0 to 255. */
  readonly images: Tensor<Uint8Array>;
  /** [N] class indices. */
  readonly labels: Uint8Array;
}

/** A data set as the loaders return it. The test part is for the final evaluation alone. */
export interface Dataset {
  readonly name: string;
  readonly train: LabelledImages;
  readonly test: LabelledImages;
  /** One name a class; a label is an index into it. */
  readonly classNames: readonly string[];
  /**
   * Hexadecimal SHA-256 over images and labels of both parts; the same data has the same sum, whatever files it came
   * from.
   */
  readonly sha256: string;
  /** Where the data came from and what was done to it, for people. */
  readonly source: string;
}

/** The shape of one image: [H, W, C]. */
export function imageShape(images: Tensor): Shape {
  return images.shape.slice(1);
}

/**
 * The first `count` images, without copying them.
 * @throws InklingError of kind `argument` where `count` is not an integer from 1 to the number of images
 * @example
 * ```ts
 * const { train } = await loadMnist();
 * const { images, labels } = take(train, 6000);
 * ```
 */
export function take({ images, labels }: LabelledImages, count: number): LabelledImages {
  if (!Number.isInteger(count) || count < 1 || count > labels.length) {
    throw new InklingError('argument', `Cannot take ${count} images: expected an integer from 1 to ${labels.length}.`);
  }
  const shape = [count, ...imageShape(images)];
  return { images: { data: images.data.subarray(0, sizeOf(shape)), shape }, labels: labels.subarray(0, count) };
}

/**
 * Copies of the images at these indices, in this order.
 * @throws InklingError of kind `argument` where an index is not an integer from 0 to the number of images less one
 * @example
 * ```ts
 * const sevens = select(test, [...test.labels.keys()].filter((index) => test.labels[index] === 7));
 * ```
 */
export function select({ images, labels }: LabelledImages, indices: ArrayLike<number>): LabelledImages {
  const imageSize = sizeOf(imageShape(images));
  const selected = new Uint8Array(indices.length * imageSize);
  const selectedLabels = new Uint8Array(indices.length);
  for (let position = 0; position < indices.length; position++) {
    const index = indices[position];
    if (!Number.isInteger(index) || index < 0 || index >= labels.length) {
      throw new InklingError(
        'argument',
        `Cannot select image ${index} (position ${position}): expected an index from 0 to ${labels.length - 1}.`,
      );
    }
    selected.set(images.data.subarray(index * imageSize, (index + 1) * imageSize), position * imageSize);
    selectedLabels[position] = labels[index];
  }
  return { images: { data: selected, shape: [indices.length, ...imageShape(images)] }, labels: selectedLabels };
}

/**
 * Which images stand for all: `count` of them, evenly spaced, so that no order by class or by writer matters.
 * @returns ascending indices; all where there are no more than `count`
 * @example
 * ```ts
 * evenlySpaced(10_000, 4); // of ten thousand images, four
 * ```
 */
export function evenlySpaced(images: number, count: number): Uint32Array {
  if (count >= images) return Uint32Array.from({ length: images }, (_, index) => index);
  return Uint32Array.from({ length: count }, (_, index) => Math.floor((index * images) / count));
}

/** The number of images of each class. @throws InklingError of kind `data` for a label outside 0 to classes - 1 */
export function countLabels(labels: ArrayLike<number>, classes: number): number[] {
  checkLabels(labels, classes);
  const counts = new Array<number>(classes).fill(0);
  for (let index = 0; index < labels.length; index++) counts[labels[index]]++;
  return counts;
}

/** @throws InklingError of kind `data` for the first label that is not an integer from 0 to classes - 1 */
export function checkLabels(labels: ArrayLike<number>, classes: number): void {
  for (let index = 0; index < labels.length; index++) {
    const label = labels[index];
    if (!Number.isInteger(label) || label < 0 || label >= classes) {
      throw new InklingError(
        'data',
        `Label ${label} at index ${index} is out of range: expected 0 to ${classes - 1}, one for each of ${classes} classes. ` +
          'Check the labels, or use a model with as many units in its last layer as there are classes.',
      );
    }
  }
}
