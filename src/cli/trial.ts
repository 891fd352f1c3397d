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
import { type TrialJob, trialJobFromData } from '../sweeps/trial-job.js';
import { resultName } from '../sweeps/trial-process.js';
import type { TrialResult } from '../sweeps/trial-result.js';
import type { FitOptions } from '../training/fit-options.js';
import { sparseCategoricalCrossentropy } from '../training/losses.js';
import { choosePreparedData, type DataChoice, limitTraining } from './data-choice.js';
import { fitInFolder } from './fit-in-folder.js';
import { Interruption, interruptedExitCode } from './interruption.js';
import type { Output } from './output.js';
import { shellQuoted } from './repeat-command.js';
import { compiledModel } from './training-job.js';

export interface TrialOptions extends DataChoice {
  /** A JSON file. */
  readonly job: string;
  readonly out: string;
  readonly threads?: number;
}

/**
 * Asked to stop, it keeps a checkpoint, from which the same call goes on.
 * @throws InklingError where the job is none, where this is not what it is for, or where the training fails
 */
export async function trial(options: TrialOptions, output: Output): Promise<void> {
  const interruption = process.channel === undefined ? new Interruption(output, wordsOfTrial) : undefined;
  const signal = interruption?.signal ?? signalOfParent();
  const { job, out } = options;
  try {
    const isDone = await trainTrial(options, output, signal, () => {
      interruption?.workBegins(`npx inkling trial --job ${shellQuoted(job)} --out ${shellQuoted(out)}`);
    });
    if (isDone) return;
    process.exitCode = interruptedExitCode;
    interruption?.sayHowToGoOn();
  } catch (error) {
    // Whoever has started it need not read what is meant for people.
    if (error instanceof InklingError) process.send?.({ kind: error.kind, message: error.message });
    throw error;
  }
}

/** @returns whether the training reached its end */
async function trainTrial(
  options: TrialOptions,
  output: Output,
  signal: AbortSignal,
  begins: () => void,
): Promise<boolean> {
  const job = trialJobFromData(await readJson(options.job));
  const { dataset: whole, preparation } = await choosePreparedData(options);
  requireSame('version', job.version, inklingVersion);
  requireSame('dataSha256', job.dataSha256, whole.sha256);
  const dataset = limitTraining(whole, job.limit ?? undefined);
  const { arithmetic, epochs, batchSize, optimizer, labelSmoothing, augmentation, seed } = job;
  const model = compiledModel(job.model, dataset, seed, {
    optimizer,
    loss: sparseCategoricalCrossentropy({ labelSmoothing }),
    arithmetic,
    threads: options.threads,
  });
  const { training, validation } = divide(dataset.train, job);
  begins();
  const { epochs: logs } = await fitInFolder(options.out, {
    model,
    training,
    options: { ...validation, epochs, batchSize, augmentation: augmentation ?? 'none', signal },
    checkpoints: { dataSha256: dataset.sha256 },
    notice: (message) => output.urgent(message),
  });
  if (signal.aborted && logs.at(-1)?.epoch !== epochs) return false;
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
  return true;
}

const wordsOfTrial = {
  before: 'Interrupted before the training began: there is nothing to keep.',
  working: 'Stopping after this step: the same command goes on from there.',
  after: 'Training is done.',
};

/**
 * Whoever has started this process decides when it ends, by SIGTERM, and wants nothing of it any more when that is gone.
 * Ctrl-C and the end of a terminal, of which all its processes are told, are for the other to understand.
 */
function signalOfParent(): AbortSignal {
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGHUP'] as const) process.on(name, () => {});
  process.on('SIGTERM', () => stop.abort());
  process.once('disconnect', () => process.exit(1));
  process.channel?.unref();
  return stop.signal;
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
  { validation, splitSeed, fold }: TrialJob,
): { training: LabelledImages; validation: FitOptions } {
  if (fold === null) {
    return { training: images, validation: { validationSplit: validation ?? 0, splitSeed: splitSeed ?? undefined } };
  }
  const rows = stratifiedFold(images.labels, { fold: fold.index, folds: fold.of, seed: fold.seed });
  const held = select(images, rows.validation);
  return { training: select(images, rows.train), validation: { validationData: [held.images, held.labels] } };
}
