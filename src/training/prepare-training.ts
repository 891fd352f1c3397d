/** A training as `fit` was asked for it: checked, split and complete before the engine is touched. */

import type { TrainingSetup } from '../engine/memory-plan.js';
import type { Model } from '../model/model.js';
import type { Targets } from '../model/rows.js';
import type { Tensor } from '../numerics/tensor.js';
import type { Compiled } from './compile-options.js';
import type { TrainingJob, TrainingProgress } from './fit.js';
import type { CheckedFitOptions } from './fit-options.js';
import { prepareRows } from './prepare-rows.js';
import { positionOf, resumeWarnings } from './resume.js';
import type { IdentifiedTraining } from './training-identity.js';
import type { TrainingState } from './training-state.js';

export interface PreparedTraining {
  /** What the engine lays memory out for. */
  readonly setup: TrainingSetup;
  /** What the training loop goes by, but for what belongs to the model. */
  readonly job: Omit<TrainingJob, 'engine' | 'callbacks' | 'backup' | 'save' | 'onProgress'>;
  /** For its checkpoints. */
  readonly identified: Pick<IdentifiedTraining, 'model' | 'compiled' | 'inputs' | 'targets' | 'options'>;
  /** Why it does not go on as if the loaded run had never stopped: a sentence for each reason. */
  readonly warnings: readonly string[];
  /** What is to be saved once the training has come so far. */
  stateAt(progress: TrainingProgress): TrainingState;
}

/** What the model went through before. */
export interface EarlierTraining {
  /** The loaded run that this training goes on from, where there is such. */
  readonly run: TrainingState | undefined;
  /** After the model's last training, here or in the loaded run. */
  readonly state: TrainingState | undefined;
}

/**
 * @throws InklingError (argument, data) where rows do not fit the model, the loss or one another
 */
export function prepareTraining(
  model: Model,
  compiled: Compiled,
  inputs: Tensor,
  targets: Targets,
  options: CheckedFitOptions,
  { run, state }: EarlierTraining,
): PreparedTraining {
  const { epochs, initialEpoch, batchSize, seed, augmentation, validationData, validationSplit, splitSeed } = options;
  const { classWeight, signal, profile } = options;
  const { optimizer, loss } = compiled;
  const { rows, split } = prepareRows(model, loss, inputs, targets, options);
  const begin = positionOf(run, state?.iterations ?? 0, options, split.train.length);
  return {
    setup: { rows, batchSize, rule: optimizer, seed, augmentation, profile },
    job: {
      optimizer,
      trainingRows: split.train,
      validationRows: split.validation,
      validationData,
      epochs,
      initialEpoch,
      position: begin,
      batchSize,
      seed,
      signal,
    },
    identified: { model, compiled, inputs, targets, options },
    warnings: run ? resumeWarnings(run, options, begin) : [],
    stateAt: ({ position, epochs }) => ({
      optimizer: { ...optimizer, learningRate: position.learningRate ?? optimizer.learningRate },
      loss,
      iterations: position.iterations,
      epochs,
      stepsIntoEpoch: position.stepsIntoEpoch,
      ...(position.stepsIntoEpoch > 0 && {
        epochLoss: position.loss,
        epochCorrect: position.correct,
        lastLearningRate: position.lastLearningRate,
      }),
      seed,
      batchSize,
      validationSplit,
      ...(splitSeed !== seed && { splitSeed }),
      classWeight,
      augmentation,
    }),
  };
}
