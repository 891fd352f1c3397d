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
  const levels = (data: Uint8Array) => [...data].filter((_, index) => index % 6 === 0);

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

  test('may be as few as two images', async () => {
    await write({ ...classOf('a', 0, 1), ...classOf('b', 1, 1) });
    const { train, test: held } = await loadDataset(folder);
    expect([train.labels.length, held.labels.length]).toStrictEqual([1, 1]);
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

  test('called train and test are classes', async () => {
    await write({ ...classOf('train', 0, 2), ...classOf('test', 1, 2), ...classOf('bus', 2, 2) });
    expect((await loadDataset(folder)).classNames).toStrictEqual(['bus', 'test', 'train']);
  });

  test('with images of unequal size are refused: which, both sizes, the remedy', async () => {
    await write({ ...classOf('0', 0, 3), ...classOf('1', 1, 2), '1/odd.png': png(5, 4, 2) });
    await expectRefusal(
      'data',
      `${join(folder, '1', 'odd.png')} is 4 x 2 pixels, ${join(folder, '0', '0.png')} is 3 x 2`,
      'Resize all images to one size.',
    );
  });

  test('are compared in size across train/ and test/ too', async () => {
    await write({ ...classOf('train/a', 0, 1), ...classOf('train/b', 0, 1), ...classOf('test/a', 0, 1) });
    await write({ 'test/b/0.png': png(1, 2, 3) });
    await expectRefusal('data', `${join(folder, 'test', 'b', '0.png')} is 2 x 3 pixels`);
  });

  test.each([
    ['an empty one', { '1/.keep': Uint8Array.of(1) }, `1 is empty: expected at least one PNG image`],
    ['a photograph in another format', { '1/a.jpg': Uint8Array.of(1) }, 'a.jpg is no PNG file: expected class folders'],
    ['a folder in a folder', { '1/more/a.png': png(1) }, 'more is no PNG file'],
    ['a text called PNG', { '1/a.png': Uint8Array.of(1) }, 'a.png is no PNG file: it lacks the PNG signature'],
    ['a damaged PNG', { '1/a.png': png(1).subarray(0, 50) }, 'a.png is a damaged PNG file'],
    ['an image beside the folders', { '1/a.png': png(1), 'b.png': png(1) }, 'b.png lies beside the class folders'],
    ['no second one', {}, 'has 1 class folders: expected 2 to 256'],
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
