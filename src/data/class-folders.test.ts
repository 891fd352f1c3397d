import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { encode } from 'fast-png';
import sharp from 'sharp';
import { describe, expect, test, vi } from 'vitest';
import { expectRefusal, folder, write } from '../../test/data-folder.js';
import { loadDataset } from './folder.js';
import { writeIdx } from './idx.js';

vi.mock('#platform', () => import('../platform/node.js'));

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

  test('may hold JPEG pictures, upright, beside PNG or alone', async () => {
    const jpeg = (level: number) =>
      sharp(new Uint8Array(6).fill(level), { raw: { width: 2, height: 3, channels: 1 } })
        .jpeg({ quality: 100 })
        .withMetadata({ orientation: 6 })
        .toBuffer();
    await write({ 'train/a/0.jpg': await jpeg(10), 'train/b/0.JPEG': await jpeg(90), 'test/a/0.jpeg': await jpeg(30) });
    await write({ 'test/b/0.jpg': await jpeg(200) });
    const { train, test: held, source } = await loadDataset(folder);
    expect(train.images).toStrictEqual({ data: new Uint8Array(12).fill(10).fill(90, 6), shape: [2, 2, 3, 1] });
    expect([...held.images.data]).toStrictEqual([...Array(6).fill(30), ...Array(6).fill(200)]);
    expect(source).toContain('class folders of JPEG images under train/ and test/');
    await write({ 'test/b/0.png': png(7) });
    expect((await loadDataset(folder)).source).toContain('class folders of PNG and JPEG images');
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
    ['an empty one', { '1/.keep': Uint8Array.of(1) }, `1 is empty: expected at least one PNG or JPEG image`],
    [
      'a photograph in another format',
      { '1/a.webp': new TextEncoder().encode('RIFF....WEBP') },
      'a.webp is a WebP picture: class folders hold PNG and JPEG images and nothing else. Such files are not read from folders: convert ' +
        'them to PNG, for example with ImageMagick: "magick mogrify -format png *.webp", and move the originals away.',
    ],
    [
      'a JPEG file of another name',
      { '1/a': Uint8Array.of(0xff, 0xd8, 0xff, 0xe0) },
      'a is a JPEG picture: class folders hold PNG and JPEG images and nothing else. Give its name the ending .jpg.',
    ],
    [
      'a truncated JPEG',
      { '1/b.png': png(1), '1/a.jpg': Uint8Array.of(0xff, 0xd8, 0xff, 0xe0) },
      'a.jpg is a damaged JPEG file',
    ],
    [
      'a text called JPEG',
      { '1/b.png': png(1), '1/a.jpg': new TextEncoder().encode('no') },
      'a.jpg is text: expected a JPEG picture.',
    ],
    [
      'an empty JPEG',
      { '1/b.png': png(1), '1/a.jpg': new Uint8Array(0) },
      'a.jpg is an empty file: expected a JPEG picture.',
    ],
    [
      'a PNG file of another name',
      { '1/a': png(1) },
      'a is a PNG picture: class folders hold PNG and JPEG images and nothing else. Give',
    ],
    [
      'a text',
      { '1/labels.csv': new TextEncoder().encode('a,b') },
      'labels.csv is text: class folders hold PNG and JPEG images',
    ],
    ['an empty file', { '1/a.txt': new Uint8Array(0) }, 'a.txt is an empty file: class folders'],
    ['a folder in a folder', { '1/more/a.png': png(1) }, 'more is a folder in a class folder, with 1 image in it'],
    ['a folder without images in it', { '1/more/a': png(1) }, 'with no images in it: class folders hold PNG and JPEG'],
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
