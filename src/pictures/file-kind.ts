/**
 * What a file seems to be, by its first bytes and never by its name. It looks at 1,024 bytes at most and vouches for
 * nothing.
 */

import { hasPngSignature } from './png-chunks.js';

export interface FileKind {
  /** For messages: `a WebP picture`, `an HTML page`. */
  readonly name: string;
  /** Which decoder to ask; `none` where it is not a picture. */
  readonly decoder: 'png' | 'jpeg' | 'other' | 'none';
}

const glance = 1024;

/** What stands at a byte of the file, as Latin-1; the first that fits counts. */
const signatures: readonly [offset: number, text: string, name: string, isPicture: boolean][] = [
  [0, 'GIF87a', 'a GIF picture', true],
  [0, 'GIF89a', 'a GIF picture', true],
  [8, 'WEBP', 'a WebP picture', true],
  [0, 'II*\0', 'a TIFF picture', true],
  [0, 'MM\0*', 'a TIFF picture', true],
  [0, 'II+\0', 'a TIFF picture', true],
  [0, 'MM\0+', 'a TIFF picture', true],
  [4, 'ftypavi', 'an AVIF picture', true],
  [4, 'ftyphe', 'a HEIC picture', true],
  [4, 'ftypmif1', 'a HEIC picture', true],
  [4, 'ftypmsf1', 'a HEIC picture', true],
  [6, '\0\0\0\0', 'a BMP picture', true],
  [0, '\xff\x0a', 'a JPEG XL picture', true],
  [4, 'JXL \r\n', 'a JPEG XL picture', true],
  [4, 'jP  \r\n', 'a JPEG 2000 picture', true],
  [0, '\xff\x4f\xff\x51', 'a JPEG 2000 picture', true],
  [0, '8BPS', 'a Photoshop picture', true],
  [0, '\0\0\x01\0', 'an icon (ICO)', true],
  [0, '%PDF-', 'a PDF document', false],
  [0, 'PK\x03\x04', 'a ZIP archive or an office document', false],
  [0, '\x1f\x8b', 'a file packed by gzip', false],
  [0, '\0\0\x08', 'an IDX file', false],
  [4, 'ftyp', 'a video', false],
  [8, '{"', 'a safetensors file', false],
];

/** What else must be there where a signature is weak. */
const alsoStartsWith: Readonly<Record<string, string>> = { 'a WebP picture': 'RIFF', 'a BMP picture': 'BM' };

const texts: readonly [pattern: RegExp, name: string, isPicture: boolean][] = [
  [/^<(!doctype html|html|head|body)\b/i, 'an HTML page', false],
  [/^(<\?xml[^>]*>|<!--[^>]*>|<!doctype svg[^>]*>|\s)*<svg[\s>]/i, 'an SVG drawing', true],
  [/^<\?xml/i, 'an XML document', false],
  [/^[{[]/, 'JSON', false],
];

/** UTF-8 without control characters; the glance may have cut the last character in two. */
function asText(bytes: Uint8Array): string | undefined {
  const isText = bytes.every((byte) => byte >= 0x20 || (byte >= 0x09 && byte <= 0x0d));
  const text = new TextDecoder('utf-8').decode(bytes).replace(/\ufffd$/, '');
  return isText && !text.includes('\ufffd') ? text.trimStart() : undefined;
}

/** @param bytes the whole file, at least one byte */
export function fileKind(bytes: Uint8Array): FileKind {
  if (hasPngSignature(bytes)) return { name: 'a PNG picture', decoder: 'png' };
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return { name: 'a JPEG picture', decoder: 'jpeg' };
  const start = bytes.subarray(0, glance);
  const latin1 = String.fromCharCode(...start);
  const signature = signatures.find(([offset, expected, name]) => {
    return latin1.startsWith(expected, offset) && latin1.startsWith(alsoStartsWith[name] ?? '');
  });
  const text = asText(start);
  if (signature && (text === undefined || signature[3] || signature[0] === 0))
    return kindOf(signature[2], signature[3]);
  if (text === undefined) return kindOf('a file of an unknown format', false);
  const [, name, isPicture] = texts.find(([pattern]) => pattern.test(text)) ?? [undefined, 'text', false];
  return kindOf(name, isPicture);
}

function kindOf(name: string, isPicture: boolean): FileKind {
  return { name, decoder: isPicture ? 'other' : 'none' };
}
