/** What goes through the queues: trials to the workers, and what came of them back. All of it is checked on arrival. */

import { Options } from '../../options.js';
import { type TrialJob, trialJobFromData } from '../trial-job.js';
import { type TrialResult, trialResultFromData } from '../trial-result.js';

/** All sweeps share one queue of trials, so that a worker serves whoever comes. */
export const trialQueueName = 'inkling-trials';

/** Each sweep has a queue of results of its own. @param sweep its id */
export function resultQueueName(sweep: string): string {
  return `inkling-results-${sweep}`;
}

export interface TrialMessage {
  /** Of the sweep: 32 hexadecimal digits. */
  readonly sweep: string;
  readonly job: TrialJob;
}

/** What a worker tells: a result, a training that failed, or that it cannot do the trial, which another may. */
export interface ResultMessage {
  readonly jobId: string;
  /** Host and process. */
  readonly worker: string;
  readonly result?: TrialResult;
  readonly failure?: string;
  readonly refusal?: string;
}

const longestText = 5000;

/** @throws InklingError (argument, model) */
export function trialMessageFromData(data: unknown): TrialMessage {
  const options = new Options('trial', data, ['sweep', 'job']);
  return { sweep: sweepOf(options), job: trialJobFromData(options.value('job')) };
}

/** The sweep of a message whose job may be anything. @throws InklingError (argument) */
export function sweepOfMessage(data: unknown): string {
  return sweepOf(new Options('trial', data, ['sweep', 'job']));
}

function sweepOf(options: Options): string {
  const sweep = options.text('sweep');
  if (!/^[0-9a-f]{32}$/.test(sweep)) options.fail('sweep', '32 hexadecimal digits');
  return sweep;
}

/** @throws InklingError (argument) */
export function resultMessageFromData(data: unknown): ResultMessage {
  const options = new Options('result', data, ['jobId', 'worker', 'result', 'failure', 'refusal']);
  const text = (name: 'failure' | 'refusal') =>
    options.value(name) === undefined ? undefined : options.text(name).slice(0, longestText);
  const result = options.value('result');
  return {
    jobId: options.text('jobId'),
    worker: options.text('worker').slice(0, 200),
    result: result === undefined ? undefined : trialResultFromData(result),
    failure: text('failure'),
    refusal: text('refusal'),
  };
}
