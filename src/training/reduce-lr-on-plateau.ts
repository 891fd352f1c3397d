/**
 * Lowers the learning rate when the monitored value has stopped improving, as Keras's ReduceLROnPlateau. Meant for a
 * constant learning rate: a schedule ends with the first reduction.
 */

import { Options } from '../options.js';
import type { Callback, CallbackState, TrainingControl } from './callback.js';
import { readCallbackState } from './callback-state.js';
import type { EpochLogs } from './history.js';
import { Monitor, type MonitorOptions, monitorOptionNames } from './monitor.js';

/** Options of `ReduceLROnPlateau`, with Keras's names and defaults. */
export interface ReduceLROnPlateauOptions extends MonitorOptions {
  /** What the learning rate is multiplied by, 0 < factor < 1; default 0.1. */
  factor?: number;
  /** Epochs without improvement after which it is lowered; default 10. */
  patience?: number;
  /** An improvement is larger than this; default 1e-4. */
  minDelta?: number;
  /** Epochs to wait after a reduction before watching again; default 0. */
  cooldown?: number;
  /** The learning rate is not lowered beyond this; default 0. */
  minLearningRate?: number;
}

/**
 * Lowers the learning rate when the monitored value has stopped improving, as Keras's ReduceLROnPlateau.
 * @example
 * ```ts
 * const callbacks = [new ReduceLROnPlateau({ monitor: 'valLoss', factor: 0.5, patience: 2 })];
 * await model.fit(train.images, train.labels, { epochs: 20, validationSplit: 0.1, callbacks });
 * ```
 */
export class ReduceLROnPlateau implements Callback {
  private readonly monitor: Monitor;
  private readonly factor: number;
  private readonly patience: number;
  private readonly cooldown: number;
  private readonly minLearningRate: number;
  private best: number | undefined;
  private wait = 0;
  private cooldownLeft = 0;

  /** @throws InklingError (argument) for an unknown option or a value out of range */
  constructor(options: ReduceLROnPlateauOptions = {}) {
    const known = ['factor', 'patience', 'minDelta', 'cooldown', 'minLearningRate'];
    const checked = new Options('ReduceLROnPlateau', options, [...monitorOptionNames, ...known]);
    this.monitor = new Monitor('ReduceLROnPlateau', checked, checked.number('minDelta', {}, 1e-4));
    this.factor = checked.positive('factor', 0.1);
    if (this.factor >= 1) checked.fail('factor', 'a number above 0 and below 1');
    this.patience = checked.integer('patience', 0, 10);
    this.cooldown = checked.integer('cooldown', 0, 0);
    this.minLearningRate = checked.number('minLearningRate', {}, 0);
  }

  /** Forgets an earlier training, so that one callback serves several. */
  onTrainBegin(): void {
    this.best = undefined;
    this.wait = 0;
    this.cooldownLeft = 0;
  }

  /** The best value so far, and how long ago it and the last reduction were. */
  getState(): CallbackState {
    const { best, wait, cooldownLeft } = this;
    return { values: { best, wait, cooldownLeft } };
  }

  /** Takes back what `getState` gave. */
  setState({ values }: CallbackState): void {
    const { best, wait, cooldownLeft } = readCallbackState('ReduceLROnPlateau', values, [
      'best',
      'wait',
      'cooldownLeft',
    ]);
    this.best = best;
    this.wait = wait ?? 0;
    this.cooldownLeft = cooldownLeft ?? 0;
  }

  /** Looks whether the epoch has improved, and lowers the learning rate where none has for too long. */
  onEpochEnd(_: number, logs: EpochLogs, control: TrainingControl): void {
    const current = this.monitor.read(logs);
    if (this.cooldownLeft > 0) {
      this.cooldownLeft--;
      this.wait = 0;
    }
    if (this.monitor.isImprovement(current, this.best)) {
      this.best = current;
      this.wait = 0;
      return;
    }
    if (this.cooldownLeft > 0) return;
    this.wait++;
    if (this.wait >= this.patience && control.learningRate > this.minLearningRate) {
      control.setLearningRate(Math.max(control.learningRate * this.factor, this.minLearningRate));
      this.cooldownLeft = this.cooldown;
      this.wait = 0;
    }
  }
}
