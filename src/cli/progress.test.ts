import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { StepLogs } from '../training/callback.js';
import type { EpochLogs } from '../training/history.js';
import { type Progress, ProgressReporter } from './progress.js';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

const step = (images: number, loss: number, accuracy: number): StepLogs => ({
  ...{ step: 0, epoch: 1, learningRate: 0.001 },
  ...{ images, loss, accuracy },
});
const epochLogs: EpochLogs = {
  ...{ epoch: 1, loss: 1, accuracy: 0.5, valLoss: 1, valAccuracy: 0.5, learningRate: 0.001 },
  ...{ seconds: 4, imagesPerSecond: 50 },
};

test('means count every image once, whatever the size of its batch', () => {
  const heard: Progress[] = [];
  const reporter = new ProgressReporter(3, 200, [{ onProgress: (progress) => heard.push(progress), onEpoch() {} }]);
  reporter.onEpochBegin();
  vi.advanceTimersByTime(2000);
  reporter.onSteps([step(64, 2, 0.25), step(36, 1, 0.75)]);
  expect(heard).toStrictEqual([
    {
      ...{ epoch: 1, epochs: 3, images: 100, imagesPerEpoch: 200, imagesPerSecond: 50, secondsLeft: 2 },
      ...{ loss: 1.64, accuracy: 0.43 },
    },
  ]);
});

test('seconds are those of the epochs, and of an unfinished one up to its last step', () => {
  const heard: EpochLogs[] = [];
  const reporter = new ProgressReporter(2, 200, [{ onEpoch: (logs) => heard.push(logs) }]);
  expect([reporter.trainSeconds, reporter.imagesPerSecond]).toStrictEqual([0, 0]);
  reporter.onEpochBegin();
  vi.advanceTimersByTime(3900);
  reporter.onSteps([step(200, 1, 0.5)]);
  vi.advanceTimersByTime(1000);
  reporter.onEpochEnd(0, epochLogs);
  expect(heard).toStrictEqual([epochLogs]);
  expect([reporter.trainSeconds, reporter.imagesPerSecond]).toStrictEqual([4, 50]);
  reporter.onEpochBegin();
  vi.advanceTimersByTime(1000);
  reporter.onSteps([step(100, 1, 0.5)]);
  vi.advanceTimersByTime(5000);
  expect([reporter.trainSeconds, reporter.imagesPerSecond]).toStrictEqual([5, 60]);
});
