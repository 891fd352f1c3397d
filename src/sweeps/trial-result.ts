/** What a trial's training gave, as plain data. */

import { Options } from '../options.js';
import type { EpochLogs } from '../training/history.js';

export interface TrialResult {
  /** On the validation images after the last epoch, from 0 to 1. */
  readonly valAccuracy: number;
  readonly valLoss: number;
  readonly weightsSha256: string;
  readonly epochs: readonly Pick<EpochLogs, 'epoch' | 'loss' | 'accuracy' | 'valLoss' | 'valAccuracy'>[];
  /** Wall time of the training, in seconds. */
  readonly seconds: number;
  readonly host: string;
  readonly arithmetic: 'plain' | 'fused';
  readonly dataSha256: string;
  readonly version: string;
}

const fields: Readonly<Record<keyof TrialResult, true>> = {
  valAccuracy: true,
  valLoss: true,
  weightsSha256: true,
  epochs: true,
  seconds: true,
  host: true,
  arithmetic: true,
  dataSha256: true,
  version: true,
};

/** A result from data that may be anything: a file, or a queue's. @throws InklingError (argument) */
export function trialResultFromData(data: unknown): TrialResult {
  const options = new Options('result', data, Object.keys(fields));
  const epochs = options.list('epochs').map((logs) => {
    const epoch = new Options('result', logs, ['epoch', 'loss', 'accuracy', 'valLoss', 'valAccuracy'], {
      path: 'epochs.',
    });
    return {
      epoch: epoch.integer('epoch', 1),
      loss: epoch.number('loss'),
      accuracy: epoch.number('accuracy', { most: 1 }),
      valLoss: epoch.number('valLoss'),
      valAccuracy: epoch.number('valAccuracy', { most: 1 }),
    };
  });
  const weightsSha256 = options.text('weightsSha256');
  if (!/^[0-9a-f]{64}$/.test(weightsSha256)) options.fail('weightsSha256', '64 hexadecimal digits');
  return {
    valAccuracy: options.number('valAccuracy', { most: 1 }),
    valLoss: options.number('valLoss'),
    weightsSha256,
    epochs,
    seconds: options.number('seconds'),
    host: options.text('host'),
    arithmetic: options.choice('arithmetic', ['plain', 'fused'] as const),
    dataSha256: options.text('dataSha256'),
    version: options.text('version'),
  };
}
