import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { encode } from 'fast-png';
import { describe, expect, test, vi } from 'vitest';
import { expectRefusal, folder, write } from '../../test/data-folder.js';
import { loadDataset } from './folder.js';
import { writeIdx } from './idx.js';

vi.mock('#platform', () => import('../platform/node.js'));

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
    await expectRefusal('data', `${folder} holds IDX files and also images in 7/: which are meant?`);
  });
});

describe('no data set', () => {
  test('a missing folder', async () => {
    await expect(loadDataset(join(folder, 'absent'))).rejects.toMatchObject({
      kind: 'file',
      message: `There is no folder ${join(folder, 'absent')}. Give a folder with IDX files, tables or class folders, or an .npz file.`,
    });
  });

  test('a file in the place of a folder', async () => {
    await write({ 'data.csv': Uint8Array.of(65), 'data.zip': Uint8Array.of(65) });
    await expect(loadDataset(join(folder, 'data.csv'))).rejects.toMatchObject({
      kind: 'data',
      message: expect.stringMatching(
        /data\.csv is a file, not a folder\. Expected four IDX .* One table is not enough: .* beside train\.csv/,
      ),
    });
    await write({ 'data.mat': Uint8Array.of(65) });
    await expect(loadDataset(join(folder, 'data.mat'))).rejects.toThrow('Such files are not read: write their images');
    await expect(loadDataset(join(folder, 'data.zip'))).rejects.toThrow('If it is an archive, unpack it first.');
  });

  test('an empty folder says what is expected', async () => {
    await expectRefusal(
      'data',
      'holds no data set. Expected four IDX files (train-images-idx3-ubyte',
      'a folder of PNG or JPEG images for each class.',
    );
  });

  test('loose images say that they need class folders', async () => {
    await write({ 'a.png': Uint8Array.of(1) });
    await expectRefusal('data', 'It holds images, but not in class folders.');
  });
});
