/** Pictures in whatever formats the browser knows, such as WebP, AVIF and GIF (its first frame). At most 64 million pixels. */

import { InklingError } from '../errors.js';

const mostPixels = 64e6;

/**
 * Upright, as the file's orientation asks, in sRGB.
 * @returns four bytes a pixel, red, green, blue, alpha (not premultiplied), or undefined where the browser cannot read the bytes
 * @throws InklingError (data) beyond 64 million pixels, (environment) where the browser has no OffscreenCanvas
 */
export async function decodeOtherPicture(
  bytes: Uint8Array,
): Promise<{ width: number; height: number; data: Uint8ClampedArray } | undefined> {
  if (typeof createImageBitmap !== 'function' || typeof OffscreenCanvas !== 'function') {
    throw new InklingError(
      'environment',
      'this browser cannot decode pictures outside a document: it has no createImageBitmap or no OffscreenCanvas. ' +
        'Use a newer one, or give PNG or JPEG.',
    );
  }
  let bitmap: ImageBitmap;
  try {
    // A copy, since a blob takes no shared memory.
    bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)]), { premultiplyAlpha: 'none' });
  } catch {
    return undefined;
  }
  try {
    const { width, height } = bitmap;
    if (width * height > mostPixels) {
      throw new InklingError(
        'data',
        `the picture has ${width} x ${height} pixels: expected ${mostPixels / 1e6} million at most. Resize it.`,
      );
    }
    const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    if (context === null) {
      throw new InklingError('environment', 'this browser gives no canvas to decode pictures on. Give PNG or JPEG.');
    }
    context.drawImage(bitmap, 0, 0);
    return { width, height, data: context.getImageData(0, 0, width, height).data };
  } finally {
    bitmap.close();
  }
}
