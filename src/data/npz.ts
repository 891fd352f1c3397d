/**
 * NPZ, NumPy's archive of arrays, with a data set in it as Keras publishes MNIST: `x_train`, `y_train`, `x_test`,
 * `y_test`. Limit: 1 GiB unpacked.
 */

import { platform } from '#platform';
import { InklingError } from '../errors.js';
import { formatShape, sizeOf } from '../numerics/tensor.js';
import { type NpyArray, readNpy } from './npy.js';
import { asImages, matchParts, type NamedPart, type Parts } from './parts.js';
import { listZip, unpackZipEntry, type ZipEntry } from './zip.js';

const arrayNames = ['x_train', 'y_train', 'x_test', 'y_test'] as const;
type ArrayName = (typeof arrayNames)[number];

const mostBytes = 2 ** 30;
/** Far more than the rounding of a float of 32 bits, far less than the step between two of 256 levels. */
const roundingOfFloats = 1e-4;

export function isNpzName(name: string): boolean {
  return /\.npz$/i.test(name);
}

/** @param path a file, in a page a URL @throws InklingError of kind `file` or `data`, naming the file and the array */
export async function loadNpz(path: string): Promise<Parts> {
  return readNpz(await platform.readFile(path), path);
}

/**
 * Reads the two parts of a data set from an archive, one array after the other to keep the peak of memory low.
 * @param path its name, for error messages
 * @throws InklingError of kind `data`, naming the file and the array
 */
export function readNpz(archive: Uint8Array, path: string): Parts {
  const entries = chooseEntries(listZip(archive, path), path);
  const read = (name: ArrayName) => readNpy(unpackZipEntry(archive, entries[name], path), nameIn(path, name));
  const trainImages = read('x_train');
  const scale = scaleOf(trainImages);
  const train = readPart(trainImages, scale, read('y_train'), path, 'train');
  return matchParts(train, readPart(read('x_test'), scale, read('y_test'), path, 'test'));
}

function nameIn(path: string, name: ArrayName): string {
  return `${name} in ${path}`;
}

function chooseEntries(entries: readonly ZipEntry[], path: string): Record<ArrayName, ZipEntry> {
  const found = arrayNames.map((name) => [name, entries.filter((entry) => entry.name === `${name}.npy`)] as const);
  const missing = found.filter(([, all]) => all.length === 0).map(([name]) => name);
  if (missing.length > 0) {
    const all = entries.slice(0, 10).map(({ name }) => name.replace(/\.npy$/, ''));
    throw new InklingError(
      'data',
      `${path} lacks ${missing.join(', ')}: expected the arrays x_train, y_train, x_test and y_test. Received: ${all.join(', ') || 'none'}` +
        `${entries.length > all.length ? ' ...' : ''}. Write it with numpy.savez(file, x_train=..., y_train=..., x_test=..., y_test=...).`,
    );
  }
  const twice = found.find(([, all]) => all.length > 1);
  if (twice) {
    throw new InklingError('data', `${path} holds ${twice[0]} twice: which one is meant? Write the archive again.`);
  }
  const total = found.reduce((sum, [, [{ size }]]) => sum + size, 0);
  if (total > mostBytes) {
    throw new InklingError(
      'data',
      `${path} unpacks to ${(total / 2 ** 30).toFixed(1)} GiB: expected at most ${mostBytes / 2 ** 30}. ` +
        'Write images as uint8, which takes an eighth of float64, or fewer of them.',
    );
  }
  return Object.fromEntries(found.map(([name, [entry]]) => [name, entry])) as Record<ArrayName, ZipEntry>;
}

function readPart(images: NpyArray, scale: number, labels: NpyArray, path: string, part: 'train' | 'test'): NamedPart {
  const [imagesName, labelsName] = [nameIn(path, `x_${part}`), nameIn(path, `y_${part}`)];
  return {
    images: asImages({ data: pixelsOf(images, scale, imagesName), shape: images.shape }, imagesName),
    imagesName,
    labels: labelsOf(labels, labelsName),
    labelsName,
  };
}

/** 255 for floats of which none is above 1, else 1: decided by the training images, for both parts. */
function scaleOf(images: NpyArray): number {
  if (!images.type.startsWith('float')) return 1;
  for (let index = 0; index < sizeOf(images.shape); index++) if (images.at(index) > 1) return 1;
  return 255;
}

/** @throws InklingError (data) where a value is none of the 256 levels */
function pixelsOf(images: NpyArray, scale: number, name: string): Uint8Array {
  if (images.bytes) return images.bytes;
  const pixels = new Uint8Array(sizeOf(images.shape));
  const rounding = scale === 1 ? 0 : roundingOfFloats;
  for (let index = 0; index < pixels.length; index++) {
    const value = images.at(index) * scale;
    const level = Math.round(value);
    // Not a number fails too.
    if (!(Math.abs(value - level) <= rounding && level >= 0 && level <= 255)) {
      throw notALevel(images, index, scale, name);
    }
    pixels[index] = level;
  }
  return pixels;
}

function notALevel({ at, type }: NpyArray, index: number, scale: number, name: string): InklingError {
  const expected =
    scale === 1 ? 'whole numbers from 0 to 255' : 'levels of 256 between 0 and 1, as in images / 255, in both parts';
  return new InklingError(
    'data',
    `${name} holds ${type} values that are no levels of grey: expected ${expected}. Received: ${at(index)} at place ${index}. ` +
      'Undo what was done to the images, such as taking their mean away, and write them as uint8.',
  );
}

/** `[N]`, or `[N, 1]` as Keras has CIFAR's. */
function labelsOf({ shape, at, bytes }: NpyArray, name: string): Uint8Array {
  if (shape.length !== 1 && !(shape.length === 2 && shape[1] === 1)) {
    const oneHot = shape.length === 2 ? ' It looks like one-hot rows: write labels.argmax(axis=1).' : '';
    throw new InklingError(
      'data',
      `${name} has the shape ${formatShape(shape)}, expected one dimension for labels.${oneHot} Give an array of labels.`,
    );
  }
  if (bytes) return bytes;
  const labels = new Uint8Array(shape[0]);
  for (let index = 0; index < labels.length; index++) {
    const label = at(index);
    if (!Number.isInteger(label) || label < 0 || label > 255) {
      throw new InklingError(
        'data',
        `${name} holds labels that are no classes: expected whole numbers from 0 to 255. Received: ${label} at place ${index}. ` +
          'Number the classes from 0.',
      );
    }
    labels[index] = label;
  }
  return labels;
}
