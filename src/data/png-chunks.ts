/**
 * The chunks of a PNG file, checked before anything is unpacked: header, palette, transparency, orientation and the packed
 * pixels. All others are passed over unread: profiles and texts (which may inflate to gigabytes), the frames of an animation.
 * Format: https://www.w3.org/TR/png-3/
 */

import { InklingError } from '../errors.js';

/** What a caller is willing to decode. */
export interface PngLimits {
  /** Width and height, each. */
  readonly side: number;
  /** Width times height. */
  readonly pixels: number;
}

/** Samples of a pixel by colour type. */
const channelsOfColourType: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
/** Bits of a sample by colour type. */
const depthsOfColourType: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

export interface PngHeader {
  readonly width: number;
  readonly height: number;
  /** Bits of a sample: 1, 2, 4, 8 or 16. */
  readonly depth: number;
  /** 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGBA. */
  readonly colourType: number;
  /** Samples of a pixel. */
  readonly channels: number;
  /** In the seven passes of Adam7. */
  readonly interlaced: boolean;
}

export interface PngChunks {
  readonly header: PngHeader;
  /** Three bytes a colour; there where the colour type is 3. */
  readonly palette?: Uint8Array;
  /** As tRNS has it: an alpha for each colour of the palette, or 16 bits for each sample of the transparent colour. */
  readonly transparency?: Uint8Array;
  /** A TIFF structure, as eXIf has it. */
  readonly exif?: Uint8Array;
  /** The zlib stream of the pixels, in pieces. */
  readonly packed: readonly Uint8Array[];
}

interface Chunk {
  readonly type: string;
  readonly content: Uint8Array;
}

const signature = [137, 80, 78, 71, 13, 10, 26, 10];

export function damagedPng(source: string, reason: string, cause?: unknown): InklingError {
  return new InklingError('data', `${source} is a damaged PNG file: ${reason}. Get the file again.`, { cause });
}

export function hasPngSignature(bytes: Uint8Array): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

function crc32(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = crcTable[(value ^ byte) & 0xff] ^ (value >>> 8);
  return ~value >>> 0;
}

/** By PNG's naming an upper-case first letter says that no reader may pass the chunk over. */
function isCritical(type: string): boolean {
  return type[0] >= 'A' && type[0] <= 'Z';
}

/** Chunk by chunk up to and with IEND. The checksums of chunks that nobody reads are not verified. */
function* chunksOf(bytes: Uint8Array, source: string): Generator<Chunk> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let offset = signature.length;
  for (let type = ''; type !== 'IEND'; ) {
    if (offset + 12 > bytes.length) throw damagedPng(source, 'it ends before its last chunk (IEND)');
    const length = view.getUint32(offset);
    const end = offset + 8 + length;
    if (end + 4 > bytes.length) throw damagedPng(source, `it ends within a chunk of ${length} bytes`);
    type = String.fromCharCode(...bytes.subarray(offset + 4, offset + 8));
    if (!/^[A-Za-z]{4}$/.test(type)) throw damagedPng(source, `a chunk has no valid name at byte ${offset + 4}`);
    if ((isCritical(type) || type === 'tRNS') && crc32(bytes.subarray(offset + 4, end)) !== view.getUint32(end)) {
      throw damagedPng(source, `the checksum of its chunk ${type} is wrong`);
    }
    yield { type, content: bytes.subarray(offset + 8, end) };
    offset = end + 4;
  }
}

function readHeader({ type, content }: Chunk, source: string, limits: PngLimits): PngHeader {
  if (type !== 'IHDR' || content.length !== 13) throw damagedPng(source, 'it does not begin with a header (IHDR)');
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  if (width < 1 || height < 1 || width > limits.side || height > limits.side) {
    throw new InklingError(
      'data',
      `${source} is ${width} x ${height} pixels: expected 1 to ${limits.side} each way. Resize the image.`,
    );
  }
  if (width * height > limits.pixels) {
    throw new InklingError(
      'data',
      `${source} is ${width} x ${height} pixels: expected at most ${limits.pixels / 1e6} million. Resize the image.`,
    );
  }
  const [depth, colourType, compression, filter, interlace] = content.subarray(8);
  if (!depthsOfColourType[colourType]?.includes(depth)) {
    throw damagedPng(
      source,
      `its header names colour type ${colourType} with ${depth} bits a sample, which PNG does not have`,
    );
  }
  if (compression !== 0 || filter !== 0 || interlace > 1) {
    throw damagedPng(
      source,
      `its header names compression ${compression}, filter ${filter} and interlacing ${interlace}, which PNG does not have`,
    );
  }
  return { width, height, depth, colourType, channels: channelsOfColourType[colourType], interlaced: interlace === 1 };
}

function checkPalette(palette: Uint8Array | undefined, transparency: Uint8Array | undefined, source: string): void {
  if (!palette) throw damagedPng(source, 'it has no palette (PLTE)');
  if (palette.length === 0 || palette.length % 3 !== 0 || palette.length > 768) {
    throw damagedPng(source, `its palette has ${palette.length} bytes, expected three for each of 1 to 256 colours`);
  }
  if (transparency && transparency.length > palette.length / 3) {
    throw damagedPng(source, `it has ${transparency.length} alpha values (tRNS) for ${palette.length / 3} colours`);
  }
}

/**
 * Walks through the file.
 * @param source the file's name, for error messages
 * @throws InklingError of kind `data` where the file is no PNG, is truncated or damaged, or beyond the limits
 */
export function readPngChunks(bytes: Uint8Array, source: string, limits: PngLimits): PngChunks {
  if (!hasPngSignature(bytes)) {
    throw new InklingError('data', `${source} is no PNG file: it lacks the PNG signature. Convert the image to PNG.`);
  }
  let header: PngHeader | undefined;
  let palette: Uint8Array | undefined;
  let transparency: Uint8Array | undefined;
  let exif: Uint8Array | undefined;
  let before = '';
  const packed: Uint8Array[] = [];
  for (const chunk of chunksOf(bytes, source)) {
    const { type, content } = chunk;
    if (!header) header = readHeader(chunk, source, limits);
    else if (type === 'IDAT' && packed.length > 0 && before !== 'IDAT') {
      throw damagedPng(source, 'its pixels (IDAT) are interrupted by another chunk');
    } else if (type === 'IDAT') packed.push(content);
    else if (type === 'PLTE' && !palette && packed.length === 0) palette = content;
    else if (type === 'tRNS' && packed.length === 0) transparency ??= content;
    else if (type === 'eXIf') exif ??= content;
    else if (type === 'IEND') break;
    else if (isCritical(type)) throw damagedPng(source, `its chunk ${type} is unknown or out of place`);
    before = type;
  }
  if (!header) throw damagedPng(source, 'it does not begin with a header (IHDR)');
  if (header.colourType === 3) checkPalette(palette, transparency, source);
  const transparentSamples = transparency && header.colourType < 3 ? transparency.length / 2 : header.channels;
  if (transparentSamples !== header.channels) {
    throw damagedPng(
      source,
      `its transparent colour (tRNS) has ${transparency?.length} bytes, expected ${2 * header.channels}`,
    );
  }
  // PNG has no such thing as a colour that is transparent where every pixel has an alpha.
  return { header, palette, transparency: header.colourType < 4 ? transparency : undefined, exif, packed };
}
