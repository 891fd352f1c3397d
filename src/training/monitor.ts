/**
 * The value of the logs that a callback watches, and when it has improved: Keras's `monitor`, `mode` and `min_delta`.
 */

import { InklingError } from '../errors.js';
import type { Options } from '../options.js';
import { type EpochLogs, type LogName, logNames } from './history.js';

const modes = ['auto', 'min', 'max'] as const;
/** Whether smaller or larger is better; `auto` knows it for losses and accuracies. */
export type MonitorMode = (typeof modes)[number];

export interface MonitorOptions {
  /** The watched value of the logs; default `valLoss`. */
  monitor?: LogName;
  /** Default `auto`. */
  mode?: MonitorMode;
}

export const monitorOptionNames = ['monitor', 'mode'];

export class Monitor {
  readonly name: LogName;
  private readonly owner: string;
  private readonly smallerIsBetter: boolean;
  private readonly minDelta: number;

  /**
   * @param owner the callback, for messages
   * @param minDelta a smaller change is not an improvement
   * @throws InklingError (argument) for an unknown name, or where `auto` cannot tell the direction
   */
  constructor(owner: string, options: Options, minDelta = 0) {
    this.owner = owner;
    this.name = options.choice('monitor', logNames, 'valLoss');
    this.minDelta = minDelta;
    const mode = options.choice('mode', modes, 'auto');
    const isLoss = this.name === 'loss' || this.name === 'valLoss';
    const isAccuracy = this.name === 'accuracy' || this.name === 'valAccuracy';
    if (mode === 'auto' && !isLoss && !isAccuracy) {
      throw new InklingError(
        'argument',
        `${owner}: mode "auto" cannot tell whether a smaller or a larger ${this.name} is better. Give mode: "min" or "max".`,
      );
    }
    this.smallerIsBetter = mode === 'min' || (mode === 'auto' && isLoss);
  }

  /** @throws InklingError (argument) where the logs have no such value */
  read(logs: EpochLogs): number {
    const value = logs[this.name];
    if (value !== undefined) return value;
    const available = logNames.filter((name) => logs[name] !== undefined).join(', ');
    const remedy = this.name.startsWith('val') ? 'Train with validation data, or monitor' : 'Monitor';
    throw new InklingError(
      'argument',
      `${this.owner}: the logs of epoch ${logs.epoch} have no ${this.name}. ${remedy} one of: ${available}.`,
    );
  }

  /**
   * Whether `value` is better than `reference` by more than `minDelta`. Any number is better than none; NaN never is.
   */
  isImprovement(value: number, reference: number | undefined): boolean {
    if (reference === undefined) return !Number.isNaN(value);
    return this.smallerIsBetter ? value + this.minDelta < reference : value - this.minDelta > reference;
  }
}
