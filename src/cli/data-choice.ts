/** Which data a command works on: MNIST, or the folder that `--data` names. */

import type { Dataset } from '../data/dataset.js';
import { imageShape, take } from '../data/dataset.js';
import { loadDataset } from '../data/folder.js';
import { loadMnist } from '../data/mnist.js';
import { InklingError } from '../errors.js';
import type { Shape } from '../numerics/tensor.js';

/** @throws InklingError (file, data) */
export function chooseData(folder: string | undefined): Promise<Dataset> {
  return folder === undefined ? loadMnist() : loadDataset(folder);
}

/** The same data with the first `limit` training images alone, not copied. @throws InklingError (argument) */
export function limitTraining(dataset: Dataset, limit: number | undefined): Dataset {
  if (limit === undefined) return dataset;
  const images = dataset.train.labels.length;
  if (limit > images) {
    throw new InklingError(
      'argument',
      `--limit ${limit}: ${dataset.name} has ${images} training images. Ask for fewer.`,
    );
  }
  return { ...dataset, train: take(dataset.train, limit) };
}

/** What a model must fit. */
export interface DataShape {
  readonly name: string;
  /** `[H, W, C]` */
  readonly inputShape: Shape;
  readonly classes: number;
}

export function dataShapeOf({ name, train, classNames }: Dataset): DataShape {
  return { name, inputShape: imageShape(train.images), classes: classNames.length };
}

/** MNIST's, for those who want to know no more of it. */
export const mnistShape: DataShape = { name: 'mnist', inputShape: [28, 28, 1], classes: 10 };
