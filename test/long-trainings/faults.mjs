/**
 * Loaded into a training before anything else (`node --import`), as the disk that fails it: counts what is done to
 * files in one folder (writing, bringing to the disk, renaming, removing), and at a given one kills the process before
 * it, in the midst of it or after it, or lets the disk be full for a while.
 */

import { writeFileSync } from 'node:fs';
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { resolve } from 'node:path';

/** `at` counts from 1; of a full disk `times` operations fail. */
const {
  folder,
  at = 0,
  kind = 'kill',
  moment = 'before',
  times = 1,
  countFile,
} = JSON.parse(process.env.INKLING_FAULTS);
const root = resolve(folder);
const isInside = (path) => resolve(String(path)).startsWith(root);
let count = 0;

function die() {
  process.kill(process.pid, 'SIGKILL');
  // Not one instruction more of the program's.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

function full() {
  throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
}

/** @param half what is done of it where it breaks off in the midst */
async function faulty(operation, half = () => {}) {
  count++;
  if (kind === 'full' && count >= at && count < at + times) {
    await half();
    full();
  }
  if (kind !== 'kill' || count !== at) return operation();
  if (moment === 'midst') await half();
  if (moment === 'after') await operation();
  return die();
}

const { open, rename, rm } = fs;
fs.open = async (path, ...rest) => {
  const handle = await open(path, ...rest);
  if (!isInside(path)) return handle;
  const { writeFile, sync } = handle;
  handle.writeFile = (content, ...options) =>
    faulty(
      () => writeFile.call(handle, content, ...options),
      () => writeFile.call(handle, content.slice(0, content.length >> 1), ...options),
    );
  handle.sync = () => faulty(() => sync.call(handle));
  return handle;
};
fs.rename = (from, to) => (isInside(to) ? faulty(() => rename(from, to)) : rename(from, to));
fs.rm = (path, ...rest) => (isInside(path) ? faulty(() => rm(path, ...rest)) : rm(path, ...rest));
syncBuiltinESMExports();
if (countFile) process.once('exit', () => writeFileSync(countFile, String(count)));
