/**
 * Keeps the checkpoints of a training while it runs. They are written while the training goes on: it waits only for the
 * copies that are made of its memory, and for a checkpoint that is still being written when the next one is due.
 */

import { InklingError } from '../errors.js';
import type { Model } from '../model/model.js';
import type { CheckpointStorage } from '../platform/checkpoint-storage.js';
import type { BackupAndRestore } from './backup-and-restore.js';
import { callbackNames } from './callback.js';
import {
  type Checkpoint,
  type CheckpointContent,
  readCheckpoint,
  type TrainingIdentity,
  writeCheckpoint,
} from './checkpoint.js';
import { type IdentifiedTraining, identifyTraining, requireSameTraining } from './training-identity.js';

/** Where checkpoints are kept. */
export interface CheckpointStore {
  /** @throws InklingError (file) where it cannot be written */
  write(steps: number, content: CheckpointContent, keep: number): Promise<void>;
  /** The newest that is whole, with a sentence for each newer one that is damaged. */
  readNewest(): Promise<{ path: string; content: CheckpointContent; damaged: readonly string[] } | undefined>;
  /** Removes all but the newest. */
  prune(keep: number): Promise<void>;
}

/** Epochs that are shorter share a checkpoint, unless asked otherwise: so little is done again as fast. */
const shortestSeconds = 1;

/** What the training gives for a checkpoint; the rest is known here. */
export type CheckpointOfTraining = Omit<Checkpoint, 'belongsTo' | 'notes' | 'checkpointSeconds'>;

export class Backup {
  private readonly model: Model;
  private readonly options: BackupAndRestore;
  private readonly store: CheckpointStore;
  private readonly belongsTo: TrainingIdentity;
  private readonly milliseconds: { readonly epoch: number; readonly step: number };
  private writing: Promise<void> = Promise.resolve();
  private lastAt = Number.NEGATIVE_INFINITY;
  /** Whether none has been written yet, by this process or an earlier one. */
  private isFirst = true;
  /** The last checkpoint, where it could not be written. */
  private unwritten: Checkpoint | undefined;
  private waited = 0;

  constructor(model: Model, options: BackupAndRestore, store: CheckpointStore, belongsTo: TrainingIdentity) {
    this.model = model;
    this.options = options;
    this.store = store;
    this.belongsTo = belongsTo;
    const step = options.everyMinutes * 60_000;
    this.milliseconds = { step, epoch: options.everyEpoch ? 0 : Math.min(step, shortestSeconds * 1000) };
  }

  /** How long the training has waited for checkpoints, in all the processes that it has had. */
  get seconds(): number {
    return this.waited / 1000;
  }

  /**
   * The checkpoint to go on from.
   * @param epochs that the training was asked for
   * @returns undefined where there is none
   * @throws InklingError (argument) where it belongs to another training, (file) where it cannot be read
   */
  async restore(epochs: number): Promise<Checkpoint | undefined> {
    const found = await this.store.readNewest();
    if (!found) return undefined;
    const { path, content, damaged } = found;
    const checkpoint = readCheckpoint(content, path);
    requireSameTraining(checkpoint, this.belongsTo, epochs, path);
    if (damaged.length > 0)
      this.options.notice(`${damaged.join(' ')} The training goes on from the one before, ${path}.`);
    this.isFirst = false;
    this.waited = checkpoint.checkpointSeconds * 1000;
    this.lastAt = performance.now();
    return checkpoint;
  }

  isDue(after: 'epoch' | 'step'): boolean {
    return performance.now() - this.lastAt >= this.milliseconds[after];
  }

  /**
   * Begins to write a checkpoint, once the one before is written.
   * @throws InklingError where the first of a training cannot be written: nothing would be kept
   */
  async keep(take: () => CheckpointOfTraining): Promise<void> {
    const began = performance.now();
    await this.writing;
    this.lastAt = began;
    const { belongsTo, isFirst } = this;
    const checkpoint = { ...take(), belongsTo, notes: this.options.notes, checkpointSeconds: this.seconds };
    this.writing = this.write(checkpoint, isFirst);
    // Who waits for it next is told.
    this.writing.catch(() => {});
    this.isFirst = false;
    if (isFirst) await this.writing;
    this.waited += performance.now() - began;
  }

  /** Resolves when all is written that will be. A disk that was full may have room now. */
  async settle(): Promise<void> {
    const began = performance.now();
    await this.writing;
    if (this.unwritten) await this.write(this.unwritten, false);
    this.waited += performance.now() - began;
  }

  /** For a training that has reached its end. */
  async end(): Promise<void> {
    await this.store.prune(this.options.deleteCheckpoint ? 0 : 1);
  }

  private async write(checkpoint: Checkpoint, isFirst: boolean): Promise<void> {
    try {
      const content = writeCheckpoint(this.model, checkpoint);
      await this.store.write(checkpoint.position.iterations, content, this.options.keep);
      this.unwritten = undefined;
    } catch (error) {
      if (isFirst || !(error instanceof InklingError)) throw error;
      if (!this.unwritten) {
        this.options.notice(
          `${error.message} The training goes on, and what it does until the next checkpoint is not kept.`,
        );
      }
      this.unwritten = checkpoint;
    }
  }
}

/**
 * @param open finds the checkpoints of a folder or a storage
 * @returns the backup of a training that is about to begin; undefined where `fit` was given no `BackupAndRestore`
 */
export async function startBackup(
  training: Omit<IdentifiedTraining, 'callbacks' | 'dataSha256'>,
  open: (place: string | CheckpointStorage) => CheckpointStore,
): Promise<Backup | undefined> {
  const { callbacks, backup } = training.options;
  if (!backup) return undefined;
  const remembering = callbackNames(callbacks).filter((_, index) => callbacks[index].getState);
  const { dataSha256, folder, storage } = backup;
  const belongsTo = await identifyTraining({ ...training, callbacks: remembering, dataSha256 });
  return new Backup(training.model, backup, open(storage ?? folder!), belongsTo);
}
