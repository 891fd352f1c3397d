/** In a page: pictures are decoded by the packages that Node decodes them with, and by the browser. */

import { decode as decodePng } from 'fast-png';
import jpeg from 'jpeg-js';
import { platform } from '../../../dist/platform/browser.js';
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

function plain({ width, height, data }: { width: number; height: number; data: ArrayLike<number> }): Decoded {
  return { width, height, data: Array.from(data) };
}

/** The browser's own decoder, told that the picture is as large as given here. */
async function decodeAsIf(width: number, height: number, bytes: Uint8Array): Promise<Caught> {
  const { createImageBitmap } = globalThis;
  globalThis.createImageBitmap = async () => ({ width, height, close() {} });
  try {
    return await caught(platform.decodeOtherPicture(bytes));
  } finally {
    globalThis.createImageBitmap = createImageBitmap;
  }
}

export default async function run(files: Files) {
  const webp = await platform.decodeOtherPicture(files.webp);
  return {
    png: plain(decodePng(files.png, { checkCrc: true })),
    jpeg: plain(jpeg.decode(files.jpeg, { useTArray: true })),
    webp: webp && plain(webp),
    noPicture: (await platform.decodeOtherPicture(Uint8Array.of(1, 2, 3))) === undefined,
    tooLarge: await decodeAsIf(8001, 8000, files.webp),
  };
}
