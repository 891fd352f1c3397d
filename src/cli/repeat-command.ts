/** Command lines for people to copy: the one that repeats a run, and the one that goes on with it. */

import { type OptimizerSettings, optimizerSettingsOf } from './optimizer-settings.js';

export interface RepeatedRun extends OptimizerSettings {
  readonly recipe: string;
  /** As given: a name, or a path. */
  readonly model: string;
  readonly data?: string;
  /** As given, where they were. */
  readonly resize?: readonly [height: number, width: number];
  readonly prepare?: string;
  readonly limit?: number;
  /** Images. */
  readonly validation: number;
  readonly seed: number;
  readonly splitSeed: number;
  readonly epochs: number;
  readonly batchSize: number;
  readonly optimizer: string;
  readonly learningRate: number;
  readonly schedule: string;
  readonly labelSmoothing: number;
  /** As given, where it was. */
  readonly robustness?: number | 'all';
  /** A name or a path; left out where nothing is augmented. */
  readonly augment?: string;
  /** As chosen: `auto` may choose otherwise elsewhere. */
  readonly arithmetic: 'plain' | 'fused';
}

/** With every option that the results depend on; the number of threads is none. */
export function repeatCommand(run: RepeatedRun): string {
  const options: [name: string, value: string | number | boolean | undefined][] = [
    ['recipe', run.recipe],
    ['model', run.model],
    ['data', run.data],
    ['resize', run.resize?.join('x')],
    ['prepare', run.prepare],
    ['limit', run.limit],
    ['validation', run.validation],
    ['seed', run.seed],
    ['split-seed', run.splitSeed === run.seed ? undefined : run.splitSeed],
    ['epochs', run.epochs],
    ['batch-size', run.batchSize],
    ['optimizer', run.optimizer],
    ['learning-rate', run.learningRate],
    ...Object.entries(optimizerSettingsOf(run)).map(([name, value]): [string, number | boolean] => [
      optionName(name),
      value,
    ]),
    ['schedule', run.schedule],
    ['label-smoothing', run.labelSmoothing],
    ['robustness', run.robustness],
    ['augment', run.augment],
    ['arithmetic', run.arithmetic],
  ];
  return ['npx inkling train', ...optionWords(options).map(shellQuoted)].join(' ');
}

/** As a command line has it: `batch-size` of `batchSize`. */
export function optionName(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The words of those that are given: of true the option alone, of false nothing. */
export function optionWords(
  options: readonly (readonly [name: string, value: string | number | boolean | null | undefined])[],
): string[] {
  return options.flatMap(([name, value]) => {
    if (value === undefined || value === null || value === false) return [];
    return value === true ? [`--${name}`] : [`--${name}`, String(value)];
  });
}

/** What goes on with a run that broke off. */
export function resumeCommand(folder: string): string {
  return `npx inkling train --resume ${shellQuoted(folder)}`;
}

/** A word as POSIX shells read it back: as it is where it holds nothing special, else between single quotes. */
export function shellQuoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
