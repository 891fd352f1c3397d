/** Several runs against each other, as plain data: what `inkling compare` shows, prints as JSON and writes as a page. */

import { wilsonInterval } from '../evaluation/accuracy.js';
import { type McnemarResult, mcnemarTest } from '../evaluation/mcnemar.js';
import { type Spread, spread } from '../evaluation/spread.js';
import type { ModelDescription } from '../formats/saved-description.js';
import { differencesOf, groupsBySeed, type SettingDifference, settingsOf } from './run-configuration.js';
import type { SavedAnswers, SavedEpoch, SavedRun } from './saved-run.js';

/** Which images runs are compared on. */
export type ComparedRows = 'test' | 'validation';

/** What one run answered to some images, or why there are no answers. */
export interface RunAnswers extends SavedAnswers {
  /** Whether the run's folder had them, or its model gave them just now. */
  readonly source: 'stored' | 'computed';
  /** Which images: equal for the same images in the same order alone. */
  readonly images: string;
}

/** A run with all that a comparison needs of it. */
export interface RunToCompare {
  readonly run: SavedRun;
  readonly epochs: readonly SavedEpoch[];
  /** undefined where the model cannot be read any more. */
  readonly description: ModelDescription | undefined;
  /** Texts say why there are none. */
  readonly answers: Readonly<Record<ComparedRows, RunAnswers | string>>;
}

/** Right answers of all; a fraction, and Wilson's 95 % interval. */
export interface ComparedScore {
  readonly accuracy: number;
  readonly images: number;
  readonly interval: readonly [low: number, high: number];
}

export interface ComparedRun {
  /** From 1, in the order in which the runs were given. */
  readonly number: number;
  readonly folder: string;
  readonly model: string;
  readonly seed: number;
  readonly epochs: number;
  readonly requestedEpochs: number;
  readonly outcome: string;
  /** null where there was no validation. */
  readonly validation: ComparedScore | null;
  /** null where the test images were not read. */
  readonly test: ComparedScore | null;
  readonly trainSeconds: number;
  readonly startedAt: string;
  readonly weightsSha256: string;
  readonly history: readonly SavedEpoch[];
}

/** Two runs, by their numbers, whose answers to the same images were tested. */
export interface TestedPair extends McnemarResult {
  readonly first: number;
  readonly second: number;
  readonly rows: ComparedRows;
  readonly images: number;
  /** Runs of the pair whose answers were computed anew from model and data. */
  readonly computed: readonly number[];
}

/** Two runs that cannot be tested against each other, and why. */
export interface RefusedPair {
  readonly first: number;
  readonly second: number;
  readonly refused: string;
}

export type ComparedPair = TestedPair | RefusedPair;

export function isTested(pair: ComparedPair): pair is TestedPair {
  return !('refused' in pair);
}

/** Runs that differ in nothing but the seed. */
export interface SeedGroup {
  /** Numbers of its runs. */
  readonly runs: readonly number[];
  readonly seeds: readonly number[];
  /** null where a run has none; so is `test`. */
  readonly validation: Spread | null;
  readonly test: Spread | null;
  readonly trainSeconds: Spread;
}

export interface Comparison {
  readonly runs: readonly ComparedRun[];
  readonly differences: readonly SettingDifference[];
  readonly groups: readonly SeedGroup[];
  readonly pairs: readonly ComparedPair[];
}

/**
 * @param all at least two
 * @param rows where both runs of a pair have them; default: test images where both have read them, else validation
 * images
 */
export function compareRuns(all: readonly RunToCompare[], rows?: ComparedRows): Comparison {
  const settings = all.map(({ run, description }) => settingsOf(run, description));
  const runs = all.map(({ run, epochs }, index) => comparedRun(run, epochs, index + 1));
  return {
    runs,
    differences: differencesOf(settings),
    groups: groupsBySeed(settings).map((indices) => groupOf(indices.map((index) => runs[index]))),
    pairs: all.flatMap((first, index) =>
      all.slice(index + 1).map((second, offset) => ({
        first: index + 1,
        second: index + 2 + offset,
        ...pairOf([first, second], [index + 1, index + 2 + offset], rows),
      })),
    ),
  };
}

