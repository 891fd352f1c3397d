/** `inkling sweep`: plans trials, has them trained, and tells which configuration is best. */

import { join } from 'node:path';
import type { Command } from 'commander';
import type { Dataset } from '../data/dataset.js';
import { chooseArithmetic } from '../engine/kernels.js';
import { InklingError } from '../errors.js';
import { fileError } from '../platform/node-file-error.js';
import { makeFolder } from '../platform/node-files.js';
import { collectTrials, planOfShards } from '../sweeps/collect.js';
import { Journal, journalName } from '../sweeps/journal.js';
import { askOptuna } from '../sweeps/optuna-sampler.js';
import { planName, plannedTrials, readPlan, type SweepPlan, settlePlan, sweepName } from '../sweeps/plan.js';
import { runSweep } from '../sweeps/run-sweep.js';
import { lockRunFolder } from './claim-run-folder.js';
import { choosePreparedData, type DataChoice } from './data-choice.js';
import { Interruption, type InterruptionWords, interruptedExitCode } from './interruption.js';
import type { Output } from './output.js';
import { shellQuoted } from './repeat-command.js';
import { conclude, eventOf, isFinished, type SettledSweep } from './sweep-conclusion.js';
import { jobOf } from './sweep-configuration.js';
import { chooseExecutor } from './sweep-executor.js';
import { readSet, readSweepFile, type SweepOptions } from './sweep-options.js';
import { checkConfigurations, makePlan } from './sweep-plan.js';
import { describeTrial } from './sweep-text.js';

/** Commands by whose options values are read. */
export interface SweepCommands {
  readonly sweep: Command;
  readonly train: Command;
}

const wordsOfSweep: InterruptionWords = {
  before: 'Interrupted before a trial began.',
  working: 'Stopping the trials that are under way; they go on from there.',
  after: 'The sweep is done.',
};

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
  const interruption = new Interruption(output, wordsOfSweep);
  const settled = await settle(file, options, commands, output);
  const { folder } = settled;
  const { signal } = interruption;
  interruption.workBegins(resumeCommand(folder));
  try {
    if (options.collect === undefined) await train(settled, options, commands.train, signal, output);
    if (signal.aborted) return stopped(settled, output);
    const isWell = await conclude(settled, options, commands.train, signal, output);
    if (signal.aborted) return stopped(settled, output);
    return sayWhatIsMissing(settled, output) && isWell;
  } catch (error) {
    // What is done is in the folder: a disk that was full, a queue that was away, may be there again.
    const canGoOn = error instanceof InklingError && (error.kind === 'file' || error.kind === 'environment');
    if (!canGoOn) throw error;
    throw new InklingError(error.kind, `${error.message} Go on with: ${resumeCommand(folder)}`, { cause: error });
  }
}

/** @returns whether no trial failed and none is missing */
function sayWhatIsMissing({ plan, folder, journal }: SettledSweep, output: Output): boolean {
  const failed = journal.trials.filter(({ state, attributes }) => state === 'fail' && attributes.trial !== undefined);
  const missing = plannedTrials(plan).length - journal.trials.filter((trial) => isFinished(trial)).length;
  if (failed.length > 0) {
    output.failure(
      `${failed.length} of ${plannedTrials(plan).length} trials failed; the first: ${failed[0].attributes.error}`,
    );
  }
  if (missing > 0) {
    output.failure(
      `${missing} of ${plannedTrials(plan).length} trials are in none of the folders. Collect them too, or train them here: ${resumeCommand(folder)}`,
    );
  }
  output.result(`Sweep: ${folder}`);
  return failed.length === 0 && missing === 0;
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
  const giveUp = new AbortController();
  const either = AbortSignal.any([signal, giveUp.signal]);
  const { executor, description } = await chooseExecutor(plan, options, {
    trials: all - doneBefore,
    folder,
    signal: either,
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
      signal: either,
      abandon: () => giveUp.abort(),
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

function stopped({ plan, folder, journal }: SettledSweep, output: Output): never {
  const done = journal.trials.filter(isFinished).length;
  // Where nobody is left to read it, the exit code is another.
  if (process.exitCode === interruptedExitCode) {
    output.urgent(
      `Stopped: ${done} of ${plannedTrials(plan).length} trials are done and kept. Go on with: ${resumeCommand(folder)}`,
    );
  }
  process.exit();
}

function resumeCommand(folder: string): string {
  return `npx inkling sweep --resume ${shellQuoted(folder)}`;
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
