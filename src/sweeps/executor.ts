/** Who runs trials: child processes of this one, or workers that a queue reaches. */

import type { TrialJob } from './trial-job.js';
import type { TrialResult } from './trial-result.js';

export interface Executor {
  /** Trials that may be under way at once. */
  readonly slots: number;
  /**
   * Trains one.
   * @param folder where what comes of it is kept, on this machine
   * @throws TrialFailure where the training itself failed; whatever else is thrown ends the sweep
   */
  run(job: TrialJob, folder: string): Promise<TrialResult>;
  close(): Promise<void>;
}

/** A trial that could not be trained, which the others need not care about. */
export class TrialFailure extends Error {}

/** The sweep was asked to stop: nothing is known of the trial. */
export class TrialStopped extends Error {}
