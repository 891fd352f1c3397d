/** A training's progress as events for programs. */

import type { Progress, ProgressListener } from '../progress/reporter.js';
import type { EpochLogs } from '../training/history.js';
import type { Output } from './output.js';

const eventEveryMilliseconds = 1000;

/** Emits `epoch` events, and `progress` events once a second. */
export class ProgressEvents implements ProgressListener {
  private readonly output: Output;
  private lastAt = Number.NEGATIVE_INFINITY;

  constructor(output: Output) {
    this.output = output;
  }

  onProgress(progress: Progress): void {
    const now = performance.now();
    if (now - this.lastAt < eventEveryMilliseconds) return;
    this.lastAt = now;
    this.output.event({ event: 'progress', ...progress });
  }

  onEpoch(logs: EpochLogs, epochs: number): void {
    this.output.event({ event: 'epoch', epochs, ...logs });
  }
}
