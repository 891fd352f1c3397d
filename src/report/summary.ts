/** `summary.json`: a run in numbers, for programs. Scores are fractions from 0 to 1; what is unknown is null. */

import { weightsSha256 } from '../formats/weights-sha256.js';
import { countParameters } from '../model/model.js';
import { calibrationScores } from './calibration-scores.js';
import type { RunRecord } from './run-record.js';

export type RunSummary = Awaited<ReturnType<typeof runSummary>>;

/**
 * The content of `summary.json`. `accuracy`, `loss`, `valAccuracy` and `valLoss` are those of the last finished epoch.
 */
export async function runSummary(record: RunRecord) {
  const { model, weights, configuration, data, history, evaluation, timing, environment } = record;
  const lastEpoch = history.epochs.at(-1);
  const { optimizer, loss } = configuration;
  return {
    testAccuracy: evaluation.accuracy,
    /** Wilson's 95 % interval. */
    testAccuracyInterval: evaluation.accuracyInterval,
    testLoss: evaluation.loss,
    top2Accuracy: evaluation.top2Accuracy,
    ...calibrationScores(record.calibrationResult),
    accuracy: lastEpoch?.accuracy ?? null,
    loss: lastEpoch?.loss ?? null,
    valAccuracy: lastEpoch?.valAccuracy ?? null,
    valLoss: lastEpoch?.valLoss ?? null,
    /** Finished ones; `requestedEpochs` were asked for. */
    epochs: history.epochs.length,
    requestedEpochs: configuration.epochs,
    outcome: record.outcome,
    /** Followed but for what was asked otherwise; what came of it stands beside it. */
    recipe: configuration.recipe ?? null,
    seed: configuration.seed,
    /** From which the validation images were drawn. */
    splitSeed: configuration.splitSeed ?? configuration.seed,
    batchSize: configuration.batchSize,
    optimizer,
    lossFunction: loss,
    /** With its name; null where training images were not changed. */
    augmentation: configuration.augmentation ?? null,
    model: model.config.name,
    parameters: countParameters(model),
    classNames: record.classNames,
    weightsSha256: await weightsSha256(model, weights),
    /** What was read of distorted test images; null where nothing was asked for. */
    robustness: record.robustness ? 'measured' : record.isRobustnessMissing ? 'interrupted' : null,
    trainSeconds: timing.trainSeconds,
    /** How long the training waited for its checkpoints; null where it kept none. */
    checkpointSeconds: history.checkpointSeconds ?? null,
    imagesPerSecond: timing.imagesPerSecond,
    startedAt: timing.startedAt,
    finishedAt: timing.finishedAt,
    threads: environment.threads,
    arithmetic: environment.arithmetic,
    vectorBits: environment.vectorBits,
    versions: environment.versions,
    machine: environment.machine ?? null,
    data: data.name,
    dataFolder: data.folder ?? null,
    /** `[height, width]` that the folder's images were scaled to; null where they were not. */
    dataResize: data.resize ?? null,
    dataSource: data.source ?? null,
    dataSha256: data.sha256 ?? null,
    trainingImages: data.trainingImages,
    validationImages: data.validationImages,
    testImages: record.testImages.shape[0],
    command: record.command ?? null,
  };
}
