/** The shares of a sweep, gathered into one journal: as if one machine had done all of it. */

import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { InklingError } from '../errors.js';
import { fileError } from '../platform/node-file-error.js';
import { Journal, journalName } from './journal.js';
import type { JournalTrial } from './journal-trials.js';
import { planName, readPlan, type SweepPlan, sweepName } from './plan.js';
import { plannedNumber, trialFolderName } from './run-sweep.js';

/** A trial and the folder that has it. */
interface FoundTrial {
  readonly trial: JournalTrial;
  readonly folder: string;
}

/**
 * @returns the plan of the whole
 * @throws InklingError (argument) where the folders are not shares of one sweep, (file) where one cannot be read
 */
export async function planOfShards(folders: readonly string[]): Promise<SweepPlan> {
  const plans = await Promise.all(
    folders.map(async (folder) => {
      const plan = await readPlan(join(folder, planName));
      if (plan) return { folder, plan, name: await sweepName(plan) };
      throw new InklingError('argument', `${folder} holds no sweep: it has no ${planName}.`);
    }),
  );
  const [first] = plans;
  const other = plans.find(({ name }) => name !== first.name);
  if (other) {
    throw new InklingError(
      'argument',
      `${other.folder} holds a share of another sweep (${other.name}) than ${first.folder} (${first.name}). Collect the folders of one sweep.`,
    );
  }
  return { ...first.plan, shard: { index: 1, of: 1 } };
}

/**
 * Writes all finished trials of the shares into a journal that has none yet, in the order of the plan, and copies
 * their folders.
 * @throws InklingError (training) where two shares have the same trial with other weights
 */
export async function collectTrials(
  folders: readonly string[],
  plan: SweepPlan,
  into: string,
  journal: Journal,
): Promise<void> {
  const found = new Map<number, FoundTrial>();
  for (const folder of folders) {
    const shard = await Journal.open(join(folder, journalName), await sweepName(plan));
    for (const trial of shard.trials) {
      const number = plannedNumber(trial);
      if (number === undefined || trial.state === 'running') continue;
      const before = found.get(number);
      if (before) requireSameWeights(number, before, { trial, folder });
      else found.set(number, { trial, folder });
    }
  }
  const known = new Set(journal.trials.map(plannedNumber));
  for (const [number, { trial, folder }] of [...found].sort(([a], [b]) => a - b)) {
    if (known.has(number)) continue;
    const name = trialFolderName(number);
    if (trial.state === 'complete') await copyFolder(join(folder, 'trials', name), join(into, 'trials', name));
    const { trial: planned, configuration, seed, fold, ...rest } = trial.attributes;
    const begun = { trial: planned, configuration, seed, ...(fold !== undefined && { fold }) };
    const created = await journal.createTrial(trial.parameters, plan.space, begun);
    await journal.report(created, trial.values, {
      system: trial.systemAttributes,
      end: { state: trial.state as Exclude<JournalTrial['state'], 'running'>, value: trial.value, attributes: rest },
    });
  }
}

function requireSameWeights(number: number, a: FoundTrial, b: FoundTrial): void {
  const [first, second] = [a, b].map(({ trial }) => trial.attributes.weightsSha256);
  if (first === second || first === undefined || second === undefined) return;
  throw new InklingError(
    'training',
    `Trial ${number} was trained twice and came to different weights: ${first} in ${a.folder} (${a.trial.attributes.host}), ${second} in ${b.folder} ` +
      `(${b.trial.attributes.host}). The same training must give the same bytes: one of the two machines computes wrongly.`,
  );
}

async function copyFolder(from: string, to: string): Promise<void> {
  try {
    await cp(from, to, { recursive: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw fileError('write', to, error);
  }
}
