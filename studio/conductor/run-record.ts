/** What is known of a training that ended in the page, as the command line writes it into a run's folder. */

import {
  augmentation,
  type Calibration,
  type Dataset,
  type EvaluationReport,
  evaluateCalibration,
  type History,
  inklingVersion,
  preprocessingLikeMnist,
  type RunRecord,
  type Sequential,
  type Tensor,
} from 'inkling';
import { commandOf, type TrainingConfig, validationImagesOf } from '../train/training-config.js';

export interface EndedTraining {
  readonly model: Sequential;
  readonly dataset: Dataset;
  readonly config: TrainingConfig;
  readonly history: History;
  readonly isFinished: boolean;
  /** Whether somebody changed something while it ran: then no command repeats it. */
  readonly isChanged: boolean;
  readonly startedAt: Date;
  readonly evaluation: EvaluationReport;
  readonly probabilities: Tensor<Float32Array>;
  readonly logits: Tensor<Float32Array>;
  readonly calibration: Calibration | undefined;
}

export function runRecordOf(ended: EndedTraining): RunRecord {
  const { model, dataset, config, history, isFinished, startedAt, probabilities, logits, calibration } = ended;
  const { optimizer, loss, threads, arithmetic, vectorBits } = model;
  const { classNames, name, source, sha256, test } = dataset;
  const { recipe, seed, epochs, batchSize } = config;
  const validationImages = validationImagesOf(config);
  const trainSeconds = history.epochs.reduce((sum, { seconds }) => sum + seconds, 0);
  const images = history.epochs.reduce((sum, { seconds, imagesPerSecond }) => sum + seconds * imagesPerSecond, 0);
  return {
    model: model.definition,
    weights: model.getWeights(),
    preprocessing: preprocessingLikeMnist([28, 28], 'light on dark'),
    classNames,
    configuration: {
      recipe,
      seed,
      epochs,
      batchSize,
      optimizer,
      loss,
      augmentation:
        config.augmentation === 'none'
          ? undefined
          : { name: config.augmentation, ...augmentation(config.augmentation) },
    },
    data: { name, source, sha256, trainingImages: config.images - validationImages, validationImages },
    history,
    outcome: isFinished ? 'finished' : 'interrupted',
    evaluation: ended.evaluation,
    ...(calibration && { calibrationResult: evaluateCalibration(logits, test.labels, calibration) }),
    predictions: { probabilities, labels: test.labels },
    testImages: test.images,
    timing: {
      startedAt: startedAt.toISOString(),
      finishedAt: new Date().toISOString(),
      trainSeconds,
      imagesPerSecond: trainSeconds > 0 ? images / trainSeconds : 0,
    },
    environment: {
      threads,
      arithmetic,
      vectorBits,
      versions: { inkling: inklingVersion },
      machine: navigator.userAgent,
    },
    ...(isFinished && !ended.isChanged && { command: commandOf(config, arithmetic) }),
  };
}
