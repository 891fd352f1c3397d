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

/** @throws InklingError where data or queue are not to be had */
export async function worker(options: WorkerOptions, output: Output): Promise<void> {
  const address = addressOfQueue(options.queue);
  const { data, resize, prepare, lockSeconds } = options;
  const { dataset } = await choosePreparedData(options);
  const { jobs, threads } = shareCores(availableParallelism(), Number.POSITIVE_INFINITY, options, maxThreads);
  const connection = await connectQueue(
    address,
    onceEach((message) => output.notice(`The queue: ${message}. Trying again.`)),
  );
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => (stop.signal.aborted ? process.exit(1) : stop.abort()));
  }
  const own = options.artifacts === undefined ? await mkdtemp(join(tmpdir(), 'inkling-worker-')) : undefined;
  try {
    output.text(`Data: ${dataset.source}`);
    output.text(
      `Waiting for trials at ${address.shown}: ${jobs} at once, ${threads} ${threads === 1 ? 'thread' : 'threads'} each. Ctrl-C puts them back.`,
    );
    await workOnQueue(connection, {
      abilities: { version: inklingVersion, arithmetics: arithmeticsHere(), dataSha256: dataset.sha256 },
      command: inklingCommand('trial', ...dataWords({ folder: data, resize, prepare }), '--threads', String(threads)),
      jobs,
      lockSeconds,
      artifacts: own ?? options.artifacts!,
      signal: stop.signal,
      onTrial: (message) => output.text(message),
    });
  } finally {
    if (own !== undefined) await rm(own, { recursive: true, force: true });
  }
  output.text('Stopped: what was under way is back on the queue.');
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
