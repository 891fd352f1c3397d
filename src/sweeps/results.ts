/** What the trials of a sweep say together: configurations in order, and which of their options matter. */

import { wilsonInterval } from '../evaluation/accuracy.js';
import { spread } from '../evaluation/spread.js';
import type { Distribution, Value } from './distribution.js';
import type { JournalTrial } from './journal-trials.js';
import { plannedNumber } from './run-sweep.js';
import type { SearchSpace } from './search-space.js';

/** A configuration with all its seeds and folds. Accuracies are of validation images, from 0 to 1. */
export interface ConfigurationResult {
  /** Its number, from 0, in the order of the plan. */
  readonly configuration: number;
  readonly parameters: Readonly<Record<string, Value>>;
  /** Complete trials; what follows is theirs. */
  readonly n: number;
  readonly mean: number;
  /** Of the sample, by n - 1; undefined for one. */
  readonly deviation: number | undefined;
  readonly min: number;
  readonly max: number;
  /** 95 %: of the mean by Student's t; for one trial Wilson's, by its number of images where that is known. */
  readonly interval: readonly [low: number, high: number] | undefined;
  readonly pruned: number;
  readonly failed: number;
  /** The complete trial with the highest accuracy, of equal ones the first. */
  readonly best: JournalTrial | undefined;
}

/**
 * Configurations, best first: by their mean, those of which all trials are complete before the others, since of a
 * configuration whose bad trials were stopped the good ones alone would count.
 * @param validationImages that each trial was judged by, where all have the same
 */
export function rankConfigurations(trials: readonly JournalTrial[], validationImages?: number): ConfigurationResult[] {
  const groups = new Map<number, JournalTrial[]>();
  for (const trial of trials) {
    const { configuration } = trial.attributes;
    if (typeof configuration !== 'number' || plannedNumber(trial) === undefined) continue;
    groups.set(configuration, [...(groups.get(configuration) ?? []), trial]);
  }
  const results = [...groups].map(([configuration, group]) => summarize(configuration, group, validationImages));
  const isWhole = ({ n, pruned, failed }: ConfigurationResult) => Number(n > 0 && pruned + failed === 0);
  return results.sort(
    (a, b) =>
      isWhole(b) - isWhole(a) ||
      Number(b.n > 0) - Number(a.n > 0) ||
      b.mean - a.mean ||
      a.configuration - b.configuration,
  );
}

/** The configuration that won; undefined where no trial is complete. */
export function winnerOf(
  ranked: readonly ConfigurationResult[],
): (ConfigurationResult & { best: JournalTrial }) | undefined {
  const [first] = ranked;
  return first?.best && { ...first, best: first.best };
}

/** The complete trial with the highest accuracy, of equal ones the first: Optuna's `best_trial`. */
export function bestTrial(trials: readonly JournalTrial[]): JournalTrial | undefined {
  return trials
    .filter(({ state }) => state === 'complete')
    .reduce<JournalTrial | undefined>(
      (best, trial) => (best === undefined || trial.value! > best.value! ? trial : best),
      undefined,
    );
}

function summarize(
  configuration: number,
  trials: readonly JournalTrial[],
  images: number | undefined,
): ConfigurationResult {
  const complete = trials.filter(({ state }) => state === 'complete');
  const values = complete.map(({ value }) => value!);
  const n = values.length;
  const { mean, standardDeviation } = spread(values);
  const deviation = standardDeviation ?? undefined;
  return {
    configuration,
    parameters: trials[0].parameters,
    n,
    mean,
    deviation,
    min: Math.min(...values),
    max: Math.max(...values),
    interval: intervalOf(mean, deviation, n, images),
    pruned: trials.filter(({ state }) => state === 'pruned').length,
    failed: trials.filter(({ state }) => state === 'fail').length,
    best: bestTrial(complete),
  };
}

function intervalOf(
  mean: number,
  deviation: number | undefined,
  n: number,
  images: number | undefined,
): [number, number] | undefined {
  if (n === 1) return images === undefined ? undefined : wilsonInterval(Math.round(mean * images), images);
  if (deviation === undefined) return undefined;
  const half = (studentT(n - 1) * deviation) / Math.sqrt(n);
  return [Math.max(mean - half, 0), Math.min(mean + half, 1)];
}

/** 0.975 quantiles of Student's t for 1 to 10 degrees of freedom, as every table has them. */
const quantiles = [12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.306, 2.2622, 2.2281];

/**
 * The 0.975 quantile of Student's t. Beyond the table by the expansion in 1/freedom of Abramowitz and Stegun, 26.7.5,
 * right to four digits.
 */
export function studentT(freedom: number): number {
  if (freedom <= quantiles.length) return quantiles[freedom - 1];
  const z = 1.959963984540054;
  const z2 = z * z;
  const first = (z * (z2 + 1)) / 4;
  const second = (z * (5 * z2 * z2 + 16 * z2 + 3)) / 96;
  const third = (z * (3 * z2 ** 3 + 19 * z2 ** 2 + 17 * z2 - 15)) / 384;
  return z + first / freedom + second / freedom ** 2 + third / freedom ** 3;
}

/** How far an option and the result rise together. */
export interface RankCorrelation {
  readonly name: string;
  /** Spearman's, from -1 to 1; undefined for options that are no numbers, and where all are equal. */
  readonly correlation: number | undefined;
  /** Configurations with a complete trial. */
  readonly n: number;
}

/** Spearman's rank correlation of each option with the configurations' means. It says nothing of causes, nor of pairs. */
export function rankCorrelations(space: SearchSpace, ranked: readonly ConfigurationResult[]): RankCorrelation[] {
  const complete = ranked.filter(({ n }) => n > 0);
  return Object.entries(space).map(([name, distribution]) => ({
    name,
    correlation: isNumeric(distribution)
      ? spearman(
          complete.map(({ parameters }) => Number(parameters[name])),
          complete.map(({ mean }) => mean),
        )
      : undefined,
    n: complete.length,
  }));
}

function isNumeric(distribution: Distribution): boolean {
  return distribution.type !== 'categorical' || distribution.choices.every((choice) => typeof choice === 'number');
}

/** Pearson's correlation of the ranks; equal values share the mean of their ranks. */
export function spearman(a: readonly number[], b: readonly number[]): number | undefined {
  const [x, y] = [ranksOf(a), ranksOf(b)];
  const mean = (a.length + 1) / 2;
  const sum = (of: (index: number) => number) => x.reduce((total, _, index) => total + of(index), 0);
  const covariance = sum((index) => (x[index] - mean) * (y[index] - mean));
  const scale = Math.sqrt(sum((index) => (x[index] - mean) ** 2) * sum((index) => (y[index] - mean) ** 2));
  return scale > 0 ? covariance / scale : undefined;
}

function ranksOf(values: readonly number[]): number[] {
  const order = values.map((_, index) => index).sort((a, b) => values[a] - values[b]);
  const ranks = new Array<number>(values.length);
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (end + 1 < order.length && values[order[end + 1]] === values[order[start]]) end++;
    for (let place = start; place <= end; place++) ranks[order[place]] = (start + end) / 2 + 1;
    start = end + 1;
  }
  return ranks;
}
