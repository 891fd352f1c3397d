/**
 * A configuration of a sweep, checked as the command line of `inkling train` is checked, and the whole training that it
 * means. Names are those of the options, `batchSize` for `--batch-size`, or a layer's and its option's: `dropout.rate`.
 */

import { type Command, InvalidArgumentError } from 'commander';
import type { Dataset } from '../data/dataset.js';
import { defaultValidationFraction } from '../data/split.js';
import { InklingError } from '../errors.js';
import { describeValue, hintAtNames } from '../known-names.js';
import { defineModel, type Model, type ModelConfig } from '../model/model.js';
import type { Value } from '../sweeps/distribution.js';
import type { PlannedTrial, SweepPlan } from '../sweeps/plan.js';
import type { Parameters } from '../sweeps/search-space.js';
import type { TrialJob } from '../sweeps/trial-job.js';
import { chooseAugmentation } from './augmentation-choice.js';
import { dataShapeOf, limitTraining } from './data-choice.js';
import { chooseModel, requireFit } from './model-choice.js';
import { optimizerSettingNames } from './optimizer-settings.js';
import { compilation, defaultRecipe, followRecipe, type RecipeOptions } from './recipe.js';

/** Options of `inkling train` that a sweep may set. */
const trainOptions = [
  'recipe',
  'model',
  'epochs',
  'batchSize',
  'optimizer',
  'learningRate',
  ...optimizerSettingNames,
  'schedule',
  'labelSmoothing',
  'augment',
  'limit',
  'validation',
  'splitSeed',
] as const;
type TrainOptionName = (typeof trainOptions)[number];

/** Reads the value of an option as a command's own command line does. @throws InklingError (argument) */
export function readOption(command: Command, name: string, value: unknown): unknown {
  const option = command.options.find((candidate) => candidate.attributeName() === name);
  if (option === undefined || !(typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')) {
    throw new InklingError(
      'argument',
      `${name}: expected a text, a number, true or false. Received: ${describeValue(value)}.`,
    );
  }
  if (option.isBoolean()) {
    if (typeof value === 'boolean') return value;
    throw new InklingError('argument', `${name}: expected true or false. Received: ${describeValue(value)}.`);
  }
  try {
    return option.parseArg ? option.parseArg(String(value), undefined as never) : String(value);
  } catch (error) {
    if (!(error instanceof InvalidArgumentError)) throw error;
    throw new InklingError('argument', `${name} ${describeValue(value)}: ${error.message}`);
  }
}

/** @throws InklingError (argument) for a name that is neither an option of a training nor like one of a layer */
export function requireSweepable(name: string): void {
  if (/^[\w-]+\.\w+$/.test(name) || (trainOptions as readonly string[]).includes(name)) return;
  throw new InklingError(
    'argument',
    `Unknown option "${name}". ${hintAtNames(name, trainOptions)} Of a layer: its name, a dot and its option, such as dropout.rate.`,
  );
}

/** The words of a configuration as `inkling train` takes them, without its model's layers. */
export interface CheckedConfiguration {
  readonly options: RecipeOptions & {
    readonly augment?: string;
    readonly limit?: number;
    readonly validation?: number;
    readonly splitSeed?: number;
  };
  /** By layer and option. */
  readonly layers: Readonly<Record<string, Value>>;
}

export function checkConfiguration(train: Command, values: Readonly<Record<string, Value>>): CheckedConfiguration {
  const options: Partial<Record<TrainOptionName, unknown>> = {};
  const layers: Record<string, Value> = {};
  for (const [name, value] of Object.entries(values)) {
    if (name.includes('.')) layers[name] = value;
    else options[name as TrainOptionName] = readOption(train, name, value);
  }
  return { options: { recipe: defaultRecipe, ...options } as CheckedConfiguration['options'], layers };
}

/**
 * The training that a configuration means, on this data.
 * @throws InklingError (argument, model, file) for one that cannot be trained
 */
export async function jobOf(
  train: Command,
  plan: SweepPlan,
  whole: Dataset,
  parameters: Parameters,
  { seed, fold }: Pick<PlannedTrial, 'seed' | 'fold'>,
): Promise<TrialJob> {
  const { options, layers } = checkConfiguration(train, { ...plan.fixed, ...parameters });
  const chosen = followRecipe(options);
  const { model: choice, epochs, batchSize, labelSmoothing, ...rest } = chosen;
  const { optimizer } = compilation(chosen);
  const dataset = limitTraining(whole, rest.limit);
  const images = dataset.train.labels.length;
  const { validation = Math.round(images * defaultValidationFraction) } = rest;
  if (plan.folds === 1 && !(validation > 0 && validation < images)) {
    throw new InklingError(
      'argument',
      `validation ${validation}: a sweep is decided by validation images, and at least one of the ${images} training images must remain to train on. ` +
        `Expected 1 to ${images - 1}.`,
    );
  }
  const stray = (['validation', 'splitSeed'] as const).find((name) => rest[name] !== undefined);
  if (plan.folds > 1 && stray !== undefined) {
    throw new InklingError(
      'argument',
      `${stray}: with folds each of them validates in turn. Leave one of the two out.`,
    );
  }
  const shape = dataShapeOf(dataset);
  const model = defineModel(withLayerOptions(await chooseModel(choice, shape), layers));
  requireFit(model, shape);
  const { name: _, ...augmentation } = (await chooseAugmentation(rest.augment ?? 'none')) ?? { name: 'none' };
  return {
    version: plan.version,
    arithmetic: plan.arithmetic,
    dataSha256: plan.dataSha256,
    model: model.config,
    epochs,
    batchSize,
    optimizer,
    labelSmoothing,
    augmentation:
      Object.keys(augmentation).length === 0 ? null : (augmentation as NonNullable<TrialJob['augmentation']>),
    limit: rest.limit ?? null,
    validation: plan.folds === 1 ? validation : null,
    splitSeed: plan.folds === 1 ? (rest.splitSeed ?? plan.seed) : null,
    seed,
    fold: fold === undefined ? null : { index: fold, of: plan.folds, seed: plan.seed },
  };
}

/** @throws InklingError (model) where there is no such layer, or the layer no such option */
function withLayerOptions(model: Model, options: Readonly<Record<string, Value>>): ModelConfig {
  const names = model.layers.map(({ name }) => name);
  const layers: Record<string, unknown>[] = model.config.layers.map((layer) => ({ ...layer }));
  for (const [path, value] of Object.entries(options)) {
    const [name, option] = path.split('.');
    const index = names.indexOf(name);
    if (index < 0) {
      throw new InklingError(
        'model',
        `${path}: model "${model.config.name}" has no layer "${name}". ${hintAtNames(name, names)}`,
      );
    }
    layers[index][option] = value;
  }
  return { ...model.config, layers: layers as unknown as ModelConfig['layers'] };
}
