import { join } from 'node:path';
import { type Zippable, zipSync } from 'fflate';
import { describe, expect, test, vi } from 'vitest';
import { expectRefusal, folder, write } from '../../test/data-folder.js';
import { writeNpy } from '../numerics/npy.js';
import { loadDataset } from './folder.js';
import { writeIdx } from './idx.js';

vi.mock('#platform', () => import('../platform/node.js'));

/** An array as numpy.save writes it. */
function npy(type: string, shape: string, values: Uint8Array, fortran = 'False', version = 1): Uint8Array {
  const text = `{'descr': ${type}, 'fortran_order': ${fortran}, 'shape': ${shape}, }`;
  const length = version === 1 ? [text.length, 0] : [text.length, 0, 0, 0];
  return Buffer.concat([
    Buffer.from([0x93]),
    Buffer.from('NUMPY'),
    Buffer.from([version, 0, ...length]),
    Buffer.from(text),
    values,
  ]);
}

const bytesOf = (values: ArrayBufferView) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
const trainPixels = Uint8Array.from({ length: 18 }, (_, index) => (index * 15) % 256);
const testPixels = Uint8Array.from({ length: 6 }, (_, index) => 255 - index);

const four: Zippable = {
  'x_train.npy': npy("'|u1'", '(3, 2, 3)', trainPixels),
  'y_train.npy': npy("'|u1'", '(3,)', Uint8Array.of(0, 1, 2)),
  'x_test.npy': npy("'|u1'", '(1, 2, 3)', testPixels),
  'y_test.npy': npy("'|u1'", '(1,)', Uint8Array.of(1)),
};
const path = () => join(folder, 'mnist.npz');
const writeNpz = (files: Zippable = {}, level: 0 | 6 = 6) =>
  write({ 'mnist.npz': zipSync({ ...four, ...files }, { level }) });

