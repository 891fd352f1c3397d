/**
 * The own digits as one .zip: a folder for each class with a PNG file for each digit, as `inkling train --data` reads
 * them once it is unpacked. What such folders have no place for, drawings and answers, is in files that it passes over.
 */

import { type Zippable, zipSync } from 'fflate';
import { unpackArchive } from '../state/archive.js';
import type { OwnDigit } from '../state/database.js';
import { imagePixels, imageSide } from './own-digits.js';
import { pngOfImage } from './png-file.js';

/** Beside the class folders; its name begins with a dot, so that nobody takes it for a class. */
const drawingsFolder = '.drawings';
const notesName = 'digits.json';

/** Far more than anybody draws, far less than would stop the page. */
const limits = { files: 20_000, fileBytes: 1e6, bytes: 64e6 };

interface Notes {
  readonly [path: string]: Pick<OwnDigit, 'id' | 'answer' | 'time'>;
}

export async function archiveOf(digits: readonly OwnDigit[]): Promise<Uint8Array<ArrayBuffer>> {
  const files: Zippable = {};
  const notes: Record<string, Notes[string]> = {};
  for (const { id, label, answer, time, picture, image } of digits) {
    const moment = new Date(time).toISOString().slice(0, 19).replaceAll(':', '-');
    const path = `${label}/${moment}-${id.slice(0, 8)}.png`;
    files[path] = await bytesOf(await pngOfImage(image));
    if (picture) files[`${drawingsFolder}/${path}`] = await bytesOf(picture);
    notes[path] = { id, answer, time };
  }
  files[notesName] = new TextEncoder().encode(`${JSON.stringify(notes, null, 2)}\n`);
  // PNG files are packed already.
  return zipSync(files, { level: 0 });
}

/**
 * The digits of an archive: one that `archiveOf` made, or any with folders `0` to `9` of PNG files of 28 by 28 pixels,
 * light on dark.
 * @throws Error that says which file is not what it should be; then none is taken
 */
export async function digitsOfArchive(file: Blob): Promise<OwnDigit[]> {
  const files = await unpackArchive(file, limits, (name) => /\.png$/i.test(name) || name.endsWith(notesName));
  const notesPath = [...files.keys()].find((path) => path === notesName || path.endsWith(`/${notesName}`));
  const root = notesPath?.slice(0, -notesName.length) ?? '';
  const notes = notesPath === undefined ? {} : notesOf(files.get(notesPath)!);
  const digits: OwnDigit[] = [];
  for (const [path, bytes] of files) {
    const [, label] = /(?:^|\/)(\d)\/[^/]+\.png$/i.exec(path) ?? [];
    if (label === undefined || path.includes(`${drawingsFolder}/`)) continue;
    const inside = path.slice(root.length);
    const note = notes[inside];
    const drawing = files.get(`${root}${drawingsFolder}/${inside}`);
    digits.push({
      id: typeof note?.id === 'string' ? note.id : crypto.randomUUID(),
      label: Number(label),
      answer: typeof note?.answer === 'string' ? note.answer : null,
      time: Number.isFinite(note?.time) ? note.time : Date.now(),
      ...(drawing && { picture: new Blob([drawing], { type: 'image/png' }) }),
      image: await imageOf(bytes, path),
    });
  }
  if (digits.length > 0) return digits;
  throw new Error('it has no digits: expected folders 0 to 9 with PNG files of 28 by 28 pixels in them.');
}

function notesOf(bytes: Uint8Array): Notes {
  try {
    const notes: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof notes === 'object' && notes !== null ? (notes as Notes) : {};
  } catch {
    // The digits are all there without it.
    return {};
  }
}

async function imageOf(bytes: Uint8Array<ArrayBuffer>, path: string): Promise<Uint8Array<ArrayBuffer>> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }), { colorSpaceConversion: 'none' });
  } catch {
    throw new Error(`${path} is no PNG picture that can be read.`);
  }
  const { width, height } = bitmap;
  if (width !== imageSide || height !== imageSide) {
    bitmap.close();
    throw new Error(
      `${path} has ${width} by ${height} pixels: expected 28 by 28, as the network sees digits. Open other pictures in Draw.`,
    );
  }
  const canvas = new OffscreenCanvas(imageSide, imageSide).getContext('2d')!;
  canvas.drawImage(bitmap, 0, 0);
  bitmap.close();
  const { data } = canvas.getImageData(0, 0, imageSide, imageSide);
  return Uint8Array.from({ length: imagePixels }, (_, at) => data[4 * at]);
}

async function bytesOf(blob: Blob): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await blob.arrayBuffer());
}
