/** Writes PNG files of every kind, right or wrong, so that readers meet what no encoder would make. */

import { crc32, deflateSync } from 'node:zlib';

export interface PngSpecification {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly colourType: number;
  /** Bytes of palette and tRNS, where there are any. */
  readonly palette?: readonly number[];
  readonly transparency?: readonly number[];
  readonly interlace?: number;
}

export const pngSignature: Uint8Array = Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10);
export const channelsOf: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

const passes = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
];

/** With a right checksum, whatever it holds. */
export function pngChunk(type: string, content: Uint8Array = new Uint8Array(0)): Uint8Array {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  sum.writeUInt32BE(crc32(typed));
  return Buffer.concat([length, typed, sum]);
}

export function pngHeader({ width, height, depth, colourType, interlace = 0 }: PngSpecification): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([depth, colourType, 0, 0, interlace], 8);
  return pngChunk('IHDR', header);
}

/** @param rows packed samples of each row, without the filter byte */
export function pngOfRows(specification: PngSpecification, rows: readonly (readonly number[])[]): Uint8Array {
  const { palette, transparency } = specification;
  return Buffer.concat([
    pngSignature,
    pngHeader(specification),
    ...(palette ? [pngChunk('PLTE', Uint8Array.from(palette))] : []),
    ...(transparency ? [pngChunk('tRNS', Uint8Array.from(transparency))] : []),
    pngChunk('IDAT', deflateSync(Uint8Array.from(rows.flatMap((row) => [0, ...row])))),
    pngChunk('IEND'),
  ]);
}

/** Samples of whole bits as bytes, the last one filled up. */
function pack(samples: readonly number[], depth: number): number[] {
  const bits = samples.map((sample) => sample.toString(2).padStart(depth, '0')).join('');
  return Array.from({ length: Math.ceil(bits.length / 8) }, (_, index) =>
    Number.parseInt(bits.slice(8 * index, 8 * index + 8).padEnd(8, '0'), 2),
  );
}

/** @param samples of each pixel in turn, row by row, whatever the interlacing */
export function pngOfSamples(specification: PngSpecification, samples: ArrayLike<number>): Uint8Array {
  const { width, height, depth, colourType, interlace } = specification;
  const channels = channelsOf[colourType];
  const rows: number[][] = [];
  for (const [left, top, xStep, yStep] of interlace === 1 ? passes : [[0, 0, 1, 1]]) {
    for (let y = top; y < height && left < width; y += yStep) {
      const row: number[] = [];
      for (let x = left; x < width; x += xStep) {
        for (let channel = 0; channel < channels; channel++) row.push(samples[(y * width + x) * channels + channel]);
      }
      rows.push(pack(row, depth));
    }
  }
  return pngOfRows(specification, rows);
}
