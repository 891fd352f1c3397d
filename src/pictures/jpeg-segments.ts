/**
 * Walks through the segments of a JPEG file before jpeg-js sees it, and copies what the picture needs into a clean
 * stream. What jpeg-js would hang on, fill the memory with, or decode to half a picture ends here: files without an
 * end, sizes that the data cannot fill, frames of other kinds or more than one, scans without number, restart markers
 * that are missing. Coded data is only counted. Behind the last scan nothing is looked at: phones put films there, and
 * cameras forget the end marker. Format: ITU-T T.81.
 */

import { defaultHuffmanTables } from './jpeg-default-tables.js';
import {
  blocksInUnit,
  checkHuffmanTables,
  checkQuantizationTables,
  JpegDamage,
  type JpegFrame,
  type JpegScan,
  readFrame,
  readScan,
  UnsupportedJpeg,
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
const maxScans = 100;
/** Times that a coefficient may be visited on the average: once, and once more for each of its bits. */
const maxVisits = 14;

const [unusualFrames, unsupportedFrames]: Readonly<Record<number, string>>[] = [
  { 195: 'without loss', 201: 'with arithmetic coding', 202: 'with arithmetic coding' },
  {
    197: 'in a hierarchy of sizes',
    198: 'in a hierarchy of sizes',
    199: 'in a hierarchy of sizes',
    203: 'without loss, with arithmetic coding',
    205: 'in a hierarchy of sizes',
    206: 'in a hierarchy of sizes',
    207: 'in a hierarchy of sizes',
  },
];

function checkKind(marker: number, content: Uint8Array): void {
  if (marker in unsupportedFrames) throw new UnsupportedJpeg(unsupportedFrames[marker]);
  const isFrame = marker in unusualFrames || (marker >= 0xc0 && marker <= 0xc2);
  if (isFrame && content[0] !== 8) throw new UnsupportedJpeg(`with ${content[0]} bits a sample`);
  if (marker in unusualFrames) throw new UnusualJpeg(unusualFrames[marker]);
}

interface Coded {
  readonly data: Uint8Array;
  readonly restarts: number;
  readonly end: number;
}

/**
 * Zeros at the end of a file are what was never written of it, but for the one behind 0xFF, which belongs to the data.
 */
function withoutZeros(data: Uint8Array): Uint8Array {
  const length = data.findLastIndex((byte) => byte !== 0) + 1;
  return data.subarray(0, data[length - 1] === 0xff ? length + 1 : length);
}

/**
 * Coded data up to the next marker that is not a restart, a restart marker too many, or the end of the file: cameras
 * leave the end marker out. Whether the data suffice is seen when they are decoded; what is too much of them does no
 * harm.
 */
function readCoded(bytes: Uint8Array, start: number, maxRestarts: number): Coded {
  let [offset, restarts] = [start, 0];
  for (;;) {
    offset = bytes.indexOf(0xff, offset);
    if (offset < 0 || offset + 1 >= bytes.length) {
      const data = bytes.subarray(start, offset < 0 ? bytes.length : offset);
      return { data: withoutZeros(data), restarts, end: bytes.length };
    }
    const next = bytes[offset + 1];
    const isRestart = next >= 0xd0 && next <= 0xd7;
    if (next !== 0 && !(isRestart && restarts < maxRestarts)) break;
    if (isRestart) restarts++;
    offset += 2;
  }
  return { data: bytes.subarray(start, offset), restarts, end: offset };
}

/** What has been seen of the file so far. */
class Walk {
  frame?: JpegFrame;
  exif?: Uint8Array;
  hasJfif = false;
  /** How Adobe's segment says that colours were transformed, if there is one. */
  adobeTransform?: number;
  readonly #pieces: Uint8Array[] = [];
  readonly #huffmanTables = new Set<number>();
  /** Of each component that a scan has begun: the lowest bit that is known of each coefficient. */
  readonly #lowestBits = new Map<number, Uint8Array>();
  #restartInterval = 0;
  #scans = 0;
  #visits = 0;

  #copy(marker: number, content: Uint8Array): void {
    const length = content.length + 2;
    this.#pieces.push(Uint8Array.of(0xff, marker, length >> 8, length & 0xff), content);
  }

  segment(marker: number, content: Uint8Array): void {
    checkKind(marker, content);
    const text = String.fromCharCode(...content.subarray(0, 6));
    if (marker === 0xdb) checkQuantizationTables(content);
    if (marker === 0xc4) for (const place of checkHuffmanTables(content)) this.#huffmanTables.add(place);
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
    const units = unitsOf(scan, this.frame);
    const count = units.across * units.down;
    // Where no restart can come, the decoder is told of none: it would count beyond the last row.
    const interval = this.#restartInterval < count ? this.#restartInterval : 0;
    const restarts = interval === 0 ? 0 : Math.ceil(count / interval) - 1;
    const coded = readCoded(bytes, start, restarts);
    this.#checkOrder(scan, this.frame);
    this.#checkSize(scan, this.frame, count, coded.data.length);
    if (coded.restarts < restarts) throw new JpegDamage('restart markers are missing');
    const isPadded = scan.components.length === 1 && units.down < this.frame.unitsDown * scan.components[0].down;
    if (interval > 0 && count % interval !== 0 && isPadded) {
      throw new UnusualJpeg('with restart markers between separate scans');
    }
    if (!this.frame.progressive) this.#addDefaultTables(content);
    this.#copy(0xdd, Uint8Array.of(interval >> 8, interval & 0xff));
    this.#copy(0xda, content);
    this.#pieces.push(coded.data);
    return coded.end;
  }

  /** @param content of the scan, which names them */
  #addDefaultTables(content: Uint8Array): void {
    for (let index = 0; index < content[0]; index++) {
      const tables = content[2 + 2 * index];
      for (const place of [tables >> 4, 0x10 | (tables & 15)]) {
        const table = defaultHuffmanTables[place];
        if (!table || this.#huffmanTables.has(place)) continue;
        this.#copy(0xc4, Uint8Array.of(place, ...table));
        this.#huffmanTables.add(place);
      }
    }
  }

  #checkOrder({ components, first, last, lowestBit, refines }: JpegScan, frame: JpegFrame): void {
    this.#scans++;
    if (this.#scans > maxScans) throw new JpegDamage(`it has more than ${maxScans} scans`);
    for (const { id } of components) {
      const lowestBits = this.#lowestBits.get(id);
      if (lowestBits ? !frame.progressive : first > 0 || refines) throw new JpegDamage('its scans are out of order');
      this.#lowestBits.set(id, (lowestBits ?? new Uint8Array(64).fill(255)).fill(lowestBit, first, last + 1));
    }
  }

  /** @param count units of the scan */
  #checkSize({ components, first, last }: JpegScan, frame: JpegFrame, count: number, codedBytes: number): void {
    const blocks = components.length === 1 ? count : count * blocksInUnit(components);
    this.#visits += blocks * (last - first + 1);
    if (this.#visits > maxVisits * 64 * frame.unitsAcross * frame.unitsDown * blocksInUnit(frame.components)) {
      throw new JpegDamage('its scans go over the same pixels again and again');
    }
    // A block takes one bit at least, two where further coefficients follow the first. Only those alone can share a
    // code.
    const lowestBits = first > 0 ? 1 : blocks * (last > 0 ? 2 : 1);
    if (codedBytes * 8 < lowestBits) throw new JpegDamage('it ends within its pixels');
  }

  /** Every bit of every coefficient has been there: what follows cannot belong to the picture. */
  get isWhole(): boolean {
    return this.frame?.components.every(({ id }) => this.#lowestBits.get(id)?.every((bit) => bit === 0)) ?? false;
  }

  parts(): JpegParts {
    const { frame, exif, adobeTransform } = this;
    if (!frame || this.#lowestBits.size < frame.components.length)
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
 * @throws JpegDamage, UnusualJpeg, UnsupportedJpeg and what `checkSize` throws
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
    if (marker === 0xda) {
      offset = walk.scan(content, bytes, offset);
      if (walk.isWhole) return walk.parts();
    } else {
      walk.segment(marker, content);
      if (walk.frame) checkSize(walk.frame.width, walk.frame.height);
    }
  }
}
