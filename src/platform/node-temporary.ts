/** Temporary names of files that are being written, and what is done with those whose writer was killed. */

import { randomUUID } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { isAlive, thisWriter } from './node-writer.js';

/** After this, a file whose writer cannot be known has none: no file takes as long to write. */
const longestWrite = 24 * 60 * 60 * 1000;

const temporaryName = /^\.inkling-.*\.tmp$/;
const signedName = /^\.inkling-(.+)-(\d+)-(\d*)-[0-9a-f]{8}\.tmp$/;

/** A new name in the folder, which tells who writes. */
export function temporaryPath(folder: string): string {
  const { host, pid, start } = thisWriter();
  return join(folder, `.inkling-${encodeURIComponent(host)}-${pid}-${start}-${randomUUID().slice(0, 8)}.tmp`);
}

const swept = new Set<string>();
/** This process's own that could not be removed, as on a disk that refuses even that while it is full. */
const leftBehind = new Set<string>();

/** Removes a file that was not finished, now or before the next one is written. */
export async function removeTemporary(file: string): Promise<void> {
  leftBehind.add(file);
  await rm(file, { force: true }).then(
    () => leftBehind.delete(file),
    () => {},
  );
}

/**
 * Removes what this process could not remove before and, once for each folder, what killed processes left there; what
 * cannot be removed does no harm and stays.
 */
export async function removeAbandoned(folder: string): Promise<void> {
  for (const file of leftBehind) await removeTemporary(file);
  const path = resolve(folder);
  if (swept.has(path)) return;
  swept.add(path);
  const names = await readdir(path).catch(() => []);
  for (const name of names.filter((name) => temporaryName.test(name))) {
    const file = join(path, name);
    if (await isAbandoned(name, file)) await rm(file, { force: true }).catch(() => {});
  }
}

async function isAbandoned(name: string, file: string): Promise<boolean> {
  const [, host, pid, start] = signedName.exec(name) ?? [];
  const alive = host && isAlive({ host: decodeURIComponent(host), pid: Number(pid), start });
  if (typeof alive === 'boolean') return !alive;
  const found = await stat(file).catch(() => undefined);
  return found !== undefined && Date.now() - found.mtimeMs > longestWrite;
}
