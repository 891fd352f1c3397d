/**
 * The chunks of a PNG file, checked before anything is unpacked: header, palette, transparency, orientation and the
 * packed pixels. All others are passed over unread, right or wrong: profiles and texts (which may inflate to
 * gigabytes), the frames of an animation, and whatever stands behind the pixels. Format: https://www.w3.org/TR/png-3/
 */

import { InklingError } from '../errors.js';
import { crc32 } from '../numerics/crc32.js';

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
  /** Whether the checksum is right; counted when asked, since most chunks are passed over. */
  readonly isIntact: () => boolean;
}

const signature = [137, 80, 78, 71, 13, 10, 26, 10];

export function damagedPng(source: string, reason: string, cause?: unknown): InklingError {
  return new InklingError('data', `${source} is a damaged PNG file: ${reason}. Get the file again.`, { cause });
}

export function hasPngSignature(bytes: Uint8Array): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}

/** By PNG's naming an upper-case first letter says that no reader may pass the chunk over. */
function isCritical(type: string): boolean {
  return type[0] >= 'A' && type[0] <= 'Z';
}

/**
 * Chunk by chunk up to and with IEND. Behind the pixels it ends at the first thing that cannot be read as a chunk: the
 * picture is whole by then, and files whose end was lost or overwritten are common.
 */
function* chunksOf(bytes: Uint8Array, source: string): Generator<Chunk> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let hasPixels = false;
  for (let offset = signature.length; ; ) {
    const isHeadThere = offset + 12 <= bytes.length;
    const length = isHeadThere ? view.getUint32(offset) : 0;
    const end = offset + 8 + length;
    const type = String.fromCharCode(...bytes.subarray(offset + 4, offset + 8));
    let fault: string | undefined;
    if (!isHeadThere) fault = 'it ends before its last chunk (IEND)';
    else if (end + 4 > bytes.length) fault = `it ends within a chunk of ${length} bytes`;
    else if (!/^[A-Za-z]{4}$/.test(type)) fault = `a chunk has no valid name at byte ${offset + 4}`;
    if (fault !== undefined) {
      if (hasPixels && type !== 'IDAT') return;
      throw damagedPng(source, fault);
    }
    const isIntact = () => crc32(bytes.subarray(offset + 4, end)) === view.getUint32(end);
    yield { type, content: bytes.subarray(offset + 8, end), isIntact };
    if (type === 'IEND') return;
    hasPixels ||= type === 'IDAT';
    offset = end + 4;
  }
}

function checkIntact({ type, isIntact }: Chunk, source: string): void {
  if (!isIntact()) throw damagedPng(source, `the checksum of its chunk ${type} is wrong`);
}

function readHeader(chunk: Chunk, source: string, limits: PngLimits): PngHeader {
  const { type, content } = chunk;
  if (type !== 'IHDR' || content.length !== 13) throw damagedPng(source, 'it does not begin with a header (IHDR)');
  checkIntact(chunk, source);
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

function checkPalette(palette: Uint8Array | undefined, source: string): void {
  if (!palette) throw damagedPng(source, 'it has no palette (PLTE)');
  if (palette.length === 0 || palette.length % 3 !== 0 || palette.length > 768) {
    throw damagedPng(source, `its palette has ${palette.length} bytes, expected three for each of 1 to 256 colours`);
  }
}

/**
 * Whether tRNS has a length that PNG lets it have. Where it has another, libpng passes it over, and so do we: the
 * picture is opaque.
 */
function isTransparencyValid(
  transparency: Uint8Array,
  { colourType, channels }: PngHeader,
  palette: Uint8Array | undefined,
): boolean {
  if (colourType === 3) return transparency.length <= (palette?.length ?? 0) / 3;
  return transparency.length === 2 * channels;
}

/**
 * Walks through the file.
 * @param source the file's name, for error messages
 * @throws InklingError of kind `data` where the file is not a PNG, is truncated or damaged, or beyond the limits
 */
export function readPngChunks(bytes: Uint8Array, source: string, limits: PngLimits): PngChunks {
  if (!hasPngSignature(bytes)) {
    throw new InklingError(
      'data',
      `${source} is not a PNG file: it lacks the PNG signature. Convert the image to PNG.`,
    );
  }
  let header: PngHeader | undefined;
  let palette: Uint8Array | undefined;
  let transparency: Uint8Array | undefined;
  let exif: Uint8Array | undefined;
  let before = '';
  const packed: Uint8Array[] = [];
  for (const chunk of chunksOf(bytes, source)) {
    const { type, content } = chunk;
    const isBeforePixels = packed.length === 0;
    if (!header) header = readHeader(chunk, source, limits);
    else if (type === 'IDAT') {
      if (!isBeforePixels && before !== 'IDAT') {
        throw damagedPng(source, 'its pixels (IDAT) are interrupted by another chunk');
      }
      checkIntact(chunk, source);
      packed.push(content);
    } else if (type === 'eXIf') {
      if (chunk.isIntact()) exif ??= content;
    } else if (type === 'PLTE' && !palette && isBeforePixels) {
      // In pictures of other kinds it only suggests colours to screens that have few.
      if (header.colourType === 3) checkIntact(chunk, source);
      palette = content;
    } else if (type === 'tRNS' && header.colourType < 4 && isBeforePixels) {
      // PNG has no such thing as a colour that is transparent where every pixel has an alpha.
      checkIntact(chunk, source);
      transparency ??= content;
    } else if (isCritical(type) && type !== 'IEND' && isBeforePixels) {
      throw damagedPng(source, `its chunk ${type} is unknown or out of place`);
    }
    before = type;
  }
  if (!header) throw damagedPng(source, 'it does not begin with a header (IHDR)');
  if (header.colourType === 3) checkPalette(palette, source);
  if (transparency && !isTransparencyValid(transparency, header, palette)) transparency = undefined;
  return { header, palette, transparency, exif, packed };
}
