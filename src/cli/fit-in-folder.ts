/**
 * A training in a folder of its own, as `train` and each trial of a sweep have it: with a log of its metrics and with
 * checkpoints, from the newest of which it goes on.
 */

import { join } from 'node:path';
import type { LabelledImages } from '../data/dataset.js';
import { checkpointsName } from '../formats/checkpoint-folder.js';
import { MetricsLog, metricsFileName } from '../report/metrics-log.js';
import type { Sequential } from '../sequential.js';
import { BackupAndRestore, type BackupAndRestoreOptions } from '../training/backup-and-restore.js';
import type { FitOptions } from '../training/fit-options.js';
import type { History } from '../training/history.js';
import { TerminateOnNaN } from '../training/terminate-on-nan.js';

export interface FitInFolder {
  readonly model: Sequential;
  readonly training: LabelledImages;
  readonly options: Omit<FitOptions, 'callbacks' | 'verbose'>;
  readonly checkpoints: Omit<BackupAndRestoreOptions, 'folder' | 'deleteCheckpoint' | 'notice'>;
  /** Hears of the training before the others do. */
  readonly listener?: NonNullable<FitOptions['callbacks']>[number];
  /** Hears what cannot be written. */
  readonly notice: (message: string) => void;
}

/**
 * The last checkpoint stays: until what came of the training is safe, nothing may be lost.
 * @returns the epochs that were finished, those of earlier processes among them
 * @throws InklingError (argument, data, training, file)
 */
export function fitInFolder(
  folder: string,
  { model, training, options, checkpoints, listener, notice }: FitInFolder,
): Promise<History> {
  return model.fit(training.images, training.labels, {
    ...options,
    callbacks: [
      ...(listener ? [listener] : []),
      new MetricsLog(join(folder, metricsFileName), { notice }),
      new TerminateOnNaN(),
      new BackupAndRestore({ ...checkpoints, folder: join(folder, checkpointsName), deleteCheckpoint: false, notice }),
    ],
    verbose: 0,
  });
}
