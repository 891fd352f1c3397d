/** What a sweep does, decided before the first trial: `plan.json` in its folder. */

import { readFile } from 'node:fs/promises';
import { InklingError } from '../errors.js';
import { fileError } from '../platform/node-file-error.js';
import { writeWholeFile } from '../platform/node-files.js';
import { canonicalJson, fingerprint } from './canonical-json.js';
import type { Value } from './distribution.js';
import type { Pruning } from './pruning.js';
import { gridConfigurations, type Parameters, randomConfigurations, type SearchSpace } from './search-space.js';

export const planName = 'plan.json';

export const samplers = ['grid', 'random', 'optuna'] as const;
export type SamplerName = (typeof samplers)[number];

export interface SweepPlan {
  readonly version: string;
  readonly arithmetic: 'plain' | 'fused';
  /** As given: which data, and how it is read. */
  readonly data: {
    readonly folder?: string;
    readonly resize?: readonly [height: number, width: number];
    readonly prepare?: string;
  };
  readonly dataSha256: string;
  /** What varies. */
  readonly space: SearchSpace;
  /** Options that have one value. */
  readonly fixed: Readonly<Record<string, Value>>;
  readonly sampler: SamplerName;
  /** Of what the sampler draws. */
  readonly seed: number;
  /** Of the trainings: each configuration is trained with each. */
  readonly seeds: readonly number[];
  /** Parts of the training images, each of which validates once; 1 where a part is set aside instead. */
  readonly folds: number;
  readonly configurations: number;
  readonly pruning: Pruning;
  /** Which of how many shares of the trials this folder has, from 1. */
  readonly shard: { readonly index: number; readonly of: number };
}

/** A training as planned: a configuration, a seed and a fold. */
export interface PlannedTrial {
  /** From 0, over all shards. */
  readonly number: number;
  readonly configuration: number;
  readonly seed: number;
  /** undefined where there are no folds. */
  readonly fold: number | undefined;
}

/** @returns all configurations in order; undefined where each follows from the results before it */
export function configurationsOf(plan: SweepPlan): Parameters[] | undefined {
  if (plan.sampler === 'optuna') return undefined;
  return plan.sampler === 'grid'
    ? gridConfigurations(plan.space)
    : randomConfigurations(plan.space, plan.configurations, plan.seed);
}

/** The trials of this plan's shard, in the order in which they start: a configuration with all seeds and folds, then the next. */
export function plannedTrials({ configurations, seeds, folds, shard }: SweepPlan): PlannedTrial[] {
  const each = seeds.length * folds;
  const all = Array.from({ length: configurations * each }, (_, number): PlannedTrial => {
    const within = number % each;
    return {
      number,
      configuration: Math.floor(number / each),
      seed: seeds[Math.floor(within / folds)],
      fold: folds > 1 ? within % folds : undefined,
    };
  });
  return all.filter(({ number }) => number % shard.of === shard.index - 1);
}

/** The name of the sweep: the same plan has the same, and so have its shards. */
export async function sweepName(plan: SweepPlan): Promise<string> {
  const { shard: _, ...whole } = plan;
  return `sweep-${(await fingerprint(whole)).slice(0, 8)}`;
}

/** @returns undefined where there is none @throws InklingError (file) */
export async function readPlan(path: string): Promise<SweepPlan | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw fileError('read', path, error);
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InklingError('file', `${path} is not a plan of a sweep: it is not JSON.`, { cause });
  }
}

/**
 * Writes the plan, or finds that the folder has the same one already.
 * @throws InklingError (argument) where the folder's sweep is another
 */
export async function settlePlan(path: string, plan: SweepPlan): Promise<void> {
  const before = await readPlan(path);
  if (before === undefined) {
    await writeWholeFile(path, `${JSON.stringify(plan, null, 2)}\n`);
    return;
  }
  const keys = new Set([...Object.keys(before), ...Object.keys(plan)] as (keyof SweepPlan)[]);
  const other = [...keys].find((key) => canonicalJson(before[key]) !== canonicalJson(plan[key]));
  if (other === undefined) return;
  throw new InklingError(
    'argument',
    `${path} is the plan of another sweep: its ${other} is ${canonicalJson(before[other])}. Received: ${canonicalJson(plan[other])}. ` +
      'Choose another folder with --out, or go on with that sweep by --resume.',
  );
}
