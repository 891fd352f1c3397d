/** How a training is set up in the studio: plain data, the same in an address, in the conductor and in a command. */

import {
  architectureNames,
  type Optimizer,
  type OptimizerName,
  optimizerByName,
  optimizerNames,
  type RecipeName,
  recipe,
  recipeNames,
  scheduleByName,
  scheduleNames,
} from 'inkling';
import { layersFromText, type Network, ownFile, textOfLayers } from './network/network.js';

export const augmentationNames = ['none', 'light', 'strong'] as const;

export interface TrainingConfig extends Network {
  /** Its optimizer and loss hold for all that the fields below do not say. */
  readonly recipe: RecipeName;
  /** Of MNIST's training images the first so many. */
  readonly images: number;
  readonly epochs: number;
  readonly batchSize: number;
  readonly optimizer: OptimizerName;
  /** The schedule's highest. */
  readonly learningRate: number;
  /** A name that `scheduleByName` knows. */
  readonly schedule: string;
  readonly augmentation: (typeof augmentationNames)[number];
  readonly seed: number;
}

export const allImages = 60_000;

/** What numbers may be: whole ones but for the learning rate. */
export const limits = {
  images: { least: 120, most: allImages },
  epochs: { least: 1, most: 1000 },
  batchSize: { least: 1, most: 4096 },
  learningRate: { least: 1e-7, most: 10 },
  seed: { least: 0, most: 2 ** 32 - 1 },
} as const;

/** A recipe's own settings, for all of MNIST. */
export function configOf(name: RecipeName): TrainingConfig {
  const { model, epochs, batchSize, optimizer } = recipe(name);
  return {
    recipe: name,
    model,
    layers: undefined,
    images: allImages,
    epochs,
    batchSize,
    optimizer: optimizer.type,
    learningRate: optimizer.learningRate.maximumLearningRate,
    schedule: 'one-cycle',
    augmentation: 'none',
    seed: 1,
  };
}

/** Images set aside for validation, as `inkling train` does it. */
export function validationImagesOf({ images }: TrainingConfig): number {
  return Math.round(images / 12);
}

export function stepsPerEpoch(config: TrainingConfig): number {
  return Math.ceil((config.images - validationImagesOf(config)) / config.batchSize);
}

/** As `inkling train` does it: the recipe's own optimizer keeps its other settings; another one has its defaults. */
export function optimizerOf(config: TrainingConfig): Optimizer {
  const { optimizer: own } = recipe(config.recipe);
  const learningRate = scheduleByName(config.schedule, config.learningRate);
  return config.optimizer === own.type ? { ...own, learningRate } : optimizerByName(config.optimizer, { learningRate });
}

/** What differs from the recipe, for an address. */
export function parametersOf(config: TrainingConfig): URLSearchParams {
  const parameters = new URLSearchParams({ recipe: config.recipe });
  const usual = configOf(config.recipe);
  for (const key of Object.keys(usual) as (keyof TrainingConfig)[]) {
    if (key !== 'layers' && config[key] !== usual[key]) parameters.set(key, String(config[key]));
  }
  if (config.layers) parameters.set('layers', textOfLayers(config.layers));
  return parameters;
}

/** @returns the configuration, and a sentence for each parameter that cannot be meant */
export function configFromParameters(parameters: URLSearchParams): { config: TrainingConfig; problems: string[] } {
  const problems: string[] = [];
  const oneOf = <Name extends string>(key: string, names: readonly Name[], usual: Name): Name => {
    const text = parameters.get(key);
    const found = names.find((name) => name === text);
    if (text !== null && found === undefined) {
      problems.push(`The address says ${key}=${text}: expected one of ${names.join(', ')}. It is ${usual} now.`);
    }
    return found ?? usual;
  };
  const usual = configOf(oneOf('recipe', recipeNames, 'default'));
  const number = (key: keyof typeof limits): number => {
    const text = parameters.get(key);
    if (text === null) return usual[key];
    const problem = problemOf(key, Number(text));
    if (text.trim() !== '' && problem === undefined) return Number(text);
    problems.push(`The address says ${key}=${text}: ${problem ?? 'expected a number.'} It is ${usual[key]} now.`);
    return usual[key];
  };
  const model = oneOf('model', architectureNames, usual.model);
  const text = parameters.get('layers');
  const { layers, problem } = text === null ? {} : layersFromText(text);
  if (problem) problems.push(`${problem} The network is ${model} now.`);
  const config = {
    recipe: usual.recipe,
    model,
    layers,
    images: number('images'),
    epochs: number('epochs'),
    batchSize: number('batchSize'),
    optimizer: oneOf('optimizer', optimizerNames, usual.optimizer),
    learningRate: number('learningRate'),
    schedule: oneOf('schedule', scheduleNames, usual.schedule),
    augmentation: oneOf('augmentation', augmentationNames, usual.augmentation),
    seed: number('seed'),
  };
  return { config, problems };
}

/** A sentence about a number that cannot be meant; undefined where it can. */
export function problemOf(key: keyof typeof limits, value: number): string | undefined {
  const { least, most } = limits[key];
  const isWhole = key === 'learningRate' || Number.isInteger(value);
  if (isWhole && value >= least && value <= most) return undefined;
  return `expected a ${key === 'learningRate' ? '' : 'whole '}number from ${least} to ${most}.`;
}

/** The command that trains the same weights, to the byte. */
export function commandOf(config: TrainingConfig, arithmetic: 'plain' | 'fused'): string {
  const options: [name: string, value: string | number | undefined][] = [
    ['recipe', config.recipe],
    ['model', config.layers ? ownFile : config.model],
    ['limit', config.images === allImages ? undefined : config.images],
    ['epochs', config.epochs],
    ['batch-size', config.batchSize],
    ['optimizer', config.optimizer],
    ['learning-rate', config.learningRate],
    ['schedule', config.schedule],
    ['augment', config.augmentation === 'none' ? undefined : config.augmentation],
    ['seed', config.seed],
    ['arithmetic', arithmetic],
  ];
  const given = options.flatMap(([name, value]) => (value === undefined ? [] : [`--${name} ${value}`]));
  return ['npx inkling train', ...given].join(' ');
}
