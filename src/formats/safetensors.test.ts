import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InklingError } from '../errors.js';
import { sizeOf, type Tensor } from '../numerics/tensor.js';
import { readSafetensors, writeSafetensors } from './safetensors.js';

const kernel: Tensor<Float32Array> = { data: Float32Array.of(1, -2, 3.5, 0, -0, 1e-45), shape: [2, 3] };
const bias: Tensor<Float32Array> = { data: Float32Array.of(7, 8), shape: [2] };
const valid = writeSafetensors(
  new Map([
    ['dense/kernel', kernel],
    ['dense/bias', bias],
  ]),
  { format: 'inkling', classNames: '["zero","eins ü"]' },
);

/** A file with this header, given as an object or as the text itself, and so many bytes of values. */
function file(header: object | string, valuesLength: number, lengthField?: bigint): Uint8Array {
  const json = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + json.length + valuesLength);
  new DataView(bytes.buffer).setBigUint64(0, lengthField ?? BigInt(json.length), true);
  bytes.set(json, 8);
  return bytes;
}

const read = (bytes: Uint8Array) => () => readSafetensors(bytes, 'model.safetensors');
const f32 = (shape: unknown, offsets: unknown) => ({ dtype: 'F32', shape, data_offsets: offsets });

describe('writeSafetensors', () => {
  it('writes the layout that the specification draws, byte by byte', () => {
    const bytes = writeSafetensors(new Map([['a', { data: Float32Array.of(1), shape: [1] }]]));
    const header = '{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}  ';
    expect(header.length % 8).toBe(0);
    expect(Array.from(bytes)).toEqual([
      ...[header.length, 0, 0, 0, 0, 0, 0, 0],
      ...new TextEncoder().encode(header),
      ...[0, 0, 0x80, 0x3f],
    ]);
  });

  it('gives the same bytes whatever the order of tensors and metadata', () => {
    const other = writeSafetensors(
      new Map([
        ['dense/bias', bias],
        ['dense/kernel', kernel],
      ]),
      { classNames: '["zero","eins ü"]', format: 'inkling' },
    );
    expect(other).toEqual(valid);
  });

  it('refuses a shape that does not fit, and the name of the metadata', () => {
    const wrong = new Map([['w', { data: new Float32Array(3), shape: [2, 2] }]]);
    expect(() => writeSafetensors(wrong)).toThrow('Tensor "w": shape [2, 2] does not fit its 3 values.');
    const negative = new Map([['w', { data: new Float32Array(4), shape: [-2, -2] }]]);
    expect(() => writeSafetensors(negative)).toThrow('does not fit');
    expect(() => writeSafetensors(new Map([['__metadata__', bias]]))).toThrow('cannot be named');
  });
});

