/** Stops a training whose monitored value has stopped improving, as Keras's EarlyStopping. */

import { Options } from '../options.js';
import type { Callback, CallbackState, TrainingControl, WeightValues } from './callback.js';
import { readCallbackState } from './callback-state.js';
import type { EpochLogs } from './history.js';
import { Monitor, type MonitorOptions, monitorOptionNames } from './monitor.js';

/** Options of `EarlyStopping`, with Keras's names and defaults. */
export interface EarlyStoppingOptions extends MonitorOptions {
  /** An improvement is larger than this; default 0. */
  minDelta?: number;
  /** Epochs without improvement after which the training stops; default 0. */
  patience?: number;
  /** Improvements that do not beat this value too do not restart the patience; default: none. */
  baseline?: number;
  /** Whether the training ends with the weights of its best epoch, whatever ended it; default false. */
  restoreBestWeights?: boolean;
  /** Epochs to let pass before watching; default 0. */
  startFromEpoch?: number;
}

/**
 * Ends a training when the monitored value has stopped improving, as Keras's EarlyStopping.
 * @example
 * ```ts
 * const callbacks = [new EarlyStopping({ monitor: 'valLoss', patience: 2, restoreBestWeights: true })];
 * await model.fit(train.images, train.labels, { epochs: 40, validationSplit: 0.1, callbacks });
 * ```
 */
export class EarlyStopping implements Callback {
  private readonly monitor: Monitor;
  private readonly patience: number;
  private readonly baseline: number | undefined;
  private readonly restoreBestWeights: boolean;
  private readonly startFromEpoch: number;
  private wait = 0;
  private best: number | undefined;
  private bestWeights: WeightValues | undefined;
  private bestEpochNumber: number | undefined;
  private stoppedEpochNumber: number | undefined;

  /** @throws InklingError (argument) for an unknown option or a value out of range */
  constructor(options: EarlyStoppingOptions = {}) {
    const known = ['minDelta', 'patience', 'baseline', 'restoreBestWeights', 'startFromEpoch'];
    const checked = new Options('EarlyStopping', options, [...monitorOptionNames, ...known]);
    this.monitor = new Monitor('EarlyStopping', checked, checked.number('minDelta', {}, 0));
    this.patience = checked.integer('patience', 0, 0);
    this.baseline = checked.optionalFinite('baseline');
    this.restoreBestWeights = checked.boolean('restoreBestWeights', false);
    this.startFromEpoch = checked.integer('startFromEpoch', 0, 0);
  }

  /** The epoch with the best monitored value, counted from 1. */
  get bestEpoch(): number | undefined {
    return this.bestEpochNumber;
  }

  /** The epoch after which this callback stopped the training, counted from 1; undefined where it did not. */
  get stoppedEpoch(): number | undefined {
    return this.stoppedEpochNumber;
  }

  /** Forgets an earlier training, so that one callback serves several. */
  onTrainBegin(): void {
    this.wait = 0;
    this.best = undefined;
    this.bestWeights = undefined;
    this.bestEpochNumber = undefined;
    this.stoppedEpochNumber = undefined;
  }

  /** The best epoch so far with its weights, and how long ago it was. */
  getState(): CallbackState {
    const { wait, best, bestEpochNumber: bestEpoch, stoppedEpochNumber: stoppedEpoch, bestWeights: weights } = this;
    return { values: { wait, best, bestEpoch, stoppedEpoch }, weights };
  }

  /** Takes back what `getState` gave. */
  setState({ values, weights }: CallbackState): void {
    const { wait, best, bestEpoch, stoppedEpoch } = readCallbackState('EarlyStopping', values, [
      'wait',
      'best',
      'bestEpoch',
      'stoppedEpoch',
    ]);
    this.wait = wait ?? 0;
    this.best = best;
    this.bestEpochNumber = bestEpoch;
    this.stoppedEpochNumber = stoppedEpoch;
    this.bestWeights = weights;
  }

  /** Looks whether the epoch has improved, and stops the training where none has for too long. */
  onEpochEnd(epoch: number, logs: EpochLogs, control: TrainingControl): void {
    const current = this.monitor.read(logs);
    if (epoch < this.startFromEpoch) return;
    const improved = this.monitor.isImprovement(current, this.best);
    if (improved || this.bestEpochNumber === undefined) {
      this.bestEpochNumber = logs.epoch;
      if (this.restoreBestWeights) this.bestWeights = control.getWeights();
    }
    this.wait++;
    if (improved) {
      this.best = current;
      if (this.baseline === undefined || this.monitor.isImprovement(current, this.baseline)) this.wait = 0;
    } else if (this.wait >= this.patience && epoch > 0) {
      this.stoppedEpochNumber = logs.epoch;
      control.stopTraining();
    }
  }

  /** Puts the best epoch's weights back, if it was asked to. */
  onTrainEnd(_: EpochLogs | undefined, control: TrainingControl): void {
    if (this.bestWeights !== undefined) control.setWeights(this.bestWeights);
  }
}
