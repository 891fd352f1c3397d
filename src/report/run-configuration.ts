/** What two runs were told to do, setting by setting, and in what they differ. */

import type { ModelDescription } from '../formats/saved-description.js';
import type { SavedRun } from './saved-run.js';
import type { RunSummary } from './summary.js';

/**
 * What each field of a summary is: part of the `configuration` that decides over a run's results, a `result`, a
 * `circumstance` that results do not depend on, or the `seed`.
 */
const kinds: Readonly<Record<keyof RunSummary, 'configuration' | 'result' | 'circumstance' | 'seed'>> = {
  robustness: 'circumstance',
  checkpointSeconds: 'circumstance',
  testAccuracy: 'result',
  testAccuracyInterval: 'result',
  testLoss: 'result',
  top2Accuracy: 'result',
  temperature: 'result',
  confidenceThreshold: 'result',
  rejectionThreshold: 'result',
  calibrationImages: 'result',
  expectedCalibrationError: 'result',
  negativeLogLikelihood: 'result',
  notSure: 'result',
  rejected: 'result',
  sureAccuracy: 'result',
  accuracy: 'result',
  loss: 'result',
  valAccuracy: 'result',
  valLoss: 'result',
  epochs: 'configuration',
  requestedEpochs: 'configuration',
  outcome: 'configuration',
  recipe: 'circumstance',
  seed: 'seed',
  splitSeed: 'seed',
  batchSize: 'configuration',
  optimizer: 'configuration',
  lossFunction: 'configuration',
  augmentation: 'configuration',
  model: 'configuration',
  parameters: 'configuration',
  classNames: 'configuration',
  weightsSha256: 'result',
  trainSeconds: 'result',
  imagesPerSecond: 'result',
  startedAt: 'circumstance',
  finishedAt: 'circumstance',
  threads: 'circumstance',
  arithmetic: 'configuration',
  vectorBits: 'circumstance',
  versions: 'circumstance',
  machine: 'circumstance',
  data: 'configuration',
  dataFolder: 'circumstance',
  dataResize: 'configuration',
  dataSource: 'circumstance',
  dataSha256: 'configuration',
  trainingImages: 'configuration',
  validationImages: 'configuration',
  testImages: 'configuration',
  command: 'circumstance',
};

/** A setting that runs differ in. */
export interface SettingDifference {
  /** Such as `optimizer.learningRate.maximumLearningRate`. */
  readonly setting: string;
  /** As texts, one a run; a dash where a run does not have it. */
  readonly values: readonly string[];
}

type Settings = ReadonlyMap<string, string>;

const absent = '–';

/** @param description of the run's model, where it can be read: its layers and how pictures are prepared for it */
export function settingsOf(
  { summary }: Pick<SavedRun, 'summary'>,
  description: ModelDescription | undefined,
): Settings {
  const settings = new Map<string, string>();
  for (const [name, kind] of Object.entries(kinds)) {
    // A split that follows the seed is no setting of its own.
    if (name === 'splitSeed' && summary.splitSeed === summary.seed) continue;
    if (kind === 'configuration' || kind === 'seed') flatten(name, summary[name], settings);
  }
  const { inkling } = Object(summary.versions) as { inkling?: unknown };
  flatten('inkling', inkling, settings);
  if (description) {
    flatten('preprocessing', description.preprocessing, settings);
    const { layers } = description.model.config;
    // Layers one by one of models of another make would all differ.
    settings.set('layers', layers.map(({ type }) => type).join(', '));
    for (const [index, layer] of layers.entries()) flatten(`layers.${index + 1}`, layer, settings);
  }
  return settings;
}

/** Only what differs, the seed first. */
export function differencesOf(all: readonly Settings[]): SettingDifference[] {
  const names = new Set(['seed', ...all.flatMap((settings) => [...settings.keys()])]);
  const sameLayers = new Set(all.map((settings) => settings.get('layers'))).size === 1;
  return [...names]
    .filter((name) => sameLayers || !name.startsWith('layers.'))
    .map((setting) => ({ setting, values: all.map((settings) => settings.get(setting) ?? absent) }))
    .filter(({ values }) => values.some((value) => value !== values[0]));
}

/**
 * In what runs were told to do different things: seed, epochs, optimizer, data and whatever else decides over what comes
 * of a training.
 * @param summaries the content of each run's `summary.json`
 * @returns only what differs, the seed first
 * @example
 * ```ts
 * const summaries = [{ seed: 1, epochs: 5 }, { seed: 1, epochs: 10 }]; // the content of two files summary.json
 * for (const { setting, values } of configurationDifferences(summaries)) console.log(setting, ...values);
 * ```
 */
export function configurationDifferences(summaries: readonly Readonly<Record<string, unknown>>[]): SettingDifference[] {
  return differencesOf(summaries.map((summary) => settingsOf({ summary }, undefined)));
}

/** Runs that differ in nothing but the seed, by their indices, in the order of the first of each group. */
export function groupsBySeed(all: readonly Settings[]): number[][] {
  const groups = new Map<string, number[]>();
  all.forEach((settings, index) => {
    const key = JSON.stringify([...settings].filter(([name]) => name !== 'seed'));
    groups.set(key, [...(groups.get(key) ?? []), index]);
  });
  return [...groups.values()];
}

function flatten(name: string, value: unknown, into: Map<string, string>): void {
  if (value === undefined || value === null) return;
  if (typeof value !== 'object' || isListOfValues(value)) {
    into.set(name, Array.isArray(value) ? value.join(', ') : String(value));
    return;
  }
  for (const [key, inner] of Object.entries(value)) flatten(`${name}.${key}`, inner, into);
}

function isListOfValues(value: object): boolean {
  return Array.isArray(value) && value.every((item) => typeof item !== 'object');
}
