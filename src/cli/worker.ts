/** `inkling worker`: takes trials of sweeps off a queue and trains them, until it is told to stop. */

import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { chooseArithmetic } from '../engine/kernels.js';
import { maxThreads } from '../engine/threads/executor.js';
import { InklingError } from '../errors.js';
import { inklingVersion } from '../formats/inkling-version.js';
import { shareCores } from '../sweeps/local-executor.js';
import { connectQueue } from '../sweeps/queue/load-bullmq.js';
import { onceEach } from '../sweeps/queue/queue-address.js';
import { workOnQueue } from '../sweeps/queue/queue-worker.js';
import { choosePreparedData, type DataChoice } from './data-choice.js';
import { Interruption, type InterruptionWords, interruptedExitCode } from './interruption.js';
import type { Output } from './output.js';
import { addressOfQueue } from './queue-choice.js';
import { dataWords, inklingCommand } from './sweep-executor.js';

export interface WorkerOptions extends DataChoice {
  readonly queue?: string;
  readonly jobs?: number;
  readonly threads?: number;
  readonly lockSeconds: number;
  readonly artifacts?: string;
}

const wordsOfWorker: InterruptionWords = {
  before: 'Interrupted before a trial was taken.',
  working: 'Stopping: what is under way goes back to the queue.',
  after: '',
};

/** @throws InklingError where data or queue are not to be had */
export async function worker(options: WorkerOptions, output: Output): Promise<void> {
  const interruption = new Interruption(output, wordsOfWorker);
  const address = addressOfQueue(options.queue);
  const { data, resize, prepare, lockSeconds } = options;
  const { dataset } = await choosePreparedData(options);
  const { jobs, threads } = shareCores(availableParallelism(), Number.POSITIVE_INFINITY, options, maxThreads);
  const connection = await connectQueue(
    address,
    onceEach((message) => output.notice(`The queue: ${message}. Trying again.`)),
  );
  const own = options.artifacts === undefined ? await mkdtemp(join(tmpdir(), 'inkling-worker-')) : undefined;
  interruption.workBegins();
  let isPutBack = false;
  try {
    output.text(`Data: ${dataset.source}`);
    output.text(
      `Waiting for trials at ${address.shown}: ${jobs} at once, ${threads} ${threads === 1 ? 'thread' : 'threads'} each. Ctrl-C puts them back.`,
    );
    isPutBack = await workOnQueue(connection, {
      abilities: { version: inklingVersion, arithmetics: arithmeticsHere(), dataSha256: dataset.sha256 },
      command: inklingCommand('trial', ...dataWords({ folder: data, resize, prepare }), '--threads', String(threads)),
      jobs,
      lockSeconds,
      artifacts: own ?? options.artifacts!,
      signal: interruption.signal,
      onTrial: (message) => output.text(message),
    });
  } finally {
    if (own !== undefined) await rm(own, { recursive: true, force: true });
  }
  // To be told to stop is how a worker ends.
  if (process.exitCode === interruptedExitCode) process.exitCode = 0;
  output.text(
    isPutBack
      ? 'Stopped: what was under way is back on the queue, for any worker.'
      : `Stopped: the queue does not answer. When it is back, what was under way goes to another worker after ${lockSeconds} s.`,
  );
  // Connections that wait for the queue would keep the process.
  if (!isPutBack) process.exit();
}

function arithmeticsHere(): ('plain' | 'fused')[] {
  return (['plain', 'fused'] as const).filter((arithmetic) => {
    try {
      return chooseArithmetic(arithmetic) === arithmetic;
    } catch (error) {
      if (error instanceof InklingError) return false;
      throw error;
    }
  });
}
