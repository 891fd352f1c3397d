/**
 * Takes a folder for a run, before the training: hours of work must not end at a folder that cannot be written, nor be
 * mixed with what else is there. A lock file keeps other processes out until this one ends.
 */

import { rmSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { visibleEntries } from '../data/class-folders.js';
import { InklingError } from '../errors.js';
import { checkpointsName, openCheckpoints } from '../formats/checkpoint-folder.js';
import { fileError } from '../platform/node-file-error.js';
import { makeFolder, readWholeFile, writeWholeFile } from '../platform/node-files.js';
import { isAlive, readWriter, thisWriter, type Writer } from '../platform/node-writer.js';
import { metricsFileName } from '../report/metrics-log.js';
import { resumeCommand } from './repeat-command.js';

export const lockFileName = '.inkling-run.lock';

/**
 * Makes the folder where it is missing, locks it for the life of this process, and makes an empty `metrics.jsonl` in
 * it.
 * @throws InklingError (argument) where another process writes a run there, or where the folder holds anything already,
 * but for hidden files and what systems leave behind; (file) where it cannot be made or written
 */
export async function claimRunFolder(folder: string): Promise<void> {
  try {
    await makeFolder(folder);
  } catch (error) {
    throw fileError('make', folder, error);
  }
  await lockRunFolder(folder);
  await requireFree(folder);
  await writeWholeFile(join(folder, metricsFileName), '');
}

async function requireFree(folder: string): Promise<void> {
  const names = (await visibleEntries(folder)).map(({ name }) => name);
  const checkpoints = openCheckpoints(join(folder, checkpointsName));
  const kept = await checkpoints.list();
  const leftByRun = ['summary.json', 'model.json', 'model.safetensors'].find((name) => names.includes(name));
  if (leftByRun !== undefined) {
    throw taken(folder, `already holds a run (${leftByRun}), which would be overwritten`, kept.length > 0);
  }
  const hasLines = names.includes(metricsFileName) && (await readWholeFile(join(folder, metricsFileName))).length > 0;
  if (hasLines || kept.some(({ steps }) => steps > 0)) {
    const left = hasLines ? metricsFileName : checkpointsName;
    throw taken(folder, `holds what a run has left that broke off (${left})`, kept.length > 0);
  }
  const other = names.find((name) => name !== metricsFileName && name !== checkpointsName);
  if (other !== undefined) throw taken(folder, `holds other files (${other}), and a run has a folder to itself`, false);
  // That of a run which broke off before its first step.
  await checkpoints.prune(0);
}

function taken(folder: string, why: string, canGoOn: boolean): InklingError {
  const goOn = canGoOn ? `Go on with it: "${resumeCommand(folder)}". Or choose` : 'Choose';
  return new InklingError(
    'argument',
    `${folder} ${why}. ${goOn} a new or empty folder, or delete this one if it is not needed.`,
  );
}

/** How long somebody may take from making the lock file to writing into it. */
const writingMilliseconds = 500;

/**
 * Locks a folder for the life of this process.
 * @throws InklingError (argument) where another process writes a run there, (file)
 */
export async function lockRunFolder(folder: string): Promise<void> {
  const path = join(folder, lockFileName);
  let emptySince: number | undefined;
  while (!(await createLock(path))) {
    const text = await readLock(path);
    // Whoever had it has just ended.
    if (text === undefined) continue;
    if (text === '') {
      emptySince ??= performance.now();
      if (performance.now() - emptySince < writingMilliseconds) {
        await sleep(20);
        continue;
      }
    }
    const holder = readWriter(text);
    const alive = holder && isAlive(holder);
    if (alive === false) await removeStale(path, text);
    else throw locked(folder, path, alive ? holder : undefined, holder?.host);
  }
  process.once('exit', () => {
    try {
      rmSync(path, { force: true });
    } catch {
      // It will be found stale: its process is gone.
    }
  });
}

/** @returns undefined where it is gone */
async function readLock(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw fileError('read', path, error);
  }
}

/** @returns false where it is there already */
async function createLock(path: string): Promise<boolean> {
  try {
    await writeFile(path, `${JSON.stringify(thisWriter())}\n`, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw fileError('write', path, error);
  }
}

/** Of two that find the same stale lock, the slower one must not remove what the faster one has put in its place. */
async function removeStale(path: string, text: string): Promise<void> {
  const aside = `${path}.${process.pid}`;
  try {
    await rename(path, aside);
    if ((await readFile(aside, 'utf8')) === text) await rm(aside);
    else await rename(aside, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw fileError('remove', path, error);
  }
}

function locked(folder: string, path: string, living: Writer | undefined, host: string | undefined): InklingError {
  if (living) {
    return new InklingError(
      'argument',
      `${folder} is being written by another training, process ${living.pid} on ${living.host}. Choose another folder, or wait for its end.`,
    );
  }
  const who = host === undefined ? 'another process' : `a process on ${host}`;
  return new InklingError(
    'argument',
    `${folder} is locked by ${who}, of which nothing can be known here. Choose another folder; where no training writes into this one any more, ` +
      `delete ${path}.`,
  );
}
