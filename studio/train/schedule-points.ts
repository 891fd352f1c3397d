/** The learning rate over the steps of a training that a configuration asks for. */

import { learningRateAt, scheduleByName } from 'inkling';
import { stepsPerEpoch, type TrainingConfig } from './training-config.js';

export interface SchedulePoint {
  /** Counted from 1. */
  readonly step: number;
  readonly learningRate: number;
}

/** @param most evenly spaced ones of the steps, the first and the last among them; all where there are no more */
export function schedulePoints(config: TrainingConfig, most: number): SchedulePoint[] {
  const perEpoch = stepsPerEpoch(config);
  const length = { stepsPerEpoch: perEpoch, totalSteps: perEpoch * config.epochs };
  const schedule = scheduleByName(config.schedule, config.learningRate);
  const count = Math.min(most, length.totalSteps);
  return Array.from({ length: count }, (_, index) => {
    const step = count === 1 ? 0 : Math.round((index * (length.totalSteps - 1)) / (count - 1));
    return { step: step + 1, learningRate: learningRateAt(schedule, step, length) };
  });
}
