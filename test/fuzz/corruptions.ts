/** Ways to spoil a valid file: fast-check arbitraries of bytes. */

import fc, { type Arbitrary } from 'fast-check';

type Corruption = (bytes: Uint8Array) => Uint8Array;

/** Sizes and offsets on the edge of what readers count with. */
const edges = [
  0, 1, 2, 3, 7, 8, 9, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff,
];

export const edgeNumber: Arbitrary<number> = fc.oneof(fc.constantFrom(...edges), fc.nat(300));

/** A place in a file of any length, as a fraction. */
const place = fc.nat(0xffff).map((value) => value / 0x10000);

function splice(bytes: Uint8Array, at: number, removed: number, added: Uint8Array): Uint8Array {
  const start = Math.floor(at * (bytes.length + 1));
  return Buffer.concat([bytes.subarray(0, start), added, bytes.subarray(start + removed)]);
}

function big(value: number, size: number): Uint8Array {
  return Uint8Array.from({ length: size }, (_, index) => Math.floor(value / 256 ** (size - 1 - index)) & 0xff);
}

/** @param samples files whose pieces may be put into others */
function corruption(samples: readonly Uint8Array[]): Arbitrary<Corruption> {
  return fc.oneof(
    fc.tuple(place, fc.integer({ min: 1, max: 255 })).map(
      ([at, mask]): Corruption =>
        (bytes) => {
          if (bytes.length === 0) return bytes;
          const index = Math.floor(at * bytes.length);
          return Uint8Array.from(bytes).with(index, bytes[index] ^ mask);
        },
    ),
    fc.tuple(place, edgeNumber, fc.constantFrom(1, 2, 4), fc.boolean()).map(
      ([at, value, size, reversed]): Corruption =>
        (bytes) => {
          const number = big(value, size);
          return splice(bytes, at, size, reversed ? number.reverse() : number);
        },
    ),
    fc.tuple(place, fc.integer({ min: 1, max: 40 })).map(
      ([at, count]): Corruption =>
        (bytes) =>
          splice(bytes, at, count, new Uint8Array(0)),
    ),
    place.map(
      (at): Corruption =>
        (bytes) =>
          bytes.subarray(0, Math.floor(at * bytes.length)),
    ),
    fc.tuple(place, fc.uint8Array({ maxLength: 30 })).map(
      ([at, added]): Corruption =>
        (bytes) =>
          splice(bytes, at, 0, added),
    ),
    fc.tuple(place, fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 20 })).map(
      ([at, length, times]): Corruption =>
        (bytes) => {
          const start = Math.floor(at * bytes.length);
          const piece = bytes.subarray(start, start + length);
          return splice(bytes, at, 0, Buffer.concat(Array(times).fill(piece)));
        },
    ),
    fc.tuple(place, place, fc.constantFrom(...samples), fc.integer({ min: 1, max: 200 })).map(
      ([at, from, sample, length]): Corruption =>
        (bytes) => {
          const start = Math.floor(from * sample.length);
          return splice(bytes, at, length, sample.subarray(start, start + length));
        },
    ),
  );
}

/** Bytes spoilt up to `most` times. */
export function corrupted(samples: readonly Uint8Array[], most = 4): Arbitrary<Uint8Array> {
  const corruptions = fc.array(corruption(samples), { minLength: 1, maxLength: most });
  return fc
    .tuple(fc.constantFrom(...samples), corruptions)
    .map(([sample, all]) => all.reduce((bytes, corrupt) => corrupt(bytes), sample).slice(0, 60_000));
}

export const randomBytes: Arbitrary<Uint8Array> = fc.uint8Array({ maxLength: 200 });

/** Lists of pieces with some of them spoilt, left out, repeated or moved. */
export function rearranged<Piece>(
  pieces: readonly Piece[],
  spoilt: (piece: Piece) => Arbitrary<Piece>,
): Arbitrary<Piece[]> {
  const steps = fc.array(
    fc.oneof(
      {
        weight: 6,
        arbitrary: fc
          .nat(pieces.length - 1)
          .chain((index) => spoilt(pieces[index]).map((piece) => ({ index, with: [piece] }))),
      },
      { weight: 1, arbitrary: fc.nat(pieces.length - 1).map((index) => ({ index, with: [] as Piece[] })) },
      {
        weight: 1,
        arbitrary: fc
          .tuple(fc.nat(pieces.length - 1), fc.nat(pieces.length - 1), fc.integer({ min: 1, max: 5 }))
          .map(([index, other, times]) => ({
            index,
            with: [pieces[index], ...Array<Piece>(times).fill(pieces[other])],
          })),
      },
    ),
    { minLength: 1, maxLength: 4 },
  );
  return steps.map((all) => {
    const lists = pieces.map((piece) => [piece]);
    for (const step of all) lists[step.index] = step.with;
    return lists.flat();
  });
}
