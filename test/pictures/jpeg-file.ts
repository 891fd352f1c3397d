/** Cuts JPEG files into segments and puts them together again, so that readers meet what no encoder would make. */

/** @param content without the two bytes of the length, which are written as they should be */
export function jpegSegment(marker: number, content: ArrayLike<number>): Uint8Array {
  const length = content.length + 2;
  return Uint8Array.from([0xff, marker, length >> 8, length & 0xff, ...Array.from(content)]);
}

/** The marker, its segment and, for a scan, the coded data behind it. */
export function jpegPieces(bytes: Uint8Array): Uint8Array[] {
  const starts: number[] = [];
  for (let offset = 0; offset < bytes.length; ) {
    starts.push(offset);
    const marker = bytes[offset + 1];
    if (marker === 0xd8 || marker === 0xd9) offset += 2;
    else offset += 2 + ((bytes[offset + 2] << 8) | bytes[offset + 3]);
    if (marker !== 0xda) continue;
    const isInside = (byte: number) => byte === 0 || (byte >= 0xd0 && byte <= 0xd7);
    while (!(bytes[offset] === 0xff && !isInside(bytes[offset + 1])) && offset < bytes.length) offset++;
  }
  return starts.map((start, index) => bytes.slice(start, starts[index + 1]));
}

/** The file with some of its pieces replaced. */
export function editJpeg(
  bytes: Uint8Array,
  edit: (marker: number, piece: Uint8Array) => readonly Uint8Array[],
): Uint8Array {
  return Buffer.concat(jpegPieces(bytes).flatMap((piece) => [...edit(piece[1], piece)]));
}

/** Exif data with one directory, which holds the orientation. */
export function exifSegment(orientation: number, littleEndian = true): Uint8Array {
  const tiff = new DataView(new ArrayBuffer(26));
  tiff.setUint16(0, littleEndian ? 0x4949 : 0x4d4d);
  tiff.setUint16(2, 42, littleEndian);
  tiff.setUint32(4, 8, littleEndian);
  tiff.setUint16(8, 1, littleEndian);
  tiff.setUint16(10, 0x0112, littleEndian);
  tiff.setUint16(12, 3, littleEndian);
  tiff.setUint32(14, 1, littleEndian);
  tiff.setUint16(18, orientation, littleEndian);
  return jpegSegment(0xe1, [0x45, 0x78, 0x69, 0x66, 0, 0, ...new Uint8Array(tiff.buffer)]);
}

/** The file with Exif data behind its first marker. */
export function withExif(bytes: Uint8Array, segment: Uint8Array): Uint8Array {
  return Buffer.concat([bytes.subarray(0, 2), segment, bytes.subarray(2)]);
}
