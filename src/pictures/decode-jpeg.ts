/**
 * JPEG files as upright RGBA by jpeg-js: baseline and progressive, grey, YCbCr, RGB and Adobe's CMYK, 8 bits a sample.
 * Colours of fewer samples are repeated, not smoothed; CMYK becomes RGB without a colour profile. jpeg-js sees nothing
 * that has not passed `readJpegSegments`.
 */

import { InklingError } from '../errors.js';
import { readOrientation, uprightPicture } from './exif-orientation.js';
import { readJpegSegments } from './jpeg-segments.js';
import { blocksInUnit, JpegDamage, UnsupportedJpeg, UnusualJpeg } from './jpeg-tables.js';
import type { Picture } from './picture.js';

/** A file that jpeg-js cannot read, and others can; the text goes on from "a JPEG picture". */
export interface UnreadJpeg {
  readonly unusual: string;
}

/**
 * Blocks of 8 x 8 samples. jpeg-js keeps all of them at once, some 700 bytes each with what follows; these are 64
 * million pixels with colours of a quarter of the samples, and 1.3 GB.
 */
const maxBlocks = 1.55e6;
/** No limit beside that of the blocks. */
const memoryInMegabytes = 4096;

function damaged(source: string, reason: string, cause: unknown): InklingError {
  return new InklingError('data', `${source} is a damaged JPEG file: ${reason}. Get the file again.`, { cause });
}

/**
 * @param source the file's name, for error messages
 * @param maxPixels width times height
 * @throws InklingError of kind `data` where the file is truncated, damaged, too large or of a kind that nobody reads
 */
export async function decodeJpeg(bytes: Uint8Array, source: string, maxPixels: number): Promise<Picture | UnreadJpeg> {
  const checkSize = (width: number, height: number) => {
    if (width * height <= maxPixels) return;
    throw new InklingError(
      'data',
      `${source} is ${width} x ${height} pixels: expected at most ${maxPixels / 1e6} million. Resize the image.`,
    );
  };
  const jpeg = await import('jpeg-js');
  try {
    const { frame, stream, exif, isRgb } = readJpegSegments(bytes, checkSize);
    const blocks = frame.unitsAcross * frame.unitsDown * blocksInUnit(frame.components);
    if (blocks > maxBlocks) return { unusual: `of ${Math.round((blocks * 64) / 1e6)} million samples` };
    const { width, height, data } = jpeg.decode(stream, {
      useTArray: true,
      colorTransform: isRgb ? false : undefined,
      // Strict decoding refuses whole files: it counts blocks beyond the last row where restart markers are far apart.
      tolerantDecoding: true,
      maxResolutionInMP: maxPixels / 1e6,
      maxMemoryUsageInMB: memoryInMegabytes,
    });
    return uprightPicture({ width, height, data }, readOrientation(exif));
  } catch (error) {
    if (error instanceof InklingError) throw error;
    if (error instanceof UnsupportedJpeg) {
      const message = `${source} is a JPEG picture ${error.message}, which cannot be read. Convert it to PNG.`;
      throw new InklingError('data', message, { cause: error });
    }
    if (error instanceof UnusualJpeg) return { unusual: error.message };
    if (error instanceof JpegDamage) throw damaged(source, error.message, error);
    // The only end marker that it has seen is the one behind the last scan.
    if (String(error).includes('unexpected marker: ffd9')) throw damaged(source, 'it ends within its pixels', error);
    throw damaged(source, 'its pixels cannot be decoded', error);
  }
}
