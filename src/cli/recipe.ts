/** How `inkling train` trains where nothing else is asked: chosen on the validation set alone. */

import { optimizerByName } from '../training/optimizers.js';

export const defaultModel = 'cnn';
export const defaultEpochs = 5;
export const defaultBatchSize = 128;
export const defaultSeed = 1;
export const defaultOptimizer = 'adam';
export const defaultSchedule = 'constant';
/** Of the default optimizer; the others have Keras's defaults. */
export const defaultRate = 0.001;

/** The highest learning rate of an optimizer's schedule. @throws InklingError (argument) for an unknown optimizer */
export function defaultLearningRate(optimizer: string): number {
  if (optimizer === defaultOptimizer) return defaultRate;
  const { learningRate } = optimizerByName(optimizer);
  return typeof learningRate === 'number' ? learningRate : defaultRate;
}
