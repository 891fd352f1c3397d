/**
 * PNG files as pixels of 8 bits, of any colour type and depth, interlaced or not. Limits: gamma and colour profiles are
 * ignored; of an animation there is the still image only.
 *
 * A decoder of our own, since a picture may come from anybody: fast-png inflates everything before it looks, takes
 * samples that are missing for zero and cannot read interlaced rows of less than 8 bits a sample.
 */

import { readOrientation, uprightPicture } from './exif-orientation.js';
import type { Pixels } from './image-pixels.js';
import { damagedPng, type PngChunks, type PngLimits, readPngChunks } from './png-chunks.js';
import { checkPackedSize, type RowPlace, readPngRows } from './png-rows.js';

/** As the file stores it: an orientation that it may ask for is not applied. */
export interface PngImage extends Pixels {
  /** The TIFF structure of its Exif data, if any. */
  readonly exif?: Uint8Array;
}

/** Of pictures to train on. */
export const trainingLimits: PngLimits = { side: 4096, pixels: 4096 * 4096 };

/** Writes a row's samples one by one into `samples`. */
function unpackSamples(row: Uint8Array, depth: number, samples: Uint16Array): void {
  if (depth === 8) samples.set(row);
  else if (depth === 16) {
    for (let index = 0; 2 * index < row.length; index++) samples[index] = (row[2 * index] << 8) | row[2 * index + 1];
  } else {
    const largest = (1 << depth) - 1;
    for (let index = 0, bit = 8 - depth; index < samples.length; index++, bit = bit === 0 ? 8 - depth : bit - depth) {
      samples[index] = (row[(index * depth) >> 3] >> bit) & largest;
    }
  }
}

/** The samples of the colour that is declared transparent, below 16 bits in the lowest bits. */
function transparentColour({ header, transparency }: PngChunks): number[] | undefined {
  if (!transparency || header.colourType === 3) return undefined;
  const largest = (1 << header.depth) - 1;
  return Array.from({ length: header.channels }, (_, channel) => {
    return ((transparency[2 * channel] << 8) | transparency[2 * channel + 1]) & largest;
  });
}

type Painter = (row: Uint8Array, place: RowPlace) => void;

function palettePainter({ header, palette, transparency }: PngChunks, data: Uint8Array, source: string): Painter {
  const [colours, alphas] = [palette ?? new Uint8Array(0), transparency ?? new Uint8Array(0)];
  const indices = new Uint16Array(header.width);
  return (row, { x, y, xStep, count }) => {
    unpackSamples(row, header.depth, indices.subarray(0, count));
    for (let pixel = 0; pixel < count; pixel++) {
      const [index, first] = [indices[pixel], 4 * (y * header.width + x + pixel * xStep)];
      if (3 * index >= colours.length) {
        throw damagedPng(source, `a pixel has colour ${index} of a palette of ${colours.length / 3}`);
      }
      data[first] = colours[3 * index];
      data[first + 1] = colours[3 * index + 1];
      data[first + 2] = colours[3 * index + 2];
      data[first + 3] = index < alphas.length ? alphas[index] : 255;
    }
  };
}

function samplePainter(chunks: PngChunks, data: Uint8Array): Painter {
  const { width, depth, channels } = chunks.header;
  const transparent = transparentColour(chunks);
  const hasAlpha = channels === 2 || channels === 4;
  const [green, blue, alpha] = channels < 3 ? [0, 0, 1] : [1, 2, 3];
  const samples = new Uint16Array(width * channels);
  const levels = 1 << depth;
  const toByte = Uint8Array.from({ length: levels }, (_, sample) => Math.round((sample * 255) / (levels - 1)));
  const isTransparent = (at: number) => {
    return transparent?.every((sample, channel) => samples[at + channel] === sample) ?? false;
  };
  return (row, { x, y, xStep, count }) => {
    unpackSamples(row, depth, samples.subarray(0, count * channels));
    for (let pixel = 0; pixel < count; pixel++) {
      const [at, first] = [pixel * channels, 4 * (y * width + x + pixel * xStep)];
      data[first] = toByte[samples[at]];
      data[first + 1] = toByte[samples[at + green]];
      data[first + 2] = toByte[samples[at + blue]];
      data[first + 3] = hasAlpha ? toByte[samples[at + alpha]] : isTransparent(at) ? 0 : 255;
    }
  };
}

/**
 * Decodes a PNG file with its colours and alpha; 16 bits are rounded to 8. Checksums are verified.
 * @param source the file's name, for error messages
 * @throws InklingError of kind `data` where the file is not a PNG, is truncated, damaged or beyond the limits
 */
export async function decodePng(bytes: Uint8Array, source: string, limits: PngLimits): Promise<PngImage> {
  const chunks = readPngChunks(bytes, source, limits);
  checkPackedSize(chunks, source);
  const { width, height, colourType } = chunks.header;
  const data = new Uint8Array(4 * width * height);
  const paint = colourType === 3 ? palettePainter(chunks, data, source) : samplePainter(chunks, data);
  await readPngRows(chunks, source, paint);
  return { width, height, data, exif: chunks.exif };
}

/**
 * Decodes a PNG file of at most 4,096 pixels a side for training, upright as its Exif data may ask for.
 * @param source the file's name, for error messages
 * @throws InklingError of kind `data` where the file is not a PNG, is truncated, damaged or beyond the limits
 */
export async function decodeTrainingPng(bytes: Uint8Array, source: string): Promise<Pixels> {
  const { exif, ...stored } = await decodePng(bytes, source, trainingLimits);
  return uprightPicture(stored, readOrientation(exif));
}
