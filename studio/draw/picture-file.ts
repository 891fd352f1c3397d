/** A picture file as pixels. */

import { decodePicture } from 'inkling';

/** Files larger than this are no pictures of a digit. */
const mostBytes = 64 * 2 ** 20;

/** @throws Error with a sentence where it is none */
export async function readPictureFile(file: File): Promise<ImageData> {
  if (file.size > mostBytes) {
    throw new Error(
      `it has ${Math.round(file.size / 2 ** 20)} MB; pictures of up to ${mostBytes / 2 ** 20} MB are read.`,
    );
  }
  const { data, width, height } = await decodePicture(new Uint8Array(await file.arrayBuffer()), { name: file.name });
  return new ImageData(new Uint8ClampedArray(data), width, height);
}
