/** Takes trials off a queue, trains each in a process of its own, and sends back what came of it. */

import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Job, Queue, Worker } from 'bullmq';
import { InklingError } from '../../errors.js';
import { forgetTrial, takeOverTrial } from '../artifacts.js';
import { TrialFailure, TrialStopped } from '../executor.js';
import { jobId, type TrialJob } from '../trial-job.js';
import { runTrialProcess, type TrialCommand } from '../trial-process.js';
import { Arrivals, type SentResult } from './arrivals.js';
import type { QueueConnection } from './load-bullmq.js';
import {
  type ResultMessage,
  resultQueueName,
  sweepOfMessage,
  type TrialMessage,
  trialMessageFromData,
  trialQueueName,
} from './queue-messages.js';

/** What a machine can keep of a trial's promises. */
export interface Abilities {
  readonly version: string;
  readonly arithmetics: readonly ('plain' | 'fused')[];
  readonly dataSha256: string;
}

export interface QueueWorkerOptions {
  readonly abilities: Abilities;
  readonly command: TrialCommand;
  /** Trials at once. */
  readonly jobs: number;
  /** Of which nothing was heard for so long, a worker is taken for dead, and another gets its trial. */
  readonly lockSeconds: number;
  /** Where trials are trained, and gone on with if a worker dies: other workers may see it too. */
  readonly artifacts: string;
  readonly signal: AbortSignal;
  readonly onTrial: (message: string) => void;
}

/** A refused trial is offered again after so long, to others rather than at once to the same worker. */
const offerAgainMilliseconds = 5000;
const sendAgainMilliseconds = 500;
const mostStalls = 3;
/** Messages stay for so many seconds after their arrival, so that it can be known. */
const kept = { age: 600 };

/**
 * Works until the signal is given.
 * @returns whether the trials under way were put back; else the queue does not answer, and takes this worker for dead
 */
export async function workOnQueue(connection: QueueConnection, options: QueueWorkerOptions): Promise<boolean> {
  const { signal, jobs, lockSeconds } = options;
  const name = `${hostname()}-${process.pid}`;
  const results = new Map<string, Queue<ResultMessage>>();
  const resultsOf = (sweep: string) => {
    const queue = results.get(sweep) ?? connection.queue<ResultMessage>(resultQueueName(sweep));
    results.set(sweep, queue);
    return queue;
  };
  const arrivals = new Arrivals((id) => forgetTrial(options.artifacts, id));
  // A server that is away for a moment must not cost what took minutes to train.
  const send = async (sweep: string, message: ResultMessage): Promise<SentResult> => {
    for (;;) {
      try {
        const queue = resultsOf(sweep);
        const { id } = await queue.add('result', message, { removeOnComplete: kept, removeOnFail: kept });
        return { queue, id: id! };
      } catch {
        if (signal.aborted) throw new TrialStopped();
        // A connection whose very first attempt failed, as BullMQ's to PostgreSQL, does not try again.
        const broken = results.get(sweep);
        results.delete(sweep);
        broken?.close().catch(() => {});
        await sleep(sendAgainMilliseconds);
      }
    }
  };
  const worker: Worker<TrialMessage> = connection.worker<TrialMessage>(
    trialQueueName,
    async (bull, token) => {
      const putBack = async (milliseconds: number) => {
        await bull.moveToDelayed(Date.now() + milliseconds, token);
        return connection.putBack();
      };
      const checked = await check(bull);
      if ('failure' in checked) {
        const message: ResultMessage = { jobId: checked.jobId, worker: name, failure: checked.failure };
        await send(checked.sweep, message);
        return message;
      }
      const { sweep, job } = checked;
      const id = await jobId(job);
      const refusal = refusalOf(job, options.abilities);
      if (refusal !== undefined) {
        options.onTrial(`Refused: ${refusal}`);
        await send(sweep, { jobId: id, worker: name, refusal });
        throw await putBack(offerAgainMilliseconds);
      }
      try {
        const { folder, steps, result: known } = await takeOverTrial(options.artifacts, id, name, job);
        if (steps > 0) options.onTrial(`Going on with ${id.slice(0, 8)} from step ${steps}`);
        const result = known ?? (await runTrialProcess(options.command, job, folder, signal));
        options.onTrial(
          `Trained ${id.slice(0, 8)}, seed ${job.seed}: ${(100 * result.valAccuracy).toFixed(2)} % of the validation images`,
        );
        const message: ResultMessage = { jobId: id, worker: name, result };
        arrivals.await(id, await send(sweep, message));
        return message;
      } catch (error) {
        if (error instanceof TrialStopped) throw await putBack(0);
        if (!(error instanceof TrialFailure)) throw error;
        options.onTrial(`Failed ${id.slice(0, 8)}: ${error.message}`);
        const message: ResultMessage = { jobId: id, worker: name, failure: error.message };
        await send(sweep, message);
        return message;
      }
    },
    {
      concurrency: jobs,
      lockDuration: 1000 * lockSeconds,
      stalledInterval: 1000 * lockSeconds,
      maxStalledCount: mostStalls,
    },
  );
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  const close = async () => {
    await worker.close();
    await arrivals.close();
    await Promise.all([...results.values()].map((queue) => queue.close()));
    return true;
  };
  return Promise.race([close(), sleep(1000 * lockSeconds, false, { ref: false })]);
}

/** A job is not believed more than a file: what is no trial is told back as failed. */
async function check(
  bull: Job<TrialMessage>,
): Promise<TrialMessage | { sweep: string; jobId: string; failure: string }> {
  try {
    return trialMessageFromData(bull.data);
  } catch (error) {
    if (!(error instanceof InklingError)) throw error;
    // Where not even the sweep is told, nobody waits for it, and the queue keeps the reason.
    const sweep = sweepOfMessage(bull.data);
    return { sweep, jobId: (bull.id ?? '').slice(sweep.length + 1), failure: error.message };
  }
}

/** Why a trial would come to other bytes here. @returns undefined where it would not */
export function refusalOf(job: TrialJob, { version, arithmetics, dataSha256 }: Abilities): string | undefined {
  if (job.version !== version) return `the trial asks for version ${job.version}, and this worker has ${version}`;
  if (!arithmetics.includes(job.arithmetic))
    return `the trial asks for ${job.arithmetic} arithmetic, which this machine does not have`;
  if (job.dataSha256 === dataSha256) return undefined;
  return `the trial asks for data of SHA-256 ${job.dataSha256}, and this worker has ${dataSha256}: start it with --data and the same images`;
}
