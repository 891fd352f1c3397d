import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { encode } from 'fast-png';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { platform } from '../platform/node.js';
import { loadDataset } from './folder.js';
import { writeIdx } from './idx.js';

vi.mock('#platform', () => import('../platform/node.js'));

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inkling-data-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Writes files below the folder: paths with slashes, contents as bytes. */
async function write(files: Record<string, Uint8Array>): Promise<void> {
  for (const [path, bytes] of Object.entries(files)) await platform.writeFile(join(folder, ...path.split('/')), bytes);
}

/** Expects loading to fail with an error of this kind that says all of this. */
async function expectRefusal(kind: 'data' | 'file', ...sayings: string[]): Promise<void> {
  const error: unknown = await loadDataset(folder).then(
    () => 'was loaded',
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({ name: 'InklingError', kind });
  for (const saying of sayings) expect(String(error)).toContain(saying);
}

describe('four IDX files', () => {
  const trainPixels = Uint8Array.from({ length: 5 * 6 }, (_, index) => index);
  const testPixels = Uint8Array.from({ length: 2 * 6 }, (_, index) => 100 + index);
  const idx = (data: Uint8Array, ...shape: number[]) => writeIdx({ data, shape });
  const four = {
    'train-images-idx3-ubyte': idx(trainPixels, 5, 2, 3),
    'train-labels-idx1-ubyte': idx(Uint8Array.of(0, 1, 2, 1, 0), 5),
    't10k-images-idx3-ubyte': idx(testPixels, 2, 2, 3),
    't10k-labels-idx1-ubyte': idx(Uint8Array.of(3, 0), 2),
  };

  test('of any size and number of classes are loaded', async () => {
    await write(four);
    const dataset = await loadDataset(folder);
    expect(dataset).toMatchObject({
      name: folder.split('/').at(-1),
      train: { images: { data: trainPixels, shape: [5, 2, 3, 1] }, labels: Uint8Array.of(0, 1, 2, 1, 0) },
      test: { images: { data: testPixels, shape: [2, 2, 3, 1] }, labels: Uint8Array.of(3, 0) },
      classNames: ['0', '1', '2', '3'],
      source: `the IDX files in ${folder}`,
    });
  });

  test('have the same sum packed by gzip, under other names or both ways at once', async () => {
    await write(four);
    const { sha256 } = await loadDataset(folder);
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    for (const [index, rename] of [
      (name: string) => `${name}.gz`,
      (name: string) => `${name.replace('-idx', '.idx')}.gz`,
      (name: string) => `emnist-digits-${name.replace('t10k', 'test')}.gz`,
    ].entries()) {
      const packed = Object.entries(four).map(([name, bytes]) => [`copy${index}/${rename(name)}`, gzipSync(bytes)]);
      await write(Object.fromEntries(packed));
      expect((await loadDataset(join(folder, `copy${index}`))).sha256).toBe(sha256);
    }
    await write({ 'train-images-idx3-ubyte.gz': Uint8Array.of(1, 2, 3) });
    expect((await loadDataset(folder)).sha256).toBe(sha256);
  });

  test('have another sum once a label differs', async () => {
    await write(four);
    const { sha256 } = await loadDataset(folder);
    await write({ 't10k-labels-idx1-ubyte': idx(Uint8Array.of(3, 1), 2) });
    expect((await loadDataset(folder)).sha256).not.toBe(sha256);
  });

  test('may hold images of several channels', async () => {
    const pixels = new Uint8Array(2 * 4 * 4 * 3);
    await write({
      ...four,
      'train-images-idx3-ubyte': idx(pixels, 2, 4, 4, 3),
      'train-labels-idx1-ubyte': idx(Uint8Array.of(0, 1), 2),
      't10k-images-idx3-ubyte': idx(pixels, 2, 4, 4, 3),
    });
    expect((await loadDataset(folder)).train.images.shape).toStrictEqual([2, 4, 4, 3]);
  });

  test.each([
    [
      [2, 4, 4, 4],
      'holds images of 4 channels: expected 1 (grey) or 3 (red, green, blue) as the last dimension. Received',
    ],
    [[2, 4, 4, 2], 'images of 2 channels'],
    [
      [2, 3, 4, 5],
      'Its second dimension, 3, looks like the channels: move it to the end (in NumPy: images.transpose(0, 2, 3, 1)).',
    ],
    [[2, 1, 8, 8], 'Its second dimension, 1, looks like the channels'],
  ])('of shape %j are refused', async (shape, message) => {
    await write({
      ...four,
      'train-images-idx3-ubyte': idx(new Uint8Array(shape.reduce((a, b) => a * b)), ...shape),
      'train-labels-idx1-ubyte': idx(Uint8Array.of(0, 1), 2),
    });
    await expectRefusal('data', message, join(folder, 'train-images-idx3-ubyte'));
  });

  test('are not resized', async () => {
    await write(four);
    expect((await loadDataset(folder, { resize: [2, 3] })).train.images.shape).toStrictEqual([5, 2, 3, 1]);
    await expect(loadDataset(folder, { resize: [4, 4] })).rejects.toMatchObject({
      kind: 'argument',
      message: expect.stringContaining('are 2 x 3 (height x width) and cannot be resized to 4 x 4'),
    });
  });

  test.each(Object.keys(four))('%s must not be missing', async (missing) => {
    await write(Object.fromEntries(Object.entries(four).filter(([name]) => name !== missing)));
    await expectRefusal('file', `${folder} lacks ${missing} (or the same with .gz)`, 'Add what is missing.');
  });

  test('of two data sets are not guessed from', async () => {
    await write({ ...four, 'emnist-train-images-idx3-ubyte': four['train-images-idx3-ubyte'] });
    await expectRefusal('file', 'emnist-train-images-idx3-ubyte and train-images-idx3-ubyte: which one is meant?');
  });

  test.each([
    [
      'labels in place of images',
      { 'train-images-idx3-ubyte': four['train-labels-idx1-ubyte'] },
      'looks like a file of labels',
    ],
    [
      'images in place of labels',
      { 't10k-labels-idx1-ubyte': four['t10k-images-idx3-ubyte'] },
      'looks like a file of images',
    ],
    ['flat images', { 'train-images-idx3-ubyte': idx(trainPixels, 5, 6) }, 'has 2 dimensions, expected 3 for images'],
    [
      'a label too few',
      { 'train-labels-idx1-ubyte': idx(new Uint8Array(4), 4) },
      'holds 4 labels: expected one label for each image',
    ],
    [
      'test images of another size',
      { 't10k-images-idx3-ubyte': idx(testPixels, 2, 3, 2) },
      'holds images of 2 x 3 x 1',
    ],
    [
      'a truncated file',
      { 't10k-images-idx3-ubyte': four['t10k-images-idx3-ubyte'].subarray(0, -1) },
      'is truncated: expected 28 bytes',
    ],
    ['a file of another format', { 't10k-labels-idx1-ubyte': Uint8Array.of(80, 75, 3, 4) }, 'begins with 50 4b 03 04'],
  ])('with %s are refused', async (_, files, message) => {
    await write({ ...four, ...files });
    await expectRefusal('data', message, join(folder, Object.keys(files)[0]));
  });

  test('with a single class are refused', async () => {
    await write({
      ...four,
      'train-labels-idx1-ubyte': idx(new Uint8Array(5), 5),
      't10k-labels-idx1-ubyte': idx(new Uint8Array(2), 2),
    });
    await expectRefusal('data', 'hold the label 0 only: expected at least two classes');
  });

  test('beside class folders are refused, beside other folders they are not', async () => {
    await write({ ...four, 'notes/readme.txt': Uint8Array.of(65) });
    expect((await loadDataset(folder)).classNames).toHaveLength(4);
    await write({ '7/a.png': encode({ width: 1, height: 1, data: Uint8Array.of(0), channels: 1 }) });
    await expectRefusal('data', `${folder} holds IDX files and also PNG images in 7/: which are meant?`);
  });
});

describe('class folders', () => {
  /** A PNG of one grey level. */
  const png = (level: number, width = 3, height = 2) =>
    encode({ width, height, data: new Uint8Array(width * height).fill(level), channels: 1 });

  /** `count` images of one class: the level tells class and image. */
  const classOf = (path: string, label: number, count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`${path}/${index}.png`, png(20 * label + index)]));

  /** The level of each image, as `png` made it. */
  const levels = (data: ArrayLike<number> & Iterable<number>) => [...data].filter((_, index) => index % 6 === 0);

  test('under train/ and test/ are loaded, classes in natural order, the first of each before the second of any', async () => {
    await write({
      ...classOf('train/10', 2, 3),
      ...classOf('train/2', 1, 2),
      ...classOf('train/1', 0, 1),
      ...classOf('test/1', 3, 1),
      ...classOf('test/2', 4, 1),
      ...classOf('test/10', 5, 1),
      'train/.DS_Store': Uint8Array.of(1),
      'train/1/Thumbs.db': Uint8Array.of(1),
      'train/1/._0.png': Uint8Array.of(1),
      'train/2/desktop.ini': Uint8Array.of(1),
      'train/__MACOSX/1/0.png': Uint8Array.of(1),
      '__MACOSX/train/._1': Uint8Array.of(1),
      'README.md': Uint8Array.of(1),
    });
    const { train, test: held, classNames, source } = await loadDataset(folder);
    expect(classNames).toStrictEqual(['1', '2', '10']);
    expect(train.images.shape).toStrictEqual([6, 2, 3, 1]);
    expect([...train.labels]).toStrictEqual([0, 1, 2, 1, 2, 2]);
    expect(levels(train.images.data)).toStrictEqual([0, 20, 40, 21, 41, 42]);
    expect([...held.labels]).toStrictEqual([0, 1, 2]);
    expect(levels(held.images.data)).toStrictEqual([60, 80, 100]);
    expect(source).toBe(`${folder}: class folders of PNG images under train/ and test/`);
  });

  test('without test/ lose a sixth of each class to the test set, the same one every time', async () => {
    await write({ ...classOf('cat', 0, 12), ...classOf('dog', 1, 6) });
    const dataset = await loadDataset(folder);
    expect(dataset.classNames).toStrictEqual(['cat', 'dog']);
    expect(dataset.source).toContain('3 of 18, a sixth of each class, were set aside as the test set');
    expect([...dataset.test.labels].sort()).toStrictEqual([0, 0, 1]);
    const all = [...levels(dataset.train.images.data), ...levels(dataset.test.images.data)];
    expect(all.sort((a, b) => a - b)).toStrictEqual([...Array(12).keys(), 20, 21, 22, 23, 24, 25]);
    dataset.train.labels.forEach((label, index) => {
      expect(Math.floor(dataset.train.images.data[6 * index] / 20)).toBe(label);
    });
    expect(await loadDataset(folder)).toStrictEqual(dataset);
  });

  test('may be as few as two images each, of which one is left to train on', async () => {
    await write({ ...classOf('a', 0, 2), ...classOf('b', 1, 2) });
    const { train, test: held } = await loadDataset(folder);
    expect([[...new Set(train.labels)].sort(), held.labels.length]).toStrictEqual([[0, 1], 1]);
    await write(classOf('c', 2, 1));
    await expectRefusal(
      'data',
      `The class folder of ${join(folder, 'c', '0.png')} holds one image: expected one to train on`,
    );
  });

  test('have the sum of the same images in IDX files', async () => {
    await write({
      ...classOf('png/train/0', 0, 1),
      ...classOf('png/train/1', 1, 1),
      ...classOf('png/test/0', 2, 1),
      ...classOf('png/test/1', 3, 1),
    });
    const labels = writeIdx({ data: Uint8Array.of(0, 1), shape: [2] });
    const images = (first: number, second: number) =>
      writeIdx({ data: new Uint8Array(12).fill(first).fill(second, 6), shape: [2, 2, 3] });
    await write({
      'idx/train-images-idx3-ubyte': images(0, 20),
      'idx/train-labels-idx1-ubyte': labels,
      'idx/t10k-images-idx3-ubyte': images(40, 60),
      'idx/t10k-labels-idx1-ubyte': labels,
    });
    const [fromPng, fromIdx] = [await loadDataset(join(folder, 'png')), await loadDataset(join(folder, 'idx'))];
    expect(fromPng.sha256).toBe(fromIdx.sha256);
    expect(fromPng.train).toStrictEqual(fromIdx.train);
  });

  test('keep the colours that any image has, or become grey', async () => {
    const colour = encode({ width: 3, height: 2, data: new Uint8Array(18).fill(200).fill(10, 0, 3), channels: 3 });
    const red = encode({ width: 3, height: 2, data: Uint8Array.from(Array(6).fill([255, 0, 0]).flat()), channels: 3 });
    await write({
      ...classOf('train/a', 0, 2),
      ...classOf('train/b', 1, 2),
      'test/a/0.png': png(7),
      'test/b/0.png': colour,
    });
    // Grey although its file has three channels.
    expect((await loadDataset(folder)).train.images.shape).toStrictEqual([4, 2, 3, 1]);
    await write({ 'test/b/0.png': red });
    const { train, test: held } = await loadDataset(folder);
    expect(train.images.shape).toStrictEqual([4, 2, 3, 3]);
    expect([...train.images.data.subarray(18, 36)]).toStrictEqual(Array(18).fill(20));
    expect([...held.images.data]).toStrictEqual([...Array(18).fill(7), ...Array(6).fill([255, 0, 0]).flat()]);
    const grey = await loadDataset(folder, { channels: 1 });
    expect([...grey.test.images.data]).toStrictEqual([...Array(6).fill(7), ...Array(6).fill(76)]);
    await rm(join(folder, 'test'), { recursive: true });
    await write({ ...classOf('test/a', 2, 1), ...classOf('test/b', 3, 1) });
    const always = await loadDataset(folder, { channels: 3 });
    expect(always.train.images.shape).toStrictEqual([4, 2, 3, 3]);
  });

  test('of colours after grey are the same whichever comes first', async () => {
    const red = encode({ width: 3, height: 2, data: Uint8Array.from(Array(6).fill([255, 0, 0]).flat()), channels: 3 });
    await write({ ...classOf('train/a', 0, 2), ...classOf('train/b', 1, 2), 'train/b/9.png': red });
    await write({ ...classOf('test/a', 0, 1), ...classOf('test/b', 1, 1) });
    const { train, test: held } = await loadDataset(folder);
    expect(train.images.shape).toStrictEqual([5, 2, 3, 3]);
    expect(levels([...train.images.data.subarray(0, 72)].filter((_, index) => index % 3 === 0))).toStrictEqual([
      0, 20, 1, 21,
    ]);
    expect([...train.images.data.subarray(72)]).toStrictEqual(Array(6).fill([255, 0, 0]).flat());
    expect(held.images.shape).toStrictEqual([2, 2, 3, 3]);
  });

  test('are scaled to one size where one is asked for', async () => {
    await write({
      ...classOf('a', 0, 6),
      ...classOf('b', 1, 6),
      'b/large.png': png(9, 30, 20),
      'b/tall.png': png(8, 1, 9),
    });
    const { train, test: held } = await loadDataset(folder, { resize: [4, 5] });
    expect([train.images.shape, held.images.shape]).toStrictEqual([
      [12, 4, 5, 1],
      [2, 4, 5, 1],
    ]);
    for (let image = 0; image < 12; image++) {
      expect(new Set(train.images.data.subarray(20 * image, 20 * (image + 1))).size).toBe(1);
    }
  });

  test.each([
    [{ resize: [4, 0] }, 'resize must be [height, width], whole numbers from 1 to 4096. Received: [4,0].'],
    [{ resize: 4 }, 'resize must be [height, width]'],
    [{ channels: 2 }, 'channels must be 1 for grey or 3 for colours. Received: 2.'],
    [{ size: [4, 4] }, 'unknown option "size"'],
  ])('are not read with %j', async (options, message) => {
    await write({ ...classOf('a', 0, 2), ...classOf('b', 1, 2) });
    const error = await loadDataset(folder, options as never).catch((reason) => reason);
    expect(error).toMatchObject({ name: 'InklingError', kind: 'argument', message: expect.stringContaining(message) });
  });

  test('called train and test are classes', async () => {
    await write({ ...classOf('train', 0, 2), ...classOf('test', 1, 2), ...classOf('bus', 2, 2) });
    expect((await loadDataset(folder)).classNames).toStrictEqual(['bus', 'test', 'train']);
  });

  test('with images of unequal size are refused: which, both sizes, the remedy', async () => {
    await write({ ...classOf('0', 0, 3), ...classOf('1', 1, 2), '1/odd.png': png(5, 4, 2) });
    await expectRefusal(
      'data',
      `${join(folder, '1', 'odd.png')} is 4 x 2 pixels, ${join(folder, '1', '0.png')} is 3 x 2`,
      '--resize 2x3 (height x width) on the command line, loadDataset(folder, { resize: [2, 3] }) in a program',
    );
  });

  test('are compared in size across train/ and test/ too', async () => {
    await write({ ...classOf('train/a', 0, 1), ...classOf('train/b', 0, 1), ...classOf('test/a', 0, 1) });
    await write({ 'test/b/0.png': png(1, 2, 3) });
    await expectRefusal('data', `${join(folder, 'test', 'b', '0.png')} is 2 x 3 pixels`);
  });

  test.each([
    ['an empty one', { '1/.keep': Uint8Array.of(1) }, `1 is empty: expected at least one PNG image`],
    [
      'a photograph in another format',
      { '1/a.jpg': Uint8Array.of(0xff, 0xd8, 0xff, 0xe0) },
      'a.jpg is a JPEG picture: class folders hold PNG images and nothing else. Such files are not read from folders yet: convert them to ' +
        'PNG, for example with ImageMagick: "magick mogrify -format png *.jpg", and move the originals away.',
    ],
    [
      'a PNG file of another name',
      { '1/a': png(1) },
      'a is a PNG picture: class folders hold PNG images and nothing else. Give',
    ],
    [
      'a text',
      { '1/labels.csv': new TextEncoder().encode('a,b') },
      'labels.csv is text: class folders hold PNG images',
    ],
    ['an empty file', { '1/a.txt': new Uint8Array(0) }, 'a.txt is an empty file: class folders'],
    ['a folder in a folder', { '1/more/a.png': png(1) }, 'more is a folder in a class folder, with 1 PNG image in it'],
    [
      'a folder without images in it',
      { '1/more/a': png(1) },
      'with no PNG images in it: class folders hold PNG images and',
    ],
    [
      'a text called PNG',
      { '1/a.png': Uint8Array.of(1), '1/b.png': png(1) },
      'a.png is not a PNG file: it lacks the PNG signature',
    ],
    ['a damaged PNG', { '1/a.png': png(1).subarray(0, 50), '1/b.png': png(1) }, 'a.png is a damaged PNG file'],
    ['an image beside the folders', { '1/a.png': png(1), 'b.png': png(1) }, 'b.png lies beside the class folders'],
    ['no second one', {}, 'has 1 class folder: expected 2 to 256'],
  ])('with %s are refused', async (_, files, message) => {
    await write({ ...classOf('0', 0, 3), ...files });
    await expectRefusal('data', message);
  });

  test('more than 256 are refused', async () => {
    await write(Object.assign({}, ...Array.from({ length: 257 }, (_, label) => ({ [`${label}/a.png`]: png(0) }))));
    await expectRefusal('data', 'has 257 class folders: expected 2 to 256');
  });

  test.each([
    ['train/ without test/', {}, 'but no class folders in test/'],
    ['other classes in test/', { 'test/a/0.png': png(1), 'test/c/0.png': png(1) }, 'found train/b, test/c in one only'],
    ['class folders beside them', { 'test/a/0.png': png(1), 'c/0.png': png(1) }, 'but also c/'],
  ])('under train/, %s, are refused', async (_, files, message) => {
    await write({ ...classOf('train/a', 0, 1), ...classOf('train/b', 0, 1), ...files });
    await expectRefusal('data', message);
  });
});

describe('no data set', () => {
  test('a missing folder', async () => {
    await expect(loadDataset(join(folder, 'absent'))).rejects.toMatchObject({
      kind: 'file',
      message: `There is no folder ${join(folder, 'absent')}. Give a folder with IDX files or with class folders.`,
    });
  });

  test('a file in the place of a folder', async () => {
    await write({ 'data.csv': Uint8Array.of(65), 'data.zip': Uint8Array.of(65) });
    await expect(loadDataset(join(folder, 'data.csv'))).rejects.toMatchObject({
      kind: 'data',
      message: expect.stringMatching(
        /data\.csv is a file, not a folder\. Expected four IDX .* Such files are not read: write/,
      ),
    });
    await expect(loadDataset(join(folder, 'data.zip'))).rejects.toThrow('If it is an archive, unpack it first.');
  });

  test('an empty folder says what is expected', async () => {
    await expectRefusal(
      'data',
      'holds no data set. Expected four IDX files (train-images-idx3-ubyte',
      'a folder of PNG',
    );
  });

  test('loose images say that they need class folders', async () => {
    await write({ 'a.png': Uint8Array.of(1) });
    await expectRefusal('data', 'It holds PNG images, but not in class folders.');
  });
});
