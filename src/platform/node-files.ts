/**
 * The files of the platform contract on Node: whole or not at all, on the disk when a call returns, errors in plain
 * words.
 */

import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FolderEntry } from './contract.js';
import { fileError } from './node-file-error.js';
import { removeAbandoned, removeTemporary, temporaryPath } from './node-temporary.js';

export async function readWholeFile(path: string): Promise<Uint8Array> {
  try {
    const content = await readFile(path);
    return new Uint8Array(content.buffer, content.byteOffset, content.byteLength);
  } catch (error) {
    throw fileError('read', path, error);
  }
}

/** Follows symbolic links; one that leads nowhere is not a folder. */
async function leadsToFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}

export async function listFolder(path: string): Promise<FolderEntry[] | undefined> {
  try {
    const entries = await readdir(path, { withFileTypes: true });
    const listed = entries.map(async (entry) => ({
      name: entry.name,
      isFolder: entry.isSymbolicLink() ? await leadsToFolder(join(path, entry.name)) : entry.isDirectory(),
    }));
    return (await Promise.all(listed)).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw fileError('list', path, error);
  }
}

/**
 * Makes a folder and those above it. Node's own recursion says that a read-only file system "does not exist", and goes
 * round in circles where a folder is there and takes no entries, as in /proc.
 * @returns whether it was not there before
 * @throws the system's error
 */
export async function makeFolder(path: string): Promise<boolean> {
  try {
    return await makeOneFolder(path);
  } catch (error) {
    const parent = dirname(path);
    if (codeOf(error) !== 'ENOENT' || parent === path) throw error;
    await makeFolder(parent);
  }
  try {
    return await makeOneFolder(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    throw Object.assign(new Error(`${dirname(path)} takes no folders`, { cause: error }), {
      code: 'ERR_NO_NEW_FOLDERS',
    });
  }
}

async function makeOneFolder(path: string): Promise<boolean> {
  try {
    await mkdir(path);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST' || !(await stat(path)).isDirectory()) throw error;
    return false;
  }
  await syncFolder(dirname(path));
  return true;
}

export async function writeWholeFile(path: string, content: string | Uint8Array): Promise<void> {
  const folder = dirname(path);
  const temporary = temporaryPath(folder);
  let created = false;
  try {
    await makeFolder(folder);
    await removeAbandoned(folder);
    const handle = await open(temporary, 'wx');
    created = true;
    try {
      await handle.writeFile(content);
      // A disk may accept bytes and fail to keep them: only after this has the file arrived.
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
    await syncFolder(folder);
  } catch (error) {
    if (created) await removeTemporary(temporary);
    throw fileError('write', path, error);
  }
}

export async function appendText(path: string, text: string): Promise<void> {
  try {
    await makeFolder(dirname(path));
    const handle = await open(path, 'a');
    try {
      const { size } = await handle.stat();
      try {
        await handle.writeFile(text);
      } catch (error) {
        // Half a line would spoil the next one too.
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

export async function removeFile(path: string): Promise<void> {
  try {
    await rm(path, { force: true });
  } catch (error) {
    throw fileError('remove', path, error);
  }
}

/** Not every file system, and no Windows, can be asked to keep the names in a folder. */
const cannotSync = new Set(['EINVAL', 'ENOTSUP', 'EISDIR', 'EPERM', 'EACCES', 'EBADF']);

/** Only after this do new names in a folder outlive a power failure. */
async function syncFolder(path: string): Promise<void> {
  try {
    const handle = await open(path, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!cannotSync.has(codeOf(error))) throw error;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
