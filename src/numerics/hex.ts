/**
 * Bytes as hexadecimal text, two digits each: longer than base64, but shorter once it is packed by gzip, which finds
 * whole bytes again.
 */

/** @param text an even number of hexadecimal digits */
export function decodeHex(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length / 2);
  for (let index = 0; index < bytes.length; index++) {
    bytes[index] = 16 * digitOf(text.charCodeAt(2 * index)) + digitOf(text.charCodeAt(2 * index + 1));
  }
  return bytes;
}

/** Of 0 to 9, whose codes are 0x30 to 0x39, and a to f, 0x61 to 0x66. */
const digitOf = (code: number) => (code & 15) + (code >= 0x61 ? 9 : 0);
