import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sizeOf } from '../numerics/tensor.js';
import { readIdx, unpackIdx, writeIdx } from './idx.js';

const images = { data: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12), shape: [2, 2, 3] };
const imageBytes = Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);

function changed(index: number, value: number): Uint8Array {
  return imageBytes.with(index, value);
}

describe('a whole file', () => {
  test('is read, raw and packed by gzip', async () => {
    expect(await readIdx(imageBytes, 'a')).toStrictEqual(images);
    expect(await readIdx(gzipSync(imageBytes), 'a.gz')).toStrictEqual(images);
  });

  test('is read without copying the values of a raw one', async () => {
    const tensor = await readIdx(imageBytes, 'a');
    expect(tensor.data.buffer).toBe(imageBytes.buffer);
    expect(tensor.data.byteOffset).toBe(16);
  });

  test('is read where it lies in the middle of a buffer', async () => {
    const buffer = new Uint8Array(imageBytes.length + 10).fill(99);
    buffer.set(imageBytes, 5);
    expect(await readIdx(buffer.subarray(5, 5 + imageBytes.length), 'a')).toStrictEqual(images);
  });

  test('is written', () => {
    expect(writeIdx(images)).toStrictEqual(imageBytes);
  });

  test('comes back as written, raw and packed, whatever its shape', async () => {
    const tensors = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 5 }).chain((shape) => {
      const length = sizeOf(shape);
      return fc.uint8Array({ minLength: length, maxLength: length }).map((data) => ({ data, shape }));
    });
    await fc.assert(
      fc.asyncProperty(tensors, async (tensor) => {
        expect(await readIdx(writeIdx(tensor), 'raw')).toStrictEqual(tensor);
        expect(await readIdx(gzipSync(writeIdx(tensor)), 'packed')).toStrictEqual(tensor);
      }),
      { numRuns: 50 },
    );
  });

  test('of several megabytes is unpacked chunk by chunk', async () => {
    const data = Uint8Array.from({ length: 3_000_000 }, (_, index) => (index * index) >> 7);
    const bytes = writeIdx({ data, shape: [3000, 1000] });
    const unpacked = await unpackIdx(gzipSync(bytes), 'large.gz');
    expect(Buffer.compare(unpacked, bytes)).toBe(0);
  });
});

describe('anything else is refused', () => {
  test.each([
    ['an empty file', new Uint8Array(0), 'truncated: expected a header of at least 8 bytes, found 0'],
    ['a part of the magic number', imageBytes.subarray(0, 3), 'truncated'],
    ['a part of the header', imageBytes.subarray(0, 15), 'truncated'],
    [
      'a missing last byte',
      imageBytes.subarray(0, 27),
      'truncated: expected 28 bytes for the shape [2, 2, 3], found 27',
    ],
    ['a byte too many', Uint8Array.of(...imageBytes, 0), 'expected 28 bytes for the shape [2, 2, 3], found 29'],
    ['a page in place of a file', new TextEncoder().encode('<html>Not found'), 'it begins with 3c 68 74 6d'],
    ['a second byte that is not 0', changed(1, 1), 'is not an IDX file'],
    ['floats', changed(2, 0x0d), 'holds 32-bit floats (type code 0x0d), expected unsigned bytes (0x08)'],
    ['signed bytes', changed(2, 0x09), 'holds signed bytes'],
    ['an unknown type', changed(2, 0x07), 'holds an unknown type (type code 0x07)'],
    ['no dimensions', changed(3, 0), 'declares no dimensions'],
    ['no images', changed(7, 0), 'the shape [0, 2, 3], which holds no values'],
    ['a shape beyond all memory', imageBytes.with(4, 255).with(8, 255), 'more than the 2 GiB'],
    ['little-endian dimensions', changed(4, 2).with(7, 0), '[33554432, 2, 3]'],
  ])('%s', async (_, bytes, message) => {
    const refusal = { name: 'InklingError', kind: 'data', message: expect.stringContaining(message) };
    await expect(readIdx(bytes, 'train-images')).rejects.toMatchObject(refusal);
    await expect(readIdx(bytes, 'train-images')).rejects.toThrow(/^train-images .*\.$/);
    const raw = await readIdx(gzipSync(bytes), 'train-images').catch((error: unknown) => error);
    expect(raw).toMatchObject({ name: 'InklingError', kind: 'data' });
  });

  test('every shortened file, raw and packed', async () => {
    const packed = gzipSync(imageBytes);
    for (let length = 0; length < imageBytes.length; length++) {
      await expect(readIdx(imageBytes.subarray(0, length), 'a')).rejects.toThrow('truncated');
    }
    for (let length = 2; length < packed.length; length++) {
      await expect(readIdx(packed.subarray(0, length), 'a')).rejects.toThrow(/damaged/);
    }
  });

  test('a packed file with a wrong checksum', async () => {
    const packed = gzipSync(imageBytes);
    const position = packed.length - 8;
    await expect(readIdx(packed.with(position, packed[position] ^ 1), 'a.gz')).rejects.toThrow(
      'a.gz is damaged: gzip cannot unpack it',
    );
  });

  test('a bomb, before it goes off', async () => {
    const header = Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 10);
    const bomb = new Uint8Array(20_000_000);
    bomb.set(header);
    // The end is cut off: whoever unpacked all of it would complain about that instead.
    const packed = gzipSync(bomb).subarray(0, -100);
    expect(() => gunzipSync(packed)).toThrow();
    await expect(readIdx(packed, 'bomb.gz')).rejects.toThrow(
      'bomb.gz goes on after its last value: expected 18 bytes for the shape [10], found more',
    );
  });
});

test.each([
  ['another number of values', { data: new Uint8Array(5), shape: [2, 3] }],
  ['no dimensions', { data: new Uint8Array(1), shape: [] }],
  ['a dimension of 0', { data: new Uint8Array(0), shape: [0, 3] }],
  ['a dimension that is no integer', { data: new Uint8Array(3), shape: [1.5, 2] }],
])('a tensor with %s is not written', (_, tensor) => {
  expect(() => writeIdx(tensor)).toThrow(expect.objectContaining({ kind: 'argument' }));
});
