/**
 * JPEG files beside what sharp (libjpeg-turbo) makes of the same bytes. Two inverse cosine transforms in integers part
 * by a level or two, and jpeg-js cuts off where libjpeg rounds as it goes from YCbCr to RGB: 4 levels are allowed in
 * each channel, 1 on the average.
 */

import sharp, { type JpegOptions, type Sharp } from 'sharp';
import { describe, expect, test } from 'vitest';
import { editJpeg, exifSegment, jpegPieces, jpegSegment, withExif } from '../../test/pictures/jpeg-file.js';
import { decodePicture } from './decode-picture.js';

const [width, height] = [45, 29];
/** Smooth, and different in each corner. */
const pixels = Uint8Array.from({ length: width * height * 3 }, (_, index) => {
  const [x, y] = [Math.floor(index / 3) % width, Math.floor(index / 3 / width)];
  return [40 + 4 * x, 30 + 6 * y, 200 - 2 * x - 2 * y][index % 3];
});

function original(): Sharp {
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

async function jpegOf(picture: Sharp, options: JpegOptions = {}): Promise<Uint8Array> {
  return new Uint8Array(await picture.jpeg({ quality: 100, chromaSubsampling: '4:4:4', ...options }).toBuffer());
}

async function bySharp(bytes: Uint8Array): Promise<Uint8Array> {
  return sharp(bytes).autoOrient().toColourspace('srgb').ensureAlpha().raw().toBuffer();
}

function differences(actual: ArrayLike<number>, expected: ArrayLike<number>): { largest: number; mean: number } {
  expect(actual.length).toBe(expected.length);
  const all = Array.from(expected, (value, index) => Math.abs(value - actual[index]));
  return { largest: Math.max(...all), mean: all.reduce((sum, value) => sum + value, 0) / all.length };
}

async function expectSame(bytes: Uint8Array, expected: ArrayLike<number>, largest = 4): Promise<void> {
  const picture = await decodePicture(bytes, { name: 'a.jpg' });
  const found = differences(picture.data, expected);
  expect(found.largest).toBeLessThanOrEqual(largest);
  expect(found.mean).toBeLessThanOrEqual(largest / 4);
}

describe('kinds of JPEG', () => {
  test.each([
    ['baseline', {}],
    ['of low quality', { quality: 30 }],
    ['progressive', { progressive: true }],
    ['with tables of its own', { optimiseCoding: true, quantisationTable: 3 }],
    ['with scans of single colours', { progressive: true, optimiseScans: true, overshootDeringing: true }],
  ] as const)('%s', async (_, options) => {
    const jpeg = await jpegOf(original(), options);
    await expectSame(jpeg, await bySharp(jpeg));
  });

  test.each([true, false])(
    'colours of a quarter of the samples, progressive: %s; libjpeg smooths them, jpeg-js repeats them',
    async (progressive) => {
      const jpeg = await jpegOf(original(), { chromaSubsampling: '4:2:0', progressive });
      await expectSame(jpeg, await bySharp(jpeg), 12);
    },
  );

  test.each([true, false])('grey, progressive: %s', async (progressive) => {
    const jpeg = await jpegOf(original().toColourspace('b-w'), { progressive });
    await expectSame(jpeg, await bySharp(jpeg));
    // Of a single component the sampling factors mean nothing.
    const odd = editJpeg(jpeg, (marker, piece) => [marker === 0xc0 || marker === 0xc2 ? piece.with(11, 0x22) : piece]);
    const before = Uint8Array.from(odd);
    expect((await decodePicture(odd, { name: 'a.jpg' })).data).toStrictEqual(
      (await decodePicture(jpeg, { name: 'a.jpg' })).data,
    );
    // A Buffer, whose `slice` is not a copy.
    expect(Uint8Array.from(odd)).toStrictEqual(before);
  });

  test('CMYK as Adobe has it: inks are inverted, and lie over each other', async () => {
    const jpeg = await jpegOf(original().toColourspace('cmyk'));
    const inks = await sharp(jpeg)
      .pipelineColourspace('cmyk')
      .toColourspace('cmyk')
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect(inks.info.channels).toBe(4);
    const expected = Array.from({ length: width * height }, (_, pixel) => {
      const [cyan, magenta, yellow, black] = inks.data.subarray(4 * pixel, 4 * pixel + 4);
      return [...[cyan, magenta, yellow].map((ink) => ((255 - ink) * (255 - black)) / 255), 255];
    });
    await expectSame(jpeg, expected.flat());
  });

  test('red, green and blue without a transform', async () => {
    // YCbCr read as RGB: the names of the components say so, or Adobe's segment does.
    const plain = editJpeg(await jpegOf(original()), (marker, piece) => (marker === 0xe0 ? [] : [piece]));
    const named = editJpeg(plain, (marker, piece) => {
      if (marker === 0xc0) return [piece.with(10, 82).with(13, 71).with(16, 66)];
      return [marker === 0xda ? piece.with(5, 82).with(7, 71).with(9, 66) : piece];
    });
    const adobe = withExif(plain, jpegSegment(0xee, [...Buffer.from('Adobe'), 0, 100, 0, 0, 0, 0, 0]));
    for (const jpeg of [named, adobe]) await expectSame(jpeg, await bySharp(jpeg));
    expect((await decodePicture(named, { name: 'a.jpg' })).data).toStrictEqual(
      (await decodePicture(adobe, { name: 'a.jpg' })).data,
    );
    expect(
      differences((await decodePicture(plain, { name: 'a.jpg' })).data, await bySharp(named)).mean,
    ).toBeGreaterThan(30);
  });

  test('stray bytes between segments, fill bytes and surplus restart markers are passed over', async () => {
    const jpeg = await jpegOf(original());
    const padded = editJpeg(jpeg, (marker, piece) => {
      if (marker === 0xda) return [piece, ...Array(9999).fill(Uint8Array.of(0xff, 0xd0))];
      return marker === 0xc4 ? [Uint8Array.of(1, 2, 3, 0xff, 0xff), piece] : [piece];
    });
    expect((await decodePicture(padded, { name: 'a.jpg' })).data).toStrictEqual(
      (await decodePicture(jpeg, { name: 'a.jpg' })).data,
    );
  });

  test.each(['4:4:4', '4:2:0'])('without Huffman tables, as in Motion JPEG, colours %s', async (chromaSubsampling) => {
    const jpeg = await jpegOf(original(), { chromaSubsampling, quality: 80, optimiseCoding: false });
    const bare = editJpeg(jpeg, (marker, piece) => (marker === 0xc4 ? [] : [piece]));
    expect(bare.length).toBeLessThan(jpeg.length - 400);
    await expectSame(bare, await bySharp(bare), 12);
    expect((await decodePicture(bare, { name: 'a.jpg' })).data).toStrictEqual(
      (await decodePicture(jpeg, { name: 'a.jpg' })).data,
    );
  });

  test('with Huffman tables of its own for the brightness, and none for the colours', async () => {
    const jpeg = await jpegOf(original(), { optimiseCoding: false });
    const isForColours = (piece: Uint8Array) => (piece[4] & 15) === 1;
    const half = editJpeg(jpeg, (marker, piece) => (marker === 0xc4 && isForColours(piece) ? [] : [piece]));
    expect((await decodePicture(half, { name: 'a.jpg' })).data).toStrictEqual(
      (await decodePicture(jpeg, { name: 'a.jpg' })).data,
    );
  });
});

describe('what stands behind the last scan is not looked at', () => {
  const trailers: Record<string, (jpeg: Uint8Array) => readonly Uint8Array[]> = {
    nothing: () => [],
    'a trailer of a phone': () => [Buffer.from('SEFT trailer of a phone')],
    'a film': () => [
      Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0mp42isom'),
      Uint8Array.from({ length: 5000 }, (_, i) => i * i * i),
    ],
    'zeros, as the rest of a disk block': () => [new Uint8Array(4096)],
    'half of a marker': () => [Uint8Array.of(0xff)],
    'fill bytes': () => [new Uint8Array(40).fill(0xff)],
    'segments that are cut off': () => [Uint8Array.of(0xff, 0xe2, 0x40, 0, 1, 2, 3)],
    'tables of another picture': () => [jpegSegment(0xdb, [0, ...Array(64).fill(99)])],
    'a frame without loss': () => [jpegSegment(0xc3, [8, 0, 9, 0, 9, 1, 1, 0x11, 0])],
    'restart markers': () => [Uint8Array.of(0xff, 0xd0, 1, 2, 3, 0xff, 0xd5, 4, 5, 6)],
    'the same picture again': (jpeg) => [jpeg],
  };

  test.each(Object.entries(trailers))('%s, with the end marker or without', async (_, trailer) => {
    for (const progressive of [false, true]) {
      for (const [options, picture] of [
        [{ progressive }, original()],
        [{ progressive, chromaSubsampling: '4:2:0', quality: 60 }, original()],
        [{ progressive }, original().toColourspace('b-w')],
      ] as const) {
        const jpeg = await jpegOf(picture, options);
        const { data } = await decodePicture(jpeg, { name: 'a.jpg' });
        const withTrailer = Buffer.concat([jpeg, ...trailer(jpeg)]);
        const withoutEnd = Buffer.concat([jpeg.subarray(0, -2), ...trailer(jpeg)]);
        expect((await decodePicture(withTrailer, { name: 'a.jpg' })).data).toStrictEqual(data);
        expect((await decodePicture(withoutEnd, { name: 'a.jpg' })).data).toStrictEqual(data);
      }
    }
  });
});

describe('restart markers', () => {
  /**
   * Three grey blocks of 8 x 8, each 128 + 40. Codes: 10 and six bits are a step of the brightness, 00 is none, 0 ends
   * a block.
   */
  function threeBlocks(interval: number, ...coded: number[]): Uint8Array {
    return Buffer.concat([
      Uint8Array.of(0xff, 0xd8),
      jpegSegment(0xdb, [0, ...Array(64).fill(8)]),
      jpegSegment(0xc0, [8, 0, 8, 0, 24, 1, 1, 0x11, 0]),
      jpegSegment(0xc4, [0, 0, 3, ...Array(14).fill(0), 0, 5, 6]),
      jpegSegment(0xc4, [0x10, 1, ...Array(15).fill(0), 0]),
      jpegSegment(0xdd, [0, interval]),
      jpegSegment(0xda, [1, 1, 0, 0, 63, 0]),
      Uint8Array.from(coded),
      Uint8Array.of(0xff, 0xd9),
    ]);
  }

  test.each([
    ['behind each block', threeBlocks(1, 0xa8, 0x7f, 0xff, 0xd0, 0xa8, 0x7f, 0xff, 0xd1, 0xa8, 0x7f)],
    ['behind two blocks, and one is left', threeBlocks(2, 0xa8, 0x0f, 0xff, 0xd0, 0xa8, 0x7f)],
    [
      'behind the last block too',
      threeBlocks(1, 0xa8, 0x7f, 0xff, 0xd0, 0xa8, 0x7f, 0xff, 0xd1, 0xa8, 0x7f, 0xff, 0xd2),
    ],
    ['declared beyond the end', threeBlocks(200, 0xa8, 0x01)],
  ])('%s', async (_, jpeg) => {
    const grey = Array.from({ length: 24 * 8 * 4 }, (_, index) => (index % 4 === 3 ? 255 : 168));
    expect([...(await decodePicture(jpeg, { name: 'a.jpg' })).data]).toStrictEqual(grey);
    expect([...(await bySharp(jpeg))]).toStrictEqual(grey);
  });

  test('that are missing would leave half a picture', async () => {
    for (const jpeg of [threeBlocks(1, 0xa8, 0x7f), threeBlocks(1, 0xa8, 0x7f, 0xff, 0xd0, 0xa8, 0x7f)]) {
      await expect(decodePicture(jpeg, { name: 'a.jpg' })).rejects.toThrow(
        'a.jpg is a damaged JPEG file: restart markers are missing',
      );
    }
  });
});

describe('Exif', () => {
  /** What a camera stores that is held this way: the upright picture, mirrored and then turned. */
  const stored: Record<number, (upright: Sharp) => Sharp> = {
    1: (upright) => upright,
    2: (upright) => upright.flop(),
    3: (upright) => upright.rotate(180),
    4: (upright) => upright.flip(),
    5: (upright) => upright.flip().rotate(90),
    6: (upright) => upright.rotate(270),
    7: (upright) => upright.flip().rotate(270),
    8: (upright) => upright.rotate(90),
  };

  test.each([1, 2, 3, 4, 5, 6, 7, 8])('orientation %i gives the same upright picture', async (orientation) => {
    const { data, info } = await stored[orientation](original()).raw().toBuffer({ resolveWithObject: true });
    const jpeg = await jpegOf(sharp(data, { raw: info }));
    for (const littleEndian of [true, false]) {
      const turned = withExif(jpeg, exifSegment(orientation, littleEndian));
      const picture = await decodePicture(turned, { name: 'a.jpg' });
      expect([picture.width, picture.height]).toStrictEqual([width, height]);
      await expectSame(turned, await original().ensureAlpha().raw().toBuffer());
      await expectSame(turned, await bySharp(turned));
    }
  });

  test('that is broken is ignored: the picture stays as it is stored', async () => {
    const jpeg = await jpegOf(original());
    const { data } = await decodePicture(jpeg, { name: 'a.jpg' });
    const good = exifSegment(6);
    const broken = [
      ...Array.from({ length: 22 }, (_, length) => jpegSegment(0xe1, good.subarray(4, 10 + length))),
      // An offset outside of the file, one into the header, a directory of 65,535 entries, orientations that are none.
      good.with(14, 0xff).with(17, 0x7f),
      good.with(14, 0),
      good.with(18, 0xff).with(19, 0xff).with(20, 0),
      good.with(28, 0),
      good.with(28, 9),
      good.with(22, 4),
      good.with(24, 2),
      good.with(10, 0x50),
    ];
    for (const segment of broken) {
      expect((await decodePicture(withExif(jpeg, segment), { name: 'a.jpg' })).data).toStrictEqual(data);
    }
    expect((await decodePicture(withExif(jpeg, good), { name: 'a.jpg' })).width).toBe(height);
  });
});

describe('what is refused', () => {
  const refusal = (pattern: RegExp) =>
    expect.objectContaining({ kind: 'data', message: expect.stringMatching(pattern) });
  const damaged = refusal(/^a\.jpg is a damaged JPEG file: .*\. Get the file again\.$/);

  test.each([true, false])('every file of which pixels are missing, progressive: %s', async (progressive) => {
    const jpeg = await jpegOf(original(), { progressive, quality: 50 });
    const endMarker = 2;
    for (let length = 3; length < jpeg.length - endMarker; length++) {
      await expect(decodePicture(jpeg.subarray(0, length), { name: 'a.jpg' })).rejects.toThrow(damaged);
    }
  });

  test.each([true, false])('files of which the end was never written, progressive: %s', async (progressive) => {
    const jpeg = await jpegOf(original(), { progressive, quality: 50 });
    for (let length = jpeg.indexOf(0xda) + 20; length < jpeg.length - 2; length += 7) {
      for (const fill of [0, 0xff]) {
        const whole = new Uint8Array(jpeg.length + 5000).fill(fill);
        whole.set(jpeg.subarray(0, length));
        await expect(decodePicture(whole, { name: 'a.jpg' })).rejects.toThrow(damaged);
      }
    }
  });

  test('coded data cut in the middle, with the end marker in place', async () => {
    const jpeg = await jpegOf(original());
    const cut = editJpeg(jpeg, (marker, piece) => [marker === 0xda ? piece.subarray(0, piece.length / 2) : piece]);
    await expect(decodePicture(cut, { name: 'a.jpg' })).rejects.toThrow(damaged);
  });

  const bombs: Record<string, [(marker: number, piece: Uint8Array) => Uint8Array[], RegExp]> = {
    'a huge size': [
      (marker, piece) => [marker === 0xc2 ? piece.with(5, 0xff).with(7, 0xff) : piece],
      /65\d+ x 65\d+ pixels: expected at most 64 million/,
    ],
    'a size that the data cannot fill': [
      (marker, piece) => [marker === 0xc2 ? piece.with(5, 30).with(7, 30) : piece],
      /ends within its pixels/,
    ],
    'thousands of scans': [(marker, piece) => Array(marker === 0xda ? 1000 : 1).fill(piece), /more than 100 scans/],
    'absurd sampling factors': [
      (marker, piece) => [marker === 0xc2 ? piece.with(11, 0xf1) : piece],
      /sampling factors 15 x 1/,
    ],
    'sampling factors of zero': [
      (marker, piece) => [marker === 0xc2 ? piece.with(11, 0x10) : piece],
      /sampling factors 1 x 0/,
    ],
    'two frames': [(marker, piece) => Array(marker === 0xc2 ? 2 : 1).fill(piece), /two frames/],
    'no frame': [(marker, piece) => (marker === 0xc2 ? [] : [piece]), /scan before its frame/],
    'no scans': [(marker, piece) => (marker === 0xda ? [] : [piece]), /no pixels/],
    'a frame of no components': [
      (marker, piece) => (marker === 0xc2 ? [jpegSegment(0xc2, [8, 0, 9, 0, 9, 0])] : [piece]),
      /components/,
    ],
    'no tables': [(marker, piece) => (marker === 0xdb || marker === 0xc4 ? [] : [piece]), /cannot be decoded/],
    'restart markers declared and missing': [
      (marker, piece) => (marker === 0xda ? [jpegSegment(0xdd, [0, 1]), piece] : [piece]),
      /restart markers/,
    ],
  };

  test.each(Object.entries(bombs))('%s', async (_, [edit, reason]) => {
    const jpeg = await jpegOf(original(), { progressive: true });
    await expect(decodePicture(editJpeg(jpeg, edit), { name: 'a.jpg' })).rejects.toThrow(refusal(reason));
  });

  test('scans that go over the same pixels again and again', async () => {
    const jpeg = await jpegOf(original(), { progressive: true });
    // The third has 63 coefficients of each block, and others follow that refine them.
    const third = jpegPieces(jpeg).filter((piece) => piece[1] === 0xda)[2];
    const many = editJpeg(jpeg, (_, piece) => Array(piece.join() === third.join() ? 80 : 1).fill(piece));
    await expect(decodePicture(many, { name: 'a.jpg' })).rejects.toThrow(refusal(/again and again/));
  });
});
