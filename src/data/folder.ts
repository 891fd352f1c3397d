/** A data set of one's own: arrays, IDX files, tables, or images sorted into class folders. */

import { platform } from '#platform';
import { InklingError } from '../errors.js';
import { describeValue, readOptions } from '../known-names.js';
import { isImageName, visibleEntries } from './class-folders.js';
import { type CsvFiles, findCsvFiles, isCsvName, loadCsv, twoFiles } from './csv.js';
import { type Dataset, imageShape } from './dataset.js';
import { combineSha256, sha256OfImages } from './dataset-sha256.js';
import { findIdxFiles, type IdxRole, loadIdxFiles } from './idx-files.js';
import { type LoadDatasetOptions, loadImageFolder } from './image-folder.js';
import { isNpzName, loadNpz } from './npz.js';
import type { Parts } from './parts.js';

async function loadIdxFolder(folder: string, names: Record<IdxRole, string>): Promise<Omit<Dataset, 'name'>> {
  const { train, test, classes, sha256 } = await loadIdxFiles(folder, names);
  return { train, test, classNames: numbered(classes), sha256, source: `the IDX files in ${folder}` };
}

async function loadNpzFile(path: string): Promise<Omit<Dataset, 'name'>> {
  return ofParts(await loadNpz(path), `the NumPy arrays in ${path}`);
}

async function loadCsvFolder(folder: string, files: CsvFiles): Promise<Omit<Dataset, 'name'>> {
  return ofParts(await loadCsv(folder, files), `the tables ${files.train} and ${files.test} in ${folder}`);
}

/** Of files that know no names of classes. */
async function ofParts({ train, test, classes }: Parts, source: string): Promise<Omit<Dataset, 'name'>> {
  const sums = [...(await sha256OfImages(train)), ...(await sha256OfImages(test))];
  return { train, test, classNames: numbered(classes), sha256: await combineSha256(sums), source };
}

function numbered(classes: number): string[] {
  return Array.from({ length: classes }, (_, label) => String(label));
}

async function loadClassFolders(folder: string, options: LoadDatasetOptions): Promise<Omit<Dataset, 'name'>> {
  const { train, test, classNames, note } = await loadImageFolder(folder, options);
  const sums = [...(await sha256OfImages(train)), ...(await sha256OfImages(test))];
  return { train, test, classNames, sha256: await combineSha256(sums), source: `${folder}: ${note}` };
}

const largestSide = 4096;

/**
 * Loads a data set from
 * - an `.npz` file as Keras publishes MNIST, with the arrays `x_train`, `y_train`, `x_test` and `y_test`, or a folder
 *   with one; in a page the file's URL;
 * - a folder with four IDX files named as MNIST's are, raw or `.gz`;
 * - a folder with the tables `train.csv` and `test.csv`, a row an image: the label, then the grey values of a square; or
 * - a folder of PNG and JPEG images sorted into class folders, at once or under `train/` and `test/`; classes are called
 *   as their folders are, and a label is the folder's place in natural order (2 before 10). Colours stay where any image
 *   has some, transparent pixels become white.
 *
 * Arrays and IDX files have images of any size, grey or of three channels; the classes of files are called 0, 1, ....
 * @param path of the folder or the `.npz` file
 * @throws InklingError of kind `file` where the folder or one of its files is missing, of kind `data` where the
 *   content is not what it should be, both name the file; of kind `argument` for options that make no sense
 * @example
 * ```ts
 * const { train, test, classNames } = await loadDataset('my-data', { resize: [32, 32] });
 * const mnist = await loadDataset('mnist.npz');
 * ```
 */
export async function loadDataset(path: string, options: LoadDatasetOptions = {}): Promise<Dataset> {
  checkOptions(options);
  const isFolder = (await platform.listFolder(path)) !== undefined;
  if (!isFolder && !isNpzName(path)) throw await noFolder(path);
  const files = isFolder ? await loadFiles(path) : await loadNpzFile(path);
  if (!files) return { name: nameOf(path), ...(await loadClassFolders(path, options)) };
  const dataset = { name: isFolder ? nameOf(path) : nameOf(path).replace(/\.npz$/i, ''), ...files };
  refuseToResize(dataset, options.resize);
  return dataset;
}

/**
 * IDX files go before all; arrays and tables count where there is no folder beside them, since tables about images often
 * lie beside class folders.
 * @returns undefined where there are folders instead
 */
async function loadFiles(folder: string): Promise<Omit<Dataset, 'name'> | undefined> {
  const entries = await visibleEntries(folder);
  const fileNames = entries.filter(({ isFolder }) => !isFolder).map(({ name }) => name);
  const folders = entries.filter(({ isFolder }) => isFolder).map(({ name }) => name);
  const idxFiles = findIdxFiles(fileNames, folder);
  if (idxFiles) {
    await refuseImagesBeside(folder, folders);
    return loadIdxFolder(folder, idxFiles);
  }
  if (folders.length > 0) return undefined;
  const tables = fileNames.filter(isCsvName);
  const [archive, other] = [...fileNames.filter(isNpzName), ...tables];
  if (archive === undefined) {
    const loose = fileNames.some(isImageName) ? ' It holds images, but not in class folders.' : '';
    throw new InklingError('data', `${folder} holds no data set.${loose} ${expected}`);
  }
  if (!isNpzName(archive)) return loadCsvFolder(folder, findCsvFiles(tables, folder));
  if (other === undefined) return loadNpzFile(platform.joinPath(folder, archive));
  throw new InklingError(
    'data',
    `${folder} holds ${archive} and ${other}: which is meant? Name the .npz file itself, or move the other away.`,
  );
}

const expected =
  'Expected four IDX files (train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte, ' +
  'raw or .gz), an .npz file, the tables train.csv and test.csv, or a folder of PNG or JPEG images for each class.';

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
    return new InklingError(
      'file',
      `There is no folder ${path}. Give a folder with IDX files, tables or class folders, or an .npz file.`,
    );
  }
  const packed = /\.(zip|tgz|tar|gz|7z|rar)$/i.test(path) ? ' If it is an archive, unpack it first.' : '';
  const table = isCsvName(path) ? ` One table is not enough: a part is kept to test with. ${twoFiles}` : '';
  const other = /\.(tsv|json|npy|parquet|mat)$/i.test(path)
    ? ' Such files are not read: write their images with numpy.savez, as IDX files (writeIdx) or as PNG images.'
    : '';
  return new InklingError('data', `${path} is a file, not a folder. ${expected}${packed}${table}${other}`);
}

async function refuseImagesBeside(folder: string, folders: readonly string[]): Promise<void> {
  for (const other of folders) {
    const inside = await visibleEntries(platform.joinPath(folder, other));
    if (!inside.some((entry) => isImageName(entry.name))) continue;
    throw new InklingError(
      'data',
      `${folder} holds IDX files and also images in ${other}/: which are meant? Move one of them away.`,
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
