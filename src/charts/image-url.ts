/** Small pictures as PNG data URLs, for image marks in charts. */

import { encode } from 'fast-png';
import { InklingError } from '../errors.js';

/**
 * The picture with every pixel drawn as a square of `scale` x `scale`, so that viewers which smooth keep the pixels
 * crisp.
 *
 * @param pixels `[height, width, channels]`, flat, 0 to 255; 1 channel is grey, 2 grey with alpha, 3 RGB, 4 RGB with
 * alpha
 */
export function imageUrl(pixels: Uint8Array, height: number, width: number, channels: number, scale: number): string {
  if (pixels.length !== height * width * channels || channels < 1 || channels > 4) {
    throw new InklingError(
      'argument',
      `Expected an image of ${height} x ${width} pixels and 1 to 4 channels. Received: ${pixels.length} values for ${channels} channels.`,
    );
  }
  const data = new Uint8Array(pixels.length * scale * scale);
  let target = 0;
  for (let y = 0; y < height * scale; y++) {
    const row = Math.floor(y / scale) * width;
    for (let x = 0; x < width * scale; x++) {
      const source = (row + Math.floor(x / scale)) * channels;
      for (let channel = 0; channel < channels; channel++) data[target++] = pixels[source + channel];
    }
  }
  const png = encode({ width: width * scale, height: height * scale, channels, data });
  return `data:image/png;base64,${btoa(Array.from(png, (byte) => String.fromCharCode(byte)).join(''))}`;
}
