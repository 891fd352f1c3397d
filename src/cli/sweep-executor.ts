/** Who trains the trials of a sweep: processes of this machine. */

import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { maxThreads } from '../engine/threads/executor.js';
import type { Executor } from '../sweeps/executor.js';
import { localExecutor, shareCores } from '../sweeps/local-executor.js';
import type { SweepPlan } from '../sweeps/plan.js';
import type { TrialCommand } from '../sweeps/trial-process.js';
import type { SweepOptions } from './sweep-options.js';

/** The command line of which this process is one. */
export function inklingCommand(...words: readonly string[]): TrialCommand {
  const script = fileURLToPath(new URL('../../bin/inkling.js', import.meta.url));
  return { program: process.execPath, words: [...process.execArgv, script, ...words] };
}

/** The words that make another command read the same data. */
export function dataWords({ folder, resize, prepare }: SweepPlan['data']): string[] {
  return [
    ...(folder === undefined ? [] : ['--data', folder]),
    ...(resize === undefined ? [] : ['--resize', resize.join('x')]),
    ...(prepare === undefined ? [] : ['--prepare', prepare]),
  ];
}

/** @param trials how many there are @returns who trains them, and what that is called */
export function chooseExecutor(
  plan: SweepPlan,
  options: Pick<SweepOptions, 'jobs' | 'threads'>,
  trials: number,
  signal: AbortSignal,
): { executor: Executor; description: string } {
  const { jobs, threads } = shareCores(availableParallelism(), trials, options, maxThreads);
  const command = inklingCommand('trial', ...dataWords(plan.data), '--threads', String(threads));
  const description = `${jobs} at once, ${threads} ${threads === 1 ? 'thread' : 'threads'} each`;
  return { executor: localExecutor(command, jobs, signal), description };
}
