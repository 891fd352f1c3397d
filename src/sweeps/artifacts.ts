/**
 * A folder that several workers see, with what is left of trials while they train: `<job>/<worker>/`, each worker's own.
 * Whoever takes over a trial goes on from the last checkpoint that any of them has written. Two workers on one trial, of
 * which one was wrongly taken for dead, never write to the same files.
 */

import { copyFile, readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { checkpointsName, openCheckpoints } from '../formats/checkpoint-folder.js';
import { fileError } from '../platform/node-file-error.js';
import { makeFolder, writeWholeFile } from '../platform/node-files.js';
import { canonicalJson } from './canonical-json.js';
import type { TrialJob } from './trial-job.js';
import { isOfJob, jobName, readResult } from './trial-process.js';
import type { TrialResult } from './trial-result.js';

/** What a worker goes on from. */
export interface TakenTrial {
  readonly folder: string;
  /** Which the newest checkpoint has done; 0 where the trial begins anew. */
  readonly steps: number;
  /** Where one of the workers was done with it. */
  readonly result: TrialResult | undefined;
}

/**
 * Makes a worker's own folder of a trial, with the checkpoints of the worker that has come furthest.
 * @param id the job's
 * @throws InklingError (file)
 */
export async function takeOverTrial(artifacts: string, id: string, worker: string, job: TrialJob): Promise<TakenTrial> {
  const folder = join(artifacts, id, worker);
  const own = join(folder, checkpointsName);
  try {
    await makeFolder(own);
    await writeWholeFile(join(folder, jobName), `${canonicalJson(job)}\n`);
    for (const { path } of await furthestCheckpoints(join(artifacts, id), job)) {
      if (dirname(path) !== own) await copyUnlessGone(path, join(own, basename(path)));
    }
  } catch (error) {
    throw fileError('write', folder, error);
  }
  const [newest] = await openCheckpoints(own).list();
  return { folder, steps: newest?.steps ?? 0, result: await resultOfAny(join(artifacts, id), job) };
}

/** What no worker needs any more: of a trial whose result has arrived. */
export async function forgetTrial(artifacts: string, id: string): Promise<void> {
  await rm(join(artifacts, id), { recursive: true, force: true });
}

async function resultOfAny(folder: string, job: TrialJob): Promise<TrialResult | undefined> {
  for (const worker of await readdir(folder)) {
    const result = await readResult(job, join(folder, worker));
    if (result) return result;
  }
  return undefined;
}

async function furthestCheckpoints(folder: string, job: TrialJob): Promise<readonly { path: string; steps: number }[]> {
  const workers = await readdir(folder);
  const found = await Promise.all(
    workers.map(async (worker) =>
      (await isOfJob(job, join(folder, worker))) ? openCheckpoints(join(folder, worker, checkpointsName)).list() : [],
    ),
  );
  return found.reduce((best, list) => ((list[0]?.steps ?? -1) > (best[0]?.steps ?? -1) ? list : best), []);
}

/** A worker that lives after all removes its older checkpoints. */
async function copyUnlessGone(from: string, to: string): Promise<void> {
  try {
    await copyFile(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
