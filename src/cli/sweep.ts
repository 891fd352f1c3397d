/** `inkling sweep`: plans trials, has them trained, and tells which configuration is best. */

import { join } from 'node:path';
import type { Command } from 'commander';
import type { Dataset } from '../data/dataset.js';
import { chooseArithmetic } from '../engine/kernels.js';
import { InklingError } from '../errors.js';
import { fileError } from '../platform/node-file-error.js';
import { makeFolder, writeWholeFile } from '../platform/node-files.js';
import { percent } from '../report/number-format.js';
import { collectTrials, planOfShards } from '../sweeps/collect.js';
import { Journal, type JournalTrial, journalName } from '../sweeps/journal.js';
import { askOptuna } from '../sweeps/optuna-sampler.js';
import { planName, plannedTrials, readPlan, type SweepPlan, settlePlan, sweepName } from '../sweeps/plan.js';
import { rankConfigurations, rankCorrelations, winnerOf } from '../sweeps/results.js';
import { plannedNumber, runSweep } from '../sweeps/run-sweep.js';
import { pageName, sweepPage } from '../sweeps/sweep-page.js';
import { lockRunFolder } from './claim-run-folder.js';
import { choosePreparedData, type DataChoice } from './data-choice.js';
import type { Output } from './output.js';
import { jobOf } from './sweep-configuration.js';
import { chooseExecutor } from './sweep-executor.js';
import { readSet, readSweepFile, type SweepOptions } from './sweep-options.js';
import { checkConfigurations, makePlan } from './sweep-plan.js';
import { describeCorrelations, describeParameters, describeTrial, showConfigurations } from './sweep-text.js';
import { configurationName, testWinner, writeWinner } from './sweep-winner.js';

/** Commands by whose options values are read. */
export interface SweepCommands {
  readonly sweep: Command;
  readonly train: Command;
}

const interruptedExitCode = 130;

/** A sweep that can begin: everything was checked, and the folder is this process's own. */
interface SettledSweep {
  readonly plan: SweepPlan;
  readonly name: string;
  readonly folder: string;
  readonly journal: Journal;
  readonly dataset: Dataset;
  /** By which each trial is judged, where all have the same number. */
  readonly validationImages: number | undefined;
}

/**
 * @returns whether all went well: no trial failed, and none is missing
 * @throws InklingError for whatever keeps the sweep from running
 */
export async function sweep(
  file: string | undefined,
  given: SweepOptions,
  commands: SweepCommands,
  output: Output,
): Promise<boolean> {
  const options = checkedPlace(file, given);
  const settled = await settle(file, options, commands, output);
  const { plan, folder, journal } = settled;
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => (stop.signal.aborted ? process.exit(interruptedExitCode) : stop.abort()));
  }
  if (options.collect === undefined) await train(settled, options, commands.train, stop.signal, output);
  if (stop.signal.aborted) return stopped(settled, output);
  const all = await conclude(settled, options, commands.train, stop.signal, output);
  if (stop.signal.aborted) return stopped(settled, output);
  const failed = journal.trials.filter(({ state, attributes }) => state === 'fail' && attributes.trial !== undefined);
  const missing = plannedTrials(plan).length - journal.trials.filter((trial) => isFinished(trial)).length;
  if (failed.length > 0) {
    output.failure(
      `${failed.length} of ${plannedTrials(plan).length} trials failed; the first: ${failed[0].attributes.error}`,
    );
  }
  if (missing > 0) {
    output.failure(
      `${missing} of ${plannedTrials(plan).length} trials are in none of the folders. Collect them too, or train them here: inkling sweep --resume ${folder}`,
    );
  }
  output.result(`Sweep: ${folder}`);
  return all && failed.length === 0 && missing === 0;
}

function checkedPlace(file: string | undefined, options: SweepOptions): SweepOptions {
  const { resume, collect, out } = options;
  const isNew = file !== undefined || options.set !== undefined;
  if (resume !== undefined && (isNew || collect !== undefined || out !== undefined)) {
    throw new InklingError(
      'argument',
      '--resume goes on with the plan in that folder. Leave out the file, --set, --collect and --out.',
    );
  }
  if (collect !== undefined && isNew)
    throw new InklingError('argument', '--collect takes the plan of the folders. Leave out the file and --set.');
  if (collect !== undefined && out === undefined)
    throw new InklingError('argument', '--collect: say with --out where the whole sweep is to be.');
  if (resume === undefined && collect === undefined && !isNew) {
    throw new InklingError(
      'argument',
      'Nothing was said of what to try. Name a file, or options by --set, such as --set learningRate=1e-4..1e-2:log.',
    );
  }
  return options;
}

