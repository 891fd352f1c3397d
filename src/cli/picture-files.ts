/** The pictures that a command is given: files, folders with all that is below them, `-` for standard input. */

import { createReadStream } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { InklingError } from '../errors.js';
import { fileError } from '../platform/node-file-error.js';

export interface PictureFile {
  /** As people know it: its path, `-` for standard input. */
  readonly name: string;
  /** @throws InklingError (file) */
  read(): Promise<Uint8Array>;
}

const standardInput = '-';
/** Beyond this many bytes no picture of 64 million pixels goes. */
const mostBytes = 512 * 2 ** 20;
const pictureName = /\.(png|jpe?g|webp|gif|tiff?|avif|hei[cf]|bmp|svg)$/i;
const naturalOrder = new Intl.Collator('en', { numeric: true });

/**
 * The pictures of one path: itself where it is a file, whatever its name; of a folder the pictures in it and in its folders, by
 * the endings of their names, in natural order.
 * @throws InklingError (file) where there is nothing, or a folder without pictures
 */
export async function findPictures(path: string): Promise<PictureFile[]> {
  if (path === standardInput) return [{ name: path, read: () => readAll(process.stdin, 'standard input') }];
  const found = await stat(path).catch((error: unknown) => {
    throw fileError('read', path, error);
  });
  if (!found.isDirectory()) return [pictureFile(path)];
  const paths = await listPictures(path, new Set());
  if (paths.length > 0) return paths.map(pictureFile);
  throw new InklingError(
    'file',
    `${path} has no pictures: expected files such as .png or .jpg in it or in its folders. Give another folder.`,
  );
}

function pictureFile(path: string): PictureFile {
  return { name: path, read: () => readAll(createReadStream(path), path) };
}

/** @param seen folders, so that a link to one above does not lead in a circle */
async function listPictures(folder: string, seen: Set<string>): Promise<string[]> {
  try {
    const real = await realpath(folder);
    if (seen.has(real)) return [];
    seen.add(real);
    const names = (await readdir(folder)).filter((name) => !name.startsWith('.')).sort(naturalOrder.compare);
    const paths: string[] = [];
    for (const name of names) {
      const path = join(folder, name);
      const isFolder = await stat(path).then(
        (entry) => entry.isDirectory(),
        // A link that leads nowhere is named when it is read, where it claims to be a picture.
        () => false,
      );
      if (isFolder) paths.push(...(await listPictures(path, seen)));
      else if (pictureName.test(name)) paths.push(path);
    }
    return paths;
  } catch (error) {
    throw fileError('list', folder, error);
  }
}

async function readAll(stream: AsyncIterable<Uint8Array>, name: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const part of stream) {
      bytes += part.length;
      if (bytes > mostBytes) {
        throw new InklingError(
          'file',
          `${name} has more than ${mostBytes / 2 ** 20} MiB: no picture that can be read is as large. Give another file.`,
        );
      }
      parts.push(part);
    }
  } catch (error) {
    throw error instanceof InklingError ? error : fileError('read', name, error);
  }
  return Buffer.concat(parts);
}
