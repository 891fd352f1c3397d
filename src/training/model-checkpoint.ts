/** Saves the model at the end of epochs, all of them or the best so far, as Keras's ModelCheckpoint. */

import { Options } from '../options.js';
import type { Callback, CallbackState, TrainingControl } from './callback.js';
import { readCallbackState } from './callback-state.js';
import type { EpochLogs } from './history.js';
import { Monitor, type MonitorOptions, monitorOptionNames } from './monitor.js';

/** Options of `ModelCheckpoint`. */
export interface ModelCheckpointOptions extends MonitorOptions {
  /**
   * Where to save; `{epoch}` in it stands for the epoch, counted from 1. Without it a later save replaces an earlier
   * one.
   */
  folder: string;
  /** Whether only an epoch that beats all saved before is saved; default false. */
  saveBestOnly?: boolean;
  /** Looks at every epoch (1, the default), every second (2), and so on. */
  everyEpochs?: number;
}

/**
 * Saves the model at the end of epochs, all of them or the best so far, as Keras's ModelCheckpoint.
 * @example
 * ```ts
 * const callbacks = [new ModelCheckpoint({ folder: 'checkpoints/best', saveBestOnly: true })];
 * await model.fit(train.images, train.labels, { epochs: 5, validationSplit: 0.1, callbacks });
 * ```
 */
export class ModelCheckpoint implements Callback {
  /** Whether it goes by the best epoch that it has seen. */
  readonly saveBestOnly: boolean;
  private readonly monitor: Monitor;
  private readonly folder: string;
  private readonly everyEpochs: number;
  private best: number | undefined;

  /** @throws InklingError (argument) for an unknown option, a value out of range or an unknown placeholder */
  constructor(options: ModelCheckpointOptions) {
    const known = ['folder', 'saveBestOnly', 'everyEpochs'];
    const checked = new Options('ModelCheckpoint', options, [...monitorOptionNames, ...known]);
    this.monitor = new Monitor('ModelCheckpoint', checked);
    this.folder = checked.text('folder');
    if (/[{}]/.test(this.folder.replaceAll('{epoch}', ''))) {
      checked.fail('folder', 'a path with no placeholder but {epoch}');
    }
    this.saveBestOnly = checked.boolean('saveBestOnly', false);
    this.everyEpochs = checked.integer('everyEpochs', 1, 1);
  }

  /** The best value that it has saved. */
  getState(): CallbackState {
    return { values: { best: this.best } };
  }

  /** Takes back what `getState` gave. */
  setState({ values }: CallbackState): void {
    this.best = readCallbackState('ModelCheckpoint', values, ['best']).best;
  }

  /** Saves the model, if the epoch is one to be saved. */
  async onEpochEnd(_: number, logs: EpochLogs, control: TrainingControl): Promise<void> {
    if (logs.epoch % this.everyEpochs !== 0) return;
    if (this.saveBestOnly) {
      const current = this.monitor.read(logs);
      if (!this.monitor.isImprovement(current, this.best)) return;
      this.best = current;
    }
    await control.save(this.folder.replaceAll('{epoch}', String(logs.epoch)));
  }
}
