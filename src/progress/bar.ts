/** A live bar for each epoch on a terminal, which its line of results takes the place of. */

import type { Terminal } from '../platform/contract.js';
import type { EpochLogs } from '../training/history.js';
import { LiveLine } from './live-line.js';
import type { Progress, ProgressListener } from './reporter.js';
import { epochLine, progressLine } from './text.js';

export interface ProgressBarOptions {
  readonly terminal: Terminal;
  /** Prints the line of an epoch. */
  readonly print: (line: string) => void;
  /** The bar goes away when it aborts. */
  readonly signal?: AbortSignal | undefined;
}

export class ProgressBar implements ProgressListener {
  private readonly line: LiveLine;
  private readonly print: (line: string) => void;
  private readonly signal: AbortSignal | undefined;
  private readonly end = () => this.clear();

  constructor({ terminal, print, signal }: ProgressBarOptions) {
    this.line = new LiveLine(terminal);
    this.print = print;
    this.signal = signal;
    signal?.addEventListener('abort', this.end);
  }

  onProgress(progress: Progress): void {
    if (this.signal?.aborted) return;
    // The last of an epoch stays for as long as the validation takes.
    const last = progress.images >= progress.imagesPerEpoch;
    this.line.draw((columns) => progressLine(progress, columns), last ? 'now' : 'sometimes');
  }

  onEpoch(logs: EpochLogs, epochs: number): void {
    this.line.clear();
    this.print(epochLine(logs, epochs));
  }

  /** Takes the bar off the terminal. */
  clear(): void {
    this.line.clear();
  }

  /** Takes the bar off the terminal, for good. */
  close(): void {
    this.clear();
    this.signal?.removeEventListener('abort', this.end);
  }
}
