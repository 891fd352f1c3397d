/**
 * A sweep from the first trial to the last. What is known is in the journal alone: a sweep that was stopped, or died,
 * goes on from there. Finished trials are kept, unfinished ones begin anew and, since a training is a function of its
 * job, come to the same end.
 */

import { join } from 'node:path';
import { InklingError } from '../errors.js';
import { type Executor, TrialFailure, TrialStopped } from './executor.js';
import type { Journal } from './journal.js';
import type { TrialEnd } from './journal-operations.js';
import type { JournalTrial } from './journal-trials.js';
import { configurationsOf, type PlannedTrial, plannedTrials, type SweepPlan } from './plan.js';
import { decideStop, rungsOf } from './pruning.js';
import type { Parameters } from './search-space.js';
import { configurationHash, jobId, type TrialJob } from './trial-job.js';
import type { TrialResult } from './trial-result.js';

export interface Sweep {
  readonly plan: SweepPlan;
  readonly folder: string;
  readonly journal: Journal;
  readonly executor: Executor;
  /** Checks a configuration and makes the whole training of it. @throws InklingError for one that cannot be trained */
  jobOf(parameters: Parameters, trial: PlannedTrial): Promise<TrialJob>;
  /** Makes the next trial in the journal, where each follows from those before. @returns its number there */
  suggest?(): Promise<number>;
  readonly signal: AbortSignal;
  /** Aborts the signal: after an error that is not a trial's, the others need not be waited for. */
  abandon(): void;
  readonly onTrial: (trial: JournalTrial) => void;
}

/** Attributes of a trial that tell which of the planned ones it is. */
export function plannedNumber(trial: JournalTrial): number | undefined {
  return typeof trial.attributes.trial === 'number' ? trial.attributes.trial : undefined;
}

/** @throws what is no failure of a single trial, when the trials under way have ended */
export async function runSweep(sweep: Sweep): Promise<void> {
  const { plan, journal, executor, signal } = sweep;
  const configurations = configurationsOf(plan)?.map((parameters) => Promise.resolve(parameters)) ?? [];
  await dropOrphans(journal);
  const known = new Map(journal.trials.map((trial) => [plannedNumber(trial), trial]));
  for (const trial of journal.trials) {
    configurations[trial.attributes.configuration as number] ??= Promise.resolve(trial.parameters);
  }
  const planned = plannedTrials(plan);
  const isBegun = ({ number }: PlannedTrial) => known.has(number);
  const order = [...planned.filter(isBegun), ...planned.filter((trial) => !isBegun(trial))];
  const running = new Set<Promise<void>>();
  let fatal: unknown;
  const giveUp = (error: unknown) => {
    if (error instanceof TrialStopped) return;
    fatal ??= error;
    sweep.abandon();
  };
  try {
    for (const trial of order) {
      const before = known.get(trial.number);
      if (before !== undefined && before.state !== 'running') continue;
      while (running.size >= executor.slots) await Promise.race(running);
      if (signal.aborted) break;
      // Numbers are given in the order of the plan: nothing else may come between.
      const number = before?.number ?? (await beginTrial(sweep, trial, configurations));
      const run = runTrial(sweep, trial, number)
        .catch(giveUp)
        .finally(() => running.delete(run));
      running.add(run);
    }
  } catch (error) {
    giveUp(error);
  }
  await Promise.all(running);
  if (fatal !== undefined) throw fatal;
}

/** A trial that was asked for when the process died: nobody knows any more what it was for. */
async function dropOrphans(journal: Journal): Promise<void> {
  for (const trial of journal.trials) {
    if (trial.state !== 'running' || plannedNumber(trial) !== undefined) continue;
    await journal.report(trial.number, new Map(), {
      end: { state: 'fail', attributes: { error: 'It was never begun.' } },
    });
  }
}

async function beginTrial(sweep: Sweep, trial: PlannedTrial, configurations: Promise<Parameters>[]): Promise<number> {
  const { plan, journal } = sweep;
  const { number, configuration, seed, fold } = trial;
  const attributes = { trial: number, configuration, seed, ...(fold !== undefined && { fold }) };
  const parameters = await configurations[configuration];
  if (parameters !== undefined) return journal.createTrial(parameters, plan.space, attributes);
  if (sweep.suggest === undefined) throw new InklingError('argument', `There is no configuration ${configuration}.`);
  const suggested = await sweep.suggest();
  await journal.setAttributes(suggested, attributes);
  configurations[configuration] = Promise.resolve(journal.trials[suggested].parameters);
  return suggested;
}

async function runTrial(sweep: Sweep, planned: PlannedTrial, number: number): Promise<void> {
  const { plan, journal, executor, folder, jobOf } = sweep;
  const trial = () => journal.trials[number];
  const end = async (values: ReadonlyMap<number, number>, how: TrialEnd, system?: Record<string, unknown>) => {
    await journal.report(number, values, { end: how, system });
    sweep.onTrial(trial());
  };
  try {
    const whole = await jobOf(trial().parameters, planned);
    if (trial().attributes.configHash === undefined)
      await journal.setAttributes(number, { configHash: await configurationHash(whole) });
    const rungs = rungsOf(plan.pruning, whole.epochs);
    for (const [rung, epochs] of rungs.entries()) {
      const isLast = rung === rungs.length - 1;
      // Promoted before the sweep was stopped.
      if (!isLast && trial().values.has(epochs)) continue;
      const job = { ...whole, epochs };
      const name = trialFolderName(planned.number);
      const result = await executor.run(job, join(folder, 'trials', isLast ? name : `${name}-rung-${rung + 1}`));
      requireSameBytes(job, result);
      const value = result.valAccuracy;
      if (isLast) {
        const values = rungs.length > 1 ? new Map([[epochs, value]]) : valuesByEpoch(result);
        await end(values, { state: 'complete', value, attributes: await resultAttributes(job, result) });
        return;
      }
      const step = new Map([[epochs, value]]);
      const { stops, system } = decideStop(plan.pruning, journal.trials, trial(), { rung, epochs, value });
      if (stops)
        return await end(step, { state: 'pruned', value, attributes: await resultAttributes(job, result) }, system);
      await journal.report(number, step, { system });
    }
  } catch (error) {
    const isOwn = error instanceof TrialFailure || (error instanceof InklingError && error.kind !== 'file');
    if (!isOwn) throw error;
    await end(new Map(), { state: 'fail', attributes: { error: error.message } });
  }
}

export function trialFolderName(number: number): string {
  return String(number).padStart(4, '0');
}

function valuesByEpoch({ epochs }: TrialResult): Map<number, number> {
  return new Map(epochs.map(({ epoch, valAccuracy }) => [epoch, valAccuracy!]));
}

/** What Optuna has no field for. */
async function resultAttributes(job: TrialJob, result: TrialResult): Promise<Record<string, unknown>> {
  const { valLoss, weightsSha256, seconds, host, arithmetic, dataSha256, version, epochs } = result;
  const curves = epochs.map((logs) => [logs.epoch, logs.loss, logs.valLoss, logs.valAccuracy]);
  return {
    jobId: await jobId(job),
    epochs: job.epochs,
    valLoss,
    weightsSha256,
    seconds,
    host,
    arithmetic,
    dataSha256,
    version,
    curves,
  };
}

/** A result tells what it was made with: of something else it would not be this job's. */
function requireSameBytes(job: TrialJob, result: TrialResult): void {
  for (const field of ['version', 'arithmetic', 'dataSha256'] as const) {
    if (job[field] === result[field]) continue;
    throw new TrialFailure(`A result came with ${field} ${result[field]}, where the trial asked for ${job[field]}.`);
  }
}
