/** Learning rates against Keras's and PyTorch's schedules and against values worked out by hand. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import goldens from '../../test/goldens/schedules.json' with { type: 'json' };
import { learningRateAt } from './learning-rate.js';
import {
  constantSchedule,
  cosineDecay,
  exponentialDecay,
  oneCycle,
  type Schedule,
  scheduleByName,
  scheduleFromData,
  scheduleNames,
  stepDecay,
} from './schedules.js';

function rates(schedule: Schedule, steps: number[], totalSteps: number, stepsPerEpoch = 10): number[] {
  return steps.map((step) => learningRateAt(schedule, step, { totalSteps, stepsPerEpoch }));
}

function expectClose(actual: number, expected: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-13 * Math.abs(expected) + 1e-18);
}

describe('learningRateAt', () => {
  it.each(goldens.cases)('agrees with Keras and PyTorch: $schedule', ({ schedule, totalSteps, rates: expected }) => {
    // What a case leaves out stands at its default.
    const defaults: Record<string, (options: never) => Schedule> = { exponentialDecay, cosineDecay, oneCycle };
    const { type, ...options } = schedule;
    const checked = defaults[type](options as never);
    expect(expected.length).toBeGreaterThanOrEqual(10);
    for (const [step, rate] of expected) {
      expectClose(learningRateAt(checked, step, { totalSteps, stepsPerEpoch: 10 }), rate);
    }
  });

  it('stays where it is with a constant schedule', () => {
    expect(rates(constantSchedule({ learningRate: 0.02 }), [0, 5, 1000], 10)).toEqual([0.02, 0.02, 0.02]);
  });

  it('drops at the ends of epochs with a step decay', () => {
    const schedule = stepDecay({ initialLearningRate: 0.8, dropEvery: 2, factor: 0.5 });
    expect(rates(schedule, [0, 19, 20, 39, 40, 65], 100)).toEqual([0.8, 0.8, 0.4, 0.4, 0.2, 0.1]);
  });

  it('takes the length of an exponential decay from the run', () => {
    const schedule = exponentialDecay({ initialLearningRate: 1, decayRate: 0.25 });
    expect(rates(schedule, [0, 100], 100)).toEqual([1, 0.25]);
    expectClose(rates(schedule, [50], 100)[0], 0.5);
    expectClose(rates(schedule, [50], 50)[0], 0.25);
  });

  it('takes the length of a cosine decay from the run, less the warm-up', () => {
    const schedule = cosineDecay({ initialLearningRate: 0, warmupTarget: 1, warmupSteps: 20, alpha: 0.2 });
    const [start, half, peak, middle, end, after] = rates(schedule, [0, 10, 20, 60, 100, 101], 100);
    expect([start, half, peak, end, after]).toEqual([0, 0.5, 1, 0.2, 0.2]);
    expectClose(middle, 0.6);
  });

  it('warms up to the end where the run is shorter than the warm-up', () => {
    const schedule = cosineDecay({ initialLearningRate: 0, warmupTarget: 1, warmupSteps: 20 });
    expect(rates(schedule, [0, 5, 9], 10)).toEqual([0, 0.25, 0.45]);
    expect(rates(schedule, [20, 21], 20)).toEqual([1, 0]);
  });

  it('rises to the maximum and falls to the end in one cycle', () => {
    const schedule = oneCycle({ maximumLearningRate: 1, warmupFraction: 0.5 });
    const [start, peak, end, after] = rates(schedule, [0, 10, 21, 30], 22);
    expect([peak, end, after]).toEqual([1, 0.04 / 1e4, 0.04 / 1e4]);
    expectClose(start, 0.04);
  });

  it('survives runs of one step', () => {
    expect(rates(oneCycle({ maximumLearningRate: 1 }), [0], 1)).toEqual([1]);
    expect(rates(oneCycle({ maximumLearningRate: 1, warmupFraction: 0 }), [0], 1)).toEqual([1]);
    expect(rates(cosineDecay({ initialLearningRate: 1 }), [0], 1)).toEqual([1]);
  });

  it('is finite, never negative and never above the given rate for every named schedule', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...scheduleNames),
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 1, max: 10 }),
        fc.nat(2500),
        (name, stepsPerEpoch, epochs, step) => {
          const rate = learningRateAt(scheduleByName(name, 0.01), step, {
            totalSteps: stepsPerEpoch * epochs,
            stepsPerEpoch,
          });
          expect(rate >= 0 && rate <= 0.01 * (1 + 1e-15)).toBe(true);
        },
      ),
    );
  });

  it('is the same after a schedule was stored as JSON', () => {
    for (const name of scheduleNames) {
      const schedule = scheduleByName(name, 0.003);
      const stored = scheduleFromData(JSON.parse(JSON.stringify(schedule)));
      expect(rates(stored, [0, 3, 57], 60)).toEqual(rates(schedule, [0, 3, 57], 60));
    }
  });
});
