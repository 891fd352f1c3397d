/** A data set of one's own: a folder with the four IDX files, or with images sorted into class folders. */

import { platform } from '#platform';
import { InklingError } from '../errors.js';
import { describeValue, readOptions } from '../known-names.js';
import { isPngName, visibleEntries } from './class-folders.js';
import { type Dataset, imageShape } from './dataset.js';
import { combineSha256, sha256OfImages } from './dataset-sha256.js';
import { findIdxFiles, type IdxRole, loadIdxFiles } from './idx-files.js';
import { type LoadDatasetOptions, loadImageFolder } from './image-folder.js';

async function loadIdxFolder(folder: string, names: Record<IdxRole, string>): Promise<Omit<Dataset, 'name'>> {
  const { train, test, classes, sha256 } = await loadIdxFiles(folder, names);
  const classNames = Array.from({ length: classes }, (_, label) => String(label));
  return { train, test, classNames, sha256, source: `the IDX files in ${folder}` };
}

async function loadClassFolders(folder: string, options: LoadDatasetOptions): Promise<Omit<Dataset, 'name'>> {
  const { train, test, classNames, note } = await loadImageFolder(folder, options);
  const sums = [...(await sha256OfImages(train)), ...(await sha256OfImages(test))];
  return { train, test, classNames, sha256: await combineSha256(sums), source: `${folder}: ${note}` };
}

const largestSide = 4096;

/**
 * Loads a data set from a folder that holds either
 * - four IDX files named as MNIST's are, raw or `.gz`: images of any size, grey or of three channels, labels from 0; the classes are called
 *   0, 1, ...; or
 * - PNG images sorted into class folders, at once or under `train/` and `test/`; classes are called as their folders are, and a label is
 * the folder's place in natural order (2 before 10). Colours stay where any image has some, transparent pixels become
 * white.
 * @throws InklingError of kind `file` where the folder or one of the four files is missing, of kind `data` where the
 *   content is not what it should be, both name the file; of kind `argument` for options that make no sense
 * @example
 * ```ts
 * const { train, test, classNames } = await loadDataset('my-data', { resize: [32, 32] });
 * ```
 */
export async function loadDataset(folder: string, options: LoadDatasetOptions = {}): Promise<Dataset> {
  checkOptions(options);
  if ((await platform.listFolder(folder)) === undefined) throw await noFolder(folder);
  const entries = await visibleEntries(folder);
  const fileNames = entries.filter(({ isFolder }) => !isFolder).map(({ name }) => name);
  const folders = entries.filter(({ isFolder }) => isFolder).map(({ name }) => name);
  const name = nameOf(folder);
  const idxFiles = findIdxFiles(fileNames, folder);
  if (idxFiles) {
    await refuseImagesBeside(folder, folders);
    const dataset = { name, ...(await loadIdxFolder(folder, idxFiles)) };
    refuseToResize(dataset, options.resize);
    return dataset;
  }
  if (folders.length === 0) {
    const loose = fileNames.some(isPngName) ? ' It holds PNG images, but not in class folders.' : '';
    throw new InklingError('data', `${folder} holds no data set.${loose} ${expected}`);
  }
  return { name, ...(await loadClassFolders(folder, options)) };
}

const expected =
  'Expected four IDX files (train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte, ' +
  'raw or .gz) or a folder of PNG images for each class.';

function nameOf(folder: string): string {
  return folder.split(/[\\/]/).findLast((part) => part !== '') ?? folder;
}

function checkOptions(options: LoadDatasetOptions): void {
  const { resize, channels } = readOptions('argument', 'loadDataset', options, ['resize', 'channels']);
  const isSide = (side: unknown) => Number.isInteger(side) && Number(side) >= 1 && Number(side) <= largestSide;
  if (resize !== undefined && !(Array.isArray(resize) && resize.length === 2 && resize.every(isSide))) {
    throw new InklingError(
      'argument',
      `loadDataset: resize must be [height, width], whole numbers from 1 to ${largestSide}. Received: ${describeValue(resize)}.`,
    );
  }
  if (channels === undefined || channels === 1 || channels === 3) return;
  throw new InklingError(
    'argument',
    `loadDataset: channels must be 1 for grey or 3 for colours. Received: ${describeValue(channels)}.`,
  );
}

/** What is in its place, where something is. */
async function noFolder(path: string): Promise<InklingError> {
  const beside = (await platform.listFolder(platform.joinPath(path, '..'))) ?? [];
  if (!beside.some(({ name }) => name === nameOf(path))) {
    return new InklingError('file', `There is no folder ${path}. Give a folder with IDX files or with class folders.`);
  }
  const packed = /\.(zip|tgz|tar|gz|7z|rar)$/i.test(path) ? ' If it is an archive, unpack it first.' : '';
  const table = /\.(csv|tsv|json|npz|npy|parquet|mat)$/i.test(path)
    ? ' Such files are not read: write their images as IDX files (writeIdx) or as PNG images.'
    : '';
  return new InklingError('data', `${path} is a file, not a folder. ${expected}${packed}${table}`);
}

async function refuseImagesBeside(folder: string, folders: readonly string[]): Promise<void> {
  for (const other of folders) {
    const inside = await visibleEntries(platform.joinPath(folder, other));
    if (!inside.some((entry) => isPngName(entry.name))) continue;
    throw new InklingError(
      'data',
      `${folder} holds IDX files and also PNG images in ${other}/: which are meant? Move one of them away.`,
    );
  }
}

function refuseToResize({ source, train }: Dataset, resize: LoadDatasetOptions['resize']): void {
  const [height, width] = imageShape(train.images);
  if (resize === undefined || (resize[0] === height && resize[1] === width)) return;
  throw new InklingError(
    'argument',
    `Images of ${source} are ${height} x ${width} (height x width) and cannot be resized to ${resize.join(' x ')}: only PNG images in class ` +
      'folders are. Use images of that size, or leave out resize.',
  );
}
