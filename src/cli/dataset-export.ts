/** `--export`: a data set as files in a folder of its own. */

import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { visibleEntries } from '../data/class-folders.js';
import type { Dataset } from '../data/dataset.js';
import { datasetFiles } from '../data/dataset-files.js';
import type { DatasetLayout } from '../data/dataset-layouts.js';
import { InklingError } from '../errors.js';
import { fileError } from '../platform/node-file-error.js';
import { makeFolder } from '../platform/node-files.js';

/**
 * Makes the folder, so that a wrong path is told before the work.
 * @throws InklingError (argument) where it holds anything already, (file) where it cannot be made
 */
export async function claimExportFolder(folder: string): Promise<void> {
  await makeFolder(folder).catch((error: unknown) => {
    throw fileError('make the folder', folder, error);
  });
  const [other] = await visibleEntries(folder);
  if (other === undefined) return;
  throw new InklingError(
    'argument',
    `--export ${folder}: the folder holds other files (${other.name}), and a data set has a folder to itself. Choose another folder.`,
  );
}

/**
 * Seventy thousand files are written without waiting for the disk at each: what breaks off is exported again.
 * @throws InklingError (data, file)
 */
export async function exportDataset(dataset: Dataset, folder: string, as: DatasetLayout): Promise<void> {
  const made = new Set<string>();
  for (const [name, content] of datasetFiles(dataset, { as })) {
    const path = join(folder, name);
    try {
      if (!made.has(dirname(path))) await makeFolder(dirname(path));
      made.add(dirname(path));
      await writeFile(path, content);
    } catch (error) {
      throw fileError('write', path, error);
    }
  }
}
