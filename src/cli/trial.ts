/**
 * `inkling trial`: trains one job of a sweep and writes its model and result into a folder. The test images are not
 * touched: validation decides, and the winner alone is tested.
 */

import { hostname } from 'node:os';
import { join } from 'node:path';
import { type LabelledImages, select } from '../data/dataset.js';
import { stratifiedFold } from '../data/folds.js';
import { InklingError } from '../errors.js';
import { inklingVersion } from '../formats/inkling-version.js';
import { weightsSha256 } from '../formats/weights-sha256.js';
import { readWholeFile, writeWholeFile } from '../platform/node-files.js';
import { MetricsLog, metricsFileName } from '../report/metrics-log.js';
import { Sequential } from '../sequential.js';
import { type TrialJob, trialJobFromData } from '../sweeps/trial-job.js';
import { checkpointsName, resultName } from '../sweeps/trial-process.js';
import type { TrialResult } from '../sweeps/trial-result.js';
import { BackupAndRestore } from '../training/backup-and-restore.js';
import type { FitOptions } from '../training/fit-options.js';
import { TerminateOnNaN } from '../training/terminate-on-nan.js';
import { choosePreparedData, type DataChoice, limitTraining } from './data-choice.js';
import type { Output } from './output.js';
import { compilation } from './recipe.js';

export interface TrialOptions extends DataChoice {
  /** A JSON file. */
  readonly job: string;
  readonly out: string;
  readonly threads?: number;
}

/** @throws InklingError where the job is none, where this is not what it is for, or where the training fails */
export async function trial(options: TrialOptions, output: Output): Promise<void> {
  endWithParent();
  const job = trialJobFromData(await readJson(options.job));
  const { dataset: whole, preparation } = await choosePreparedData(options);
  requireSame('version', job.version, inklingVersion);
  requireSame('dataSha256', job.dataSha256, whole.sha256);
  const dataset = limitTraining(whole, job.limit ?? undefined);
  const model = new Sequential(job.model, { seed: job.seed });
  const { arithmetic, epochs, batchSize, augmentation } = job;
  model.compile({
    ...compilation({ ...job, model: job.model.name }),
    metrics: ['accuracy'],
    threads: options.threads,
    arithmetic,
  });
  const { training, validation } = divide(dataset.train, job);
  const notice = (message: string) => output.urgent(message);
  const { epochs: logs } = await model.fit(training.images, training.labels, {
    ...validation,
    epochs,
    batchSize,
    augmentation: augmentation ?? 'none',
    callbacks: [
      new MetricsLog(join(options.out, metricsFileName), { notice }),
      new TerminateOnNaN(),
      new BackupAndRestore({ folder: join(options.out, checkpointsName), notice }),
    ],
    verbose: 0,
  });
  const { valAccuracy, valLoss } = logs.at(-1) ?? {};
  if (logs.length < epochs || valAccuracy === undefined || valLoss === undefined || !Number.isFinite(valLoss)) {
    throw new InklingError(
      'training',
      `The training ended after ${logs.length} of ${epochs} epochs: its loss is no number any more. Try a lower learning rate.`,
    );
  }
  await model.save(options.out, { classNames: dataset.classNames, preprocessing: preparation.preprocessing });
  const result: TrialResult = {
    valAccuracy,
    valLoss,
    weightsSha256: await weightsSha256(model.definition, model.getWeights()),
    epochs: logs.map(({ epoch, loss, accuracy, valLoss, valAccuracy }) => ({
      epoch,
      loss,
      accuracy,
      valLoss,
      valAccuracy,
    })),
    seconds: logs.reduce((sum, { seconds }) => sum + seconds, 0),
    host: hostname(),
    arithmetic: model.arithmetic,
    dataSha256: dataset.sha256,
    version: inklingVersion,
  };
  await writeWholeFile(join(options.out, resultName), `${JSON.stringify(result, null, 2)}\n`);
}

/**
 * Whoever has started this process decides when it ends, and wants nothing of it any more when that is gone. Ctrl-C, of
 * which a terminal tells all processes, is for the other to understand.
 */
function endWithParent(): void {
  if (process.channel === undefined) return;
  process.on('SIGINT', () => {});
  process.once('disconnect', () => process.exit(1));
  process.channel.unref();
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(new TextDecoder().decode(await readWholeFile(path)));
  } catch (cause) {
    if (cause instanceof InklingError) throw cause;
    throw new InklingError('file', `${path} is not a JSON file.`, { cause });
  }
}

function requireSame(what: string, asked: string, here: string): void {
  if (asked === here) return;
  throw new InklingError(
    'environment',
    `The trial asks for ${what} ${asked}, and here it is ${here}. Its weights would be others.`,
  );
}

/** What is trained on, and what of it or beside it validates. */
function divide(
  images: LabelledImages,
  { validation, fold }: TrialJob,
): { training: LabelledImages; validation: FitOptions } {
  if (fold === null) return { training: images, validation: { validationSplit: validation ?? 0 } };
  const rows = stratifiedFold(images.labels, { fold: fold.index, folds: fold.of, seed: fold.seed });
  const held = select(images, rows.validation);
  return { training: select(images, rows.train), validation: { validationData: [held.images, held.labels] } };
}
