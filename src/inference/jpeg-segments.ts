/**
 * Walks through the segments of a JPEG file before jpeg-js sees it, and copies what the picture needs into a clean stream. What jpeg-js would
 * hang on, fill the memory with, or decode to half a picture ends here: files without an end, sizes that the data cannot fill, frames of
 * other kinds or more than one, scans without number, restart markers that are missing. Coded data is only counted.
 * Format: ITU-T T.81.
 */

import {
  blocksInUnit,
  checkHuffmanTables,
  checkQuantizationTables,
  JpegDamage,
  type JpegFrame,
  type JpegScan,
  readFrame,
  readScan,
  UnusualJpeg,
  unitsOf,
} from './jpeg-tables.js';

export interface JpegParts {
  readonly frame: JpegFrame;
  /** A JPEG file of frame, tables and scans alone. */
  readonly stream: Uint8Array;
  /** The TIFF structure of the Exif data, if any. */
  readonly exif?: Uint8Array;
  /** The three components are red, green and blue as they are. */
  readonly isRgb: boolean;
}

/** As in libvips. Encoders make about ten. */
const mostScans = 100;
/** Times that a coefficient may be visited on the average: once, and once more for each of its bits. */
const mostVisits = 14;

const unusualFrames: Readonly<Record<number, string>> = {
  195: 'without loss',
  197: 'in a hierarchy of sizes',
  198: 'in a hierarchy of sizes',
  199: 'in a hierarchy of sizes',
  201: 'with arithmetic coding',
  202: 'with arithmetic coding',
  203: 'without loss',
  204: 'with arithmetic coding',
  205: 'in a hierarchy of sizes',
  206: 'in a hierarchy of sizes',
  207: 'in a hierarchy of sizes',
};

interface Coded {
  readonly data: Uint8Array;
  readonly restarts: number;
  readonly end: number;
}

/** Coded data up to the next marker that is no restart. A restart marker right at its end belongs to no data and is left out. */
function readCoded(bytes: Uint8Array, start: number): Coded {
  let [offset, restarts, lastRestart] = [start, 0, -1];
  for (;;) {
    offset = bytes.indexOf(0xff, offset);
    if (offset < 0 || offset + 1 >= bytes.length) throw new JpegDamage('it ends within its pixels');
    const next = bytes[offset + 1];
    if (next >= 0xd0 && next <= 0xd7) {
      restarts++;
      lastRestart = offset;
    } else if (next !== 0) break;
    offset += 2;
  }
  const endsInRestart = lastRestart === offset - 2 && lastRestart >= start;
  const data = bytes.subarray(start, endsInRestart ? lastRestart : offset);
  return { data, restarts: endsInRestart ? restarts - 1 : restarts, end: offset };
}

/** What has been seen of the file so far. */
class Walk {
  frame?: JpegFrame;
  exif?: Uint8Array;
  hasJfif = false;
  /** How Adobe's segment says that colours were transformed, if there is one. */
  adobeTransform?: number;
  readonly #pieces: Uint8Array[] = [];
  readonly #decoded = new Set<number>();
  #restartInterval = 0;
  #scans = 0;
  #visits = 0;

