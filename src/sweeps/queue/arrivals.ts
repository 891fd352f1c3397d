/**
 * Results on their way. What a worker keeps of a trial stays until the sweep has its result on the disk: should a queue
 * forget it between the two, nothing is trained twice.
 */

import type { Queue } from 'bullmq';

const inspectionMilliseconds = 2000;
/** A message that is gone has arrived, or the queue has lost it, and then the trial is there again sooner than that. */
const graceMilliseconds = 60_000;

/** A message with a trial's result. */
export interface SentResult {
  readonly queue: Pick<Queue, 'getJob'>;
  /** The message's. */
  readonly id: string;
}

export class Arrivals {
  private readonly forget: (trial: string) => Promise<void>;
  private readonly awaited = new Map<string, SentResult & { goneSince?: number }>();
  private readonly inspection: NodeJS.Timeout;
  private inspecting: Promise<void> | undefined;

  /** @param forget removes what is kept of a trial */
  constructor(forget: (trial: string) => Promise<void>) {
    this.forget = forget;
    this.inspection = setInterval(() => this.look(), inspectionMilliseconds);
  }

  /** @param trial its job's name */
  await(trial: string, sent: SentResult): void {
    this.awaited.set(trial, sent);
  }

  /** Looks a last time; what has not arrived stays. */
  async close(): Promise<void> {
    clearInterval(this.inspection);
    await this.look();
  }

  /** A server that is away is asked once, and answers when it is back. */
  look(now = performance.now()): Promise<void> {
    this.inspecting ??= this.inspect(now)
      .catch(() => {})
      .finally(() => {
        this.inspecting = undefined;
      });
    return this.inspecting;
  }

  private async inspect(now: number): Promise<void> {
    for (const [trial, sent] of [...this.awaited]) {
      const message = await sent.queue.getJob(sent.id);
      if (message === undefined) sent.goneSince ??= now;
      const isOver = sent.goneSince !== undefined && now - sent.goneSince >= graceMilliseconds;
      if (!isOver && (await message?.getState()) !== 'completed') continue;
      this.awaited.delete(trial);
      await this.forget(trial);
    }
  }
}
