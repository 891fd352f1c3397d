/** Every kind of PNG, pixel by pixel as sharp decodes the same bytes. */

import { encode } from 'fast-png';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { exifSegment } from '../../test/pictures/jpeg-file.js';
import { channelsOf, type PngSpecification, pngChunk, pngOfSamples } from '../../test/pictures/png-file.js';
import { readOrientation } from './exif-orientation.js';
import { decodePng } from './png.js';

const limits = { side: 1000, pixels: 1e6 };

/** RGBA of 8 bits; of 16 bits it takes sharp's 16-bit values, since libvips cuts off where PNG asks for rounding. */
async function bySharp(bytes: Uint8Array, depth: number): Promise<number[]> {
  if (depth < 16) return [...(await sharp(bytes).toColourspace('srgb').ensureAlpha().raw().toBuffer())];
  const wide = await sharp(bytes).toColourspace('rgb16').ensureAlpha().raw({ depth: 'ushort' }).toBuffer();
  const values = new Uint16Array(Uint8Array.from(wide).buffer);
  return Array.from(values, (value) => Math.round(value / 257));
}

/** Samples that look like noise; of a palette only what it has. */
function samplesFor({ width, height, depth, colourType }: PngSpecification, colours: number): number[] {
  const levels = colourType === 3 ? Math.min(colours, 2 ** depth) : 2 ** depth;
  return Array.from({ length: width * height * channelsOf[colourType] }, (_, index) => ((index * 40503) >> 3) % levels);
}

const colours = 13;
const palette = Array.from({ length: 3 * colours }, (_, index) => (index * 37) % 256);

const kinds = [
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
].flatMap(([colourType, depth]) => [0, 1].map((interlace) => ({ colourType, depth, interlace })));

describe.each(kinds)('colour type $colourType, $depth bits, interlacing $interlace', (kind) => {
  const full = kind.colourType === 3 ? { palette: palette.slice(0, 3 * 2 ** kind.depth) } : {};

  test.each([
    [11, 9],
    [1, 1],
    [3, 2],
    [16, 17],
  ])('%i x %i pixels', async (width, height) => {
    const specification = { ...kind, ...full, width, height };
    const png = pngOfSamples(specification, samplesFor(specification, colours));
    const image = await decodePng(png, 'a.png', limits);
    expect([image.width, image.height]).toStrictEqual([width, height]);
    expect([...image.data]).toStrictEqual(await bySharp(png, kind.depth));
  });
});

test.each(kinds.filter(({ colourType }) => colourType < 4))(
  'transparency of colour type $colourType, $depth bits, interlacing $interlace',
  async (kind) => {
    const full = kind.colourType === 3 ? { palette: palette.slice(0, 3 * 2 ** kind.depth) } : {};
    const specification = { ...kind, ...full, width: 7, height: 5 };
    const samples = samplesFor(specification, colours);
    const first = samples.slice(0, channelsOf[kind.colourType]).flatMap((sample) => [sample >> 8, sample & 255]);
    const transparency = kind.colourType === 3 ? [0] : first;
    const png = pngOfSamples({ ...specification, transparency }, samples);
    const { data } = await decodePng(png, 'a.png', limits);
    expect(data[3]).toBe(0);
    const expected = await bySharp(png, kind.depth);
    expect([...data]).toStrictEqual(expected);
    expect(expected).toContain(255);
  },
);

test.each([false, true])('every filter, as sharp writes it, interlaced: %s', async (progressive) => {
  const [width, height] = [61, 47];
  const data = Uint8Array.from({ length: width * height * 4 }, (_, i) => (i * i) / 97 + (i % 4) * Math.floor(i / 244));
  const filters = { progressive, adaptiveFiltering: true, compressionLevel: 9 };
  const png = await sharp(data, { raw: { width, height, channels: 4 } })
    .png(filters)
    .toBuffer();
  expect((await decodePng(png, 'a.png', limits)).data).toStrictEqual(data);
});

test('what fast-png writes', async () => {
  const data = Uint8Array.from({ length: 30 * 20 * 3 }, (_, index) => index * 7);
  const png = encode({ width: 30, height: 20, data, channels: 3 });
  expect([...(await decodePng(png, 'a.png', limits)).data]).toStrictEqual(await bySharp(png, 8));
});

