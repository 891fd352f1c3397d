/** A run as it was loaded: how far its training had come, and what its optimizer remembers. */
export interface LoadedTraining {
  readonly state: TrainingState;
  readonly tensors: ReadonlyMap<string, Tensor<Float32Array>>;
}

/** What a training must know to go on, beside weights and the optimizer's tensors, as texts beside those tensors. */

import { type Augmentation, augmentationFromData } from '../data/augmentation.js';
import { InklingError } from '../errors.js';
import type { Tensor } from '../numerics/tensor.js';
import { type Loss, lossFromData } from './losses.js';
import { type Optimizer, optimizerFromData } from './optimizers.js';
import type { ClassWeight } from './sample-weights.js';

export interface TrainingState {
  readonly optimizer: Optimizer;
  readonly loss: Loss;
  /** Of shuffling, splitting and dropout. */
  readonly seed: number;
  /** Steps that the optimizer has done. */
  readonly iterations: number;
  /** Number of the last finished epoch. */
  readonly epochs: number;
  /** Steps that were done since then: above 0 where the training was broken off in the midst of an epoch. */
  readonly stepsIntoEpoch: number;
  /** Of these steps: the loss and the right answers, added up over their images, and the last one's learning rate. */
  readonly epochLoss?: number | undefined;
  readonly epochCorrect?: number | undefined;
  readonly lastLearningRate?: number | undefined;
  /** As `fit` was given them. Undefined in what was saved before they were stored. */
  readonly batchSize?: number | undefined;
  /** 0 for none. */
  readonly validationSplit?: number | undefined;
  /** Of the split; undefined where it is `seed`. */
  readonly splitSeed?: number | undefined;
  /** Undefined where every class counts 1. */
  readonly classWeight?: ClassWeight | undefined;
  /** How training images were changed by chance; undefined where they were not. */
  readonly augmentation?: Augmentation | undefined;
}

export function writeTrainingState(state: TrainingState): Record<string, string> {
  const known = Object.entries(state).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known.map(([name, value]) => [name, JSON.stringify(value)]));
}

/** @throws InklingError (file) where something is missing or makes no sense */
export function readTrainingState(metadata: Readonly<Record<string, string>>, source: string): TrainingState {
  try {
    const count = (
      name: 'seed' | 'iterations' | 'epochs' | 'stepsIntoEpoch' | 'batchSize' | 'splitSeed',
      lowest = 0,
    ) => {
      const value: unknown = JSON.parse(metadata[name]);
      if (Number.isSafeInteger(value) && Number(value) >= lowest) return Number(value);
      throw new InklingError(
        'file',
        `"${name}" must be a whole number of at least ${lowest}. Received: ${metadata[name]}.`,
      );
    };
    const number = (name: 'epochLoss' | 'epochCorrect' | 'lastLearningRate') => {
      const value: unknown = JSON.parse(metadata[name]);
      // JSON has no numbers that are not finite, as the loss of a training that diverged is none.
      if (name === 'epochLoss' && value === null) return Number.NaN;
      if (typeof value === 'number' && value >= 0) return value;
      throw new InklingError('file', `"${name}" must be a number of at least 0. Received: ${metadata[name]}.`);
    };
    const isStored = (name: string) => metadata[name] !== undefined;
    return {
      optimizer: optimizerFromData(JSON.parse(metadata.optimizer)),
      loss: lossFromData(JSON.parse(metadata.loss)),
      seed: count('seed'),
      iterations: count('iterations'),
      epochs: count('epochs'),
      stepsIntoEpoch: isStored('stepsIntoEpoch') ? count('stepsIntoEpoch') : 0,
      ...(isStored('epochLoss') && { epochLoss: number('epochLoss') }),
      ...(isStored('epochCorrect') && { epochCorrect: number('epochCorrect') }),
      ...(isStored('lastLearningRate') && { lastLearningRate: number('lastLearningRate') }),
      ...(isStored('batchSize') && { batchSize: count('batchSize', 1) }),
      ...(isStored('validationSplit') && { validationSplit: fraction(metadata.validationSplit) }),
      ...(isStored('splitSeed') && { splitSeed: count('splitSeed') }),
      ...(isStored('classWeight') && { classWeight: classWeight(metadata.classWeight) }),
      ...(isStored('augmentation') && {
        augmentation: augmentationFromData(JSON.parse(metadata.augmentation), 'augmentation'),
      }),
    };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InklingError('file', `${source}: the state of its training cannot be read: ${reason}`, { cause });
  }
}

function fraction(text: string): number {
  const value: unknown = JSON.parse(text);
  if (typeof value === 'number' && value >= 0) return value;
  throw new InklingError('file', `"validationSplit" must be a number of at least 0. Received: ${text}.`);
}

/** Whether it fits the classes is for `fit` to say. */
function classWeight(text: string): ClassWeight {
  const value: unknown = JSON.parse(text);
  if (typeof value === 'object' && value !== null && Object.values(value).every(Number.isFinite)) {
    return value as ClassWeight;
  }
  throw new InklingError('file', `"classWeight" must be an object of numbers. Received: ${text}.`);
}
