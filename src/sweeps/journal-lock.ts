/**
 * The lock of an Optuna journal: `FILE.lock`, made by whoever wants to write, removed when the lines are written. Optuna
 * makes a symbolic link or, as here, a file that must not be there yet; each keeps the other out.
 */

import { open, rename, rm, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileError } from '../platform/node-file-error.js';

/** After so long without a change, Optuna too takes a lock for left by a process that died. */
const graceMilliseconds = 30_000;
const longestPause = 100;

export async function withJournalLock<Result>(journal: string, work: () => Promise<Result>): Promise<Result> {
  const path = `${journal}.lock`;
  await acquire(path);
  try {
    return await work();
  } finally {
    await release(path);
  }
}

async function acquire(path: string): Promise<void> {
  let pause = 1;
  let seen: number | undefined;
  let unchangedSince = performance.now();
  while (!(await tryToMake(path))) {
    const changed = await stat(path).then(
      ({ mtimeMs }) => mtimeMs,
      () => undefined,
    );
    if (changed !== seen) [seen, unchangedSince] = [changed, performance.now()];
    if (performance.now() - unchangedSince > graceMilliseconds) await release(path);
    await sleep(pause);
    pause = Math.min(pause * 2, longestPause);
  }
}

async function tryToMake(path: string): Promise<boolean> {
  try {
    await (await open(path, 'wx')).close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw fileError('write', path, error);
  }
}

/** Of two that remove a stale lock, the slower one must not remove the faster one's new lock while it looks on. */
async function release(path: string): Promise<void> {
  const aside = `${path}${process.pid}-${Math.round(performance.now() * 1000)}.rename`;
  await rename(path, aside).then(
    () => rm(aside, { force: true }),
    () => {},
  );
}