describe('an .npz file', () => {
  test('is loaded by its name or that of its folder, stored or deflated, with the sum of the same IDX files', async () => {
    await writeNpz();
    const dataset = await loadDataset(path());
    expect(dataset).toMatchObject({
      name: 'mnist',
      train: { images: { data: trainPixels, shape: [3, 2, 3, 1] }, labels: Uint8Array.of(0, 1, 2) },
      test: { images: { data: testPixels, shape: [1, 2, 3, 1] }, labels: Uint8Array.of(1) },
      classNames: ['0', '1', '2'],
      source: `the NumPy arrays in ${path()}`,
    });
    await writeNpz({}, 0);
    expect(await loadDataset(folder)).toStrictEqual({ ...dataset, name: folder.split('/').at(-1) });
    await write({
      'idx/train-images-idx3-ubyte': writeIdx({ data: trainPixels, shape: [3, 2, 3] }),
      'idx/train-labels-idx1-ubyte': writeIdx({ data: Uint8Array.of(0, 1, 2), shape: [3] }),
      'idx/t10k-images-idx3-ubyte': writeIdx({ data: testPixels, shape: [1, 2, 3] }),
      'idx/t10k-labels-idx1-ubyte': writeIdx({ data: Uint8Array.of(1), shape: [1] }),
    });
    expect((await loadDataset(join(folder, 'idx'))).sha256).toBe(dataset.sha256);
  });

  test.each([
    ['labels of 64 bits', 'y_train.npy', npy("'<i8'", '(3,)', bytesOf(BigInt64Array.of(0n, 1n, 2n)))],
    ['labels of 16 bits, the high byte first', 'y_train.npy', npy("'>u2'", '(3,)', Uint8Array.of(0, 0, 0, 1, 0, 2))],
    ['labels in a column', 'y_train.npy', npy("'|i1'", '(3, 1)', Uint8Array.of(0, 1, 2))],
    ['labels in Fortran order of one dimension', 'y_train.npy', npy("'|u1'", '(3,)', Uint8Array.of(0, 1, 2), 'True')],
    ['a header of version 2', 'y_train.npy', npy("'|u1'", '(3,)', Uint8Array.of(0, 1, 2), 'False', 2)],
    ['what writeNpy wrote', 'x_train.npy', writeNpy({ data: trainPixels, shape: [3, 2, 3] })],
    ['images of 32-bit integers', 'x_train.npy', npy("'<i4'", '(3, 2, 3)', bytesOf(Int32Array.from(trainPixels)))],
    ['floats up to 255', 'x_train.npy', npy("'<f8'", '(3, 2, 3)', bytesOf(Float64Array.from(trainPixels)))],
  ])('may hold %s', async (_, name, content) => {
    await writeNpz({ [name]: content });
    const { train } = await loadDataset(path());
    expect([[...train.images.data], [...train.labels]]).toStrictEqual([[...trainPixels], [0, 1, 2]]);
  });

  test.each([
    ["'<f4'", Float32Array],
    ["'<f8'", Float64Array],
  ])('may hold all 256 levels as %s from 0 to 1, both parts alike', async (type, Floats) => {
    const levels = Uint8Array.from({ length: 256 }, (_, level) => level);
    const scaled = (pixels: Uint8Array) => bytesOf(new Floats(Array.from(pixels, (level) => level / 255)));
    await writeNpz({
      'x_train.npy': npy(type, '(1, 16, 16)', scaled(levels)),
      'y_train.npy': npy("'|u1'", '(1,)', Uint8Array.of(1)),
      // Of no value that would tell by itself.
      'x_test.npy': npy(type, '(1, 16, 16)', scaled(new Uint8Array(256).fill(255))),
    });
    const { train, test: held } = await loadDataset(path());
    expect(train.images.data).toStrictEqual(levels);
    expect(new Set(held.images.data)).toStrictEqual(new Set([255]));
  });

  test('may hold images in colours', async () => {
    await writeNpz({
      'x_train.npy': npy("'|u1'", '(3, 1, 2, 3)', trainPixels),
      'x_test.npy': npy("'|u1'", '(1, 1, 2, 3)', testPixels),
    });
    expect((await loadDataset(path())).train.images.shape).toStrictEqual([3, 1, 2, 3]);
  });

  const halves = bytesOf(Float32Array.from(trainPixels, (level) => level / 100));
  test.each([
    ['x_train', npy("'<f4'", '(3, 2, 3)', halves), 'float32 values that are no levels of grey: expected whole numbers'],
    ['x_train', npy("'<f4'", '(3, 2, 3)', bytesOf(new Float32Array(18).fill(-0.5))), 'levels of 256 between 0 and 1'],
    ['x_train', npy("'<f4'", '(3, 2, 3)', bytesOf(new Float32Array(18).fill(Number.NaN))), 'Received: NaN at place 0'],
    ['x_train', npy("'<u2'", '(3, 2, 3)', bytesOf(new Uint16Array(18).fill(256))), 'Received: 256 at place 0'],
    ['x_train', npy("'|O'", '(3, 2, 3)', trainPixels), 'holds Python objects, a pickle'],
    ['y_train', npy("'<U5'", '(3,)', new Uint8Array(60)), 'holds text: expected whole numbers such as uint8'],
    ['x_train', npy("'<f2'", '(3, 2, 3)', new Uint8Array(36)), 'floats of an unusual size'],
    ['x_train', npy("[('a', '|u1')]", '(3, 2, 3)', trainPixels), 'holds records'],
    ['x_train', npy("'|u1'", '(3, 2, 3)', trainPixels, 'True'), 'is stored in Fortran order'],
    ['x_train', npy("'|u1'", '(3, 2, 4)', trainPixels), 'for the shape [3, 2, 4]'],
    ['x_train', npy("'|u1'", '(99999999, 99999999, 9999)', trainPixels), 'for the shape [99999999'],
    ['x_train', npy("'|u1'", '(0, 2, 3)', new Uint8Array(0)), 'holds no values'],
    ['x_train', npy("'|u1'", '(3, 6)', trainPixels), 'has 2 dimensions, expected 3 for images'],
    ['x_train', npy("'|u1'", '(2, 3, 3)', trainPixels), 'holds 2 images'],
    ['x_train', npy("'|u1'", '(3, 3, 2)', trainPixels), 'holds images of 3 x 2 x 1'],
    ['x_train', npy("'|u1'", 'None', trainPixels), 'has a header that cannot be read'],
    ['x_train', Uint8Array.from(Buffer.from('text')), 'is not a NumPy array'],
    ['x_train', npy("'|u1'", '(3, 2, 3)', trainPixels).subarray(0, 20), 'ends within its header'],
    ['y_train', npy("'|u1'", '(3, 2)', new Uint8Array(6)), 'It looks like one-hot rows'],
    ['y_train', npy("'<i4'", '(3,)', bytesOf(Int32Array.of(0, -1, 2))), 'Received: -1 at place 1'],
    ['y_train', npy("'<f4'", '(3,)', bytesOf(Float32Array.of(0, 1.5, 2))), 'Received: 1.5 at place 1'],
  ])('is refused where %s is wrong (%#)', async (name, content, message) => {
    await writeNpz({ [`${name}.npy`]: content });
    await expectRefusal('data', message, `${name} in ${path()}`);
  });

  test('without one of the arrays says what is there', async () => {
    await write({ 'mnist.npz': zipSync({ 'arr_0.npy': four['x_train.npy'], 'y_test.npy': four['y_test.npy'] }) });
    await expectRefusal('data', 'lacks x_train, y_train, x_test: expected the arrays', 'Received: arr_0, y_test.');
  });

  test('beside another, or a table, is not guessed from', async () => {
    await writeNpz();
    await write({ 'train.csv': Uint8Array.of(65) });
    await expectRefusal('data', 'holds mnist.npz and train.csv: which is meant? Name the .npz file itself');
    expect((await loadDataset(path())).train.labels).toHaveLength(3);
  });

  test('that is not there is a missing file; its images are not resized', async () => {
    await expect(loadDataset(path())).rejects.toMatchObject({ kind: 'file' });
    await writeNpz();
    await expect(loadDataset(path(), { resize: [4, 4] })).rejects.toMatchObject({ kind: 'argument' });
  });
});

