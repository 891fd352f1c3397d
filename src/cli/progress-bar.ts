/** A live bar for each epoch on a terminal, which its line of results takes the place of. */

import { SingleBar } from 'cli-progress';
import type { EpochLogs } from '../training/history.js';
import type { Output } from './output.js';
import type { Progress, ProgressListener } from './progress.js';
import { epochLine, progressLine } from './progress-text.js';

const showCursorAndWrapLines = '\x1b[?25h\x1b[?7h';

export class ProgressBar implements ProgressListener {
  private readonly output: Output;
  private readonly terminal: NodeJS.WriteStream;
  private readonly epochs: number;
  private readonly signal: AbortSignal;
  private bar: SingleBar | undefined;

  /** @param signal the bar goes away when it aborts */
  constructor(output: Output, terminal: NodeJS.WriteStream, epochs: number, signal: AbortSignal) {
    this.output = output;
    this.terminal = terminal;
    this.epochs = epochs;
    this.signal = signal;
    signal.addEventListener('abort', () => this.end());
    // However the process ends, the terminal is left as it was.
    process.once('exit', () => {
      if (this.bar) terminal.write(`${showCursorAndWrapLines}\n`);
    });
  }

  onProgress(progress: Progress): void {
    if (this.signal.aborted) return;
    if (this.bar) {
      this.bar.update(progress.images, { progress });
      return;
    }
    this.bar = new SingleBar({
      stream: this.terminal,
      hideCursor: true,
      clearOnComplete: true,
      format: (_options, _values, payload: { progress: Progress }) =>
        progressLine(payload.progress, this.terminal.columns),
    });
    this.bar.start(progress.imagesPerEpoch, progress.images, { progress });
  }

  onEpoch(logs: EpochLogs): void {
    this.end();
    this.output.text(epochLine(logs, this.epochs));
  }

  /** Takes the bar off the terminal. */
  end(): void {
    this.bar?.stop();
    this.bar = undefined;
  }
}
