import { expect, test } from 'vitest';
import type { Progress } from './reporter.js';
import { barLine, epochLine, progressLine } from './text.js';

const progress: Progress = {
  epoch: 2,
  epochs: 12,
  images: 27_500,
  imagesPerEpoch: 55_000,
  imagesPerSecond: 4912.4,
  secondsLeft: 5.2,
  loss: 0.08431,
  accuracy: 0.97482,
};

test('the line of an epoch, with and without validation', () => {
  const logs = {
    epoch: 1,
    loss: 0.24312,
    accuracy: 0.92421,
    learningRate: 0.001,
    seconds: 11.21,
    imagesPerSecond: 4907,
  };
  expect(epochLine(logs, 5)).toBe('Epoch 1/5  11.2 s  4,907 images/s  loss 0.2431  accuracy 92.42 %');
  expect(epochLine({ ...logs, valLoss: 0.06123, valAccuracy: 0.9814 }, 5)).toBe(
    'Epoch 1/5  11.2 s  4,907 images/s  loss 0.2431  accuracy 92.42 %  valLoss 0.0612  valAccuracy 98.14 %',
  );
});

test('a bar beside the numbers', () => {
  expect(progressLine(progress, 120)).toBe(
    `Epoch  2/12  ${'█'.repeat(15)}${'░'.repeat(15)}  4,912 images/s  ETA 6 s  loss 0.0843  accuracy 97.48 %`,
  );
});

test('a line never fills its terminal, and keeps its bar', () => {
  const validating = { ...progress, images: 55_000, secondsLeft: 0 };
  for (let columns = 24; columns <= 200; columns++) {
    for (const line of [progressLine(progress, columns), progressLine(validating, columns)]) {
      expect(line.length).toBeLessThan(columns);
      expect(line).toMatch(/^Epoch {2}2\/12 {2}[█░]{9,30}(?: |$)/);
    }
  }
  expect(progressLine(validating, 100)).toContain('█  4,912 images/s  validating');
});

test('where there is little room, speed goes first, then loss and accuracy, and last what is left to do', () => {
  const numbersAt = (columns: number) => progressLine(progress, columns).split(/[█░]+ */)[1];
  expect(numbersAt(80)).toBe('4,912 images/s  ETA 6 s  loss 0.0843  accuracy 97.48 %');
  expect(numbersAt(66)).toBe('ETA 6 s  loss 0.0843  accuracy 97.48 %');
  expect(numbersAt(52)).toBe('ETA 6 s  accuracy 97.48 %');
  expect(numbersAt(40)).toBe('ETA 6 s');
  expect(numbersAt(25)).toBe('');
});

test('a bar without numbers that is not begun, and one that is done', () => {
  expect(barLine('Robustness', 0, [], 80)).toBe(`Robustness  ${'░'.repeat(30)}`);
  expect(barLine('Robustness', 1, [], 80)).toBe(`Robustness  ${'█'.repeat(30)}`);
});