describe('a damaged archive', () => {
  /** Where the directory begins, and where the first entry's data does. */
  const packed = () => {
    const archive = zipSync(four);
    const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
    return { archive, view, directory: view.getUint32(archive.length - 6, true) };
  };

  test.each([
    ['a text', () => Uint8Array.from(Buffer.from('not a zip file')), 'is not a ZIP archive'],
    ['a truncated one', () => packed().archive.subarray(0, -30), 'its directory is missing'],
    [
      'one that declares gigabytes',
      () => {
        const { archive, view, directory } = packed();
        view.setUint32(directory + 24, 3 * 2 ** 30, true);
        return archive;
      },
      'unpacks to 3.0 GiB: expected at most 1',
    ],
    [
      'one that declares more than its bytes can hold',
      () => {
        const { archive, view, directory } = packed();
        view.setUint32(directory + 24, 5e8, true);
        return archive;
      },
      'x_train.npy declares 500000000 bytes, which',
    ],
    [
      'one that unpacks to more than it declares',
      () => {
        const bomb = npy("'|u1'", '(3, 2, 3)', Buffer.concat([trainPixels, new Uint8Array(5_000_000)]));
        const archive = zipSync({ ...four, 'x_train.npy': bomb });
        const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
        view.setUint32(view.getUint32(archive.length - 6, true) + 24, bomb.length - 5_000_000, true);
        return archive;
      },
      'and unpacks to more',
    ],
    [
      'one that unpacks to less',
      () => {
        const { archive, view, directory } = packed();
        view.setUint32(directory + 24, view.getUint32(directory + 24, true) + 1, true);
        return archive;
      },
      'x_train.npy declares 91 bytes and unpacks to 90',
    ],
    [
      'one with a wrong checksum',
      () => {
        const { archive, view, directory } = packed();
        view.setUint32(directory + 16, 1, true);
        return archive;
      },
      'the checksum of x_train.npy is wrong',
    ],
    [
      'one of another method',
      () => {
        const { archive, view, directory } = packed();
        view.setUint16(directory + 10, 12, true);
        return archive;
      },
      'x_train.npy in',
    ],
    [
      'one that is encrypted',
      () => {
        const { archive, view, directory } = packed();
        view.setUint16(directory + 8, 1, true);
        return archive;
      },
      'is encrypted',
    ],
    [
      'one whose entries lie elsewhere',
      () => {
        const { archive, view, directory } = packed();
        view.setUint32(directory + 42, 2 ** 31, true);
        return archive;
      },
      'x_train.npy is not where its directory says',
    ],
  ])('is refused: %s', async (_, make, message) => {
    await write({ 'mnist.npz': make() });
    await expectRefusal('data', message, path());
  });
});
