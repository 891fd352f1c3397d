/** The file of a journal: whole lines, only ever appended to. */

import { open } from 'node:fs/promises';
import { fileError } from '../platform/node-file-error.js';

/**
 * Appends lines and brings them to the disk; where that fails, nothing of them stays.
 * @throws InklingError (file)
 */
export async function appendLines(path: string, text: string): Promise<void> {
  try {
    const handle = await open(path, 'a');
    try {
      const { size } = await handle.stat();
      try {
        await handle.writeFile(text);
        await handle.sync();
      } catch (error) {
        await handle.truncate(size).catch(() => {});
        throw error;
      }
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw fileError('write', path, error);
  }
}

/** Makes the file where it is missing, and cuts off half a line that a process or a machine that died has left. */
export async function cutHalfLine(path: string): Promise<void> {
  try {
    const handle = await open(path, 'a+');
    try {
      const text = await handle.readFile();
      const end = text.lastIndexOf(10) + 1;
      if (end < text.length) await handle.truncate(end);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw fileError('write', path, error);
  }
}

/** @returns the bytes from there on @throws InklingError (file) */
export async function readFrom(path: string, offset: number): Promise<Uint8Array> {
  try {
    const handle = await open(path, 'r');
    try {
      const { size } = await handle.stat();
      const bytes = new Uint8Array(Math.max(size - offset, 0));
      await handle.read(bytes, 0, bytes.length, offset);
      return bytes;
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw fileError('read', path, error);
  }
}
