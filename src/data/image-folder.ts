/**
 * A folder of PNG images sorted into class folders, `0/ 1/ ...` or any names; either at once or under `train/` and `test/`.
 * All images have one size. Limits: grey only (colours are converted), at most 256 classes.
 */

import { platform } from '#platform';
import { InklingError } from '../errors.js';
import type { LabelledImages } from './dataset.js';
import { decodeGreyPng, type GreyImage } from './png.js';
import { stratifiedSplit } from './split.js';

/** The share of the images that becomes the test set where the folder has no `test/`: a sixth, roughly MNIST's own share. */
const testFraction = 1 / 6;
/** Fixed, so that the test set of a folder is the same in every run, whatever the seed of the training. */
const testSeed = 1;
const mostClasses = 256;

interface ImageFile {
  readonly path: string;
  readonly label: number;
  /** Place among the images of its class. */
  readonly place: number;
}

interface ClassFolders {
  readonly classNames: string[];
  readonly files: ImageFile[];
}

export interface ImageFolder {
  readonly train: LabelledImages;
  readonly test: LabelledImages;
  readonly classNames: string[];
  /** How the test set came about. */
  readonly note: string;
}

const byNumber = new Intl.Collator('en', { numeric: true });

/** What people put into a folder; not what their system leaves there. */
async function visibleEntries(folder: string) {
  const entries = (await platform.listFolder(folder)) ?? [];
  return entries.filter(({ name }) => !name.startsWith('.') && name !== 'Thumbs.db' && name !== 'desktop.ini');
}

export function isPngName(name: string): boolean {
  return /\.png$/i.test(name);
}

async function listClassFolder(folder: string, label: number): Promise<ImageFile[]> {
  const entries = await visibleEntries(folder);
  const stranger = entries.find(({ name, isFolder }) => isFolder || !isPngName(name));
  if (stranger) {
    throw new InklingError(
      'data',
      `${platform.joinPath(folder, stranger.name)} is no PNG file: expected class folders to hold PNG images and nothing else. ` +
        'Convert it to PNG, or move it away.',
    );
  }
  if (entries.length === 0) {
    throw new InklingError(
      'data',
      `The class folder ${folder} is empty: expected at least one PNG image. Add some, or remove the folder.`,
    );
  }
  return entries.map(({ name }, place) => ({ path: platform.joinPath(folder, name), label, place }));
}

/**
 * All images below `folder`, the first of each class before the second of any: so the first N images are of every class.
 */
async function listClassFolders(folder: string): Promise<ClassFolders> {
  const entries = await visibleEntries(folder);
  const loose = entries.find(({ name, isFolder }) => !isFolder && isPngName(name));
  if (loose) {
    throw new InklingError(
      'data',
      `${platform.joinPath(folder, loose.name)} lies beside the class folders: which class is it? Move it into one of them.`,
    );
  }
  const classNames = entries.filter(({ isFolder }) => isFolder).map(({ name }) => name);
  classNames.sort(byNumber.compare);
  if (classNames.length < 2 || classNames.length > mostClasses) {
    throw new InklingError(
      'data',
      `${folder} has ${classNames.length} class folders: expected 2 to ${mostClasses}, one for each class. ` +
        'Sort the images into folders named after their classes.',
    );
  }
  const filesOfClasses: ImageFile[][] = [];
  for (const [label, name] of classNames.entries()) {
    filesOfClasses.push(await listClassFolder(platform.joinPath(folder, name), label));
  }
  const files = filesOfClasses.flat().sort((a, b) => a.place - b.place || a.label - b.label);
  return { classNames, files };
}

async function decodeFile(path: string): Promise<GreyImage> {
  return decodeGreyPng(await platform.readFile(path), path);
}

/** @param reference the file that all others must equal in size */
async function readImages(files: readonly ImageFile[], reference: string): Promise<LabelledImages> {
  const { width, height } = await decodeFile(reference);
  const data = new Uint8Array(files.length * height * width);
  for (const [index, { path }] of files.entries()) {
    const image = await decodeFile(path);
    if (image.width !== width || image.height !== height) {
      throw new InklingError(
        'data',
        `Images of unequal size: ${path} is ${image.width} x ${image.height} pixels, ${reference} is ${width} x ${height}. ` +
          'Resize all images to one size.',
      );
    }
    data.set(image.data, index * height * width);
  }
  return {
    images: { data, shape: [files.length, height, width, 1] },
    labels: Uint8Array.from(files, ({ label }) => label),
  };
}

async function loadParts(train: ClassFolders, test: ClassFolders): Promise<ImageFolder> {
  const only = (part: ClassFolders, other: ClassFolders) =>
    part.classNames.filter((name) => !other.classNames.includes(name));
  const [onlyTrain, onlyTest] = [only(train, test), only(test, train)];
  if (onlyTrain.length + onlyTest.length > 0) {
    throw new InklingError(
      'data',
      `train/ and test/ have different class folders: expected the same names in both, found ${[
        ...onlyTrain.map((name) => `train/${name}`),
        ...onlyTest.map((name) => `test/${name}`),
      ].join(', ')} in one only. Add or remove these folders.`,
    );
  }
  const reference = train.files[0].path;
  return {
    train: await readImages(train.files, reference),
    test: await readImages(test.files, reference),
    classNames: train.classNames,
    note: 'class folders of PNG images under train/ and test/',
  };
}

async function loadAndSplit(all: ClassFolders): Promise<ImageFolder> {
  const labels = Uint8Array.from(all.files, ({ label }) => label);
  const testCount = Math.max(1, Math.round(all.files.length * testFraction));
  const split = stratifiedSplit(labels, testCount, testSeed);
  const reference = all.files[0].path;
  const read = (indices: Uint32Array) =>
    readImages(
      Array.from(indices, (index) => all.files[index]),
      reference,
    );
  return {
    train: await read(split.train),
    test: await read(split.validation),
    classNames: all.classNames,
    note: `class folders of PNG images; ${testCount} of ${all.files.length}, a sixth of each class, were set aside as the test set`,
  };
}

/**
 * Reads a folder of class folders. Without `train/` and `test/` a sixth of each class becomes the test set, the same images
 * in every run.
 * @throws InklingError of kind `data` or `file`, naming the file or folder
 */
export async function loadImageFolder(folder: string): Promise<ImageFolder> {
  const [train, test] = ['train', 'test'].map((name) => platform.joinPath(folder, name));
  // A class may be called "train": only a folder of folders is a part.
  const holdsFolders = async (path: string) => (await visibleEntries(path)).some(({ isFolder }) => isFolder);
  const [hasTrain, hasTest] = [await holdsFolders(train), await holdsFolders(test)];
  if (!hasTrain && !hasTest) return loadAndSplit(await listClassFolders(folder));
  const others = (await visibleEntries(folder)).filter(
    ({ name, isFolder }) => isFolder && name !== 'train' && name !== 'test',
  );
  if (!hasTrain || !hasTest || others.length > 0) {
    const problem =
      others.length > 0 ? `also ${others[0].name}/` : `no class folders in ${hasTrain ? 'test' : 'train'}/`;
    throw new InklingError(
      'data',
      `${folder} has class folders in ${hasTrain ? 'train' : 'test'}/, but ${problem}: expected train/ and test/ alone, both with ` +
        'class folders, or class folders alone. Move what does not belong there.',
    );
  }
  return loadParts(await listClassFolders(train), await listClassFolders(test));
}
