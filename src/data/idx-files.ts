/**
 * The four IDX files of a data set: finding them among other names, and reading them.
 */

import { platform } from '#platform';
import { InklingError } from '../errors.js';
import { sha256 } from '../numerics/sha256.js';
import type { Tensor } from '../numerics/tensor.js';
import type { Platform } from '../platform/contract.js';
import { combineSha256 } from './dataset-sha256.js';
import { readIdx, unpackIdx } from './idx.js';
import { asImages, matchParts, type NamedPart, type Parts } from './parts.js';

/** The names of MNIST's own files, by what they hold. */
export const mnistFileNames = {
  trainImages: 'train-images-idx3-ubyte',
  trainLabels: 'train-labels-idx1-ubyte',
  testImages: 't10k-images-idx3-ubyte',
  testLabels: 't10k-labels-idx1-ubyte',
} as const;

export type IdxRole = keyof typeof mnistFileNames;
const roles = Object.keys(mnistFileNames) as IdxRole[];

/**
 * Also takes the dots of `train-images.idx3-ubyte`, `test` for `t10k`, and a prefix as in `emnist-letters-train-...`.
 */
const namePattern = /(?:^|[-_.])(train|t10k|test)[-_.](images|labels)[-_.]idx\d-ubyte(?:\.gz)?$/i;

function roleOf(name: string): IdxRole | undefined {
  const match = namePattern.exec(name);
  if (!match) return undefined;
  const part = match[1].toLowerCase() === 'train' ? 'train' : 'test';
  return match[2].toLowerCase() === 'images' ? `${part}Images` : `${part}Labels`;
}

/**
 * Which of these names are the four files. Where a file is there raw and as `.gz`, the raw one is taken.
 * @returns undefined where none of the names is an IDX file's
 * @throws InklingError of kind `file` where one of the four is missing or two could be meant
 */
export function findIdxFiles(names: readonly string[], folder: string): Record<IdxRole, string> | undefined {
  const found: Partial<Record<IdxRole, string>> = {};
  for (const name of names) {
    const role = roleOf(name);
    if (!role) continue;
    const other = found[role];
    if (other !== undefined && other.replace(/\.gz$/i, '') !== name.replace(/\.gz$/i, '')) {
      throw new InklingError(
        'file',
        `${folder} holds both ${other} and ${name}: which one is meant? Keep the four files of one data set in a folder.`,
      );
    }
    if (other === undefined || /\.gz$/i.test(other)) found[role] = name;
  }
  const missing = roles.filter((role) => found[role] === undefined);
  if (missing.length === roles.length) return undefined;
  if (missing.length > 0) {
    throw new InklingError(
      'file',
      `${folder} lacks ${missing.map((role) => mnistFileNames[role]).join(' and ')} (or the same with .gz): ` +
        'a data set has images and labels, for training (train-...) and for testing (t10k-...). Add what is missing.',
    );
  }
  return found as Record<IdxRole, string>;
}

function asLabels({ data, shape }: Tensor<Uint8Array>, path: string): Uint8Array {
  if (shape.length === 1) return data;
  const hint = shape.length === 3 ? ' It looks like a file of images: are the two swapped?' : '';
  throw new InklingError(
    'data',
    `${path} has ${shape.length} dimensions, expected 1 for labels.${hint} Give a file of labels.`,
  );
}

/** Both parts, and the SHA-256 of all four files. */
export interface IdxFiles extends Parts {
  readonly sha256: string;
}

/**
 * Reads the four files, one after the other to keep the peak of memory low; the images are views of the files' bytes.
 * @param verify is given the SHA-256 of each file's uncompressed bytes before they are looked into
 * @param files how the files are found and read; default: as this host does with paths
 * @throws InklingError of kind `file` or `data`, naming the file
 */
export async function loadIdxFiles(
  folder: string,
  names: Record<IdxRole, string>,
  verify: (role: IdxRole, sha256: string) => void = () => {},
  files: Pick<Platform, 'joinPath' | 'readFile'> = platform,
): Promise<IdxFiles> {
  const pathOf = (role: IdxRole) => files.joinPath(folder, names[role]);
  const sums: string[] = [];
  const read = async (role: IdxRole) => {
    const path = pathOf(role);
    const bytes = await unpackIdx(await files.readFile(path), path);
    const sum = await sha256(bytes);
    verify(role, sum);
    sums.push(sum);
    return readIdx(bytes, path);
  };
  const readPart = async (imagesRole: IdxRole, labelsRole: IdxRole): Promise<NamedPart> => ({
    images: asImages(await read(imagesRole), pathOf(imagesRole)),
    imagesName: pathOf(imagesRole),
    labels: asLabels(await read(labelsRole), pathOf(labelsRole)),
    labelsName: pathOf(labelsRole),
  });
  const parts = matchParts(await readPart('trainImages', 'trainLabels'), await readPart('testImages', 'testLabels'));
  return { ...parts, sha256: await combineSha256(sums) };
}
