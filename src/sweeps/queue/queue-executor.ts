/**
 * Trials on a queue, for workers anywhere. What is delivered twice counts once: a trial's name is the fingerprint of its
 * job, the first result of a name is taken, and every later one must have the same weights.
 */

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Queue, Worker } from 'bullmq';
import { InklingError } from '../../errors.js';
import { fileError } from '../../platform/node-file-error.js';
import { writeWholeFile } from '../../platform/node-files.js';
import { type Executor, TrialFailure, TrialStopped } from '../executor.js';
import { jobId, type TrialJob } from '../trial-job.js';
import { jobName, readResult, resultName } from '../trial-process.js';
import type { TrialResult } from '../trial-result.js';
import type { QueueConnection } from './load-bullmq.js';
import {
  type ResultMessage,
  resultMessageFromData,
  resultQueueName,
  type TrialMessage,
  trialQueueName,
} from './queue-messages.js';

export interface QueueExecutorOptions {
  /** Of the sweep: 32 hexadecimal digits, the same when it goes on. */
  readonly sweep: string;
  /** Trials on the queue at once. */
  readonly slots: number;
  readonly signal: AbortSignal;
  /** Hears of workers that refuse, and of trials that are put on the queue again. */
  readonly notice: (message: string) => void;
}

/** A trial that somebody waits for. */
interface PendingTrial {
  readonly job: TrialJob;
  readonly folder: string;
  readonly resolve: (result: TrialResult) => void;
  readonly reject: (error: Error) => void;
}

/** So often the queue is asked after trials of which nothing is heard: a server may forget, a worker die. */
const inspectionMilliseconds = 3000;
/** After so many of them each time, in turn: each takes two questions. */
const inspectedAtOnce = 200;
/** So long a server may take to let a sweep go that stops. */
const closingMilliseconds = 5000;
/** A trial that so many workers died of is not tried again. */
const mostLosses = 5;
/** Of a loss: a worker that has no room on its disk, or that its server fails, did not die of the trial. */
const lightFailure = 0.1;

export class QueueExecutor implements Executor {
  readonly slots: number;
  private readonly options: QueueExecutorOptions;
  private readonly trials: Queue<TrialMessage>;
  private readonly results: Queue<ResultMessage>;
  private readonly receiver: Worker<ResultMessage>;
  private readonly pending = new Map<string, PendingTrial>();
  private readonly failures = new Map<string, number>();
  /** By the name of the job: the weights, and who computed them. */
  private readonly accepted = new Map<string, { weightsSha256: string; worker: string }>();
  private readonly refused = new Set<string>();
  private readonly inspection: NodeJS.Timeout;
  private inspecting: Promise<void> | undefined;
  /** How many of the pending ones were looked at in this turn. */
  private inspected = 0;
  /** What ends the sweep. */
  private fatal: Error | undefined;

  constructor(connection: QueueConnection, options: QueueExecutorOptions) {
    this.options = options;
    this.slots = options.slots;
    this.trials = connection.queue(trialQueueName);
    this.results = connection.queue(resultQueueName(options.sweep));
    this.receiver = connection.worker<ResultMessage>(resultQueueName(options.sweep), async ({ data }) =>
      this.receive(data),
    );
    this.inspection = setInterval(() => {
      this.inspecting ??= this.inspect()
        .catch((error) => options.notice(`The queue could not be asked: ${(error as Error).message}`))
        .finally(() => {
          this.inspecting = undefined;
        });
    }, inspectionMilliseconds);
    options.signal.addEventListener('abort', () => this.stop(), { once: true });
  }

  async run(job: TrialJob, folder: string): Promise<TrialResult> {
    if (this.fatal) throw this.fatal;
    if (this.options.signal.aborted) throw new TrialStopped();
    const id = await jobId(job);
    const known = await readResult(job, folder);
    if (known) {
      this.accepted.set(id, { weightsSha256: known.weightsSha256, worker: known.host });
      return known;
    }
    const result = new Promise<TrialResult>((resolve, reject) =>
      this.pending.set(id, { job, folder, resolve, reject }),
    );
    // Handled where it is awaited; until then a stop must not end the process.
    result.catch(() => {});
    await this.put(id, job);
    return result;
  }

  /** Takes what is done off the queue; what is not stays for when the sweep goes on. */
  async close(): Promise<void> {
    clearInterval(this.inspection);
    if (this.fatal !== undefined || this.options.signal.aborted) {
      // A server that is away at that moment would be waited for without end.
      await Promise.race([this.closeConnections(), sleep(closingMilliseconds, undefined, { ref: false })]);
    } else {
      await this.inspecting;
      await this.receiver.close();
      for (const id of this.accepted.keys()) await this.trials.remove(this.nameOf(id)).catch(() => {});
      await this.results.obliterate({ force: true }).catch(() => {});
      await this.closeConnections();
    }
    if (this.fatal) throw this.fatal;
  }

