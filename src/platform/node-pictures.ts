/** Pictures of all the formats that the optional package sharp reads. It is loaded when the first one comes. */

import { InklingError } from '../errors.js';
import type { DecodedPicture } from './contract.js';

const secondsToDecode = 30;

async function loadSharp() {
  try {
    return (await import('sharp')).default;
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') return undefined;
    const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
    throw new InklingError(
      'environment',
      `The package sharp is installed but does not start: ${reason}. Install it again, or convert the picture to PNG.`,
      { cause },
    );
  }
}

/** See the contract. */
export async function decodeOtherPicture(bytes: Uint8Array, maxPixels: number): Promise<DecodedPicture | undefined> {
  const sharp = await loadSharp();
  if (!sharp) return undefined;
  const options = { limitInputPixels: maxPixels, failOn: 'error', pages: 1, sequentialRead: true } as const;
  const { data, info } = await sharp(bytes, options)
    .timeout({ seconds: secondsToDecode })
    .autoOrient()
    .toColourspace('srgb')
    .ensureAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return {
    width: info.width,
    height: info.height,
    data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  };
}
