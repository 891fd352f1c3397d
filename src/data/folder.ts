/** A data set of one's own: a folder with the four IDX files, or with images sorted into class folders. */

import { platform } from '#platform';
import { InklingError } from '../errors.js';
import type { Dataset } from './dataset.js';
import { findIdxFiles, type IdxRole, loadIdxFiles } from './idx-files.js';
import { isPngName, loadImageFolder } from './image-folder.js';
import { combineSha256, sha256OfImages } from './sha256.js';

async function loadIdxFolder(folder: string, names: Record<IdxRole, string>): Promise<Omit<Dataset, 'name'>> {
  const { train, test, classes, sha256 } = await loadIdxFiles(folder, names);
  const classNames = Array.from({ length: classes }, (_, label) => String(label));
  return { train, test, classNames, sha256, source: `the IDX files in ${folder}` };
}

async function loadClassFolders(folder: string): Promise<Omit<Dataset, 'name'>> {
  const { train, test, classNames, note } = await loadImageFolder(folder);
  const sums = [...(await sha256OfImages(train)), ...(await sha256OfImages(test))];
  return { train, test, classNames, sha256: await combineSha256(sums), source: `${folder}: ${note}` };
}

/**
 * Loads a data set from a folder that holds either
 * - four IDX files named as MNIST's are, raw or `.gz`: images of any size, labels from 0; the classes are called 0, 1, ...; or
 * - PNG images of one size sorted into class folders, at once or under `train/` and `test/`; classes are called as their
 *   folders are, and a label is the folder's place in natural order (2 before 10).
 * @throws InklingError of kind `file` where the folder or one of the four files is missing, of kind `data` where the content
 *   is not what it should be; both name the file
 * @example
 * ```ts
 * const { train, test, classNames } = await loadDataset('my-data');
 * ```
 */
export async function loadDataset(folder: string): Promise<Dataset> {
  const entries = await platform.listFolder(folder);
  if (entries === undefined) {
    throw new InklingError('file', `There is no folder ${folder}. Give a folder with IDX files or with class folders.`);
  }
  const fileNames = entries.filter(({ isFolder }) => !isFolder).map(({ name }) => name);
  const folders = entries.filter(({ name, isFolder }) => isFolder && !name.startsWith('.')).map(({ name }) => name);
  const name = folder.split(/[\\/]/).findLast((part) => part !== '') ?? folder;
  const idxFiles = findIdxFiles(fileNames, folder);
  if (idxFiles) {
    for (const other of folders) {
      const inside = (await platform.listFolder(platform.joinPath(folder, other))) ?? [];
      if (!inside.some((entry) => isPngName(entry.name))) continue;
      throw new InklingError(
        'data',
        `${folder} holds IDX files and also PNG images in ${other}/: which are meant? Move one of them away.`,
      );
    }
    return { name, ...(await loadIdxFolder(folder, idxFiles)) };
  }
  if (folders.length === 0) {
    const loose = fileNames.some(isPngName) ? ' It holds PNG images, but not in class folders.' : '';
    throw new InklingError(
      'data',
      `${folder} holds no data set.${loose} Expected four IDX files (train-images-idx3-ubyte, train-labels-idx1-ubyte, ` +
        't10k-images-idx3-ubyte, t10k-labels-idx1-ubyte, raw or .gz) or a folder of PNG images for each class.',
    );
  }
  return { name, ...(await loadClassFolders(folder)) };
}
