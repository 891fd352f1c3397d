/** A training as `fit` was asked for it: checked, split and complete before the engine is touched. */

import type { TrainingSetup } from '../engine/memory-plan.js';
import type { Model } from '../model/model.js';
import type { Targets } from '../model/rows.js';
import type { Tensor } from '../numerics/tensor.js';
import type { Compiled } from './compile-options.js';
import type { TrainingJob, TrainingProgress } from './fit.js';
import type { CheckedFitOptions } from './fit-options.js';
import { prepareRows } from './prepare-rows.js';
import { resumeWarnings } from './resume.js';
import type { TrainingState } from './training-state.js';

export interface PreparedTraining {
  /** What the engine lays memory out for. */
  readonly setup: TrainingSetup;
  /** What the training loop goes by, but for what belongs to the model. */
  readonly job: Omit<TrainingJob, 'engine' | 'iterations' | 'callbacks' | 'save' | 'onProgress'>;
  /** Why it does not go on as if the loaded run had never stopped: a sentence for each reason. */
  readonly warnings: readonly string[];
  /** What is to be saved once the training has come so far. */
  stateAt(progress: TrainingProgress): TrainingState;
}

/**
 * @param run the loaded one that it goes on from, where there is such
 * @throws InklingError (argument, data) where rows do not fit the model, the loss or one another
 */
export function prepareTraining(
  model: Model,
  { optimizer, loss }: Compiled,
  inputs: Tensor,
  targets: Targets,
  options: CheckedFitOptions,
  run: TrainingState | undefined,
): PreparedTraining {
  const { epochs, initialEpoch, batchSize, seed, augmentation, validationData, validationSplit } = options;
  const { classWeight, signal, profile } = options;
  const { rows, split } = prepareRows(model, loss, inputs, targets, options);
  return {
    setup: { rows, batchSize, rule: optimizer, seed, augmentation, profile },
    job: {
      optimizer,
      trainingRows: split.train,
      validationRows: split.validation,
      validationData,
      epochs,
      initialEpoch,
      batchSize,
      seed,
      signal,
    },
    warnings: run ? resumeWarnings(run, options) : [],
    stateAt: ({ learningRate = optimizer.learningRate, ...progress }) => ({
      optimizer: { ...optimizer, learningRate },
      loss,
      ...progress,
      seed,
      batchSize,
      validationSplit,
      classWeight,
      augmentation,
    }),
  };
}