describe('what is wrong beside the pixels does not keep them from being read', () => {
  const colour = { width: 7, height: 5, depth: 8, colourType: 2 };
  const samples = samplesFor(colour, colours);
  const png = pngOfSamples(colour, samples);
  const [headerEnd, pixelsEnd] = [33, png.length - 12];
  const behindHeader = (chunk: Uint8Array) =>
    Buffer.concat([png.subarray(0, headerEnd), chunk, png.subarray(headerEnd)]);
  const instead = (...ends: Uint8Array[]) => Buffer.concat([png.subarray(0, pixelsEnd), ...ends]);
  /** The last byte of a chunk belongs to its checksum. */
  const spoilt = (chunk: Uint8Array) => Uint8Array.from(chunk).with(-1, chunk[chunk.length - 1] ^ 1);
  const letters = (length: number) => new Uint8Array(length).fill(65);

  async function expectSame(bytes: Uint8Array): Promise<void> {
    const image = await decodePng(bytes, 'a.png', limits);
    expect([...image.data]).toStrictEqual(await bySharp(png, 8));
    expect([...image.data]).toStrictEqual(await bySharp(bytes, 8));
  }

  const ancillary = [
    'gAMA',
    'cHRM',
    'sRGB',
    'sBIT',
    'pHYs',
    'iCCP',
    'tEXt',
    'zTXt',
    'iTXt',
    'bKGD',
    'tIME',
    'hIST',
    'eXIf',
  ];
  test.each([...ancillary, 'abCd'])('%s of any length, or with a wrong checksum', async (type) => {
    for (const length of [0, 1, 3, 50]) await expectSame(behindHeader(pngChunk(type, letters(length))));
    await expectSame(behindHeader(spoilt(pngChunk(type, letters(9)))));
    await expectSame(instead(spoilt(pngChunk(type, letters(9))), pngChunk('IEND')));
  });

  test.each([
    ['nothing', []],
    ['half of the last chunk', [pngChunk('IEND').subarray(0, 7)]],
    ['a last chunk with a wrong checksum', [spoilt(pngChunk('IEND'))]],
    ['a last chunk that is not empty', [pngChunk('IEND', letters(3))]],
    ['other data behind the last chunk', [pngChunk('IEND'), letters(500)]],
    ['zeros', [new Uint8Array(100)]],
    ['what is no chunk', [Buffer.from('what some program has appended')]],
    ['a chunk that is cut off', [pngChunk('tEXt', letters(60)).subarray(0, 30)]],
    ['a palette', [pngChunk('PLTE', letters(48)), pngChunk('IEND')]],
    ['an unknown critical chunk', [pngChunk('ABCD', letters(3)), pngChunk('IEND')]],
  ])('behind the pixels: %s', async (_, ends) => expectSame(instead(...ends)));

  test('the palette of a picture that has no use for it', async () => {
    await expectSame(behindHeader(pngChunk('PLTE', letters(50))));
    await expectSame(behindHeader(spoilt(pngChunk('PLTE', letters(48)))));
  });

  test.each([0, 2, 3])('transparency of a wrong length, colour type %i: the picture is opaque', async (colourType) => {
    const kind = { ...colour, colourType, ...(colourType === 3 ? { palette } : {}) };
    const values = samplesFor(kind, colours);
    const opaque = pngOfSamples(kind, values);
    const rightLength = { 0: 2, 2: 6, 3: colours }[colourType] ?? 0;
    const lengths = [1, 2, 3, 4, 5, 6, 7, 8, colours + 1, 256, 257].filter((length) => {
      return colourType === 3 ? length > rightLength : length !== rightLength;
    });
    for (const length of lengths) {
      const spoiltPng = pngOfSamples({ ...kind, transparency: Array(length).fill(0) }, values);
      const { data } = await decodePng(spoiltPng, 'a.png', limits);
      expect([...data]).toStrictEqual(await bySharp(opaque, 8));
      expect([...data]).toStrictEqual(await bySharp(spoiltPng, 8));
    }
  });

  test('Exif data with a wrong checksum are not believed', async () => {
    const exif = pngChunk('eXIf', exifSegment(6).subarray(10));
    expect(readOrientation((await decodePng(behindHeader(exif), 'a.png', limits)).exif)).toBe(6);
    expect(readOrientation((await decodePng(behindHeader(spoilt(exif)), 'a.png', limits)).exif)).toBe(1);
  });

  test.each([
    ['pixels that end within their chunk', png.subarray(0, pixelsEnd - 1), 'it ends within a chunk of'],
    ['pixels with a wrong checksum', Uint8Array.from(png).with(pixelsEnd - 1, png[pixelsEnd - 1] ^ 1), 'checksum'],
    ['a wrong checksum of transparency', behindHeader(spoilt(pngChunk('tRNS', letters(6)))), 'checksum'],
    ['an unknown critical chunk before the pixels', behindHeader(pngChunk('ABCD', letters(3))), 'ABCD is unknown'],
  ])('but %s do', async (_, bytes, reason) => {
    await expect(decodePng(bytes, 'a.png', limits)).rejects.toThrow(reason);
    await expect(sharp(bytes).raw().toBuffer()).rejects.toThrow();
  });
});
