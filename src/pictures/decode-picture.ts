/**
 * The bytes of any picture file as pixels. PNG and JPEG are read anywhere; all else (WebP, GIF, TIFF, AVIF, SVG ...)
 * through what the platform offers, which in Node is the optional package sharp. Limits: 64 million pixels; the first
 * page or frame only.
 */

import { platform } from '#platform';
import { InklingError } from '../errors.js';
import { readOptions } from '../known-names.js';
import { readOrientation, uprightPicture } from './exif-orientation.js';
import { fileKind } from './file-kind.js';
import type { Picture } from './picture.js';

/** 8,000 x 8,000, or what a phone with 64 megapixels takes. */
const defaultPixels = 64e6;

/** Options of `decodePicture`. */
export interface DecodePictureOptions {
  /** The file's, for error messages; default `the picture`. */
  readonly name?: string;
  /** Width times height, default 64 million; a server that reads untrusted pictures should ask for less. */
  readonly maxPixels?: number;
}

async function decodeOther(bytes: Uint8Array, source: string, name: string, maxPixels: number): Promise<Picture> {
  let picture: Picture | undefined;
  try {
    picture = await platform.decodeOtherPicture(bytes, maxPixels);
  } catch (cause) {
    if (cause instanceof InklingError) throw cause;
    const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
    throw new InklingError(
      'data',
      `${source} seems to be ${name}, which could not be read: ${reason.replace(/\.$/, '')}. ` +
        'Get the file again, or convert it to PNG.',
      { cause },
    );
  }
  if (picture) return picture;
  throw new InklingError(
    'data',
    `${source} seems to be ${name}. PNG and most JPEG pictures can be read as they are; for others install the package sharp ` +
      '(npm install sharp), or convert the picture to PNG.',
  );
}

async function decodeJpegOrOther(bytes: Uint8Array, source: string, maxPixels: number): Promise<Picture> {
  const { decodeJpeg } = await import('./decode-jpeg.js');
  const result = await decodeJpeg(bytes, source, maxPixels);
  return 'unusual' in result ? decodeOther(bytes, source, `a JPEG picture ${result.unusual}`, maxPixels) : result;
}

/**
 * Decodes a picture file to upright RGBA of 8 bits. The format is told by the content. What an orientation in Exif data
 * asks for is applied.
 * @param bytes the whole file
 * @throws InklingError of kind `data` where the file is not a picture, is truncated or damaged, is too large, or is of
 *   a format that this installation cannot read
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises';
 *
 * const { width, height, data } = await decodePicture(await readFile('my.png'), { name: 'my.png' });
 * ```
 */
export async function decodePicture(bytes: Uint8Array, options: DecodePictureOptions = {}): Promise<Picture> {
  const { name: source = 'the picture', maxPixels = defaultPixels } = readOptions(
    'argument',
    'decodePicture',
    options,
    ['name', 'maxPixels'],
  ) as DecodePictureOptions;
  if (bytes.length === 0) {
    throw new InklingError(
      'data',
      `${source} is empty: expected a picture, such as a PNG or JPEG file. Get the file again.`,
    );
  }
  const { name, decoder } = fileKind(bytes);
  if (decoder === 'none') {
    throw new InklingError(
      'data',
      `${source} is not a picture: it seems to be ${name}. Expected a PNG or JPEG picture, or with the package sharp also WebP, GIF, ` +
        'TIFF, AVIF or SVG.',
    );
  }
  if (decoder === 'other') return decodeOther(bytes, source, name, maxPixels);
  if (decoder === 'jpeg') return decodeJpegOrOther(bytes, source, maxPixels);
  const { decodePng } = await import('./png.js');
  const { exif, ...stored } = await decodePng(bytes, source, { side: maxPixels, pixels: maxPixels });
  return uprightPicture(stored, readOrientation(exif));
}
