/**
 * PNG files as 8-bit grey images, any colour type and depth. Limits: sides up to 4,096 pixels; interlaced files need at
 * least 8 bits a sample; gamma and colour profiles are ignored.
 */

import { convertIndexedToRgb, type DecodedPng, decode, hasPngSignature } from 'fast-png';
import { InklingError } from '../errors.js';

/** One channel, row by row, 0 for black to 255 for white. */
export interface GreyImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

const largestSide = 4096;
const indexedColour = 3;

/** Refuses what the decoder would get wrong or fill the memory with. @returns the colour type */
function checkHeader(bytes: Uint8Array, source: string): number {
  if (!hasPngSignature(bytes)) {
    throw new InklingError('data', `${source} is no PNG file: it lacks the PNG signature. Convert the image to PNG.`);
  }
  // Signature (8 bytes), length (4), type (4), then width, height, depth, colour type, compression, filter, interlace.
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 33 || view.getUint32(12) !== 0x49484452) {
    throw new InklingError(
      'data',
      `${source} is a damaged PNG file: it does not begin with a header. Get the file again.`,
    );
  }
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  if (width < 1 || height < 1 || width > largestSide || height > largestSide) {
    throw new InklingError(
      'data',
      `${source} is ${width} x ${height} pixels: expected 1 to ${largestSide} each way. Resize the image.`,
    );
  }
  const [depth, colourType, interlace] = [view.getUint8(24), view.getUint8(25), view.getUint8(28)];
  if (interlace !== 0 && depth < 8) {
    throw new InklingError(
      'data',
      `${source} is interlaced with ${depth} bits a sample, which cannot be read. Save the image without interlacing.`,
    );
  }
  return colourType;
}

/** The grey levels of 1, 2 or 4 bits as a palette; a level that the file declares transparent gets an alpha of 0. */
function greyPalette(depth: number, transparentLevel: number | undefined): number[][] {
  const levels = 1 << depth;
  return Array.from({ length: levels }, (_, level) => {
    const value = (255 * level) / (levels - 1);
    return [value, value, value, level === transparentLevel ? 0 : 255];
  });
}

/** Samples of whole bytes or of 16 bits: palettes are looked up, packed pixels unpacked. */
function unpack(png: DecodedPng, colourType: number): Pick<DecodedPng, 'data' | 'channels' | 'depth' | 'transparency'> {
  if (colourType !== indexedColour && png.depth >= 8) return png;
  const palette = colourType === indexedColour ? png.palette : greyPalette(png.depth, png.transparency?.[0]);
  return { data: convertIndexedToRgb({ ...png, palette }), channels: palette?.[0].length ?? 0, depth: 8 };
}

/** Brightness as ITU-R BT.601 weighs it, in the 16-bit integers of Pillow's `convert('L')`. */
function luma(red: number, green: number, blue: number): number {
  return (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16;
}

function toGrey(png: DecodedPng, colourType: number): Uint8Array {
  const { data, channels, depth, transparency } = unpack(png, colourType);
  const colours = channels < 3 ? 1 : 3;
  const hasAlpha = channels === 2 || channels === 4;
  const scale = depth === 16 ? 257 : 1;
  const sample = (index: number) => Math.round(data[index] / scale);
  const isTransparent = (first: number) => {
    for (let colour = 0; colour < colours; colour++) if (data[first + colour] !== transparency?.[colour]) return false;
    return true;
  };
  const grey = new Uint8Array(png.width * png.height);
  for (let pixel = 0; pixel < grey.length; pixel++) {
    const first = pixel * channels;
    const value = colours === 1 ? sample(first) : luma(sample(first), sample(first + 1), sample(first + 2));
    const alpha = hasAlpha ? sample(first + colours) : transparency && isTransparent(first) ? 0 : 255;
    grey[pixel] = Math.round((value * alpha + 255 * (255 - alpha)) / 255);
  }
  return grey;
}

/**
 * Decodes a PNG file. Colours become grey by BT.601, 16 bits are rounded to 8, transparent pixels are laid on white, as on
 * paper. Checksums are verified.
 * @param source the file's name, for error messages
 * @throws InklingError of kind `data` where the file is no PNG, is damaged or beyond the limits
 */
export function decodeGreyPng(bytes: Uint8Array, source: string): GreyImage {
  const colourType = checkHeader(bytes, source);
  try {
    const png = decode(bytes, { checkCrc: true });
    return { width: png.width, height: png.height, data: toGrey(png, colourType) };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InklingError('data', `${source} is a damaged PNG file: ${reason}. Get the file again.`, { cause });
  }
}
