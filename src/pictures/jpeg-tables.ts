/**
 * What the header segments of a JPEG file declare: frame, scans and tables, each checked against ITU-T T.81, annex B.
 */

export interface JpegComponent {
  readonly id: number;
  /** Blocks of 8 x 8 in each minimum coded unit. */
  readonly across: number;
  readonly down: number;
}

export interface JpegFrame {
  readonly progressive: boolean;
  readonly width: number;
  readonly height: number;
  readonly components: readonly JpegComponent[];
  /** Minimum coded units of a scan of all components. */
  readonly unitsAcross: number;
  readonly unitsDown: number;
}

export interface JpegScan {
  readonly components: readonly JpegComponent[];
  /** The first and the last coefficient, 0 to 63. */
  readonly first: number;
  readonly last: number;
  /** The lowest bit of these coefficients that it gives, 0 for all of them. */
  readonly lowestBit: number;
  /** Whether it refines what an earlier scan has given. */
  readonly refines: boolean;
}

/** Why the file cannot be what it should be; a plain text, for whoever knows the file's name. */
export class JpegDamage extends Error {}

/** A valid file of a kind that jpeg-js cannot read, and libjpeg can; the message goes on from "a JPEG picture". */
export class UnusualJpeg extends Error {}

/** A valid file of a kind that libjpeg cannot read either; the message goes on from "a JPEG picture". */
export class UnsupportedJpeg extends Error {}

function check(isRight: boolean, reason: string): void {
  if (!isRight) throw new JpegDamage(reason);
}

/** @param content of a DQT segment */
export function checkQuantizationTables(content: Uint8Array): void {
  let offset = 0;
  while (offset < content.length) {
    const [wide, place] = [content[offset] >> 4, content[offset] & 15];
    check(wide <= 1 && place <= 3, 'it has an invalid quantization table');
    offset += 1 + 64 * (1 + wide);
  }
  check(offset === content.length, 'a quantization table is cut off');
}

/**
 * @param content of a DHT segment
 * @returns where its tables belong: 0 to 3 for DC, 16 to 19 for AC
 */
export function checkHuffmanTables(content: Uint8Array): readonly number[] {
  const places: number[] = [];
  let offset = 0;
  while (offset < content.length) {
    check(offset + 17 <= content.length, 'a Huffman table is cut off');
    const [kind, place] = [content[offset] >> 4, content[offset] & 15];
    const count = content.subarray(offset + 1, offset + 17).reduce((sum, codes) => sum + codes, 0);
    const values = content.subarray(offset + 17, offset + 17 + count);
    check(kind <= 1 && place <= 3 && count <= 256, 'it has an invalid Huffman table');
    check(values.length === count, 'a Huffman table is cut off');
    check(kind === 1 || values.every((bits) => bits <= 15), 'it has an invalid Huffman table');
    places.push(content[offset]);
    offset += 17 + count;
  }
  return places;
}

/**
 * @param marker the second byte of the segment's marker: 0xC0 baseline, 0xC1 extended, 0xC2 progressive
 * @param content of the SOF segment
 */
export function readFrame(marker: number, content: Uint8Array): JpegFrame {
  check(content.length >= 6 && content.length === 6 + 3 * content[5], 'its frame header has the wrong length');
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const [height, width, count] = [view.getUint16(1), view.getUint16(3), content[5]];
  if (height === 0) throw new UnsupportedJpeg('which tells its height at the end');
  check(width > 0, 'its width is 0');
  if (![1, 3, 4].includes(count)) throw new UnusualJpeg(`of ${count} colour components`);
  const components = Array.from({ length: count }, (_, index): JpegComponent => {
    const [id, sampling, table] = content.subarray(6 + 3 * index, 9 + 3 * index);
    const [across, down] = [sampling >> 4, sampling & 15];
    check(
      across >= 1 && across <= 4 && down >= 1 && down <= 4,
      `it has the sampling factors ${across} x ${down}, expected 1 to 4`,
    );
    check(table <= 3, 'it names an invalid quantization table');
    // Of a single component the factors mean nothing.
    return count === 1 ? { id, across: 1, down: 1 } : { id, across, down };
  });
  check(new Set(components.map(({ id }) => id)).size === count, 'two of its colour components have one name');
  const maxAcross = Math.max(...components.map(({ across }) => across));
  const maxDown = Math.max(...components.map(({ down }) => down));
  if (components.some(({ across, down }) => maxAcross % across !== 0 || maxDown % down !== 0)) {
    throw new UnusualJpeg('with unusual sampling factors');
  }
  return {
    progressive: marker === 0xc2,
    width,
    height,
    components,
    unitsAcross: Math.ceil(width / (8 * maxAcross)),
    unitsDown: Math.ceil(height / (8 * maxDown)),
  };
}

/** @param content of the SOS segment, without the coded data behind it */
export function readScan(content: Uint8Array, frame: JpegFrame): JpegScan {
  const count = content[0] ?? 0;
  check(count >= 1 && count <= 4 && content.length === 4 + 2 * count, 'a scan header has the wrong length');
  const ids = Array.from({ length: count }, (_, index) => content[1 + 2 * index]);
  const components = frame.components.filter(({ id }) => ids.includes(id));
  check(components.length === count, 'a scan names a colour component that the frame does not have, or one twice');
  for (let index = 0; index < count; index++) {
    const tables = content[2 + 2 * index];
    check(tables >> 4 <= 3 && (tables & 15) <= 3, 'a scan names an invalid Huffman table');
  }
  const blocks = blocksInUnit(components);
  check(count === 1 || blocks <= 10, 'it has too many blocks in a coded unit');
  const [first, last, approximation] = content.subarray(1 + 2 * count);
  const [before, now] = [approximation >> 4, approximation & 15];
  // Files that are not progressive have been seen with other values than 0, 63, 0; they mean nothing.
  if (!frame.progressive) return { components, first: 0, last: 63, lowestBit: 0, refines: false };
  const isBand = first === 0 ? last === 0 : count === 1 && first <= last && last <= 63;
  check(isBand && before <= 13 && now <= 13, 'a scan has an invalid range of coefficients');
  return { components, first, last, lowestBit: now, refines: before > 0 };
}

/** Minimum coded units of a scan: of a single component that is a block. */
export function unitsOf({ components }: JpegScan, frame: JpegFrame): { across: number; down: number } {
  if (components.length > 1) return { across: frame.unitsAcross, down: frame.unitsDown };
  const maxAcross = Math.max(...frame.components.map(({ across }) => across));
  const maxDown = Math.max(...frame.components.map(({ down }) => down));
  return {
    across: Math.ceil((Math.ceil(frame.width / 8) * components[0].across) / maxAcross),
    down: Math.ceil((Math.ceil(frame.height / 8) * components[0].down) / maxDown),
  };
}

/** Blocks of a minimum coded unit with all of these components. */
export function blocksInUnit(components: readonly JpegComponent[]): number {
  return components.reduce((sum, { across, down }) => sum + across * down, 0);
}
