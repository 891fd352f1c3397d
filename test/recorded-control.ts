/** A training that only writes down what callbacks ask of it, and logs to feed them with. */

import type { Callback, TrainingControl, WeightValues } from '../src/training/callback.js';
import type { EpochLogs } from '../src/training/history.js';

/** Its one weight holds the number of the epoch that ended last. */
export class RecordedControl implements TrainingControl {
  readonly epochs = 10;
  readonly imagesPerEpoch = 100;
  learningRate = 1;
  stopped = false;
  weight = 0;
  readonly saved: string[] = [];

  stopTraining(): void {
    this.stopped = true;
  }

  setLearningRate(value: number): void {
    this.learningRate = value;
  }

  limitSteps(): void {}

  getWeights(): WeightValues {
    return new Map([['dense/kernel', Float32Array.of(this.weight)]]);
  }

  setWeights(values: WeightValues): void {
    this.weight = values.get('dense/kernel')![0];
  }

  async save(folder: string): Promise<void> {
    this.saved.push(folder);
  }

  async diagnose(): Promise<string> {
    return 'The weights of layer "dense" hold a NaN since step 41.';
  }
}

/** The logs of an epoch counted from 1. */
export function epochLogs(epoch: number, values: Partial<EpochLogs> = {}): EpochLogs {
  return { epoch, loss: 0.5, accuracy: 0.5, learningRate: 0.01, seconds: 1, imagesPerSecond: 1000, ...values };
}

/** Plays epochs until the callback stops them. Returns the control and the learning rate after each epoch. */
export async function playEpochs(
  callback: Callback,
  epochs: readonly Partial<EpochLogs>[],
): Promise<{ control: RecordedControl; rates: number[] }> {
  const control = new RecordedControl();
  const rates: number[] = [];
  let logs: EpochLogs | undefined;
  await callback.onTrainBegin?.(control);
  for (const [epoch, values] of epochs.entries()) {
    control.weight = epoch + 1;
    logs = epochLogs(epoch + 1, values);
    await callback.onEpochEnd?.(epoch, logs, control);
    rates.push(control.learningRate);
    if (control.stopped) break;
  }
  await callback.onTrainEnd?.(logs, control);
  return { control, rates };
}
