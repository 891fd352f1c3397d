/**
 * The orientation that a camera notes in a picture's Exif data: which of eight ways the stored rows must be turned or
 * mirrored to stand upright. Reads the first directory only. Broken Exif data says nothing; it is never an error, since
 * the picture is still one. Format: CIPA DC-008 (Exif 2.32), tag 0x0112.
 */

import type { Pixels } from './image-pixels.js';

const orientationTag = 0x0112;
const shortType = 3;

/**
 * @param tiff the TIFF structure of the Exif data, which begins with `II` or `MM`
 * @returns 1 (upright as stored) to 8; 1 where the data says nothing or is broken
 */
export function readOrientation(tiff: Uint8Array | undefined): number {
  if (!tiff || tiff.length < 14) return 1;
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  const littleEndian = tiff[0] === 0x49;
  const mark = littleEndian ? 0x4949 : 0x4d4d;
  if (view.getUint16(0) !== mark || view.getUint16(2, littleEndian) !== 42) return 1;
  const directory = view.getUint32(4, littleEndian);
  if (directory + 2 > tiff.length) return 1;
  const entries = view.getUint16(directory, littleEndian);
  for (let entry = 0; entry < entries; entry++) {
    const offset = directory + 2 + 12 * entry;
    if (offset + 12 > tiff.length) return 1;
    if (view.getUint16(offset, littleEndian) !== orientationTag) continue;
    const isOneShort =
      view.getUint16(offset + 2, littleEndian) === shortType && view.getUint32(offset + 4, littleEndian) === 1;
    const orientation = view.getUint16(offset + 8, littleEndian);
    return isOneShort && orientation >= 1 && orientation <= 8 ? orientation : 1;
  }
  return 1;
}

/**
 * Turns a stored picture upright.
 * @param orientation 1 to 8, by where the first row and the first column of what is stored belong: 1 top left, 2 top
 *   right, 3 bottom right, 4 bottom left, 5 left top, 6 right top, 7 right bottom, 8 left bottom
 * @returns the picture itself where it is upright
 */
export function uprightPicture(stored: Pixels, orientation: number): Pixels {
  if (orientation === 1) return stored;
  const turned = orientation >= 5;
  const [width, height] = turned ? [stored.height, stored.width] : [stored.width, stored.height];
  const fromRight = [2, 3, 7, 8].includes(orientation);
  const fromBottom = [3, 4, 6, 7].includes(orientation);
  const aligned = stored.data.byteOffset % 4 === 0 ? stored.data : Uint8Array.from(stored.data);
  const source = new Uint32Array(aligned.buffer, aligned.byteOffset, width * height);
  const target = new Uint32Array(width * height);
  for (let y = 0, pixel = 0; y < height; y++) {
    for (let x = 0; x < width; x++, pixel++) {
      const [column, row] = turned ? [y, x] : [x, y];
      const storedColumn = fromRight ? stored.width - 1 - column : column;
      const storedRow = fromBottom ? stored.height - 1 - row : row;
      target[pixel] = source[storedRow * stored.width + storedColumn];
    }
  }
  return { width, height, data: new Uint8Array(target.buffer) };
}
