import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RecordedControl } from '../../test/recorded-control.js';
import type { StepLogs } from '../training/callback.js';
import type { EpochLogs } from '../training/history.js';
import { type Progress, ProgressReporter } from './reporter.js';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

const step = (images: number, loss: number, accuracy: number): StepLogs => ({
  step: 0,
  epoch: 1,
  learningRate: 0.001,
  images,
  loss,
  accuracy,
});
/** 200 images an epoch. */
const training = (epochs: number) => Object.assign(new RecordedControl(), { epochs, imagesPerEpoch: 200 });
const epochLogs: EpochLogs = {
  epoch: 1,
  loss: 1,
  accuracy: 0.5,
  valLoss: 1,
  valAccuracy: 0.5,
  learningRate: 0.001,
  seconds: 4,
  imagesPerSecond: 50,
};

test('means count every image once, whatever the size of its batch', () => {
  const heard: Progress[] = [];
  const reporter = new ProgressReporter({ onProgress: (progress) => heard.push(progress) });
  reporter.onTrainBegin(training(3));
  reporter.onEpochBegin();
  vi.advanceTimersByTime(2000);
  reporter.onSteps([step(64, 2, 0.25), step(36, 1, 0.75)]);
  expect(heard).toStrictEqual([
    {
      epoch: 1,
      epochs: 3,
      images: 100,
      imagesPerEpoch: 200,
      imagesPerSecond: 50,
      secondsLeft: 2,
      loss: 1.64,
      accuracy: 0.43,
    },
  ]);
});

test('seconds are those of the epochs, and of an unfinished one up to its last step', () => {
  const heard: [EpochLogs, number][] = [];
  const reporter = new ProgressReporter({ onEpoch: (logs, epochs) => heard.push([logs, epochs]) });
  reporter.onTrainBegin(training(2));
  expect([reporter.trainSeconds, reporter.imagesPerSecond]).toStrictEqual([0, 0]);
  reporter.onEpochBegin();
  vi.advanceTimersByTime(3900);
  reporter.onSteps([step(200, 1, 0.5)]);
  vi.advanceTimersByTime(1000);
  reporter.onEpochEnd(0, epochLogs);
  expect(heard).toStrictEqual([[epochLogs, 2]]);
  expect([reporter.trainSeconds, reporter.imagesPerSecond]).toStrictEqual([4, 50]);
  reporter.onEpochBegin();
  vi.advanceTimersByTime(1000);
  reporter.onSteps([step(100, 1, 0.5)]);
  vi.advanceTimersByTime(5000);
  expect([reporter.trainSeconds, reporter.imagesPerSecond]).toStrictEqual([5, 60]);
});
