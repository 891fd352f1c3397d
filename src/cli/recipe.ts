/**
 * How `inkling train` trains where nothing else is asked. Schedule and learning rate were chosen on the validation set alone:
 * docs/experiments.md.
 */

import { optimizerByName } from '../training/optimizers.js';

export const defaultModel = 'cnn';
export const defaultEpochs = 5;
export const defaultBatchSize = 128;
export const defaultSeed = 1;
export const defaultOptimizer = 'adam';
export const defaultSchedule = 'one-cycle';
/** The highest learning rate of the default optimizer under the default schedule. */
const defaultPeak = 0.003;

/** The highest learning rate of a schedule; but for the default recipe, the optimizer's own (Keras's). */
export function defaultLearningRate(optimizer: string, schedule: string): number {
  if (optimizer === defaultOptimizer && schedule === defaultSchedule) return defaultPeak;
  const { learningRate } = optimizerByName(optimizer);
  return typeof learningRate === 'number' ? learningRate : defaultPeak;
}
