/** A training that can begin: options, data, model and augmentation, all chosen and checked. */

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Dataset } from '../data/dataset.js';
import { defaultValidationFraction } from '../data/split.js';
import { InklingError } from '../errors.js';
import type { ModelConfig } from '../model/model.js';
import { Sequential } from '../sequential.js';
import type { CompileOptions } from '../training/compile-options.js';
import { chooseAugmentation, type NamedAugmentation } from './augmentation-choice.js';
import { noticeClassCounts } from './class-counts.js';
import { choosePreparedData, type DataChoice, dataShapeOf, limitTraining } from './data-choice.js';
import { chooseModel, requireFit } from './model-choice.js';
import type { Output } from './output.js';
import type { Preparation } from './preprocessing.js';
import { type ChosenOptions, compilation, followRecipe, type RecipeOptions } from './recipe.js';
import { requireDistortable } from './robustness.js';
import { type EngineChoice, engineOptionsOf } from './setup.js';

/** As the command line gives them, checked one by one. */
export interface TrainOptions extends RecipeOptions, DataChoice, EngineChoice {
  readonly seed: number;
  /** Default: the seed. */
  readonly splitSeed?: number;
  readonly limit?: number;
  /** Images; default one twelfth. */
  readonly validation?: number;
  /** A name or a JSON file; default none. */
  readonly augment?: string;
  readonly out?: string;
  /** Test images that are also read distorted; default up to 100, by how long the training is. */
  readonly robustness?: number | 'all';
  readonly profile?: boolean;
  /** Default 10. */
  readonly checkpointMinutes?: number;
  /** Default 2. */
  readonly keepCheckpoints?: number;
}

export interface Job {
  readonly options: TrainOptions & ChosenOptions & { readonly validation: number; readonly splitSeed: number };
  readonly dataset: Dataset;
  readonly preparation: Preparation;
  readonly model: Sequential;
  readonly augmentation: NamedAugmentation | undefined;
  readonly startedAt: Date;
}

/** What each checkpoint of a run says of it, so that `--resume` needs nothing but the run's folder. */
export interface RunNotes {
  /** With nothing left open but what may differ from machine to machine. */
  readonly options: Job['options'] & { readonly arithmetic: 'plain' | 'fused' };
  /** Of `--data`, absolute. */
  readonly dataPath?: string | undefined;
  readonly model: ModelConfig;
  readonly augmentation?: NamedAugmentation | undefined;
  readonly startedAt: string;
}

export function notesOf({ options, model, augmentation, startedAt }: Job): RunNotes {
  return {
    options: { ...options, arithmetic: model.arithmetic },
    dataPath: options.data && resolve(options.data),
    model: model.definition.config,
    augmentation,
    startedAt: startedAt.toISOString(),
  };
}

/** @throws InklingError for whatever keeps it from training */
export async function prepareNewJob(given: TrainOptions, output: Output): Promise<Job> {
  const startedAt = new Date();
  const options = followRecipe(given);
  const augmentation = await chooseAugmentation(options.augment ?? 'none');
  const data = await chooseJobData(options, options.data);
  const images = data.dataset.train.labels.length;
  const { seed, splitSeed = seed, validation = Math.round(images * defaultValidationFraction) } = options;
  if (validation >= images) {
    throw new InklingError(
      'argument',
      `--validation ${validation}: at least one of the ${images} training images must remain to train on. Ask for fewer.`,
    );
  }
  // Who takes the first few images of MNIST knows that they are few.
  if (options.limit === undefined) noticeClassCounts(data.dataset, { validation, seed: splitSeed }, output);
  if (options.robustness !== undefined) requireDistortable(data.dataset, options.robustness);
  const { config } = await chooseModel(options.model, dataShapeOf(data.dataset));
  return makeJob({ options: { ...options, validation, splitSeed }, ...data, augmentation, startedAt }, config);
}

/** The job of a run that broke off. @param data where its data is now, where that was given */
export async function prepareJobAgain(notes: RunNotes, data: string | undefined): Promise<Job> {
  const { options, model, augmentation, dataPath, startedAt } = notes;
  // From another folder it is not where it was given, on another machine it may be nowhere else.
  const isWhereGiven = options.data === undefined || resolve(options.data) === dataPath;
  const found = isWhereGiven || !dataPath || !existsSync(dataPath) ? options.data : dataPath;
  const chosen = await chooseJobData(options, data ?? found);
  return makeJob({ options, ...chosen, augmentation, startedAt: new Date(startedAt) }, model);
}

async function chooseJobData(options: TrainOptions, data: string | undefined) {
  const { dataset, preparation } = await choosePreparedData({ ...options, data });
  return { dataset: limitTraining(dataset, options.limit), preparation };
}

/** @throws InklingError (model) where the model does not fit the data */
async function makeJob(parts: Omit<Job, 'model'>, config: ModelConfig): Promise<Job> {
  const { options, dataset } = parts;
  const model = compiledModel(config, dataset, options.seed, { ...compilation(options), ...engineOptionsOf(options) });
  return { ...parts, model };
}

/** A model with its first weights, for images like those of the data. @throws InklingError (model, argument) */
export function compiledModel(
  config: ModelConfig,
  dataset: Dataset,
  seed: number,
  compilation: Omit<CompileOptions, 'metrics'>,
): Sequential {
  const model = new Sequential(config, { seed });
  requireFit(model.definition, dataShapeOf(dataset));
  model.compile({ ...compilation, metrics: ['accuracy'] });
  return model;
}
