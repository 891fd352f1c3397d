/**
 * The rows of a PNG file: inflated as they come, unfiltered, in the order of the file, with or without interlacing.
 * Holds two rows at a time and never inflates beyond the last one. Filters and Adam7:
 * https://www.w3.org/TR/png-3/#9Filters and #8Interlace
 */

import { damagedPng, type PngChunks, type PngHeader } from './png-chunks.js';

/** Where the pixels of a row belong: the first at (x, y), the others `xStep` apart. */
export interface RowPlace {
  readonly x: number;
  readonly y: number;
  readonly xStep: number;
  /** Pixels of the row. */
  readonly count: number;
}

interface Pass {
  readonly x: number;
  readonly y: number;
  readonly xStep: number;
  readonly yStep: number;
}

const wholeImage: readonly Pass[] = [{ x: 0, y: 0, xStep: 1, yStep: 1 }];
const adam7: readonly Pass[] = [
  { x: 0, y: 0, xStep: 8, yStep: 8 },
  { x: 4, y: 0, xStep: 8, yStep: 8 },
  { x: 0, y: 4, xStep: 4, yStep: 8 },
  { x: 2, y: 0, xStep: 4, yStep: 4 },
  { x: 0, y: 2, xStep: 2, yStep: 4 },
  { x: 1, y: 0, xStep: 2, yStep: 2 },
  { x: 0, y: 1, xStep: 1, yStep: 2 },
];

/** Deflate cannot do better: 258 bytes for two bits. */
const bestCompression = 1032;

function rowBytes({ depth, channels }: PngHeader, count: number): number {
  return Math.ceil((count * channels * depth) / 8);
}

/** Passes with the pixels of their rows; those of images too small to have any are left out. */
function passesOf({ width, height, interlaced }: PngHeader): (Pass & { count: number; rows: number })[] {
  return (interlaced ? adam7 : wholeImage)
    .map((pass) => ({
      ...pass,
      count: Math.ceil((width - pass.x) / pass.xStep),
      rows: Math.ceil((height - pass.y) / pass.yStep),
    }))
    .filter(({ count, rows }) => count > 0 && rows > 0);
}

/** Of each row: its place, and whether it is the first of a pass, which has no row above. */
function* placesOf(header: PngHeader): Generator<{ place: RowPlace; isFirst: boolean }> {
  for (const { x, y, xStep, yStep, count, rows } of passesOf(header)) {
    for (let row = 0; row < rows; row++) yield { place: { x, y: y + row * yStep, xStep, count }, isFirst: row === 0 };
  }
}

function paeth(left: number, above: number, corner: number): number {
  const estimate = left + above - corner;
  const [fromLeft, fromAbove] = [Math.abs(estimate - left), Math.abs(estimate - above)];
  const fromCorner = Math.abs(estimate - corner);
  if (fromLeft <= fromAbove && fromLeft <= fromCorner) return left;
  return fromAbove <= fromCorner ? above : corner;
}

/**
 * In place. Bytes outside of the image count as zero.
 * @param distance bytes from a sample to the same one of the pixel before
 */
function unfilter(filter: number, row: Uint8Array, above: Uint8Array, distance: number): boolean {
  const length = row.length;
  if (filter === 1) for (let i = distance; i < length; i++) row[i] += row[i - distance];
  else if (filter === 2) for (let i = 0; i < length; i++) row[i] += above[i];
  else if (filter === 3) {
    for (let i = 0; i < length; i++) row[i] += ((i < distance ? 0 : row[i - distance]) + above[i]) >> 1;
  } else if (filter === 4) {
    for (let i = 0; i < distance && i < length; i++) row[i] += above[i];
    for (let i = distance; i < length; i++) row[i] += paeth(row[i - distance], above[i], above[i - distance]);
  }
  return filter <= 4;
}

async function* inflate(packed: readonly Uint8Array[], source: string): AsyncGenerator<Uint8Array, void> {
  const compressed = new ReadableStream<BufferSource>({
    start(controller) {
      for (const piece of packed) if (piece.length > 0) controller.enqueue(piece as Uint8Array<ArrayBuffer>);
      controller.close();
    },
  });
  const reader = compressed.pipeThrough(new DecompressionStream('deflate')).getReader();
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) yield piece.value;
  } catch (cause) {
    throw damagedPng(source, 'its pixels cannot be unpacked', cause);
  } finally {
    await reader.cancel().catch(() => {});
  }
}

/** Refuses an image that so few bytes cannot hold, before the caller takes memory for it. */
export function checkPackedSize({ header, packed }: PngChunks, source: string): void {
  let expected = 0;
  for (const { count, rows } of passesOf(header)) expected += rows * (1 + rowBytes(header, count));
  const came = packed.reduce((sum, { length }) => sum + length, 0);
  if (expected > came * bestCompression) {
    throw damagedPng(source, `${came} bytes cannot hold its ${header.width} x ${header.height} pixels`);
  }
}

/**
 * Calls `visit` with the bytes of each row, packed as the file has them. The row's memory is used again afterwards.
 * Surplus bytes behind the last row are left unread.
 * @throws InklingError of kind `data` where the pixels cannot be inflated, end early or are filtered in an unknown way
 */
export async function readPngRows(
  { header, packed }: PngChunks,
  source: string,
  visit: (row: Uint8Array, place: RowPlace) => void,
): Promise<void> {
  const places = placesOf(header);
  const distance = Math.max(1, (header.channels * header.depth) / 8);
  // The filter's number comes first in each row.
  let row = new Uint8Array(1 + rowBytes(header, header.width));
  let above = new Uint8Array(row.length);
  let next = places.next();
  let filled = 0;
  for await (const piece of inflate(packed, source)) {
    for (let offset = 0; offset < piece.length && !next.done; ) {
      const { place, isFirst } = next.value;
      const length = 1 + rowBytes(header, place.count);
      const taken = piece.subarray(offset, offset + length - filled);
      row.set(taken, filled);
      filled += taken.length;
      offset += taken.length;
      if (filled < length) break;
      if (isFirst) above.fill(0);
      const content = row.subarray(1, length);
      if (!unfilter(row[0], content, above.subarray(1, length), distance)) {
        throw damagedPng(source, `a row has the filter ${row[0]}, which PNG does not have`);
      }
      visit(content, place);
      [row, above] = [above, row];
      filled = 0;
      next = places.next();
      if (next.done && offset < piece.length) return;
    }
  }
  if (!next.done) throw damagedPng(source, 'its pixels end early');
}
