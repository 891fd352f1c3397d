/**
 * One trial in a process of its own: `inkling trial`, which trains a job from a file and writes what came of it into the
 * job's folder. It ends with this process, however that ends.
 */

import { spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { InklingError } from '../errors.js';
import { writeWholeFile } from '../platform/node-files.js';
import { canonicalJson } from './canonical-json.js';
import { TrialFailure, TrialStopped } from './executor.js';
import type { TrialJob } from './trial-job.js';
import { type TrialResult, trialResultFromData } from './trial-result.js';

export const jobName = 'job.json';
export const resultName = 'result.json';
/** The folder of checkpoints from which a trial that broke off goes on. */
export const checkpointsName = 'checkpoints';

/** How a trial's process is started. */
export interface TrialCommand {
  readonly program: string;
  /** Before `--job FILE --out FOLDER`. */
  readonly words: readonly string[];
}

/** Of what a process said, the end: where its error stands. */
const keptCharacters = 4000;

/**
 * Trains a job, unless its folder has the result already. One that broke off there goes on from its last checkpoint.
 * @param folder it is emptied first where it is not the same job's
 * @throws TrialFailure, TrialStopped
 */
export async function runTrialProcess(
  { program, words }: TrialCommand,
  job: TrialJob,
  folder: string,
  signal: AbortSignal,
): Promise<TrialResult> {
  if (signal.aborted) throw new TrialStopped();
  const known = await readResult(job, folder);
  if (known) return known;
  const jobPath = join(folder, jobName);
  if (!(await isOfJob(job, folder))) {
    await rm(folder, { recursive: true, force: true });
    await writeWholeFile(jobPath, `${JSON.stringify(job, null, 2)}\n`);
  }
  const child = spawn(program, [...words, '--job', jobPath, '--out', folder], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const stop = () => child.kill('SIGTERM');
  signal.addEventListener('abort', stop, { once: true });
  let said = '';
  child.stderr?.on('data', (bytes) => {
    said = `${said}${bytes}`.slice(-keptCharacters);
  });
  try {
    const ended = await new Promise<string>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, name) =>
        resolve(code === null ? `was ended by ${name}` : `ended with exit code ${code}`),
      );
    });
    const result = await readResult(job, folder);
    if (result) return result;
    if (signal.aborted) throw new TrialStopped();
    const reason = said.trim().replace(/^Error: /, '');
    throw new TrialFailure(reason === '' ? `The trial's process ${ended}.` : reason);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** @returns undefined where there is none, or one of another job */
export async function readResult(job: TrialJob, folder: string): Promise<TrialResult | undefined> {
  if (!(await isOfJob(job, folder))) return undefined;
  return readWhole(join(folder, resultName), trialResultFromData);
}

/** Whether a trial of this job was begun in the folder. */
export async function isOfJob(job: TrialJob, folder: string): Promise<boolean> {
  return (await readWhole(join(folder, jobName), canonicalJson)) === canonicalJson(job);
}

/** @returns undefined where there is no such file, or one that is not whole */
async function readWhole<Value>(path: string, convert: (data: unknown) => Value): Promise<Value | undefined> {
  try {
    return convert(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    if (isMissing || error instanceof SyntaxError || error instanceof InklingError) return undefined;
    throw error;
  }
}
