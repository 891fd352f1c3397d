/**
 * One trial in a process of its own: `inkling trial`, which trains a job from a file and writes what came of it into the
 * job's folder. It ends with this process, however that ends. Its checkpoints stay until whoever has the result has
 * removed them.
 */

import { spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type ErrorKind, InklingError } from '../errors.js';
import { writeWholeFile } from '../platform/node-files.js';
import { canonicalJson } from './canonical-json.js';
import { TrialFailure, TrialStopped } from './executor.js';
import type { TrialJob } from './trial-job.js';
import { type TrialResult, trialResultFromData } from './trial-result.js';

export const jobName = 'job.json';
export const resultName = 'result.json';

/** How a trial's process is started. */
export interface TrialCommand {
  readonly program: string;
  /** Before `--job FILE --out FOLDER`. */
  readonly words: readonly string[];
}

const interruptedExitCode = 130;
/** Of what a process said, the end: where its error stands. */
const keptCharacters = 4000;
/** A process that somebody kills, such as a system that is short of memory, is started again so often. */
const mostStarts = 3;

/**
 * Trains a job, unless its folder has the result already. One that broke off there goes on from its last checkpoint.
 * @param folder it is emptied first where it is not the same job's
 * @throws TrialFailure, TrialStopped; InklingError (file) where it could not be kept
 */
export async function runTrialProcess(
  command: TrialCommand,
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
  for (let start = 1; ; start++) {
    const end = await runToItsEnd(command, ['--job', jobPath, '--out', folder], signal);
    const result = await readResult(job, folder);
    if (result) return result;
    if (signal.aborted) throw new TrialStopped();
    if (end.stoppedBy === undefined) throw failureOf(end);
    if (start === mostStarts) {
      throw new TrialFailure(`The trial's process was ended by ${end.stoppedBy}, ${mostStarts} times.`);
    }
  }
}

/** How a trial's process ended. */
interface ProcessEnd {
  readonly code: number | null;
  /** The signal that ended it, whoever sent it. */
  readonly stoppedBy: NodeJS.Signals | undefined;
  /** The end of what it printed on standard error. */
  readonly said: string;
  /** What went wrong, where that was foreseen. */
  readonly error: { readonly kind: ErrorKind; readonly message: string } | undefined;
}

function runToItsEnd(
  { program, words }: TrialCommand,
  more: readonly string[],
  signal: AbortSignal,
): Promise<ProcessEnd> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...words, ...more], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    const stop = () => child.kill('SIGTERM');
    signal.addEventListener('abort', stop, { once: true });
    let said = '';
    let error: ProcessEnd['error'];
    child.stderr?.on('data', (bytes) => {
      said = `${said}${bytes}`.slice(-keptCharacters);
    });
    child.on('message', (message) => {
      error = message as ProcessEnd['error'];
    });
    child.once('error', reject);
    child.once('close', (code, name) => {
      signal.removeEventListener('abort', stop);
      // One that was asked to stop says so: whoever asked may have meant this process too.
      resolve({ code, stoppedBy: name ?? (code === interruptedExitCode ? 'SIGTERM' : undefined), said, error });
    });
  });
}

/** Where files could not be read or written, as on a full disk, it was not the trial that failed. */
function failureOf({ code, said, error }: ProcessEnd): Error {
  if (error?.kind === 'file') return new InklingError('file', error.message);
  return new TrialFailure(error?.message ?? (said.trim() || `The trial's process ended with exit code ${code}.`));
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
