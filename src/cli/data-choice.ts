/** Which data a command works on: MNIST, or the folder or file that `--data` names. */

import type { Dataset } from '../data/dataset.js';
import { imageShape, take } from '../data/dataset.js';
import { loadDataset } from '../data/folder.js';
import type { LoadDatasetOptions } from '../data/image-folder.js';
import { loadMnist } from '../data/mnist.js';
import { InklingError } from '../errors.js';
import type { Shape } from '../numerics/tensor.js';
import type { Preprocessing } from '../preprocessing/settings.js';
import { areColouredDigits, choosePreparation, type Preparation } from './preprocessing.js';

/**
 * @param options how a folder of images is read
 * @throws InklingError (file, data), (argument) where MNIST is to be resized
 */
export function chooseData(folder: string | undefined, options: LoadDatasetOptions = {}): Promise<Dataset> {
  if (folder !== undefined) return loadDataset(folder, options);
  if (options.resize === undefined) return loadMnist();
  throw new InklingError(
    'argument',
    '--resize: MNIST has images of 28 x 28, and only those of a folder of your own are resized. Leave it out, or name the folder with --data.',
  );
}

/** Options of every command that reads data to train on. */
export interface DataChoice {
  readonly data?: string;
  readonly resize?: readonly [height: number, width: number];
  readonly prepare?: Preprocessing['method'];
}

/**
 * Data, and how pictures are prepared for a model that is trained on it.
 * @throws InklingError (argument, file, data)
 */
export async function choosePreparedData({
  data,
  resize,
  prepare,
}: DataChoice): Promise<{ dataset: Dataset; preparation: Preparation }> {
  const dataset = await chooseData(data, { resize, channels: prepare === 'digits' ? 1 : undefined });
  const preparation = choosePreparation(dataset, prepare);
  if (!areColouredDigits(preparation)) return { dataset, preparation };
  const inGrey = await chooseData(data, { resize, channels: 1 });
  // IDX files stay in their colours.
  return { dataset: inGrey, preparation: choosePreparation(inGrey) };
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
