/** `metrics.jsonl`: how training goes, a JSON object a line, written while it goes. */

import { platform } from '#platform';
import { InklingError } from '../errors.js';
import type { Callback, CallbackState, StepLogs } from '../training/callback.js';

export const metricsFileName = 'metrics.jsonl';

/** One line. Loss and accuracy are means over the images since the line before. */
export interface MetricsLine {
  /** Steps done so far, over the whole training. */
  readonly step: number;
  /** The epoch of the last of them, from 1. */
  readonly epoch: number;
  readonly loss: number;
  /** From 0 to 1. */
  readonly accuracy: number;
  readonly learningRate: number;
}

export interface MetricsLogOptions {
  /** Steps that a line tells of; default 50. Steps after the last whole group have none. */
  readonly everySteps?: number;
  /** Hears, once, why lines cannot be written, and that they are kept. */
  readonly notice: (message: string) => void;
}

/**
 * A callback that appends a line every so many steps. A disk that is full for a moment must not end a training: what
 * cannot be written is kept, and tried again with the next line and at the end.
 */
export class MetricsLog implements Callback {
  private readonly path: string;
  private readonly everySteps: number;
  private readonly notice: (message: string) => void;
  /** Since the last line. */
  private steps: StepLogs[] = [];
  private unwritten = '';
  /** All lines so far. */
  private lines = '';
  /** Whether what is in the file is not what was written into it. */
  private isStale = false;
  private hasFailed = false;

  /** @param path the file; it is made where it is missing */
  constructor(path: string, { everySteps = 50, notice }: MetricsLogOptions) {
    this.path = path;
    this.everySteps = everySteps;
    this.notice = notice;
  }

  async onSteps(steps: readonly StepLogs[]): Promise<void> {
    let hasLine = false;
    for (const logs of steps) {
      this.steps.push(logs);
      if ((logs.step + 1) % this.everySteps !== 0) continue;
      const line = `${JSON.stringify(metricsLine(this.steps))}\n`;
      this.unwritten += line;
      this.lines += line;
      this.steps = [];
      hasLine = true;
    }
    if (hasLine) await this.write();
  }

  /** All lines, since nothing brings the file itself onto the disk at once, and what the next line will be made of. */
  getState(): CallbackState {
    return { values: { lines: this.lines, steps: [...this.steps] } };
  }

  /** Takes back what `getState` gave: later lines go from the file. @throws InklingError (file) */
  async setState({ values: { lines, steps } }: CallbackState): Promise<void> {
    if (typeof lines !== 'string' || !Array.isArray(steps)) {
      throw new InklingError('file', 'MetricsLog: its state must have the text "lines" and the list "steps".');
    }
    this.lines = this.unwritten = lines;
    this.steps = steps;
    this.isStale = true;
    await this.write();
  }

  async onTrainEnd(): Promise<void> {
    await this.write();
    if (this.unwritten !== '') this.notice(`The last lines could not be written to ${this.path}: they are lost.`);
  }

  private async write(): Promise<void> {
    if (this.unwritten === '' && !this.isStale) return;
    try {
      if (this.isStale) await platform.writeFile(this.path, this.lines);
      else await platform.appendFile(this.path, this.unwritten);
      this.isStale = false;
      this.unwritten = '';
    } catch (error) {
      if (!(error instanceof InklingError)) throw error;
      if (!this.hasFailed)
        this.notice(`${error.message} The training goes on, and its lines are kept to be written later.`);
      this.hasFailed = true;
    }
  }
}

function metricsLine(steps: readonly StepLogs[]): MetricsLine {
  const images = steps.reduce((sum, logs) => sum + logs.images, 0);
  const mean = (name: 'loss' | 'accuracy') => steps.reduce((sum, logs) => sum + logs[name] * logs.images, 0) / images;
  const { step, epoch, learningRate } = steps[steps.length - 1];
  return { step: step + 1, epoch, loss: mean('loss'), accuracy: mean('accuracy'), learningRate };
}