  #copy(marker: number, content: Uint8Array): void {
    const length = content.length + 2;
    this.#pieces.push(Uint8Array.of(0xff, marker, length >> 8, length & 0xff), content);
  }

  segment(marker: number, content: Uint8Array): void {
    if (marker in unusualFrames) throw new UnusualJpeg(unusualFrames[marker]);
    const text = String.fromCharCode(...content.subarray(0, 6));
    if (marker === 0xdb) checkQuantizationTables(content);
    if (marker === 0xc4) checkHuffmanTables(content);
    if (marker === 0xdb || marker === 0xc4) this.#copy(marker, content);
    else if (marker >= 0xc0 && marker <= 0xc2) this.#readFrame(marker, content);
    else if (marker === 0xdd) {
      if (content.length !== 2) throw new JpegDamage('its restart interval has the wrong length');
      this.#restartInterval = (content[0] << 8) | content[1];
    } else if (marker === 0xe0 && text.startsWith('JFIF\0')) this.hasJfif = true;
    else if (marker === 0xe1 && text === 'Exif\0\0') this.exif ??= content.subarray(6);
    else if (marker === 0xee && text.startsWith('Adobe') && content.length >= 12) this.adobeTransform = content[11];
  }

  #readFrame(marker: number, content: Uint8Array): void {
    if (this.frame) throw new JpegDamage('it has two frames');
    this.frame = readFrame(marker, content);
    // A copy by construction: `slice` of Node's Buffer, a Uint8Array too, would be a view.
    const copy = Uint8Array.from(content);
    if (this.frame.components.length === 1) copy[7] = 0x11;
    this.#copy(marker, copy);
  }

  /** @returns where the coded data ends */
  scan(content: Uint8Array, bytes: Uint8Array, start: number): number {
    if (!this.frame) throw new JpegDamage('it has a scan before its frame');
    const scan = readScan(content, this.frame);
    const coded = readCoded(bytes, start);
    this.#checkOrder(scan, this.frame);
    this.#checkCoded(scan, this.frame, coded);
    this.#copy(0xda, content);
    this.#pieces.push(coded.data);
    return coded.end;
  }

  #checkOrder({ components, first, refines }: JpegScan, frame: JpegFrame): void {
    this.#scans++;
    if (this.#scans > mostScans) throw new JpegDamage(`it has more than ${mostScans} scans`);
    for (const { id } of components) {
      const isFirst = !this.#decoded.has(id);
      if (isFirst ? first > 0 || refines : !frame.progressive) throw new JpegDamage('its scans are out of order');
      this.#decoded.add(id);
    }
  }

  #checkCoded(scan: JpegScan, frame: JpegFrame, { data, restarts }: Coded): void {
    const units = unitsOf(scan, frame);
    const count = units.across * units.down;
    const { components, first, last } = scan;
    const blocks = components.length === 1 ? count : count * blocksInUnit(components);
    this.#visits += blocks * (last - first + 1);
    if (this.#visits > mostVisits * 64 * frame.unitsAcross * frame.unitsDown * blocksInUnit(frame.components)) {
      throw new JpegDamage('its scans go over the same pixels again and again');
    }
    // A block takes one bit at least, two where further coefficients follow the first. Only those alone can share a code.
    const leastBits = first > 0 ? 1 : blocks * (last > 0 ? 2 : 1);
    if (data.length * 8 < leastBits) throw new JpegDamage('it ends within its pixels');
    // Where no restart can come, the decoder is told of none: it would count beyond the last row.
    const interval = this.#restartInterval < count ? this.#restartInterval : 0;
    if (restarts !== (interval === 0 ? 0 : Math.ceil(count / interval) - 1)) {
      throw new JpegDamage('restart markers are missing, or too many');
    }
    const isPadded = components.length === 1 && units.down < frame.unitsDown * components[0].down;
    if (interval > 0 && count % interval !== 0 && isPadded)
      throw new UnusualJpeg('with restart markers between separate scans');
    this.#copy(0xdd, Uint8Array.of(interval >> 8, interval & 0xff));
  }

  parts(): JpegParts {
    const { frame, exif, adobeTransform } = this;
    if (!frame || this.#decoded.size < frame.components.length)
      throw new JpegDamage('it has no pixels, or not all of their colours');
    const ids = String.fromCharCode(...frame.components.map(({ id }) => id));
    const pieces: Uint8Array[] = [Uint8Array.of(0xff, 0xd8)];
    if (frame.components.length === 4) {
      // Without Adobe's segment nobody knows whether its inks are inverted.
      if (adobeTransform === undefined) throw new UnusualJpeg('in CMYK of an unknown kind');
      pieces.push(Uint8Array.of(0xff, 0xee, 0, 14, 0x41, 0x64, 0x6f, 0x62, 0x65, 0, 100, 0, 0, 0, 0, adobeTransform));
    }
    pieces.push(...this.#pieces, Uint8Array.of(0xff, 0xd9));
    const stream = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
    let offset = 0;
    for (const piece of pieces) {
      stream.set(piece, offset);
      offset += piece.length;
    }
    const isRgb = adobeTransform === undefined ? !this.hasJfif && ids === 'RGB' : adobeTransform === 0;
    return { frame, stream, exif, isRgb };
  }
}

/**
 * @param bytes the whole file, which begins with the marker SOI
 * @param checkSize is called with the frame's size before anything else is read
 * @throws JpegDamage, UnusualJpeg and what `checkSize` throws
 */
export function readJpegSegments(bytes: Uint8Array, checkSize: (width: number, height: number) => void): JpegParts {
  const walk = new Walk();
  let offset = 2;
  for (;;) {
    // Stray bytes between segments are passed over, as all decoders do: phones leave them.
    offset = bytes.indexOf(0xff, offset);
    if (offset < 0) throw new JpegDamage('it ends before its end marker');
    while (bytes[offset] === 0xff) offset++;
    const marker = bytes[offset++];
    if (marker === 0xd9) return walk.parts();
    if (marker === undefined) throw new JpegDamage('it ends before its end marker');
    if (marker <= 0x01 || (marker >= 0xd0 && marker <= 0xd8)) continue;
    const length = (bytes[offset] << 8) | bytes[offset + 1];
    if (offset + 2 > bytes.length || offset + length > bytes.length) throw new JpegDamage('it ends within a segment');
    if (length < 2) throw new JpegDamage(`a segment at byte ${offset} has no valid length`);
    const content = bytes.subarray(offset + 2, offset + length);
    offset += length;
    if (marker === 0xda) offset = walk.scan(content, bytes, offset);
    else {
      walk.segment(marker, content);
      if (walk.frame) checkSize(walk.frame.width, walk.frame.height);
    }
  }
}