  private async closeConnections(): Promise<void> {
    await this.receiver.close();
    await Promise.all([this.trials.close(), this.results.close()]);
  }

  private nameOf(id: string): string {
    return `${this.options.sweep}-${id}`;
  }

  /** A job that is on the queue already, or was done, is not put there twice. */
  private async put(id: string, job: TrialJob): Promise<void> {
    await this.trials.add(
      'trial',
      { sweep: this.options.sweep, job },
      { jobId: this.nameOf(id), removeOnComplete: false, removeOnFail: false },
    );
  }

  private async receive(data: unknown): Promise<void> {
    let message: ResultMessage;
    try {
      message = resultMessageFromData(data);
    } catch (error) {
      if (!(error instanceof InklingError)) throw error;
      this.options.notice(`A message that is no result was left out: ${error.message}`);
      return;
    }
    const { jobId: id, worker, result, failure, refusal } = message;
    if (refusal !== undefined) this.hearRefusal(worker, refusal);
    else if (result !== undefined) await this.accept(id, result, worker);
    else
      this.settle(id)?.reject(
        new TrialFailure(failure ?? `${worker} says neither what came of the trial nor why nothing did.`),
      );
  }

  private async accept(id: string, result: TrialResult, worker: string): Promise<void> {
    const before = this.accepted.get(id);
    if (before !== undefined) {
      if (before.weightsSha256 !== result.weightsSha256)
        this.reportDifference(id, before, { weightsSha256: result.weightsSha256, worker });
      return;
    }
    const pending = this.pending.get(id);
    if (pending === undefined) return;
    this.accepted.set(id, { weightsSha256: result.weightsSha256, worker });
    const { job, folder } = pending;
    try {
      // On the disk before the queue may forget it.
      await rm(folder, { recursive: true, force: true });
      await writeWholeFile(join(folder, jobName), `${JSON.stringify(job, null, 2)}\n`);
      await writeWholeFile(join(folder, resultName), `${JSON.stringify(result, null, 2)}\n`);
    } catch (error) {
      // The queue has it still, for when the sweep goes on.
      this.accepted.delete(id);
      const failure = error instanceof InklingError ? error : fileError('write', folder, error);
      this.fail(failure);
      throw failure;
    }
    this.settle(id)?.resolve(result);
  }

  private settle(id: string): PendingTrial | undefined {
    const pending = this.pending.get(id);
    this.pending.delete(id);
    return pending;
  }

  private reportDifference(id: string, ...[a, b]: { weightsSha256: string; worker: string }[]): void {
    this.fail(
      new InklingError(
        'training',
        `A trial was trained twice and came to different weights: ${a.weightsSha256} by ${a.worker}, ${b.weightsSha256} by ${b.worker} (job ${id}). The same training ` +
          'must give the same bytes: one of the two machines computes wrongly.',
      ),
    );
  }

  private fail(error: Error): void {
    this.fatal ??= error;
    for (const id of [...this.pending.keys()]) this.settle(id)?.reject(this.fatal);
  }

  private hearRefusal(worker: string, refusal: string): void {
    const said = `${worker} cannot train: ${refusal}`;
    if (this.refused.has(said)) return;
    this.refused.add(said);
    this.options.notice(said);
  }

  /** Finds out what became of trials whose message never came. */
  private async inspect(): Promise<void> {
    const all = [...this.pending];
    const some = all.slice(this.inspected, this.inspected + inspectedAtOnce);
    this.inspected = this.inspected + inspectedAtOnce < all.length ? this.inspected + inspectedAtOnce : 0;
    for (const [id, { job }] of some) {
      const found = await this.trials.getJob(this.nameOf(id));
      if (!this.pending.has(id)) continue;
      if (found === undefined) {
        this.options.notice('The queue has lost a trial, which is put there again.');
        await this.put(id, job);
        continue;
      }
      const state = await found.getState();
      if (state === 'completed') await this.receive(found.returnvalue);
      if (state === 'failed') {
        const isLoss = `${found.failedReason}`.includes('stalled');
        const count = (this.failures.get(id) ?? 0) + (isLoss ? 1 : lightFailure);
        this.failures.set(id, count);
        if (count < mostLosses) await found.retry().catch(() => {});
        else
          this.settle(id)?.reject(
            new TrialFailure(`Workers died of it, or could not do it, again and again: ${found.failedReason}`),
          );
      }
    }
  }

  private stop(): void {
    for (const id of [...this.pending.keys()]) this.settle(id)?.reject(new TrialStopped());
  }
}
