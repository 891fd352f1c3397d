/** A training's progress where no bar can live: a line an epoch for people, and events for programs. */

import type { EpochLogs } from '../training/history.js';
import type { Output } from './output.js';
import type { Progress, ProgressListener } from './progress.js';
import { epochLine } from './progress-text.js';

/** Prints a line an epoch. */
export class ProgressLog implements ProgressListener {
  private readonly output: Output;
  private readonly epochs: number;

  constructor(output: Output, epochs: number) {
    this.output = output;
    this.epochs = epochs;
  }

  onEpoch(logs: EpochLogs): void {
    this.output.text(epochLine(logs, this.epochs));
  }
}

const eventEveryMilliseconds = 1000;

/** Emits `epoch` events, and `progress` events once a second. */
export class ProgressEvents implements ProgressListener {
  private readonly output: Output;
  private readonly epochs: number;
  private lastAt = Number.NEGATIVE_INFINITY;

  constructor(output: Output, epochs: number) {
    this.output = output;
    this.epochs = epochs;
  }

  onProgress(progress: Progress): void {
    const now = performance.now();
    if (now - this.lastAt < eventEveryMilliseconds) return;
    this.lastAt = now;
    this.output.event({ event: 'progress', ...progress });
  }

  onEpoch(logs: EpochLogs): void {
    this.output.event({ event: 'epoch', epochs: this.epochs, ...logs });
  }
}