function comparedRun(run: SavedRun, history: readonly SavedEpoch[], number: number): ComparedRun {
  const { folder, model, seed, epochs, requestedEpochs, outcome, trainSeconds, startedAt, weightsSha256 } = run;
  const { valAccuracy, validationImages, testAccuracy, testImages } = run;
  return {
    ...{ number, folder, model, seed, epochs, requestedEpochs, outcome },
    validation: scoreOf(valAccuracy, validationImages),
    test: scoreOf(testAccuracy, testImages),
    ...{ trainSeconds, startedAt, weightsSha256, history },
  };
}

function scoreOf(accuracy: number | null, images: number): ComparedScore | null {
  if (accuracy === null || images === 0) return null;
  return { accuracy, images, interval: wilsonInterval(Math.round(accuracy * images), images) };
}

function groupOf(runs: readonly ComparedRun[]): SeedGroup {
  const spreadOf = (values: readonly (number | undefined)[]) => {
    const known = values.filter((value) => value !== undefined);
    return known.length === values.length ? spread(known) : null;
  };
  return {
    runs: runs.map(({ number }) => number),
    seeds: runs.map(({ seed }) => seed),
    validation: spreadOf(runs.map(({ validation }) => validation?.accuracy)),
    test: spreadOf(runs.map(({ test }) => test?.accuracy)),
    trainSeconds: spread(runs.map(({ trainSeconds }) => trainSeconds)),
  };
}

/** The test images where all of the runs have read them: whether their answers are still to be had is not asked. */
export function rowsFor(runs: readonly SavedRun[]): ComparedRows {
  return runs.every(({ testAccuracy }) => testAccuracy !== null) ? 'test' : 'validation';
}

function pairOf(pair: readonly [RunToCompare, RunToCompare], numbers: readonly number[], asked?: ComparedRows) {
  const [first, second] = pair;
  const rows = asked ?? rowsFor(pair.map(({ run }) => run));
  const missing = pair.findIndex(({ answers }) => typeof answers[rows] === 'string');
  if (missing >= 0) return { refused: `run ${numbers[missing]}: ${pair[missing].answers[rows]}` };
  const [a, b] = [first.answers[rows] as RunAnswers, second.answers[rows] as RunAnswers];
  const reason = whyOtherRows(first.run, second.run, a, b, rows);
  if (reason !== undefined) return { refused: reason };
  const computed = [a, b].flatMap(({ source }, index) => (source === 'computed' ? numbers[index] : []));
  return { rows, images: a.labels.length, computed, ...mcnemarTest(a.labels, a.answers, b.answers) };
}

/** Why McNemar's test cannot be made: it needs the answers of both to the same images. */
function whyOtherRows(
  first: SavedRun,
  second: SavedRun,
  a: RunAnswers,
  b: RunAnswers,
  rows: ComparedRows,
): string | undefined {
  const short = (sum: string | null) => (sum === null ? 'none' : sum.slice(0, 8));
  if (first.dataSha256 === null || first.dataSha256 !== second.dataSha256) {
    return `their data is not the same (SHA-256 ${short(first.dataSha256)} and ${short(second.dataSha256)})`;
  }
  const isSame = a.images === b.images && a.labels.length === b.labels.length;
  if (isSame && a.labels.every((label, row) => label === b.labels[row])) return undefined;
  const why =
    rows === 'validation' && first.splitSeed !== second.splitSeed
      ? `: seeds ${first.splitSeed} and ${second.splitSeed} set other images aside`
      : `: ${a.labels.length} and ${b.labels.length} of them`;
  return `their ${rows} images are not the same${why}`;
}
