/** A training's progress where no bar can live: a line an epoch. */

import type { EpochLogs } from '../training/history.js';
import type { ProgressListener } from './reporter.js';
import { epochLine } from './text.js';

export class ProgressLines implements ProgressListener {
  private readonly print: (line: string) => void;

  constructor(print: (line: string) => void) {
    this.print = print;
  }

  onEpoch(logs: EpochLogs, epochs: number): void {
    this.print(epochLine(logs, epochs));
  }
}
