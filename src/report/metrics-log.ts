/** `metrics.jsonl`: how training goes, a JSON object a line, written while it goes. */

import { platform } from '#platform';
import type { Callback, StepLogs } from '../training/callback.js';

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

/** A callback that appends a line every so many steps; steps after the last whole group have none. */
export class MetricsLog implements Callback {
  private readonly path: string;
  private readonly everySteps: number;
  private waiting: StepLogs[] = [];

  /** @param path the file; it is made where it is missing */
  constructor(path: string, everySteps = 50) {
    this.path = path;
    this.everySteps = everySteps;
  }

  /** @throws InklingError (file) where the line cannot be written */
  async onSteps(steps: readonly StepLogs[]): Promise<void> {
    let text = '';
    for (const logs of steps) {
      this.waiting.push(logs);
      if ((logs.step + 1) % this.everySteps !== 0) continue;
      text += `${JSON.stringify(metricsLine(this.waiting))}\n`;
      this.waiting = [];
    }
    if (text !== '') await platform.appendFile(this.path, text);
  }
}

function metricsLine(steps: readonly StepLogs[]): MetricsLine {
  const images = steps.reduce((sum, logs) => sum + logs.images, 0);
  const mean = (name: 'loss' | 'accuracy') => steps.reduce((sum, logs) => sum + logs[name] * logs.images, 0) / images;
  const { step, epoch, learningRate } = steps[steps.length - 1];
  return { step: step + 1, epoch, loss: mean('loss'), accuracy: mean('accuracy'), learningRate };
}
