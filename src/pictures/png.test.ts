import { encode } from 'fast-png';
import { describe, expect, test } from 'vitest';
import { type PngSpecification, pngOfRows } from '../../test/pictures/png-file.js';
import { imageOf } from './image-pixels.js';
import { decodeTrainingPng } from './png.js';

type Specification = PngSpecification & { readonly rows: readonly (readonly number[])[] };

function pngOf({ rows, ...specification }: Specification): Uint8Array {
  return pngOfRows(specification, rows);
}

async function greyOf(specification: Specification): Promise<number[]> {
  return [...imageOf(await decodeTrainingPng(pngOf(specification), 'a.png'), 1)];
}

describe('every kind of PNG becomes 8-bit grey', () => {
  test('grey of 8 bits stays as it is', async () => {
    const pixels = await decodeTrainingPng(
      pngOf({
        width: 3,
        height: 2,
        depth: 8,
        colourType: 0,
        rows: [
          [0, 1, 128],
          [254, 255, 7],
        ],
      }),
      'a.png',
    );
    expect(pixels).toMatchObject({ width: 3, height: 2 });
    expect([...imageOf(pixels, 1)]).toStrictEqual([0, 1, 128, 254, 255, 7]);
  });

  test('grey of 1, 2 and 4 bits is spread over 0 to 255, rows that end within a byte included', async () => {
    const rows = [[0b10110000], [0b01000000]];
    expect(await greyOf({ width: 5, height: 2, depth: 1, colourType: 0, rows })).toStrictEqual([
      ...[255, 0, 255, 255, 0],
      ...[0, 255, 0, 0, 0],
    ]);
    expect(await greyOf({ width: 3, height: 1, depth: 2, colourType: 0, rows: [[0b00011000]] })).toStrictEqual([
      0, 85, 170,
    ]);
    expect(await greyOf({ width: 3, height: 1, depth: 4, colourType: 0, rows: [[0x0f, 0x80]] })).toStrictEqual([
      0, 255, 136,
    ]);
  });

  test('grey of 16 bits is rounded', async () => {
    // 0x0080 / 257 = 0.498, 0x0081 / 257 = 0.502, 0x8080 / 257 = 128.
    const rows = [[0x00, 0x80, 0x00, 0x81, 0x80, 0x80, 0xff, 0xff]];
    expect(await greyOf({ width: 4, height: 1, depth: 16, colourType: 0, rows })).toStrictEqual([0, 1, 128, 255]);
  });

  test('colours are weighed as Pillow does', async () => {
    const rows = [[255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255, 10, 20, 30]];
    const grey = [76, 150, 29, 255, 18];
    expect(await greyOf({ width: 5, height: 1, depth: 8, colourType: 2, rows })).toStrictEqual(grey);
    const wide = [rows[0].flatMap((value) => [value, value])];
    expect(await greyOf({ width: 5, height: 1, depth: 16, colourType: 2, rows: wide })).toStrictEqual(grey);
  });

  test('palettes are looked up', async () => {
    const palette = [255, 0, 0, 0, 255, 0, 40, 40, 40];
    expect(await greyOf({ width: 3, height: 1, depth: 2, colourType: 3, palette, rows: [[0b10000100]] })).toStrictEqual(
      [40, 76, 150],
    );
    expect(await greyOf({ width: 2, height: 1, depth: 8, colourType: 3, palette, rows: [[1, 2]] })).toStrictEqual([
      150, 40,
    ]);
  });

  test('what is transparent shows white, what is half so is mixed with it', async () => {
    const half = [0, 255, 0, 0, 0, 128, 100, 51];
    const mixed = [0, 255, 127, 224];
    expect(await greyOf({ width: 4, height: 1, depth: 8, colourType: 4, rows: [half] })).toStrictEqual(mixed);
    const coloured = [0, 0, 0, 255, 0, 0, 0, 0, 0, 0, 0, 128, 100, 100, 100, 51];
    expect(await greyOf({ width: 4, height: 1, depth: 8, colourType: 6, rows: [coloured] })).toStrictEqual(mixed);
  });

  test('a colour declared transparent shows white', async () => {
    expect(
      await greyOf({ width: 3, height: 1, depth: 8, colourType: 0, transparency: [0, 7], rows: [[6, 7, 8]] }),
    ).toStrictEqual([6, 255, 8]);
    expect(
      await greyOf({ width: 4, height: 1, depth: 1, colourType: 0, transparency: [0, 0], rows: [[0b01010000]] }),
    ).toStrictEqual([255, 255, 255, 255]);
    const palette = [10, 10, 10, 20, 20, 20];
    expect(
      await greyOf({ width: 2, height: 1, depth: 8, colourType: 3, palette, transparency: [0], rows: [[0, 1]] }),
    ).toStrictEqual([255, 20]);
    const rows = [[1, 2, 3, 1, 2, 4, 0, 0, 0]];
    expect(
      await greyOf({ width: 3, height: 1, depth: 8, colourType: 2, transparency: [0, 1, 0, 2, 0, 3], rows }),
    ).toStrictEqual([255, 2, 0]);
  });

  test('an interlaced image of whole bytes is read', async () => {
    const data = Uint8Array.from({ length: 30 }, (_, index) => 8 * index);
    const png = encode({ width: 6, height: 5, data, channels: 1 }, { interlace: 'Adam7' });
    expect(imageOf(await decodeTrainingPng(png, 'a.png'), 1)).toStrictEqual(data);
  });
});

