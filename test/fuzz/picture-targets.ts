/** PNG, JPEG, Exif data and the front door of all pictures. */

import { deflateSync } from 'node:zlib';
import fc, { type Arbitrary } from 'fast-check';
import sharp, { type Sharp } from 'sharp';
import { decodeJpeg } from '../../src/pictures/decode-jpeg.js';
import { decodePicture } from '../../src/pictures/decode-picture.js';
import { readOrientation } from '../../src/pictures/exif-orientation.js';
import { imageOf } from '../../src/pictures/image-pixels.js';
import type { Picture } from '../../src/pictures/picture.js';
import { decodePng, decodeTrainingPng } from '../../src/pictures/png.js';
import { editJpeg, exifSegment, jpegPieces, withExif } from '../pictures/jpeg-file.js';
import {
  channelsOf,
  type PngSpecification,
  pngChunk,
  pngHeader,
  pngOfSamples,
  pngSignature,
} from '../pictures/png-file.js';
import { corrupted, edgeNumber, randomBytes, rearranged } from './corruptions.js';
import type { FuzzTarget } from './harness.js';

/** Small, so that an input that asks for many pixels is refused before it costs time. */
const maxPixels = 1e6;

function checkPicture({ width, height, data }: Picture): void {
  if (!(width >= 1 && height >= 1 && data.length === 4 * width * height)) {
    throw new Error(`a picture of ${width} x ${height} pixels with ${data.length} bytes`);
  }
}

const palette = Array.from({ length: 48 }, (_, index) => index * 5);
const pngSamples = [
  [0, 1],
  [0, 4],
  [0, 16],
  [2, 8],
  [3, 2],
  [3, 8],
  [4, 8],
  [6, 16],
].flatMap(([colourType, depth]) =>
  [0, 1].map((interlace) => {
    const size: PngSpecification = { width: 9, height: 7, depth, colourType, interlace };
    const samples = Array.from(
      { length: 63 * channelsOf[colourType] },
      (_, index) => (index * 13) % 2 ** Math.min(depth, 4),
    );
    return pngOfSamples(colourType === 3 ? { ...size, palette } : size, samples);
  }),
);

const chunkNames = [
  'IHDR',
  'PLTE',
  'tRNS',
  'IDAT',
  'IEND',
  'iCCP',
  'zTXt',
  'tEXt',
  'eXIf',
  'acTL',
  'fcTL',
  'fdAT',
  'ABCD',
  'abcd',
];

/** Chunks with right checksums and wrong contents: what lies behind the checksum is reached. */
const structuredPng: Arbitrary<Uint8Array> = fc
  .record({
    width: fc.oneof(fc.integer({ min: 1, max: 20 }), edgeNumber),
    height: fc.oneof(fc.integer({ min: 1, max: 20 }), edgeNumber),
    kind: fc.oneof(
      fc.constantFrom([0, 1], [0, 2], [0, 8], [2, 8], [2, 16], [3, 1], [3, 4], [3, 8], [4, 8], [6, 8]),
      fc.tuple(fc.nat(8), fc.nat(17)),
    ),
    interlace: fc.constantFrom(0, 0, 1, 1, 2),
    before: fc.array(fc.tuple(fc.constantFrom(...chunkNames), fc.uint8Array({ maxLength: 60 })), { maxLength: 3 }),
    colours: fc.option(fc.uint8Array({ maxLength: 40 })),
    rows: fc.oneof(
      fc.uint8Array({ maxLength: 600 }),
      fc.nat(3000).map((length) => new Uint8Array(length).fill(length % 6)),
    ),
    pieces: fc.integer({ min: 1, max: 4 }),
    spoilt: fc.constantFrom(false, false, false, true),
    after: fc.array(fc.tuple(fc.constantFrom(...chunkNames), fc.uint8Array({ maxLength: 20 })), { maxLength: 2 }),
  })
  .map(({ width, height, kind: [colourType, depth], interlace, before, colours, rows, pieces, spoilt, after }) => {
    const packed = deflateSync(rows);
    if (spoilt) packed[packed.length >> 1] ^= 0x55;
    const step = Math.ceil(packed.length / pieces);
    return Buffer.concat([
      pngSignature,
      pngHeader({ width, height, depth, colourType, interlace }),
      ...(colours ? [pngChunk('PLTE', colours.subarray(0, colours.length - (colours.length % 3)))] : []),
      ...before.map(([type, content]) => pngChunk(type, content)),
      ...Array.from({ length: pieces }, (_, piece) =>
        pngChunk('IDAT', packed.subarray(piece * step, (piece + 1) * step)),
      ),
      ...after.map(([type, content]) => pngChunk(type, content)),
      pngChunk('IEND'),
    ]);
  });

