/** What a training gave, epoch by epoch: in memory, as JSON and as CSV. */

import type { TrainingProfile } from '../engine/training-profile.js';
import { InklingError } from '../errors.js';
import { describeValue } from '../known-names.js';

/** The results of one epoch. Losses and accuracies are means over images, accuracies from 0 to 1. */
export interface EpochLogs {
  /** Counted from 1, as people count. */
  readonly epoch: number;
  readonly loss: number;
  readonly accuracy: number;
  /** Only where there was validation data; the same holds for `valAccuracy`. */
  readonly valLoss?: number;
  readonly valAccuracy?: number;
  /** That of the epoch's last step. */
  readonly learningRate: number;
  /** Wall time of the epoch, validation excluded. */
  readonly seconds: number;
  readonly imagesPerSecond: number;
}

export type LogName = Exclude<keyof EpochLogs, 'epoch'>;

const isOptional = (name: string): boolean => name === 'valLoss' || name === 'valAccuracy';

/** The columns of the CSV file, in the order in which people read them. */
const columns = [
  'epoch',
  'loss',
  'accuracy',
  'valLoss',
  'valAccuracy',
  'learningRate',
  'seconds',
  'imagesPerSecond',
] as const satisfies readonly (keyof EpochLogs)[];

/** Names that the logs of an epoch can have. */
export const logNames: readonly LogName[] = columns.slice(1) as LogName[];

/**
 * The epochs of a training, oldest first. `JSON.stringify` writes `{ "epochs": [...] }`, with null for a loss that is
 * not finite; all else is left out.
 * @example
 * ```ts
 * const history = await model.fit(train.images, train.labels, { epochs: 5, validationSplit: 0.1 });
 * console.log(history.series('valAccuracy'));
 * ```
 */
export class History {
  /** Those that were finished, oldest first. */
  readonly epochs: readonly EpochLogs[];
  /** Where the time of the steps went: given where `fit` was asked for it and has trained a step. */
  readonly profile: TrainingProfile | undefined;

  /** How long the training has waited for its checkpoints: given where `fit` was given a `BackupAndRestore`. */
  readonly checkpointSeconds: number | undefined;

  /** @throws InklingError (argument) where epoch numbers do not rise */
  constructor(epochs: readonly EpochLogs[] = [], profile?: TrainingProfile, checkpointSeconds?: number) {
    for (const [index, { epoch }] of epochs.entries()) {
      if (!Number.isSafeInteger(epoch) || !(epoch > (index === 0 ? 0 : epochs[index - 1].epoch))) {
        throw new InklingError(
          'argument',
          `history: epoch numbers must be integers that rise, from 1 on. Received: ${epochs.map((logs) => logs.epoch).join(', ')}.`,
        );
      }
    }
    this.epochs = [...epochs];
    this.profile = profile;
    this.checkpointSeconds = checkpointSeconds;
  }

  /** One value of each epoch, as Keras's `history.history[name]`; undefined in epochs without validation. */
  series<Name extends keyof EpochLogs>(name: Name): EpochLogs[Name][] {
    return this.epochs.map((logs) => logs[name]);
  }

  /** What `JSON.stringify` writes. */
  toJSON(): { epochs: readonly EpochLogs[] } {
    return { epochs: this.epochs };
  }
}

/**
 * A header and a row an epoch; a cell is empty where the epoch has no such value. Ends in a line break.
 * @example
 * ```ts
 * import { writeFile } from 'node:fs/promises';
 *
 * await writeFile('history.csv', historyToCsv(await model.fit(train.images, train.labels)));
 * ```
 */
export function historyToCsv(history: History): string {
  const rows = history.epochs.map((logs) => columns.map((name) => logs[name] ?? '').join(','));
  return `${[columns.join(','), ...rows].join('\n')}\n`;
}

/**
 * A history from parsed JSON. A null is read as NaN: JSON has no numbers that are not finite.
 * @param source where the data comes from, for messages
 * @throws InklingError (file) where a value is missing, unknown or of the wrong type
 */
export function historyFromData(data: unknown, source: string): History {
  const fail = (problem: string): never => {
    throw new InklingError('file', `${source}: ${problem}`);
  };
  const epochs = typeof data === 'object' && data !== null && 'epochs' in data ? data.epochs : undefined;
  if (!Array.isArray(epochs)) return fail('expected an object { "epochs": [...] } as a history.');
  const logs = epochs.map((entry: unknown, index): EpochLogs => {
    if (typeof entry !== 'object' || entry === null) return fail(`"epochs"[${index}] must be an object.`);
    const unknown = Object.keys(entry).find((key) => !columns.some((name) => name === key));
    if (unknown !== undefined) fail(`"epochs"[${index}] has an unknown value "${unknown}".`);
    const values = entry as Record<string, unknown>;
    const read = (name: string): number => {
      const value = values[name];
      if (value === null && name !== 'epoch') return Number.NaN;
      return typeof value === 'number'
        ? value
        : fail(`"epochs"[${index}].${name} must be a number. Received: ${describeValue(value)}.`);
    };
    const isGiven = (name: string) => !isOptional(name) || Object.hasOwn(values, name);
    const given = columns.filter((name) => isGiven(name));
    return Object.fromEntries(given.map((name) => [name, read(name)])) as unknown as EpochLogs;
  });
  try {
    return new History(logs);
  } catch (error) {
    if (!(error instanceof InklingError)) throw error;
    return fail(error.message);
  }
}
