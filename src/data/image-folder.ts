/**
 * A folder of PNG and JPEG images sorted into class folders, `0/ 1/ ...` or any names; either at once or under `train/` and
 * `test/`. All images have one size, or are given one. Where any is in colours all have three channels, else one.
 */

import { platform } from '#platform';
import { InklingError } from '../errors.js';
import { decodeTrainingPicture } from '../pictures/decode-training-picture.js';
import { hasColours, type ImageSize, imageOf, resizeImage } from '../pictures/image-pixels.js';
import { type ClassFolders, type ImageFile, listClassFolders, visibleEntries } from './class-folders.js';
import { countLabels, type LabelledImages } from './dataset.js';
import { stratifiedSplit } from './split.js';

/**
 * The share of the images that becomes the test set where the folder has no `test/`: a sixth, roughly MNIST's own
 * share.
 */
const testFraction = 1 / 6;
/** Fixed, so that the test set of a folder is the same in every run, whatever the seed of the training. */
const testSeed = 1;

export interface ImageFolder {
  readonly train: LabelledImages;
  readonly test: LabelledImages;
  readonly classNames: string[];
  /** How the test set came about. */
  readonly note: string;
}

/** How `loadDataset` reads a folder of images; other files say themselves what they hold. */
export interface LoadDatasetOptions {
  /**
   * Height and width that images are scaled to, their proportions are not kept; default: they must all have one size.
   */
  readonly resize?: ImageSize;
  /** 1 makes grey of colours, 3 keeps them; default: 3 where any image has colours, else 1. */
  readonly channels?: 1 | 3;
}

/** Gathers images one by one; grey until the first in colours comes. */
class ImageReader {
  private readonly options: LoadDatasetOptions;
  private channels: 1 | 3;
  /** Height, width and file of the first image. */
  private first: { readonly size: ImageSize; readonly path: string } | undefined;

  constructor(options: LoadDatasetOptions) {
    this.options = options;
    this.channels = options.channels ?? 1;
  }

  /** Parts in turn; all of them get the same number of channels, those of the first may have to get more. */
  async readParts(parts: readonly (readonly ImageFile[])[]): Promise<LabelledImages[]> {
    const read: LabelledImages[] = [];
    for (const files of parts) read.push(await this.readPart(files));
    return read.map((part) => ({ ...part, images: this.channels === 3 ? inColours(part.images) : part.images }));
  }

  private async readPart(files: readonly ImageFile[]): Promise<LabelledImages> {
    let images: LabelledImages['images'] | undefined;
    for (const [index, { path }] of files.entries()) {
      const pixels = await decodeTrainingPicture(await platform.readFile(path), path);
      const size: ImageSize = [pixels.height, pixels.width];
      this.checkSize(size, path);
      if (this.options.channels === undefined && this.channels === 1 && hasColours(pixels)) {
        this.channels = 3;
        if (images) images = inColours(images);
      }
      const { channels } = this;
      const target = this.options.resize ?? size;
      const image = resizeImage(imageOf(pixels, channels), channels, size, target);
      images ??= { data: new Uint8Array(files.length * image.length), shape: [files.length, ...target, channels] };
      images.data.set(image, index * image.length);
    }
    return { images: images!, labels: Uint8Array.from(files, ({ label }) => label) };
  }

  private checkSize(size: ImageSize, path: string): void {
    if (this.options.resize) return;
    this.first ??= { size, path };
    const [[height, width], [usualHeight, usualWidth]] = [size, this.first.size];
    if (height === usualHeight && width === usualWidth) return;
    throw new InklingError(
      'data',
      `Images of unequal size: ${path} is ${width} x ${height} pixels, ${this.first.path} is ${usualWidth} x ${usualHeight}. ` +
        `Have all scaled to one size as they are read: --resize ${usualHeight}x${usualWidth} (height x width) on the command line, ` +
        `loadDataset(folder, { resize: [${usualHeight}, ${usualWidth}] }) in a program.`,
    );
  }
}

