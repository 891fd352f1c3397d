/**
 * Pictures in a page of Chromium: PNG and JPEG to the same values as in Node, other formats by the browser's own
 * decoder.
 */

import { decode as decodePng, encode as encodePng } from 'fast-png';
import jpeg from 'jpeg-js';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { runInChromium } from './chromium.js';
import type { Caught } from './jobs/caught.js';
import type { Decoded, Files } from './jobs/pictures.js';

const [width, height] = [37, 23];
/** Opaque, of every colour. */
const data = Uint8Array.from({ length: width * height * 4 }, (_, at) =>
  at % 4 === 3 ? 255 : (at * 7 + (at >> 5)) % 256,
);

interface Result extends Record<'png' | 'jpeg' | 'webp', Decoded> {
  readonly broken: Caught;
  readonly tooLarge: Caught;
}

test('PNG, JPEG and WebP are decoded in the page', async () => {
  const files: Files = {
    png: encodePng({ width, height, data, channels: 4 }),
    jpeg: new Uint8Array(jpeg.encode({ width, height, data: Buffer.from(data) }, 90).data),
    webp: new Uint8Array(
      await sharp(data, { raw: { width, height, channels: 4 } })
        .webp({ lossless: true })
        .toBuffer(),
    ),
  };
  const decoded = await runInChromium<Result>('test/browser/jobs/pictures.ts', files);
  const original = { width, height, data: [...data] };
  expect(decoded.png).toEqual(original);
  expect([...decodePng(files.png).data]).toEqual(original.data);
  expect(decoded.jpeg).toEqual({ width, height, data: [...jpeg.decode(files.jpeg, { useTArray: true }).data] });
  expect(decoded.webp).toEqual(original);
  expect(decoded.broken).toMatchObject({ kind: 'data', message: expect.stringContaining('broken.webp seems to be') });
  expect(decoded.tooLarge).toMatchObject({ kind: 'data', message: expect.stringContaining('8001 x 8000 pixels') });
});
