/** What a training must know to go on, beside weights and the optimizer's tensors, as texts beside those tensors. */

import { type Augmentation, augmentationFromData } from '../data/augmentation.js';
import { InklingError } from '../errors.js';
import { type Loss, lossFromData } from './losses.js';
import { type Optimizer, optimizerFromData } from './optimizers.js';

export interface TrainingState {
  readonly optimizer: Optimizer;
  readonly loss: Loss;
  /** Of shuffling, splitting and dropout. */
  readonly seed: number;
  /** Steps that the optimizer has done. */
  readonly iterations: number;
  /** Number of the last finished epoch. */
  readonly epochs: number;
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
    const count = (name: 'seed' | 'iterations' | 'epochs') => {
      const value: unknown = JSON.parse(metadata[name]);
      if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
      throw new InklingError('file', `"${name}" must be a whole number of at least 0. Received: ${metadata[name]}.`);
    };
    return {
      optimizer: optimizerFromData(JSON.parse(metadata.optimizer)),
      loss: lossFromData(JSON.parse(metadata.loss)),
      seed: count('seed'),
      iterations: count('iterations'),
      epochs: count('epochs'),
      ...(metadata.augmentation !== undefined && {
        augmentation: augmentationFromData(JSON.parse(metadata.augmentation), 'augmentation'),
      }),
    };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InklingError('file', `${source}: the state of its training cannot be read: ${reason}`, { cause });
  }
}
