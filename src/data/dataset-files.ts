/** A data set as files, in each of the layouts that `loadDataset` reads, but for CSV. */

import { encode } from 'fast-png';
import { zipSync } from 'fflate';
import { InklingError } from '../errors.js';
import { describeValue, hintAtNames, isKnownName, readOptions } from '../known-names.js';
import { writeNpy } from '../numerics/npy.js';
import { formatShape, sizeOf, type Tensor } from '../numerics/tensor.js';
import { isLeftover } from './class-folders.js';
import { countLabels, type Dataset, imageShape, type LabelledImages } from './dataset.js';
import { type DatasetLayout, datasetLayouts } from './dataset-layouts.js';
import { writeIdx } from './idx.js';
import { mnistFileNames } from './idx-files.js';

/** Options of `datasetFiles`. */
export interface DatasetFilesOptions {
  /** The layout; default `folders`. Only folders keep the names of the classes. */
  readonly as?: DatasetLayout;
}

/** One file: its path, with `/` between folder and name, and its content. */
export type DatasetFile = readonly [path: string, content: Uint8Array];

/**
 * A data set as files that `loadDataset` reads, one after the other: the same images and labels. IDX files and arrays
 * also keep the order of all images, class folders that within each class.
 * @throws InklingError of kind `argument` for an unknown layout; of kind `data` where a class has no image in one part or
 *   a name that no folder can have
 * @example
 * ```ts
 * import { writeFile } from 'node:fs/promises';
 *
 * const [[name, archive]] = [...datasetFiles(await loadMnist(), { as: 'npz' })] as [DatasetFile];
 * await writeFile(name, archive); // mnist.npz
 * ```
 */
export function datasetFiles(dataset: Dataset, options: DatasetFilesOptions = {}): Iterable<DatasetFile> {
  const { as = 'folders' } = readOptions('argument', 'datasetFiles', options, ['as']) as { as?: unknown };
  if (!isKnownName(as, datasetLayouts)) {
    throw new InklingError(
      'argument',
      `datasetFiles: unknown layout ${describeValue(as)}. ${hintAtNames(as, datasetLayouts)}`,
    );
  }
  const [, , channels] = imageShape(dataset.train.images);
  if (channels !== 1 && channels !== 3) {
    throw new InklingError(
      'data',
      `datasetFiles: expected images of 1 or 3 channels. Received: ${formatShape(dataset.train.images.shape)}.`,
    );
  }
  if (as === 'idx') return idxFiles(dataset);
  if (as === 'npz') return npzFile(dataset);
  for (const part of ['train', 'test'] as const) checkClasses(dataset, part);
  return classFolders(dataset);
}

/** As MNIST has them: those of one channel without a dimension for it. */
function imagesOf({ images: { data, shape } }: LabelledImages): Tensor<Uint8Array> {
  return { data, shape: shape[3] === 1 ? shape.slice(0, 3) : shape };
}

function labelsOf({ labels }: LabelledImages): Tensor<Uint8Array> {
  return { data: labels, shape: [labels.length] };
}

function* idxFiles({ train, test }: Dataset): Iterable<DatasetFile> {
  yield [mnistFileNames.trainImages, writeIdx(imagesOf(train))];
  yield [mnistFileNames.trainLabels, writeIdx(labelsOf(train))];
  yield [mnistFileNames.testImages, writeIdx(imagesOf(test))];
  yield [mnistFileNames.testLabels, writeIdx(labelsOf(test))];
}

function* npzFile({ name, train, test }: Dataset): Iterable<DatasetFile> {
  const arrays = {
    'x_train.npy': writeNpy(imagesOf(train)),
    'y_train.npy': writeNpy(labelsOf(train)),
    'x_test.npy': writeNpy(imagesOf(test)),
    'y_test.npy': writeNpy(labelsOf(test)),
  };
  // The earliest time that ZIP knows: the same data gives the same bytes.
  yield [`${name}.npz`, zipSync(arrays, { mtime: new Date(1980, 0, 1) })];
}

/** @throws InklingError (data) where the folders of this part could not be read again as they are */
function checkClasses({ classNames, ...parts }: Dataset, part: 'train' | 'test'): void {
  const unfit = classNames.find((name) => name === '' || /[/\\:*?"<>|\p{Cc}]/u.test(name) || isLeftover(name));
  if (unfit !== undefined) {
    throw new InklingError(
      'data',
      `The class ${JSON.stringify(unfit)} cannot be the name of a folder: expected names without / \\ : * ? " < > | that do not begin ` +
        'with a dot. Name it otherwise, or write IDX files or arrays.',
    );
  }
  const empty = countLabels(parts[part].labels, classNames.length).indexOf(0);
  if (empty < 0) return;
  throw new InklingError(
    'data',
    `The class ${classNames[empty]} has no image in the ${part === 'train' ? 'training' : 'test'} part: expected one in each class ` +
      'folder. Write IDX files or arrays.',
  );
}

/** Numbered within each class, all with as many digits, so that sorting by name keeps their order. */
function* classFolders({ classNames, ...parts }: Dataset): Iterable<DatasetFile> {
  for (const part of ['train', 'test'] as const) {
    const { images, labels } = parts[part];
    const [height, width, channels] = imageShape(images);
    const size = sizeOf(imageShape(images));
    const places = new Array<number>(classNames.length).fill(0);
    const digits = String(labels.length).length;
    for (const [index, label] of labels.entries()) {
      const name = String(places[label]++).padStart(digits, '0');
      const data = images.data.subarray(index * size, (index + 1) * size);
      yield [`${part}/${classNames[label]}/${name}.png`, encode({ width, height, channels, data })];
    }
  }
}
