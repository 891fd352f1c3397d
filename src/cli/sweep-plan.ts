/** The plan of a sweep: what was asked, or what the folder of one that was begun says. */

import type { Command } from 'commander';
import type { Dataset } from '../data/dataset.js';
import { InklingError } from '../errors.js';
import { inklingVersion } from '../formats/inkling-version.js';
import type { Distribution } from '../sweeps/distribution.js';
import { atShare } from '../sweeps/distribution.js';
import { configurationsOf, type SweepPlan } from '../sweeps/plan.js';
import { gridConfigurations } from '../sweeps/search-space.js';
import { defaultSeed } from './recipe.js';
import { jobOf } from './sweep-configuration.js';
import { divideOptions, pruningOf, type SweepOptions, shardOf } from './sweep-options.js';

/**
 * @param arithmetic as the engine has it here
 * @throws InklingError (argument) for what does not go together
 */
export function makePlan(
  options: SweepOptions,
  distributions: Readonly<Record<string, Distribution>>,
  dataset: Dataset,
  arithmetic: 'plain' | 'fused',
): SweepPlan {
  const { space, fixed } = divideOptions(distributions);
  const { seed = defaultSeed, seeds = 1, folds = 1, data, resize, prepare } = options;
  const hasRange = Object.values(space).some((one) => one.type !== 'categorical' && one.points === undefined);
  const sampler = options.sampler ?? (hasRange ? 'random' : 'grid');
  const each = seeds * folds;
  const base = {
    version: inklingVersion,
    arithmetic,
    data: { folder: data, resize, prepare },
    dataSha256: dataset.sha256,
    space,
    fixed,
    sampler,
    seed,
    seeds: Array.from({ length: seeds }, (_, index) => seed + index),
    folds,
    pruning: pruningOf(options),
    shard: shardOf(options.shard),
  };
  if (base.seeds.at(-1)! >= 2 ** 32)
    throw new InklingError(
      'argument',
      `--seed ${seed}: with ${seeds} seeds the last would be above ${2 ** 32 - 1}. Take a lower one.`,
    );
  if (sampler === 'optuna' && base.shard.of > 1) {
    throw new InklingError(
      'argument',
      '--shard: Optuna chooses a trial by all results before it, and a share has its own alone. Take --sampler random or grid.',
    );
  }
  return { ...base, configurations: countConfigurations({ ...base, configurations: 0 }, each, options.trials) };
}

function countConfigurations(plan: SweepPlan, each: number, trials: number | undefined): number {
  if (plan.sampler === 'grid') {
    const count = gridConfigurations(plan.space).length;
    if (trials === undefined || trials === count * each) return count;
    throw new InklingError(
      'argument',
      `--trials ${trials}: the grid has ${count * each} trials (${count} ${count === 1 ? 'configuration' : 'configurations'}, ${each} each). Leave --trials out, or take --sampler random.`,
    );
  }
  if (trials === undefined)
    throw new InklingError(
      'argument',
      `--sampler ${plan.sampler}: say with --trials how many trainings there should be.`,
    );
  if (trials % each !== 0) {
    throw new InklingError(
      'argument',
      `--trials ${trials}: each configuration is trained ${each} times, by seeds and folds. Expected a multiple of ${each}.`,
    );
  }
  const asked = trials / each;
  if (Object.keys(plan.space).length === 0 && asked > 1) {
    throw new InklingError(
      'argument',
      'Nothing varies, so that all trials would be the same. Give an option several values, such as --set learningRate=1e-4..1e-2:log.',
    );
  }
  const there = plan.sampler === 'random' ? configurationsOf({ ...plan, configurations: asked })!.length : asked;
  if (there === asked) return asked;
  throw new InklingError(
    'argument',
    `--trials ${trials}: there are only ${there} different configurations, ${there * each} trials. Ask for those, or take --sampler grid.`,
  );
}

/**
 * Checks every configuration before the first is trained; where they are not known yet, those at the ends.
 * @returns the images by which each trial is judged, where all have the same number
 * @throws InklingError for a configuration that cannot be trained
 */
export async function checkConfigurations(
  train: Command,
  plan: SweepPlan,
  dataset: Dataset,
): Promise<number | undefined> {
  const ends = [0, 1].map((share) =>
    Object.fromEntries(Object.entries(plan.space).map(([name, one]) => [name, atShare(one, share)])),
  );
  const counts = new Set<number | undefined>();
  for (const parameters of configurationsOf(plan) ?? ends) {
    try {
      const trial = { seed: plan.seeds[0], fold: plan.folds > 1 ? 0 : undefined };
      const { validation } = await jobOf(train, plan, dataset, parameters, trial);
      counts.add(validation ?? undefined);
    } catch (error) {
      if (!(error instanceof InklingError)) throw error;
      const values = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
      throw new InklingError(
        error.kind,
        values.length === 0 ? error.message : `Configuration ${values.join(', ')}: ${error.message}`,
        { cause: error },
      );
    }
  }
  return counts.size === 1 ? [...counts][0] : undefined;
}
