/** Which images a saved model was trained on: as the summary of its run says, or the job of its trial. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stratifiedFold } from '../data/folds.js';
import { InklingError } from '../errors.js';
import { readSavedRun } from '../report/saved-run.js';
import { type TrialJob, trialJobFromData } from '../sweeps/trial-job.js';
import { jobName } from '../sweeps/trial-process.js';
import { splitRows } from '../training/validation-rows.js';

export interface TrainedOn {
  readonly folder: string;
  readonly dataSha256: string | null;
  /**
   * The rows of the training set that it was trained on.
   * @param labels of the whole training set
   */
  rows(labels: Uint8Array): Uint32Array;
}

/** @throws InklingError (file, argument) where neither `summary.json` nor `job.json` tells */
export async function readTrainedOn(folder: string): Promise<TrainedOn> {
  const job = await readJob(folder);
  return job ? trialTrainedOn(folder, job) : runTrainedOn(folder);
}

async function runTrainedOn(folder: string): Promise<TrainedOn> {
  const { dataSha256, splitSeed, trainingImages, validationImages } = await readSavedRun(folder);
  const images = trainingImages + validationImages;
  return {
    folder,
    dataSha256,
    rows: (labels) => splitRows(labels.subarray(0, images), validationImages, splitSeed).train,
  };
}

function trialTrainedOn(folder: string, { dataSha256, limit, validation, splitSeed, fold }: TrialJob): TrainedOn {
  return {
    folder,
    dataSha256,
    rows: (labels) => {
      const used = labels.subarray(0, limit ?? labels.length);
      return fold === null
        ? splitRows(used, validation ?? 0, splitSeed ?? 0).train
        : stratifiedFold(used, { fold: fold.index, folds: fold.of, seed: fold.seed }).train;
    },
  };
}

/** @returns undefined where the folder is no trial's */
async function readJob(folder: string): Promise<TrialJob | undefined> {
  const path = join(folder, jobName);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    return undefined;
  }
  try {
    return trialJobFromData(JSON.parse(text));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InklingError('file', `${path} is not the job of a trial: ${reason}`, { cause });
  }
}
