/** Every kind of PNG, pixel by pixel as sharp decodes the same bytes. */

import { encode } from 'fast-png';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { channelsOf, type PngSpecification, pngOfSamples } from '../../test/pictures/png-file.js';
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
