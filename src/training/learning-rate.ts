/** The learning rate of a step under a schedule, the same bits on every machine. */

import { cos, pow } from '../numerics/elementary.js';
import type { CosineDecay, OneCycle, Schedule } from './schedules.js';

/** How long a training is, as its schedule needs to know it. */
export interface TrainingLength {
  /** Steps of the whole training, resumed epochs included. */
  readonly totalSteps: number;
  readonly stepsPerEpoch: number;
}

/**
 * The learning rate that a training takes at a step.
 * @param step counted from 0 over the whole training; from `totalSteps` on, schedules that end stay where they ended
 * @example
 * ```ts
 * const length = { totalSteps: 8600, stepsPerEpoch: 860 };
 * learningRateAt(scheduleByName('one-cycle', 0.003), 100, length);
 * ```
 */
export function learningRateAt(schedule: Schedule, step: number, length: TrainingLength): number {
  switch (schedule.type) {
    case 'constant':
      return schedule.learningRate;
    case 'stepDecay': {
      const drops = Math.floor(Math.floor(step / length.stepsPerEpoch) / schedule.dropEvery);
      return schedule.initialLearningRate * pow(schedule.factor, drops);
    }
    case 'exponentialDecay': {
      const decays = step / (schedule.decaySteps ?? length.totalSteps);
      return schedule.initialLearningRate * pow(schedule.decayRate, schedule.staircase ? Math.floor(decays) : decays);
    }
    case 'cosineDecay':
      return cosineDecayAt(schedule, step, length);
    case 'oneCycle':
      return oneCycleAt(schedule, step, length);
  }
}

function cosineDecayAt(schedule: CosineDecay, step: number, { totalSteps }: TrainingLength): number {
  const { initialLearningRate, warmupTarget = initialLearningRate, warmupFraction = 0, alpha } = schedule;
  const warmupSteps = schedule.warmupSteps ?? Math.floor(warmupFraction * totalSteps);
  if (step < warmupSteps) {
    return initialLearningRate + (warmupTarget - initialLearningRate) * (step / warmupSteps);
  }
  const decaySteps = schedule.decaySteps ?? Math.max(totalSteps - warmupSteps, 1);
  return annealed(warmupTarget, warmupTarget * alpha, (step - warmupSteps) / decaySteps);
}

/** The highest learning rate falls on the last step of the rise, the lowest on the last step of the run. */
function oneCycleAt(schedule: OneCycle, step: number, { totalSteps }: TrainingLength): number {
  const { maximumLearningRate, warmupFraction, initialDivisor, finalDivisor } = schedule;
  const initial = maximumLearningRate / initialDivisor;
  const peak = Math.max(warmupFraction * totalSteps - 1, 0);
  if (step < peak) return annealed(initial, maximumLearningRate, step / peak);
  const fall = Math.max(totalSteps - 1 - peak, 1);
  return annealed(maximumLearningRate, initial / finalDivisor, (step - peak) / fall);
}

/** From `start` to `end` along half a cosine; `progress` beyond 1 stays at the end. */
function annealed(start: number, end: number, progress: number): number {
  return end + ((start - end) * (1 + cos(Math.PI * Math.min(progress, 1)))) / 2;
}
