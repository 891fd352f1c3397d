/** What came of a sweep: the table, the page, the winner and its test. */

import { join } from 'node:path';
import type { Command } from 'commander';
import type { Dataset } from '../data/dataset.js';
import { writeWholeFile } from '../platform/node-files.js';
import { percent } from '../report/number-format.js';
import type { Journal } from '../sweeps/journal.js';
import type { JournalTrial } from '../sweeps/journal-trials.js';
import { plannedTrials, type SweepPlan } from '../sweeps/plan.js';
import { rankConfigurations, rankCorrelations, winnerOf } from '../sweeps/results.js';
import { plannedNumber } from '../sweeps/run-sweep.js';
import { pageName, sweepPage } from '../sweeps/sweep-page.js';
import type { Output } from './output.js';
import { jobOf } from './sweep-configuration.js';
import type { SweepOptions } from './sweep-options.js';
import { describeCorrelations, describeParameters, showConfigurations } from './sweep-text.js';
import { configurationName, testWinner, writeWinner } from './sweep-winner.js';

/** A sweep that can begin: everything was checked, and the folder is this process's own. */
export interface SettledSweep {
  readonly plan: SweepPlan;
  readonly name: string;
  readonly folder: string;
  readonly journal: Journal;
  readonly dataset: Dataset;
  /** By which each trial is judged, where all have the same number. */
  readonly validationImages: number | undefined;
}

/** Says and writes what came of it, and tests the winner. @returns false where that failed */
export async function conclude(
  settled: SettledSweep,
  options: SweepOptions,
  command: Command,
  signal: AbortSignal,
  output: Output,
): Promise<boolean> {
  const { plan, name, folder, journal, dataset, validationImages } = settled;
  const ranked = rankConfigurations(journal.trials, validationImages);
  const winner = winnerOf(ranked);
  const names = Object.keys(plan.space);
  const correlations = rankCorrelations(plan.space, ranked);
  if (ranked.length > 0) output.result(`\nAccuracy on validation images\n${showConfigurations(ranked, names)}\n`);
  const said = describeCorrelations(correlations);
  if (said !== undefined) output.text(said);
  if (winner === undefined) {
    output.failure('No trial is complete, so that nothing is best.');
    return false;
  }
  const { seed, fold } = winner.best.attributes as { seed: number; fold?: number };
  const job = await jobOf(command, plan, dataset, winner.best.parameters, { seed, fold });
  const repeat = await writeWinner(folder, plan, winner.best, job);
  const parameters = describeParameters(winner.parameters);
  output.result(
    `Best: ${parameters === '' ? 'the only configuration' : parameters}, ${percent(winner.mean)} of the validation images (${join(folder, configurationName)})`,
  );
  output.text(`Train it: ${repeat}`);
  const isWhole = plan.shard.of === 1 && journal.trials.filter(isFinished).length === plannedTrials(plan).length;
  const tested =
    options.test && isWhole ? await testWinner(folder, plan, winner.best, job, options.threads, signal) : undefined;
  if (tested) {
    output.result(
      `Test accuracy of the best: ${percent(tested.testAccuracy)} (95 % interval ${tested.testAccuracyInterval.map(percent).join(' to ')}), report: ${tested.folder}/report.html`,
    );
  }
  const page = await sweepPage({
    name,
    plan,
    trials: journal.trials,
    ranked,
    correlations,
    best: { configuration: winner, trial: winner.best, command: repeat, tested },
  });
  await writeWholeFile(join(folder, pageName), page);
  output.text(`Report: ${join(folder, pageName)}`);
  output.event({
    event: 'sweep',
    folder,
    configurations: ranked.map(({ best, ...one }) => ({
      ...one,
      mean: one.n > 0 ? one.mean : null,
      min: one.n > 0 ? one.min : null,
      max: one.n > 0 ? one.max : null,
    })),
    rankCorrelations: correlations,
    best: eventOf(winner.best),
    command: repeat,
    testAccuracy: tested?.testAccuracy ?? null,
  });
  return true;
}

export function isFinished(trial: JournalTrial): boolean {
  return trial.state !== 'running' && plannedNumber(trial) !== undefined;
}

export function eventOf({ parameters, state, value, attributes }: JournalTrial) {
  const { trial, configuration, seed, fold, weightsSha256, error } = attributes;
  return {
    trial,
    configuration,
    parameters,
    seed,
    fold: fold ?? null,
    state,
    valAccuracy: value ?? null,
    weightsSha256: weightsSha256 ?? null,
    error: error ?? null,
  };
}
