import { expect, test } from 'vitest';
import { schedulePoints } from './schedule-points.js';
import { configOf } from './training-config.js';

const config = { ...configOf('fast'), images: 1200, batchSize: 100, epochs: 4, learningRate: 0.01 };

test('the first and the last step are among the points, and no step twice', () => {
  expect(schedulePoints(config, 5).map(({ step }) => step)).toEqual([1, 12, 23, 33, 44]);
  expect(schedulePoints(config, 1000)).toHaveLength(44);
});

test('it follows the schedule', () => {
  const rates = (schedule: string) =>
    schedulePoints({ ...config, schedule }, 44).map(({ learningRate }) => learningRate);
  expect(Math.max(...rates('one-cycle'))).toBeCloseTo(0.01, 10);
  expect(new Set(rates('constant'))).toEqual(new Set([0.01]));
  expect([rates('step')[21], rates('step')[22]]).toEqual([0.01, 0.005]);
});