describe('readSafetensors', () => {
  it('reads back every tensor, bit by bit, and the metadata', () => {
    const { tensors, metadata } = readSafetensors(valid, 'x');
    expect([...tensors.keys()]).toEqual(['dense/bias', 'dense/kernel']);
    expect(tensors.get('dense/kernel')).toEqual(kernel);
    expect(Object.is(tensors.get('dense/kernel')?.data[4], -0)).toBe(true);
    expect(metadata).toEqual({ format: 'inkling', classNames: '["zero","eins ü"]' });
  });

  it('round-trips any names, shapes and texts', () => {
    const tensor = fc
      .array(fc.nat(4), { maxLength: 4 })
      .chain((shape) =>
        fc.float32Array({ minLength: sizeOf(shape), maxLength: sizeOf(shape) }).map((data) => ({ data, shape })),
      );
    const name = fc.string({ unit: 'grapheme' }).filter((text) => text !== '__metadata__');
    const names = fc.uniqueArray(fc.tuple(name, tensor), { selector: ([text]) => text, maxLength: 6 });
    const metadata = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), {
      noNullPrototype: true,
    });
    fc.assert(
      fc.property(names, metadata, (entries, texts) => {
        const content = readSafetensors(writeSafetensors(new Map(entries), texts), 'x');
        expect(content.tensors).toEqual(new Map(entries));
        expect(Object.entries(content.metadata).sort()).toEqual(Object.entries(texts).sort());
      }),
    );
  });

  it('reads a file that does not start at the buffer’s start, and copies the values', () => {
    const shifted = new Uint8Array(valid.length + 3);
    shifted.set(valid, 3);
    // Also as Node's Buffer, whose `slice` makes views.
    const read = [shifted.subarray(3), Buffer.from(shifted.buffer, 3)].map((bytes) => readSafetensors(bytes, 'x'));
    shifted.fill(255);
    for (const { tensors } of read) expect(tensors.get('dense/bias')).toEqual(bias);
  });

  it('takes scalars, empty tensors and no tensors at all', () => {
    const { tensors } = readSafetensors(file({ e: f32([0, 9], [0, 0]), s: f32([], [0, 4]) }, 4), 'x');
    expect(tensors.get('e')).toEqual({ data: new Float32Array(0), shape: [0, 9] });
    expect(tensors.get('s')).toEqual({ data: new Float32Array(1), shape: [] });
    expect(readSafetensors(file('{}', 0), 'x').tensors.size).toBe(0);
  });

  it.each<[string, Uint8Array, string]>([
    ['no bytes', new Uint8Array(0), 'expected at least 10 bytes. Received: 0.'],
    ['a header longer than the file', file('{}', 0, 3n), 'its header has 3 bytes, expected at most 2.'],
    ['a header of 2^64 - 1 bytes', file('{}', 0, 2n ** 64n - 1n), 'its header has 18446744073709551615 bytes'],
    ['a header cut short', file('{}', 0, 1n), 'its header is not JSON'],
    ['bytes that are no UTF-8', file('{"\u00ff"}', 0, 3n), 'its header is not JSON'],
    ['a list as header', file('[]', 0), 'its header is not a JSON object.'],
    ['white space before the header', file(' {}', 0), 'its header is not a JSON object.'],
    ['a tensor given twice', file('{"a":1,"\\u0061":1}', 0), 'its header holds the key "a" twice.'],
    ['a field given twice', file('{"a":{"dtype":"F32","dtype":"F32"}}', 0), 'its header holds the key "dtype" twice.'],
    ['metadata that is no object', file({ __metadata__: [] }, 0), '"__metadata__" must be an object of strings.'],
    ['metadata with a number', file({ __metadata__: { n: 1 } }, 0), '"__metadata__" must hold strings, "n" is none.'],
    ['a tensor that is no object', file({ a: null }, 0), 'tensor "a": expected an object'],
    ['an unknown key', file({ a: { ...f32([1], [0, 4]), order: 'C' } }, 4), 'tensor "a": unknown key "order".'],
    [
      'another dtype',
      file({ a: { ...f32([1], [0, 2]), dtype: 'F16' } }, 2),
      'tensor "a" has dtype "F16". Expected "F32"',
    ],
    [
      'a missing shape',
      file({ a: { dtype: 'F32', data_offsets: [0, 4] } }, 4),
      'shape must be a list of sizes. Received: undefined',
    ],
    ['a negative size', file({ a: f32([-1, -1], [0, 4]) }, 4), 'shape must be a list of sizes. Received: [-1,-1].'],
    ['a fractional size', file({ a: f32([0.5, 2], [0, 4]) }, 4), 'shape must be a list of sizes. Received: [0.5,2].'],
    [
      'a size beyond any double',
      file('{"a":{"dtype":"F32","shape":[1e999],"data_offsets":[0,4]}}', 4),
      'shape must be a list of sizes. Received: [null].',
    ],
    [
      'a product that overflows',
      file({ a: f32([2 ** 40, 2 ** 40], [0, 4]) }, 4),
      'needs 4.835703278458517e+24 bytes, its offsets span 4.',
    ],
    ['a product that overflows to 0', file({ a: f32([2 ** 32, 2 ** 32], [0, 0]) }, 0), 'its offsets span 0.'],
    ['a shape larger than its span', file({ a: f32([2], [0, 4]) }, 4), 'shape [2] needs 8 bytes, its offsets span 4.'],
    ['a shape smaller than its span', file({ a: f32([1], [0, 8]) }, 8), 'shape [1] needs 4 bytes, its offsets span 8.'],
    [
      'a span that does not begin at 0',
      file({ a: f32([1], [0, 4]), b: f32([1], [4, 12]) }, 12),
      'shape [1] needs 4 bytes, its offsets span 8.',
    ],
    ['falling offsets', file({ a: f32([1], [4, 0]) }, 4), 'data_offsets must be two rising offsets. Received: [4,0].'],
    ['three offsets', file({ a: f32([1], [0, 4, 4]) }, 4), 'data_offsets must be two rising offsets'],
    [
      'an offset beyond the file',
      file({ a: f32([2], [0, 8]) }, 4),
      'tensor "a" ends at byte 8 of the values, the file has 4.',
    ],
    [
      'an overlap',
      file({ a: f32([2], [0, 8]), b: f32([1], [4, 8]) }, 8),
      'tensor "b" overlaps the one before it: it starts at 4, expected 8.',
    ],
    [
      'a gap',
      file({ a: f32([1], [0, 4]), b: f32([1], [8, 12]) }, 12),
      'tensor "b" leaves a gap before it: it starts at 8, expected 4.',
    ],
    ['trailing bytes', file({ a: f32([1], [0, 4]) }, 5), 'its tensors take 4 bytes, the file has 5 after the header.'],
  ])('refuses %s', (_, bytes, message) => {
    expect(read(bytes)).toThrow(InklingError);
    expect(read(bytes)).toThrow(message);
    expect(read(bytes)).toThrow('model.safetensors');
  });

  it('answers any damage with an InklingError or a sound result', () => {
    const change = fc.tuple(fc.nat(valid.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), fc.nat(valid.length), (changes, kept) => {
        const damaged = valid.slice(0, kept % 3 === 0 ? kept : valid.length);
        for (const [position, value] of changes) if (position < damaged.length) damaged[position] = value;
        try {
          const { tensors } = readSafetensors(damaged, 'x');
          for (const { data, shape } of tensors.values()) expect(data.length).toBe(sizeOf(shape));
        } catch (error) {
          expect(error).toBeInstanceOf(InklingError);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('answers any header with an InklingError or a sound result', () => {
    const offsets = fc.array(fc.oneof(fc.integer({ min: -1, max: 12 }), fc.double()), { minLength: 1, maxLength: 3 });
    const shape = fc.array(fc.oneof(fc.integer({ min: -1, max: 3 }), fc.maxSafeNat()), { maxLength: 3 });
    const entry = fc.oneof(
      fc.record({ dtype: fc.constantFrom('F32', 'F64', 1), shape, data_offsets: offsets }),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.string(), entry), fc.nat(16), (header, length) => {
        try {
          const { tensors } = readSafetensors(file(header, length), 'x');
          for (const tensor of tensors.values()) expect(tensor.data.length).toBe(sizeOf(tensor.shape));
        } catch (error) {
          expect(error).toBeInstanceOf(InklingError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
