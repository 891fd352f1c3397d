/** Pictures as PNG files, by the browser's own encoder. */

import { imagePixels, imageSide } from './own-digits.js';

export function pngOfPixels(pixels: ImageData): Promise<Blob> {
  const canvas = new OffscreenCanvas(pixels.width, pixels.height);
  canvas.getContext('2d')!.putImageData(pixels, 0, 0);
  return canvas.convertToBlob({ type: 'image/png' });
}

/** What the network saw, as a picture. */
export function pngOfImage(image: Uint8Array): Promise<Blob> {
  const pixels = new ImageData(imageSide, imageSide);
  for (let at = 0; at < imagePixels; at++) pixels.data.set([image[at], image[at], image[at], 255], 4 * at);
  return pngOfPixels(pixels);
}