async function settle(
  file: string | undefined,
  given: SweepOptions,
  { sweep: command, train }: SweepCommands,
  output: Output,
): Promise<SettledSweep> {
  if (given.resume !== undefined || given.collect !== undefined) {
    const { resume, collect = [] } = given;
    const plan = resume === undefined ? await planOfShards(collect) : await readPlan(join(resume, planName));
    if (plan === undefined)
      throw new InklingError(
        'argument',
        `--resume ${resume}: there is no ${planName}. Expected the folder of a sweep.`,
      );
    const { dataset } = await choosePreparedData(dataOf(plan));
    requireSameData(plan, dataset);
    return open(given.out ?? resume!, plan, dataset, train, collect);
  }
  const read = file === undefined ? { options: {}, distributions: {} } : await readSweepFile(command, file);
  const options: SweepOptions = { ...read.options, ...given };
  const distributions = { ...read.distributions, ...readSet(given.set ?? []) };
  const { dataset } = await choosePreparedData(options);
  const plan = JSON.parse(
    JSON.stringify(makePlan(options, distributions, dataset, chooseArithmetic(options.arithmetic ?? 'auto'))),
  );
  const { shard } = plan as SweepPlan;
  const share = shard.of > 1 ? `-${shard.index}-of-${shard.of}` : '';
  const settled = await open(given.out ?? join('sweeps', `${await sweepName(plan)}${share}`), plan, dataset, train, []);
  output.text(`Data: ${dataset.source}`);
  return settled;
}

async function open(
  folder: string,
  plan: SweepPlan,
  dataset: Dataset,
  train: Command,
  shards: readonly string[],
): Promise<SettledSweep> {
  const validationImages = await checkConfigurations(train, plan, dataset);
  try {
    await makeFolder(folder);
  } catch (error) {
    throw fileError('make', folder, error);
  }
  await lockRunFolder(folder);
  await settlePlan(join(folder, planName), plan);
  const name = await sweepName(plan);
  const journal = await Journal.open(join(folder, journalName), name);
  if (shards.length > 0) await collectTrials(shards, plan, folder, journal);
  return { plan, name, folder, journal, dataset, validationImages };
}

async function train(
  settled: SettledSweep,
  options: SweepOptions,
  command: Command,
  signal: AbortSignal,
  output: Output,
): Promise<void> {
  const { plan, name, folder, journal, dataset } = settled;
  const all = plannedTrials(plan).length;
  const doneBefore = journal.trials.filter(isFinished).length;
  const { executor, description } = await chooseExecutor(plan, options, {
    trials: all - doneBefore,
    folder,
    signal,
    output,
  });
  const counts = `${plan.configurations} ${plan.configurations === 1 ? 'configuration' : 'configurations'}`;
  output.text(
    `Sweep: ${name}, ${counts} by the sampler ${plan.sampler}, ${all} ${all === 1 ? 'trial' : 'trials'}${doneBefore > 0 ? `, of which ${doneBefore} are done` : ''}; ${description}`,
  );
  output.text(`Folder: ${folder}\n`);
  try {
    await runSweep({
      plan,
      folder,
      journal,
      executor,
      signal,
      jobOf: (parameters, trial) => jobOf(command, plan, dataset, parameters, trial),
      suggest:
        plan.sampler === 'optuna'
          ? () => askOptuna(options.python ?? 'python3', journal, name, plan.space, plan.seed)
          : undefined,
      onTrial: (trial) => {
        output.text(describeTrial(trial, journal.trials.filter(isFinished).length, all));
        output.event({ event: 'trial', ...eventOf(trial) });
      },
    });
  } finally {
    await executor.close();
  }
}

/** Says and writes what came of it, and tests the winner. @returns false where that failed */
async function conclude(
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

function stopped({ plan, folder, journal }: SettledSweep, output: Output): boolean {
  const done = journal.trials.filter(isFinished).length;
  output.urgent(
    `Stopped: ${done} of ${plannedTrials(plan).length} trials are done and kept. Go on: inkling sweep --resume ${folder}`,
  );
  process.exitCode = interruptedExitCode;
  process.exit();
}

function isFinished(trial: JournalTrial): boolean {
  return trial.state !== 'running' && plannedNumber(trial) !== undefined;
}

function eventOf({ parameters, state, value, attributes }: JournalTrial) {
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

function dataOf({ data: { folder, resize, prepare } }: SweepPlan): DataChoice {
  return { data: folder, resize, prepare: prepare as DataChoice['prepare'] };
}

function requireSameData(plan: SweepPlan, { sha256, name }: Dataset): void {
  if (plan.dataSha256 === sha256) return;
  throw new InklingError(
    'data',
    `The sweep was planned for data of SHA-256 ${plan.dataSha256}, and ${name} has ${sha256} now. Its trials would not compare.`,
  );
}
