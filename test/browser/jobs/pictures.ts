/**
 * In a page: pictures are decoded through the one front door, PNG and JPEG by the packages that Node has, the others by
 * the browser.
 */

import { decodePicture } from '../../../dist/pictures/decode-picture.js';
import { type Caught, caught } from './caught.js';

export interface Files {
  readonly png: Uint8Array;
  readonly jpeg: Uint8Array;
  readonly webp: Uint8Array;
}

export interface Decoded {
  readonly width: number;
  readonly height: number;
  readonly data: readonly number[];
}

/** A damaged WebP file by its content. */
const broken = new TextEncoder().encode('RIFF....WEBPVP8 and nothing more');

async function plain(bytes: Uint8Array, name: string): Promise<Decoded> {
  const { width, height, data } = await decodePicture(bytes, { name });
  return { width, height, data: Array.from(data) };
}

/** The browser's own decoder, told that the picture is as large as given here. */
async function decodeAsIf(width: number, height: number, bytes: Uint8Array): Promise<Caught> {
  const { createImageBitmap } = globalThis;
  globalThis.createImageBitmap = async () => ({ width, height, close() {} });
  try {
    return await caught(decodePicture(bytes, { name: 'large.webp' }));
  } finally {
    globalThis.createImageBitmap = createImageBitmap;
  }
}

export default async function run(files: Files) {
  return {
    png: await plain(files.png, 'a.png'),
    jpeg: await plain(files.jpeg, 'a.jpg'),
    webp: await plain(files.webp, 'a.webp'),
    broken: await caught(decodePicture(broken, { name: 'broken.webp' })),
    tooLarge: await decodeAsIf(8001, 8000, files.webp),
  };
}
