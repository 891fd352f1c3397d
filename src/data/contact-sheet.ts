/**
 * A contact sheet: some images of each class as one PNG, a row a class. Limits: one channel is drawn grey, three as
 * RGB.
 */

import { encode } from 'fast-png';
import { InklingError } from '../errors.js';
import { RandomStream } from '../numerics/random.js';
import { formatShape } from '../numerics/tensor.js';
import { imageShape, type LabelledImages } from './dataset.js';

export interface ContactSheetOptions {
  /** Images of each class, 20 by default; a class with fewer leaves its row short. */
  readonly perClass?: number;
  /** Draws the images at random, an integer from 0 to 2^32 - 1; without it the first of each class are shown. */
  readonly seed?: number;
  /**
   * Pixels of the sheet for each pixel of an image, each way; by default as many that an image is about 56 pixels high.
   */
  readonly scale?: number;
}

export interface ContactSheet {
  /** The bytes of a PNG file, and its size in pixels. */
  readonly png: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** The class of each row, and where it stands, in pixels. */
  readonly rows: readonly { readonly label: number; readonly top: number; readonly height: number }[];
}

const pleasantHeight = 56;
const gap = 4;
const white = 255;

function requirePositive(name: string, value: number): void {
  if (Number.isInteger(value) && value > 0) return;
  throw new InklingError('argument', `contactSheet: ${name} should be a positive integer. Received: ${value}.`);
}

/** For each class that has any images, in order: its number, and the indices of up to `perClass` of them. */
function sample(labels: Uint8Array, perClass: number, seed: number | undefined): [label: number, row: number[]][] {
  const order = Uint32Array.from(labels, (_, index) => index);
  // Another user of the stream than the epochs' shuffling, which has number 0.
  if (seed !== undefined) new RandomStream(seed, 'shuffle', 0, 1).shuffle(order);
  const rows: number[][] = [];
  for (const index of order) {
    rows[labels[index]] ??= [];
    const row = rows[labels[index]];
    if (row.length < perClass) row.push(index);
  }
  return rows.flatMap((row, label): [number, number[]][] => (row === undefined ? [] : [[label, row]]));
}

/**
 * Draws the sheet, white gaps between the images.
 * @param labelled images [N, H, W, C] with C 1 or 3
 * @throws InklingError of kind `argument` for other channels or bad options
 */
export function contactSheet({ images, labels }: LabelledImages, options: ContactSheetOptions = {}): ContactSheet {
  const [height, width, channels] = imageShape(images);
  const { perClass = 20, seed, scale = Math.max(1, Math.round(pleasantHeight / height)) } = options;
  requirePositive('perClass', perClass);
  requirePositive('scale', scale);
  if (channels !== 1 && channels !== 3) {
    throw new InklingError(
      'argument',
      `contactSheet: expected images of 1 or 3 channels. Received: the shape ${formatShape(images.shape)}.`,
    );
  }
  const rows = sample(labels, perClass, seed);
  const columns = Math.max(...rows.map(([, row]) => row.length));
  const sheetWidth = gap + columns * (width * scale + gap);
  const sheetHeight = gap + rows.length * (height * scale + gap);
  const sheet = new Uint8Array(sheetWidth * sheetHeight * channels).fill(white);

  const draw = (image: number, left: number, top: number) => {
    for (let y = 0; y < height * scale; y++) {
      for (let x = 0; x < width * scale; x++) {
        const from = ((image * height + Math.floor(y / scale)) * width + Math.floor(x / scale)) * channels;
        const to = ((top + y) * sheetWidth + left + x) * channels;
        for (let channel = 0; channel < channels; channel++) sheet[to + channel] = images.data[from + channel];
      }
    }
  };
  const places = rows.map(([label, row], rowIndex) => {
    const top = gap + rowIndex * (height * scale + gap);
    row.forEach((image, column) => {
      draw(image, gap + column * (width * scale + gap), top);
    });
    return { label, top, height: height * scale };
  });
  const png = encode({ width: sheetWidth, height: sheetHeight, data: sheet, channels }, { zlib: { level: 9 } });
  return { png, width: sheetWidth, height: sheetHeight, rows: places };
}
