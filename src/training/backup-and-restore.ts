/** Asks `fit` to keep checkpoints and to go on from the newest, as Keras's BackupAndRestore. */

import { InklingError } from '../errors.js';
import { Options } from '../options.js';
import { type CheckpointStorage, isCheckpointStorage } from '../platform/checkpoint-storage.js';

export type { CheckpointStorage };

/** Options of `BackupAndRestore`. */
export interface BackupAndRestoreOptions {
  /** Where the checkpoints are, in files of their own: no other training may use it. It is made where it is missing. */
  folder?: string;
  /** Instead of a folder, for pages, which have none: what keeps the checkpoints' bytes, of this one training. */
  storage?: CheckpointStorage;
  /**
   * A checkpoint follows each epoch, and, in the midst of one, the last checkpoint after this many minutes; default 10.
   */
  everyMinutes?: number;
  /** Whether epochs shorter than a second have a checkpoint each; default false: some of them share one. */
  everyEpoch?: boolean;
  /** How many checkpoints stay; default 2, so that there is another one should the newest be damaged. */
  keep?: number;
  /** Whether they are removed when the training has reached its end, as in Keras; default true. */
  deleteCheckpoint?: boolean;
  /** Plain data that each checkpoint holds too, for a program that has to find out what it was that broke off. */
  notes?: unknown;
  /** What the training data is known by; default: the SHA-256 of inputs and targets, worked out by `fit`. */
  dataSha256?: string;
  /** Hears why a checkpoint cannot be written, while the training goes on; default `console.warn`. */
  notice?: (message: string) => void;
}

const optionNames: Readonly<Record<keyof BackupAndRestoreOptions, true>> = {
  folder: true,
  storage: true,
  everyMinutes: true,
  everyEpoch: true,
  keep: true,
  deleteCheckpoint: true,
  notes: true,
  dataSha256: true,
  notice: true,
};

/**
 * Keeps all that a training needs to go on: give it to `fit` among the callbacks, and the same program, started again
 * after a crash, goes on from the newest checkpoint and ends with the same bytes as if it had never stopped. The
 * history that `fit` returns has the earlier epochs too.
 * @example
 * ```ts
 * const callbacks = [new EarlyStopping({ patience: 3 }), new BackupAndRestore({ folder: 'backup' })];
 * await model.fit(train.images, train.labels, { epochs: 100, validationSplit: 0.1, callbacks });
 * ```
 */
export class BackupAndRestore {
  /** Where the checkpoints are, where that is a folder. */
  readonly folder: string | undefined;
  /** What keeps them instead. */
  readonly storage: CheckpointStorage | undefined;
  /** Minutes from one checkpoint to the next in the midst of an epoch. */
  readonly everyMinutes: number;
  /** Whether the shortest epochs have a checkpoint each. */
  readonly everyEpoch: boolean;
  /** How many stay. */
  readonly keep: number;
  /** Whether they are removed in the end. */
  readonly deleteCheckpoint: boolean;
  /** What each checkpoint holds too. */
  readonly notes: unknown;
  /** What the training data is known by, where that was given. */
  readonly dataSha256: string | undefined;
  /** Hears why a checkpoint cannot be written. */
  readonly notice: (message: string) => void;

  /** @throws InklingError (argument) for an unknown option or a value out of range */
  constructor(options: BackupAndRestoreOptions) {
    const checked = new Options('BackupAndRestore', options, Object.keys(optionNames));
    const { storage } = options;
    if (storage !== undefined && !isCheckpointStorage(storage)) {
      checked.fail('storage', 'an object with the functions list, read, write and remove');
    }
    if (storage && options.folder !== undefined) {
      throw new InklingError('argument', 'BackupAndRestore: give a folder or a storage, not both.');
    }
    this.storage = storage;
    this.folder = storage ? undefined : checked.text('folder');
    this.everyMinutes = checked.positive('everyMinutes', 10);
    this.everyEpoch = checked.boolean('everyEpoch', false);
    this.keep = checked.integer('keep', 1, 2);
    this.deleteCheckpoint = checked.boolean('deleteCheckpoint', true);
    this.notes = options.notes;
    this.dataSha256 = options.dataSha256 === undefined ? undefined : checked.text('dataSha256');
    const { notice = (message: string) => console.warn(message) } = options;
    if (typeof notice !== 'function') checked.fail('notice', 'a function');
    this.notice = notice;
  }
}
