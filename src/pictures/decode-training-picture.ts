/** A picture to train on, of either format that folders may hold; the format is told by the content. */

import { InklingError } from '../errors.js';
import { decodePicture } from './decode-picture.js';
import { fileKind } from './file-kind.js';
import type { Pixels } from './image-pixels.js';
import { decodeTrainingPng, trainingLimits } from './png.js';

/**
 * Decodes a PNG or JPEG file of at most 4,096 pixels a side for training, upright as its Exif data may ask for. A JPEG
 * goes the way of those that are read, so that equal files give equal bytes.
 * @param source the file's name, for error messages
 * @throws InklingError of kind `data` where the file is neither, is truncated, damaged or beyond the limits
 */
export async function decodeTrainingPicture(bytes: Uint8Array, source: string): Promise<Pixels> {
  const isPngName = /\.png$/i.test(source);
  const kind = bytes.length === 0 ? undefined : fileKind(bytes);
  if (kind?.decoder === 'png' || (isPngName && kind?.decoder !== 'jpeg')) return decodeTrainingPng(bytes, source);
  if (kind?.decoder !== 'jpeg') {
    throw new InklingError(
      'data',
      `${source} is ${kind?.name ?? 'an empty file'}: expected a JPEG picture. Get the file again, or move it away.`,
    );
  }
  const picture = await decodePicture(bytes, { name: source, maxPixels: trainingLimits.pixels });
  const { width, height } = picture;
  if (Math.max(width, height) <= trainingLimits.side) return picture;
  throw new InklingError(
    'data',
    `${source} is ${width} x ${height} pixels: expected 1 to ${trainingLimits.side} each way. Resize the image.`,
  );
}