test('an interlaced image of single bits is read', async () => {
  // Its two pixels are a pass each.
  const rows = [[0b10000000], [0b00000000]];
  expect(await greyOf({ width: 2, height: 1, depth: 1, colourType: 0, rows, interlace: 1 })).toStrictEqual([255, 0]);
});

describe('what cannot be read is refused', () => {
  const good: Specification = { width: 2, height: 1, depth: 8, colourType: 0, rows: [[1, 2]] };
  const file = pngOf(good);
  const endChunk = 12;

  test('another format', async () => {
    const jpeg = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 0, 0, 0, 0, 0);
    await expect(decodeTrainingPng(jpeg, 'digits/3/a.png')).rejects.toThrow(
      expect.objectContaining({ kind: 'data', message: expect.stringContaining('digits/3/a.png is not a PNG file') }),
    );
    await expect(decodeTrainingPng(new Uint8Array(0), 'a.png')).rejects.toThrow('is not a PNG file');
  });

  test('every shortened file of which pixels are missing', async () => {
    for (let length = 8; length < file.length - endChunk; length++) {
      await expect(decodeTrainingPng(file.subarray(0, length), 'a.png')).rejects.toThrow(
        /^a\.png is a damaged PNG file/,
      );
    }
  });

  test('a changed byte anywhere between the signature and the last chunk', async () => {
    for (let index = 8; index < file.length - endChunk; index++) {
      const changed = Uint8Array.from(file).with(index, file[index] ^ 0x10);
      await expect(decodeTrainingPng(changed, 'a.png')).rejects.toThrow(expect.objectContaining({ kind: 'data' }));
    }
  });

  test('sides beyond the limit, before any memory is taken', async () => {
    await expect(decodeTrainingPng(pngOf({ ...good, width: 60_000, height: 60_000 }), 'a.png')).rejects.toThrow(
      'a.png is 60000 x 60000 pixels: expected 1 to 4096 each way. Resize the image.',
    );
    await expect(decodeTrainingPng(pngOf({ ...good, height: 0 }), 'a.png')).rejects.toThrow('2 x 0 pixels');
  });

  test('an index beyond the palette and a missing palette', async () => {
    const palette = [1, 2, 3];
    await expect(greyOf({ ...good, colourType: 3, palette, rows: [[0, 1]] })).rejects.toThrow('damaged PNG file');
    await expect(greyOf({ ...good, colourType: 3 })).rejects.toThrow('damaged PNG file');
  });
});
