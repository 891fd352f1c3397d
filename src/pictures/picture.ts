/** A picture as decoders give it and as a page's `ImageData` has it. */

import { InklingError } from '../errors.js';
import type { Pixels } from './image-pixels.js';

/** Upright, row by row from the top, four bytes a pixel: red, green, blue, alpha (not premultiplied), 0 to 255 each. */
export interface Picture extends Pixels {}

/** @throws InklingError (argument) where the size is not a whole number of pixels or the data does not fit it */
export function checkPicture(picture: Picture): void {
  if (Array.isArray(picture)) {
    throw new InklingError(
      'argument',
      `Expected one picture. Received: an array of ${picture.length}. Read several with recognizeBatch(pictures).`,
    );
  }
  const { width, height, data } = picture;
  const isSide = (side: number) => Number.isSafeInteger(side) && side > 0;
  const isBytes = data instanceof Uint8Array || data instanceof Uint8ClampedArray;
  if (isSide(width) && isSide(height) && isBytes && data.length === width * height * 4) return;
  const received = isBytes ? `${data.length} bytes` : `no bytes (${typeof data})`;
  throw new InklingError(
    'argument',
    `A picture has a width and a height of whole pixels and width * height * 4 bytes: red, green, blue and alpha of each pixel. ` +
      `Received: ${width} x ${height} pixels and ${received}. Pass what decodePicture returns, or a canvas's ImageData.`,
  );
}
