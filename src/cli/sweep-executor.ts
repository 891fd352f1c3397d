/** Who trains the trials of a sweep: processes of this machine, or workers that a queue reaches. */

import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { maxThreads } from '../engine/threads/executor.js';
import { writeWholeFile } from '../platform/node-files.js';
import type { Executor } from '../sweeps/executor.js';
import { localExecutor, shareCores } from '../sweeps/local-executor.js';
import type { SweepPlan } from '../sweeps/plan.js';
import { connectQueue } from '../sweeps/queue/load-bullmq.js';
import { onceEach } from '../sweeps/queue/queue-address.js';
import type { TrialCommand } from '../sweeps/trial-process.js';
import type { Output } from './output.js';
import { addressOfQueue, isQueueChosen } from './queue-choice.js';
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

/**
 * @param trials how many there are
 * @returns who trains them, and what that is called
 * @throws InklingError where a queue is asked for that is not to be had
 */
export async function chooseExecutor(
  plan: SweepPlan,
  options: Pick<SweepOptions, 'jobs' | 'threads' | 'queue'>,
  { trials, folder, signal, output }: { trials: number; folder: string; signal: AbortSignal; output: Output },
): Promise<{ executor: Executor; description: string }> {
  if (isQueueChosen(options.queue)) return queueExecutor(plan, options, folder, signal, output);
  const { jobs, threads } = shareCores(availableParallelism(), trials, options, maxThreads);
  const command = inklingCommand('trial', ...dataWords(plan.data), '--threads', String(threads));
  const description = `${jobs} at once, ${threads} ${threads === 1 ? 'thread' : 'threads'} each`;
  return { executor: localExecutor(command, jobs, signal), description };
}

/** Where each trial follows from those before, more at once would be chosen blindly. */
const slotsOfChoosing = 8;

async function queueExecutor(
  { pruning, sampler }: SweepPlan,
  { queue, jobs }: Pick<SweepOptions, 'jobs' | 'queue'>,
  folder: string,
  signal: AbortSignal,
  output: Output,
): Promise<{ executor: Executor; description: string }> {
  const address = addressOfQueue(queue);
  const notice = (message: string) => output.notice(message);
  const connection = await connectQueue(
    address,
    onceEach((message) => notice(`The queue: ${message}. Trying again.`)),
  );
  const needsResults = pruning.type !== 'none' || sampler === 'optuna';
  const slots = jobs ?? (needsResults ? slotsOfChoosing : Number.POSITIVE_INFINITY);
  const { QueueExecutor } = await import('../sweeps/queue/queue-executor.js');
  const executor = new QueueExecutor(connection, { sweep: await sweepId(folder), slots, signal, notice });
  return { executor, description: `on the queue at ${address.shown}` };
}

/** Of this folder's sweep on a queue, where another folder may have one of the same plan. */
async function sweepId(folder: string): Promise<string> {
  const path = join(folder, 'queue-id');
  const known = await readFile(path, 'utf8').catch(() => '');
  if (/^[0-9a-f]{32}$/.test(known)) return known;
  const id = randomUUID().replaceAll('-', '');
  await writeWholeFile(path, id);
  return id;
}
