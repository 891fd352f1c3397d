import { deflateSync, gzipSync } from 'node:zlib';
import { encode } from 'fast-png';
import sharp from 'sharp';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { editJpeg, exifSegment } from '../../test/pictures/jpeg-file.js';
import { pngChunk, pngHeader, pngOfRows, pngOfSamples, pngSignature } from '../../test/pictures/png-file.js';
import { platform } from '../platform/node.js';
import { decodePicture } from './decode-picture.js';

const [width, height] = [23, 17];
const pixels = Uint8Array.from({ length: width * height * 4 }, (_, index) =>
  index % 4 === 3 ? 255 - (Math.floor(index / 16) % 100) : (index * 11) % 251,
);
const original = () => sharp(pixels, { raw: { width, height, channels: 4 } });
const png = encode({ width, height, data: pixels, channels: 4 });

/** The file with chunks behind its header. */
function withChunks(...chunks: Uint8Array[]): Uint8Array {
  return Buffer.concat([png.subarray(0, 33), ...chunks, png.subarray(33)]);
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('formats are told by their content', () => {
  test('PNG keeps colours and alpha', async () => {
    expect(await decodePicture(png, { name: 'a.jpg' })).toStrictEqual({ width, height, data: pixels });
  });

  test.each([
    ['WebP', () => original().webp({ lossless: true, exact: true })],
    ['TIFF', () => original().tiff({ compression: 'deflate' })],
    ['GIF', () => original().removeAlpha().threshold(128).gif()],
    ['AVIF', () => original().avif({ lossless: true, chromaSubsampling: '4:4:4' })],
  ])('%s is read by sharp', async (_, picture) => {
    const bytes = new Uint8Array(await picture().toBuffer());
    const decoded = await decodePicture(bytes, { name: 'a.png' });
    const expected = await sharp(bytes).toColourspace('srgb').ensureAlpha().raw().toBuffer();
    expect([decoded.width, decoded.height]).toStrictEqual([width, height]);
    expect(Buffer.compare(decoded.data as Uint8Array, expected)).toBe(0);
  });

  test('an SVG drawing is painted', async () => {
    const svg =
      '<?xml version="1.0"?>\n<!-- a drawing -->\n<svg xmlns="http://www.w3.org/2000/svg" width="2" height="1"><rect width="1" height="1" fill="red"/></svg>';
    const { data } = await decodePicture(new TextEncoder().encode(svg), { name: 'a.svg' });
    expect([...data]).toStrictEqual([255, 0, 0, 255, 0, 0, 0, 0]);
  });

  test('of an animation there is the first frame', async () => {
    const frames = Buffer.concat([Buffer.alloc(4 * 4 * 3, 0), Buffer.alloc(4 * 4 * 3, 255)]);
    const strip = sharp(frames, { raw: { width: 4, height: 8, channels: 3, pageHeight: 4 } });
    const gif = await strip.gif({ delay: [100, 100] }).toBuffer();
    expect((await sharp(gif).metadata()).pages).toBe(2);
    expect(await decodePicture(gif, { name: 'a.gif' })).toMatchObject({ width: 4, height: 4 });
    const animated = withChunks(
      pngChunk('acTL', Uint8Array.of(0, 0, 0, 2, 0, 0, 0, 0)),
      pngChunk('fdAT', new Uint8Array(50)),
    );
    expect((await decodePicture(animated, { name: 'a.png' })).data).toStrictEqual(pixels);
  });

  test('other formats are turned upright as well, and PNG with Exif data', async () => {
    const webp = await original().webp({ lossless: true }).withMetadata({ orientation: 6 }).toBuffer();
    expect(await decodePicture(webp, { name: 'a.webp' })).toMatchObject({ width: height, height: width });
    const turned = await decodePicture(withChunks(pngChunk('eXIf', exifSegment(6).subarray(10))), { name: 'a.png' });
    expect(turned).toMatchObject({ width: height, height: width });
    expect([...turned.data.subarray(0, 4)]).toStrictEqual([
      ...pixels.subarray(4 * width * (height - 1), 4 * width * (height - 1) + 4),
    ]);
  });
});

describe('what is not a picture is named', () => {
  const text = (content: string) => new TextEncoder().encode(content);
  test.each([
    ['an HTML page', text('\n<!DOCTYPE html><html><body>404</body></html>')],
    ['an XML document', text('<?xml version="1.0"?><feed/>')],
    ['JSON', text('{"error": "not found"}')],
    ['text', text('Dear reader, …')],
    ['a PDF document', text('%PDF-1.7\n%…')],
    ['a ZIP archive or an office document', Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0, 0, 0)],
    ['a file packed by gzip', gzipSync('digits')],
    ['an IDX file', Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 1)],
    ['a video', text('\0\0\0\x18ftypmp42\0\0\0\0')],
    ['a file of an unknown format', Uint8Array.of(1, 2, 3)],
  ])('%s', async (name, bytes) => {
    await expect(decodePicture(bytes, { name: 'digit.png' })).rejects.toThrow(
      expect.objectContaining({
        kind: 'data',
        message: expect.stringContaining(`digit.png is not a picture: it seems to be ${name}. `),
      }),
    );
  });

  test('an empty file', async () => {
    await expect(decodePicture(new Uint8Array(0), { name: 'a.png' })).rejects.toThrow('a.png is empty');
  });
});

