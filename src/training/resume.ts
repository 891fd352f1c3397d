/**
 * What a training takes over from the run that it goes on from, and what it warns of because it cannot or was told
 * otherwise.
 */

import type { Callback } from './callback.js';
import { EarlyStopping } from './early-stopping.js';
import type { CheckedFitOptions, FitDefaults } from './fit-options.js';
import { ModelCheckpoint } from './model-checkpoint.js';
import { ReduceLROnPlateau } from './reduce-lr-on-plateau.js';
import type { ClassWeight } from './sample-weights.js';
import type { TrainingPosition } from './training-position.js';
import type { TrainingState } from './training-state.js';

/** What stands for options of `fit` that are left out. @param run the loaded one, where there is such */
export function resumeDefaults(run: TrainingState | undefined, seed: number): FitDefaults {
  const { epochs: initialEpoch = 0, batchSize, validationSplit, splitSeed, classWeight, augmentation } = run ?? {};
  return { seed, initialEpoch, batchSize, validationSplit, splitSeed, classWeight, augmentation };
}

/**
 * Where the training begins: where the loaded run was, in the midst of its epoch too where the epoch is the same.
 * @param iterations steps that the optimizer has done
 * @param trainingRows how many rows an epoch has
 */
export function positionOf(
  run: TrainingState | undefined,
  iterations: number,
  options: CheckedFitOptions,
  trainingRows: number,
): TrainingPosition {
  const begin = { iterations, stepsIntoEpoch: 0, loss: 0, correct: 0, seconds: 0 };
  if (!run || !goesOnInEpoch(run, options, trainingRows)) return begin;
  const { stepsIntoEpoch, epochLoss: loss = 0, epochCorrect: correct = 0, lastLearningRate } = run;
  return { ...begin, stepsIntoEpoch, loss, correct, lastLearningRate };
}

function goesOnInEpoch(run: TrainingState, options: CheckedFitOptions, trainingRows: number): boolean {
  return (
    run.stepsIntoEpoch > 0 &&
    // Of fewer rows, such as other data, the epoch would be past its end.
    run.stepsIntoEpoch <= Math.ceil(trainingRows / options.batchSize) &&
    run.epochLoss !== undefined &&
    run.epochCorrect !== undefined &&
    run.epochs === options.initialEpoch &&
    run.batchSize === options.batchSize &&
    run.seed === options.seed &&
    run.validationSplit === options.validationSplit &&
    splitSeedOf(run) === options.splitSeed
  );
}

function splitSeedOf({ splitSeed, seed }: TrainingState): number {
  return splitSeed ?? seed;
}

/**
 * @param begin where the training begins
 * @returns sentences, one for each reason why the training does not go on as if it had never stopped
 */
export function resumeWarnings(run: TrainingState, options: CheckedFitOptions, begin: TrainingPosition): string[] {
  const warnings: string[] = [];
  const differs = (name: string, before: unknown, now: unknown, effect: string) =>
    warnings.push(`fit: the loaded run was trained with ${name} ${text(before)}, now it is ${text(now)}: ${effect}.`);
  const { batchSize, validationSplit, splitSeed, classWeight, seed, callbacks } = options;
  const notExact = 'the training does not go on as if it had never stopped';
  if (run.batchSize !== undefined && run.batchSize !== batchSize) {
    differs('batchSize', run.batchSize, batchSize, notExact);
  }
  if (!countsAlike(run.classWeight, classWeight) && run.batchSize !== undefined) {
    differs('classWeight', run.classWeight, classWeight, notExact);
  }
  const validationRowsAreTrained =
    'rows that were set aside for validation are trained on, and a calibration that was fitted on them is too sure';
  if (run.validationSplit !== undefined && run.validationSplit !== validationSplit) {
    differs(
      'validationSplit',
      run.validationSplit,
      validationSplit,
      run.validationSplit > 0 ? validationRowsAreTrained : notExact,
    );
  }
  const isOtherSplit = Boolean(run.validationSplit) && splitSeedOf(run) !== splitSeed;
  if (run.seed !== seed) differs('seed', run.seed, seed, isOtherSplit ? validationRowsAreTrained : notExact);
  else if (isOtherSplit) differs('splitSeed', splitSeedOf(run), splitSeed, validationRowsAreTrained);
  if (run.stepsIntoEpoch > 0 && begin.stepsIntoEpoch === 0) {
    const steps = `${run.stepsIntoEpoch} ${run.stepsIntoEpoch === 1 ? 'step' : 'steps'}`;
    const epoch = run.epochs + 1;
    warnings.push(
      `fit: the loaded run was broken off ${steps} into epoch ${epoch}: these steps remain in the weights, and epoch ${epoch} begins anew.`,
    );
  }
  for (const name of callbacks.map(forgetful)) {
    if (name === undefined) continue;
    warnings.push(
      `fit: ${name} begins anew: what it had seen of earlier epochs, such as the best result, is not stored with a model. ` +
        'BackupAndRestore keeps it.',
    );
  }
  return warnings;
}

function text(value: unknown): string {
  return value === undefined ? 'none' : JSON.stringify(value);
}

/** Classes that are left out count 1. */
function countsAlike(one: ClassWeight = {}, other: ClassWeight = {}): boolean {
  return Object.keys({ ...one, ...other }).every((name) => (one[Number(name)] ?? 1) === (other[Number(name)] ?? 1));
}

/** @returns the callback's name where it goes by what it has seen of earlier epochs */
function forgetful(callback: Callback): string | undefined {
  if (callback instanceof EarlyStopping) return 'EarlyStopping';
  if (callback instanceof ReduceLROnPlateau) return 'ReduceLROnPlateau';
  return callback instanceof ModelCheckpoint && callback.saveBestOnly ? 'ModelCheckpoint' : undefined;
}