/** Valid but for what is random: sizes, samples, palettes, transparency and a chunk in between. */
const nearlyRightPng: Arbitrary<Uint8Array> = fc
  .record({
    width: fc.integer({ min: 1, max: 17 }),
    height: fc.integer({ min: 1, max: 9 }),
    kind: fc.constantFrom(
      [0, 1],
      [0, 2],
      [0, 4],
      [0, 8],
      [0, 16],
      [2, 8],
      [2, 16],
      [3, 1],
      [3, 2],
      [3, 4],
      [3, 8],
      [4, 8],
      [4, 16],
      [6, 8],
      [6, 16],
    ),
    interlace: fc.nat(1),
    seed: fc.integer({ min: 1, max: 99 }),
    colours: fc.integer({ min: 1, max: 20 }),
    transparency: fc.option(fc.array(fc.nat(255), { maxLength: 8 })),
    chunk: fc.option(fc.tuple(fc.constantFrom(...chunkNames), fc.uint8Array({ maxLength: 60 }), fc.nat(3))),
  })
  .map(({ width, height, kind: [colourType, depth], interlace, seed, colours, transparency, chunk }) => {
    const samples = Array.from(
      { length: width * height * channelsOf[colourType] },
      (_, index) => (index * seed) % 2 ** depth,
    );
    const colour = colourType === 3 ? { palette: palette.slice(0, 3 * Math.min(colours, 16)) } : {};
    const png = pngOfSamples(
      { width, height, depth, colourType, interlace, ...colour, transparency: transparency ?? undefined },
      samples,
    );
    if (!chunk) return png;
    const [type, content, at] = chunk;
    const starts = [33, png.lastIndexOf(0x49, -13), png.length - 12, png.length];
    return Buffer.concat([png.subarray(0, starts[at]), pngChunk(type, content), png.subarray(starts[at])]);
  });

const raw = { raw: { width: 19, height: 11, channels: 3 } } as const;
const picture = () =>
  sharp(
    Uint8Array.from({ length: 19 * 11 * 3 }, (_, index) => (index * index) % 251),
    raw,
  );
const bytesOf = async (encoder: Sharp) => new Uint8Array(await encoder.toBuffer());
const jpegSamples = await Promise.all([
  bytesOf(picture().jpeg({ quality: 60 })),
  bytesOf(picture().jpeg({ quality: 95, chromaSubsampling: '4:4:4' })),
  bytesOf(picture().jpeg({ progressive: true })),
  bytesOf(picture().toColourspace('b-w').jpeg({ progressive: true })),
  bytesOf(picture().toColourspace('cmyk').jpeg()),
  bytesOf(picture().jpeg({ optimiseCoding: false })).then((jpeg) =>
    editJpeg(jpeg, (marker, piece) => (marker === 0xc4 ? [] : [piece])),
  ),
]);
const otherSamples = await Promise.all([
  bytesOf(picture().webp()),
  bytesOf(picture().gif()),
  bytesOf(picture().tiff()),
  Promise.resolve(
    new TextEncoder().encode(
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="5" height="5"/></svg>',
    ),
  ),
]);
const exifSamples = [1, 6, 8].flatMap((orientation) => [true, false].map((little) => exifSegment(orientation, little)));
const allJpegs = [...jpegSamples, ...exifSamples.slice(0, 3).map((segment) => withExif(jpegSamples[0], segment))];

/** Segments with the right length and spoilt contents. */
function spoiltSegment(piece: Uint8Array): Arbitrary<Uint8Array> {
  if (piece.length <= 4) return fc.constant(piece);
  return fc.tuple(corrupted([piece.subarray(4)], 2), fc.boolean()).map(([content, isLengthRight]) => {
    const length = isLengthRight && piece[1] !== 0xda ? content.length + 2 : (piece[2] << 8) | piece[3];
    return Buffer.concat([Uint8Array.of(0xff, piece[1], (length >> 8) & 0xff, length & 0xff), content]);
  });
}

const structuredJpeg: Arbitrary<Uint8Array> = fc
  .constantFrom(...allJpegs)
  .chain((jpeg) => rearranged(jpegPieces(jpeg), spoiltSegment))
  .map((pieces) => Buffer.concat(pieces).subarray(0, 60_000));

const magics = [...pngSamples, ...jpegSamples, ...otherSamples].map((sample) => sample.subarray(0, 12));

export const pictureTargets: readonly FuzzTarget[] = [
  {
    name: 'png',
    fraction: 20,
    input: fc.oneof(
      { weight: 1, arbitrary: corrupted(pngSamples) },
      { weight: 2, arbitrary: structuredPng },
      { weight: 2, arbitrary: nearlyRightPng },
      { weight: 1, arbitrary: randomBytes.map((bytes) => Buffer.concat([pngSignature, bytes])) },
    ),
    async read(bytes) {
      checkPicture(await decodePng(bytes, 'a.png', { side: 10_000, pixels: maxPixels }));
      const pixels = await decodeTrainingPng(bytes, 'a.png');
      const { width, height } = pixels;
      if (imageOf(pixels, 1).length !== width * height) throw new Error('wrong number of grey values');
    },
  },
  {
    name: 'jpeg',
    fraction: 20,
    input: fc.oneof(
      { weight: 2, arbitrary: corrupted(allJpegs) },
      { weight: 3, arbitrary: structuredJpeg },
      { weight: 1, arbitrary: randomBytes.map((bytes) => Buffer.concat([Uint8Array.of(0xff, 0xd8), bytes])) },
    ),
    async read(bytes) {
      const result = await decodeJpeg(bytes, 'a.jpg', maxPixels);
      if (!('unusual' in result)) checkPicture(result);
    },
  },
  {
    name: 'exif',
    fraction: 5,
    input: fc.oneof(corrupted(exifSamples.map((segment) => segment.subarray(10))), randomBytes),
    read(bytes) {
      const orientation = readOrientation(bytes);
      if (![1, 2, 3, 4, 5, 6, 7, 8].includes(orientation)) throw new Error(`orientation ${orientation}`);
    },
  },
  {
    name: 'picture',
    fraction: 10,
    input: fc.oneof(
      randomBytes,
      fc.tuple(fc.constantFrom(...magics), randomBytes).map(([magic, bytes]) => Buffer.concat([magic, bytes])),
      corrupted([...pngSamples, ...allJpegs]),
      corrupted(otherSamples),
    ),
    async read(bytes) {
      checkPicture(await decodePicture(bytes, { name: 'a.png' }));
    },
  },
];