/** Grey in three channels. */
function inColours(images: LabelledImages['images']): LabelledImages['images'] {
  const { data, shape } = images;
  if (shape[3] === 3) return images;
  const colours = new Uint8Array(data.length * 3);
  for (let index = 0; index < data.length; index++) colours.fill(data[index], 3 * index, 3 * index + 3);
  return { data: colours, shape: [...shape.slice(0, 3), 3] };
}

/** By their names: `PNG`, `JPEG` or `PNG and JPEG`. */
function kindsOf(files: readonly ImageFile[]): string {
  const pngs = files.filter(({ path }) => /\.png$/i.test(path)).length;
  if (pngs === files.length) return 'PNG';
  return pngs === 0 ? 'JPEG' : 'PNG and JPEG';
}

async function loadParts(train: ClassFolders, test: ClassFolders, options: LoadDatasetOptions): Promise<ImageFolder> {
  const only = (part: ClassFolders, other: ClassFolders) =>
    part.classNames.filter((name) => !other.classNames.includes(name));
  const [onlyTrain, onlyTest] = [only(train, test), only(test, train)];
  if (onlyTrain.length + onlyTest.length > 0) {
    throw new InklingError(
      'data',
      `Folders train/ and test/ have different class folders: expected the same names in both, found ${[
        ...onlyTrain.map((name) => `train/${name}`),
        ...onlyTest.map((name) => `test/${name}`),
      ].join(', ')} in one only. Add or remove these folders.`,
    );
  }
  const [trainPart, testPart] = await new ImageReader(options).readParts([train.files, test.files]);
  return {
    train: trainPart,
    test: testPart,
    classNames: train.classNames,
    note: `class folders of ${kindsOf([...train.files, ...test.files])} images under train/ and test/`,
  };
}

async function loadAndSplit(all: ClassFolders, options: LoadDatasetOptions): Promise<ImageFolder> {
  const labels = Uint8Array.from(all.files, ({ label }) => label);
  const alone = countLabels(labels, all.classNames.length).indexOf(1);
  if (alone >= 0) {
    const { path } = all.files[labels.indexOf(alone)];
    throw new InklingError(
      'data',
      `The class folder of ${path} holds one image: expected one to train on and one to test with, at least. Add images, ten or more, ` +
        'remove the folder, or sort all images into train/ and test/.',
    );
  }
  const testCount = Math.max(1, Math.round(all.files.length * testFraction));
  const split = stratifiedSplit(labels, testCount, testSeed);
  const filesOf = (indices: Uint32Array) => Array.from(indices, (index) => all.files[index]);
  const [train, test] = await new ImageReader(options).readParts([filesOf(split.train), filesOf(split.validation)]);
  return {
    train,
    test,
    classNames: all.classNames,
    note: `class folders of ${kindsOf(all.files)} images; ${testCount} of ${all.files.length}, a sixth of each class, were set aside as the test set`,
  };
}

/**
 * Reads a folder of class folders. Without `train/` and `test/` a sixth of each class becomes the test set, the same
 * images in every run.
 * @throws InklingError of kind `data` or `file`, naming the file or folder
 */
export async function loadImageFolder(folder: string, options: LoadDatasetOptions = {}): Promise<ImageFolder> {
  const [train, test] = ['train', 'test'].map((name) => platform.joinPath(folder, name));
  // A class may be called "train": only a folder of folders is a part.
  const holdsFolders = async (path: string) => (await visibleEntries(path)).some(({ isFolder }) => isFolder);
  const [hasTrain, hasTest] = [await holdsFolders(train), await holdsFolders(test)];
  if (!hasTrain && !hasTest) return loadAndSplit(await listClassFolders(folder), options);
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
  return loadParts(await listClassFolders(train), await listClassFolders(test), options);
}
