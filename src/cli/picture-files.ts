/** The pictures that a command is given: files, folders with all that is below them, `-` for standard input. */

import { createReadStream, type Stats } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { sep } from 'node:path';
import { InklingError } from '../errors.js';
import { fileKind } from '../pictures/file-kind.js';
import { fileError } from '../platform/node-file-error.js';
import { readNamedPipe } from './named-pipe.js';

export interface PictureFile {
  /** As people know it: its path, `-` for standard input. */
  readonly name: string;
  /** @throws InklingError (file) */
  read(): Promise<Uint8Array>;
}

export const standardInput = '-';
/** Beyond this many bytes no picture of 64 million pixels goes. */
const maxBytes = 512 * 2 ** 20;
/** Milliseconds in which somebody must begin to write to a pipe. */
const writerPatience = 3000;
/** After this many bytes the kind of a file is known. */
const glance = 1024;
const pictureName = /\.(png|jpe?g|webp|gif|tiff?|avif|hei[cf]|bmp|svg)$/i;

/**
 * The pictures of one path: itself where it is a file, whatever its name; of a folder the pictures in it and in its
 * folders, by the endings of their names, in natural order. Where there is nothing, or a folder without pictures, it is
 * one that cannot be read. Of a folder the names are held, a folder at a time.
 */
export async function* picturesOf(path: string): AsyncGenerator<PictureFile> {
  if (path === standardInput) {
    yield { name: path, read: () => readAll(process.stdin, 'standard input') };
    return;
  }
  let entry: Stats;
  try {
    entry = await stat(path);
  } catch (error) {
    yield unreadable(path, missingFile(path, error));
    return;
  }
  if (!entry.isDirectory()) {
    yield pictureFile(Buffer.from(path), entry.isFIFO());
    return;
  }
  let isEmpty = true;
  const naturalOrder = new Intl.Collator('en', { numeric: true });
  for await (const picture of picturesBelow(Buffer.from(path), new Set(), naturalOrder)) {
    isEmpty = false;
    yield picture;
  }
  if (!isEmpty) return;
  const none = `${path} has no pictures: expected files such as .png or .jpg in it or in its folders. Give another folder.`;
  yield unreadable(path, new InklingError('file', none));
}

/** All of them at once. */
export async function findPictures(path: string): Promise<PictureFile[]> {
  const found: PictureFile[] = [];
  for await (const picture of picturesOf(path)) found.push(picture);
  return found;
}

/** Node hands over a name that is not UTF-8 with its bytes lost. */
function missingFile(path: string, error: unknown): InklingError {
  if (!path.includes('\ufffd')) return fileError('read', path, error);
  return new InklingError(
    'file',
    `Cannot read ${path}: its name is not UTF-8. Rename the file, give the folder that it is in, or send it to standard input: ` +
      '"inkling predict - < file".',
    { cause: error },
  );
}

/** @param path bytes, since names of files need not be UTF-8 */
function pictureFile(path: Buffer, isPipe = false): PictureFile {
  const name = path.toString();
  const open = () => (isPipe ? readNamedPipe(path, writerPatience) : createReadStream(path));
  return { name, read: () => readAll(open(), name) };
}

function unreadable(name: string, error: InklingError): PictureFile {
  return { name, read: () => Promise.reject(error) };
}

/** @param seen folders, so that a link to one above does not lead in a circle */
async function* picturesBelow(
  folder: Buffer,
  seen: Set<string>,
  naturalOrder: Intl.Collator,
): AsyncGenerator<PictureFile> {
  let names: Buffer[];
  try {
    const real = await realpath(folder);
    if (seen.has(real)) return;
    seen.add(real);
    names = await readdir(folder, { encoding: 'buffer' });
  } catch (error) {
    yield unreadable(folder.toString(), fileError('list', folder.toString(), error));
    return;
  }
  const entries = names
    .map((bytes) => ({ bytes, name: bytes.toString() }))
    .filter(({ name }) => !name.startsWith('.'))
    .sort((a, b) => naturalOrder.compare(a.name, b.name) || Buffer.compare(a.bytes, b.bytes));
  for (const { bytes, name } of entries) {
    const path = joined(folder, bytes);
    // A link that leads nowhere is named when it is read, where it claims to be a picture.
    const entry = await stat(path).catch(() => undefined);
    if (entry?.isDirectory()) yield* picturesBelow(path, seen, naturalOrder);
    // A pipe would be waited for.
    else if (pictureName.test(name) && (entry === undefined || entry.isFile())) yield pictureFile(path);
  }
}

function joined(folder: Buffer, name: Buffer): Buffer {
  const text = folder.toString();
  if (text === '.') return name;
  const between = text.endsWith('/') || text.endsWith(sep) ? '' : sep;
  return Buffer.concat([folder, Buffer.from(between), name]);
}

/**
 * The whole stream where it may be a picture, otherwise its beginning: endless ones, and videos, are not waited for.
 */
async function readAll(stream: AsyncIterable<Uint8Array>, name: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  let isJudged = false;
  try {
    for await (const part of stream) {
      parts.push(part);
      bytes += part.length;
      if (!isJudged && bytes >= glance) {
        isJudged = true;
        const beginning = Buffer.concat(parts);
        if (fileKind(beginning).decoder === 'none') return beginning;
      }
      if (bytes > maxBytes) {
        throw new InklingError(
          'file',
          `${name} has more than ${maxBytes / 2 ** 20} MiB: no picture that can be read is as large. Give another file.`,
        );
      }
    }
  } catch (error) {
    throw error instanceof InklingError ? error : fileError('read', name, error);
  }
  return Buffer.concat(parts);
}