describe('without sharp', () => {
  test.each([
    ['a WebP picture', 'RIFF\0\0\0\0WEBPVP8 '],
    ['a HEIC picture', '\0\0\0\x18ftypheic'],
    ['a BMP picture', 'BM\x46\0\0\0\0\0\0\0\x36'],
    ['an SVG drawing', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
  ])('%s is named, and how it could be read', async (name, content) => {
    vi.spyOn(platform, 'decodeOtherPicture').mockResolvedValue(undefined);
    await expect(decodePicture(Buffer.from(content, 'latin1'), { name: 'a' })).rejects.toThrow(
      `a seems to be ${name}. PNG and most JPEG pictures can be read as they are; for others install the package sharp (npm install sharp), or convert`,
    );
  });

  test('a JPEG file with more samples than jpeg-js can hold too', async () => {
    vi.spyOn(platform, 'decodeOtherPicture').mockResolvedValue(undefined);
    const small = await original().removeAlpha().jpeg({ chromaSubsampling: '4:4:4' }).toBuffer();
    const large = editJpeg(small, (marker, piece) => {
      if (marker === 0xc0)
        return [
          piece
            .with(5, 7000 >> 8)
            .with(6, 7000 & 255)
            .with(7, 7000 >> 8)
            .with(8, 7000 & 255),
        ];
      return marker === 0xda ? [piece, new Uint8Array(700_000)] : [piece];
    });
    await expect(decodePicture(large, { name: 'a.jpg' })).rejects.toThrow(
      'a.jpg seems to be a JPEG picture of 147 million samples.',
    );
    await expect(decodePicture(large, { name: 'a.jpg', maxPixels: 1e6 })).rejects.toThrow(
      'a.jpg is 7000 x 7000 pixels: expected at most 1 million.',
    );
  });

  test('an unusual JPEG file too', async () => {
    vi.spyOn(platform, 'decodeOtherPicture').mockResolvedValue(undefined);
    const arithmetic = Uint8Array.of(0xff, 0xd8, 0xff, 0xc9, 0, 11, 8, 0, 9, 0, 9, 1, 1, 0x11, 0);
    await expect(decodePicture(arithmetic, { name: 'a.jpg' })).rejects.toThrow(
      'a.jpg seems to be a JPEG picture with arithmetic coding. PNG and',
    );
  });
});

test.each([
  [0xc1, 12, 'with 12 bits a sample'],
  [0xc3, 16, 'with 16 bits a sample'],
  [0xc5, 8, 'in a hierarchy of sizes'],
  [0xcb, 8, 'without loss, with arithmetic coding'],
])('a JPEG picture of frame %i, %i bits is read by nobody, and says so', async (marker, bits, kind) => {
  const jpeg = await original().removeAlpha().jpeg().toBuffer();
  const unsupported = editJpeg(jpeg, (found, piece) => [found === 0xc0 ? piece.with(1, marker).with(4, bits) : piece]);
  await expect(decodePicture(unsupported, { name: 'a.jpg' })).rejects.toThrow(
    `a.jpg is a JPEG picture ${kind}, which cannot be read. Convert it to PNG.`,
  );
  await expect(sharp(unsupported).raw().toBuffer()).rejects.toThrow('VipsJpeg');
});

test('what sharp cannot read is an error that names the file', async () => {
  const webp = await original().webp({ lossless: true }).toBuffer();
  for (const bytes of [
    webp.subarray(0, webp.length / 2),
    Buffer.from('RIFF\0\0\0\0WEBPVP8 ', 'latin1'),
    Buffer.from('8BPS'),
  ]) {
    await expect(decodePicture(bytes, { name: 'b.webp' })).rejects.toThrow(
      expect.objectContaining({
        name: 'InklingError',
        kind: 'data',
        message: expect.stringMatching(/^b\.webp seems to be .*could not be read: /),
      }),
    );
  }
  const huge = text('<svg xmlns="http://www.w3.org/2000/svg" width="30000" height="30000"/>');
  await expect(decodePicture(huge, { name: 'c.svg' })).rejects.toThrow(
    /c\.svg seems to be an SVG drawing, which could not be read: .*pixel limit/,
  );
});

function text(content: string): Uint8Array {
  return new TextEncoder().encode(content);
}

describe('PNG files that would do harm', () => {
  const zeros = (length: number) => deflateSync(Buffer.alloc(length));
  const grey = { width: 8, height: 8, depth: 8, colourType: 0 };
  const file = (header: Uint8Array, data: Uint8Array) =>
    Buffer.concat([pngSignature, header, pngChunk('IDAT', data), pngChunk('IEND')]);
  const refused = async (bytes: Uint8Array, reason: RegExp) => {
    await expect(decodePicture(bytes, { name: 'a.png' })).rejects.toThrow(
      expect.objectContaining({ kind: 'data', message: expect.stringMatching(reason) }),
    );
  };

  test('a huge size, with as many pixels or without', async () => {
    await refused(
      pngOfRows({ ...grey, width: 60_000, height: 60_000 }, []),
      /60000 x 60000 pixels: expected at most 64 million/,
    );
    await refused(pngOfRows({ ...grey, width: 8000, height: 8000 }, []), /bytes cannot hold its 8000 x 8000 pixels/);
    await refused(file(pngHeader({ ...grey, width: 8000, height: 8000 }), zeros(63.99e6)), /pixels end early/);
  });

  test('pixels that go on for ever are read to the last row of the picture', async () => {
    const { data } = await decodePicture(file(pngHeader(grey), zeros(50e6)), { name: 'a.png' });
    expect(data).toStrictEqual(Uint8Array.from({ length: 256 }, (_, index) => (index % 4 === 3 ? 255 : 0)));
  });

  test('profiles and texts that inflate to gigabytes are not inflated', async () => {
    const named = Buffer.concat([Buffer.from('a\0\0'), zeros(100e6)]);
    const bytes = withChunks(pngChunk('iCCP', named), pngChunk('zTXt', named), pngChunk('tEXt', new Uint8Array(1000)));
    const before = process.memoryUsage().arrayBuffers;
    expect((await decodePicture(bytes, { name: 'a.png' })).data).toStrictEqual(pixels);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20e6);
  });

  test('a truncated zlib stream, a wrong checksum of it, a missing last sample', async () => {
    const good = deflateSync(Buffer.alloc(72));
    await refused(file(pngHeader(grey), good.subarray(0, -5)), /cannot be unpacked|end early/);
    await refused(file(pngHeader(grey), Buffer.from(good.with(good.length - 1, 7))), /cannot be unpacked/);
    await refused(file(pngHeader(grey), deflateSync(Buffer.alloc(71))), /pixels end early/);
    await refused(file(pngHeader(grey), deflateSync(Buffer.alloc(72, 9))), /filter 9/);
  });

  test('chunks that are missing, twice or out of order', async () => {
    const [signature, header, data, end] = [
      pngSignature,
      pngHeader(grey),
      pngChunk('IDAT', zeros(72)),
      pngChunk('IEND'),
    ];
    expect(await decodePicture(Buffer.concat([signature, header, data, end]), { name: 'a.png' })).toMatchObject({
      width: 8,
    });
    const half = pngChunk('IDAT', zeros(72).subarray(0, 6));
    const wrong: [Uint8Array[], RegExp][] = [
      [[header, end], /cannot hold/],
      [[data, header, end], /begin with a header/],
      [[header, header, data, end], /IHDR is unknown or out of place/],
      [[header, data, pngChunk('tIME'), data, end], /interrupted/],
      [[header], /ends before its last chunk/],
      [[header, half], /cannot be unpacked|end early/],
      [[header, half, pngChunk('IDAT').subarray(0, 8)], /ends before its last chunk/],
      [[header, pngChunk('XYZW'), data, end], /XYZW is unknown/],
      [[pngHeader({ ...grey, colourType: 3 }), data, end], /no palette/],
      [[pngHeader({ ...grey, colourType: 3 }), pngChunk('PLTE', new Uint8Array(4)), data, end], /palette has 4 bytes/],
      [[pngHeader({ ...grey, colourType: 5 }), data, end], /colour type 5/],
      [[pngHeader({ ...grey, interlace: 2 }), data, end], /interlacing 2/],
    ];
    for (const [chunks, reason] of wrong) await refused(Buffer.concat([signature, ...chunks]), reason);
  });

  test('every shortened file of which pixels are missing, interlaced', async () => {
    const samples = Array.from({ length: 63 }, (_, index) => index % 4);
    const whole = pngOfSamples({ width: 9, height: 7, depth: 2, colourType: 0, interlace: 1 }, samples);
    const pixelsEnd = whole.length - pngChunk('IEND').length;
    for (let length = 8; length < pixelsEnd; length++) await refused(whole.subarray(0, length), /damaged PNG file/);
  });
});
