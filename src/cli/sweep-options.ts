/** Options of `inkling sweep`: from its command line and, where there is one, from a file. */

import type { Command } from 'commander';
import { InklingError } from '../errors.js';
import { describeValue, hintAtNames } from '../known-names.js';
import { readWholeFile } from '../platform/node-files.js';
import {
  type Distribution,
  distributionFromData,
  distributionFromText,
  onlyValue,
  type Value,
} from '../sweeps/distribution.js';
import type { SamplerName } from '../sweeps/plan.js';
import type { Pruning } from '../sweeps/pruning.js';
import type { SearchSpace } from '../sweeps/search-space.js';
import type { DataChoice } from './data-choice.js';
import { readOption, requireSweepable } from './sweep-configuration.js';

export interface SweepOptions extends DataChoice {
  /** `option=values` each. */
  readonly set?: readonly string[];
  readonly sampler?: SamplerName;
  readonly trials?: number;
  readonly seeds?: number;
  readonly seed?: number;
  readonly folds?: number;
  readonly prune?: 'none' | 'asha' | 'median';
  readonly minEpochs?: number;
  readonly reductionFactor?: number;
  readonly startupTrials?: number;
  readonly arithmetic?: 'auto' | 'plain' | 'fused';
  readonly jobs?: number;
  readonly threads?: number;
  readonly out?: string;
  readonly resume?: string;
  readonly shard?: string;
  readonly collect?: readonly string[];
  readonly python?: string;
  readonly queue?: string;
  readonly test: boolean;
}

/** What of the options may stand in a file: what decides over the trials. */
const fileOptions = [
  'sampler',
  'trials',
  'seeds',
  'seed',
  'folds',
  'prune',
  'minEpochs',
  'reductionFactor',
  'startupTrials',
  'arithmetic',
  'data',
  'resize',
  'prepare',
] as const;

/** What varies and what has one value. */
export interface SweptOptions {
  readonly space: SearchSpace;
  readonly fixed: Readonly<Record<string, Value>>;
}

/**
 * @param path of a JSON object: `set`, an object of values by option, and options of the command in camelCase
 * @throws InklingError (file, argument)
 */
export async function readSweepFile(
  command: Command,
  path: string,
): Promise<{ options: Partial<SweepOptions>; distributions: Record<string, Distribution> }> {
  const data = parse(new TextDecoder().decode(await readWholeFile(path)), path);
  const { set = {}, ...rest } = data;
  const options: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(rest)) {
    if (!(fileOptions as readonly string[]).includes(name)) {
      throw new InklingError(
        'argument',
        `${path}: unknown option "${name}". ${hintAtNames(name, ['set', ...fileOptions], 'Expected')}`,
      );
    }
    options[name] = readOption(command, name, value);
  }
  if (typeof set !== 'object' || set === null || Array.isArray(set)) {
    throw new InklingError(
      'argument',
      `${path}: set must be an object with values by option. Received: ${describeValue(set)}.`,
    );
  }
  const distributions = Object.entries(set).map(([name, value]) => {
    requireSweepable(name);
    return [name, distributionFromData(name, value)] as const;
  });
  return { options, distributions: Object.fromEntries(distributions) };
}

/** Reads `option=values` words. @throws InklingError (argument) */
export function readSet(words: readonly string[]): Record<string, Distribution> {
  const distributions: Record<string, Distribution> = {};
  for (const word of words) {
    const [, name, text] = /^([\w.-]+)=(.+)$/s.exec(word) ?? [];
    if (name === undefined) {
      throw new InklingError(
        'argument',
        `--set ${word}: expected an option and its values, such as learningRate=1e-4..1e-2:log or model=cnn,lenet5.`,
      );
    }
    requireSweepable(name);
    if (distributions[name])
      throw new InklingError('argument', `--set ${name}: it is given twice. Give all its values at once.`);
    distributions[name] = distributionFromText(name, text);
  }
  return distributions;
}

/** Tells what varies from what has one value. */
export function divideOptions(distributions: Readonly<Record<string, Distribution>>): SweptOptions {
  const space: Record<string, Distribution> = {};
  const fixed: Record<string, Value> = {};
  for (const [name, distribution] of Object.entries(distributions)) {
    const only = onlyValue(distribution);
    if (only === undefined) space[name] = distribution;
    else fixed[name] = only;
  }
  return { space, fixed };
}

/** @throws InklingError (argument) for an option of a rule that was not asked for */
export function pruningOf({ prune = 'none', ...given }: SweepOptions): Pruning {
  const { minEpochs = 1, reductionFactor, startupTrials } = given;
  const stated = {
    'min-epochs': given.minEpochs,
    'reduction-factor': reductionFactor,
    'startup-trials': startupTrials,
  };
  const stray = Object.entries(stated).find(([, value]) => value !== undefined)?.[0];
  if (prune === 'none' && stray !== undefined) {
    throw new InklingError(
      'argument',
      `--${stray} belongs to --prune asha or --prune median. Add one of them, or leave it out.`,
    );
  }
  if (prune === 'none') return { type: 'none' };
  if (prune === 'asha') {
    if (startupTrials !== undefined)
      throw new InklingError('argument', '--startup-trials belongs to --prune median. Leave it out.');
    return { type: 'asha', minEpochs, reductionFactor: reductionFactor ?? 4 };
  }
  return { type: 'median', minEpochs, reductionFactor: reductionFactor ?? 2, startupTrials: startupTrials ?? 5 };
}

/** Reads `3/8`. @throws InklingError (argument) */
export function shardOf(text: string | undefined): { index: number; of: number } {
  if (text === undefined) return { index: 1, of: 1 };
  const [, index, of] = (/^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? []).map(Number);
  if (index >= 1 && index <= of) return { index, of };
  throw new InklingError('argument', `--shard ${text}: expected which of how many shares, from 1, such as 3/8.`);
}

function parse(text: string, path: string): Record<string, unknown> {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (cause) {
    throw new InklingError('file', `${path} is not a JSON file: ${(cause as Error).message}`, { cause });
  }
  if (typeof data === 'object' && data !== null && !Array.isArray(data)) return data as Record<string, unknown>;
  throw new InklingError(
    'file',
    `${path}: expected an object such as {"set": {"learningRate": "1e-4..1e-2:log"}, "trials": 20}. Received: ${describeValue(data)}.`,
  );
}
