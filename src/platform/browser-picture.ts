/** Pictures in whatever formats the browser knows, such as WebP, AVIF and GIF (its first frame). */

import { InklingError } from '../errors.js';
import type { DecodedPicture } from './contract.js';

/**
 * See the contract. Upright, as the file's orientation asks, in sRGB.
 * @throws InklingError (environment) where the browser has no OffscreenCanvas
 */
export async function decodeOtherPicture(bytes: Uint8Array, maxPixels: number): Promise<DecodedPicture> {
  if (typeof createImageBitmap !== 'function' || typeof OffscreenCanvas !== 'function') {
    throw new InklingError(
      'environment',
      'This browser cannot decode pictures outside a document: it has no createImageBitmap or no OffscreenCanvas. ' +
        'Use a newer one, or give PNG or JPEG.',
    );
  }
  // A copy, since a blob takes no shared memory.
  const bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)]), { premultiplyAlpha: 'none' });
  try {
    const { width, height } = bitmap;
    if (width * height > maxPixels) {
      throw new Error(`it has ${width} x ${height} pixels, more than ${maxPixels / 1e6} million`);
    }
    const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    if (context === null) {
      throw new InklingError('environment', 'This browser gives no canvas to decode pictures on. Give PNG or JPEG.');
    }
    context.drawImage(bitmap, 0, 0);
    return { width, height, data: context.getImageData(0, 0, width, height).data };
  } finally {
    bitmap.close();
  }
}
