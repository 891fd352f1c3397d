/** Schedules as data: defaults, checks, JSON and names. */

import { describe, expect, it } from 'vitest';
import {
  constantSchedule,
  cosineDecay,
  exponentialDecay,
  oneCycle,
  scheduleByName,
  scheduleFromData,
  scheduleNames,
  stepDecay,
} from './schedules.js';

describe('schedules', () => {
  it('fill in defaults', () => {
    expect(exponentialDecay({ initialLearningRate: 0.1, decayRate: 0.9 })).toEqual({
      type: 'exponentialDecay',
      initialLearningRate: 0.1,
      decaySteps: undefined,
      decayRate: 0.9,
      staircase: false,
    });
    expect(cosineDecay({ initialLearningRate: 0.1 })).toEqual({
      type: 'cosineDecay',
      initialLearningRate: 0.1,
      alpha: 0,
    });
    expect(oneCycle({ maximumLearningRate: 0.1 })).toEqual({
      type: 'oneCycle',
      maximumLearningRate: 0.1,
      warmupFraction: 0.25,
      initialDivisor: 25,
      finalDivisor: 1e4,
    });
  });

  it.each([
    [
      () => constantSchedule({ learningRate: 0 }),
      'constant: learningRate must be a number above 0. Received: learningRate=0.',
    ],
    [() => constantSchedule({ learningRate: Number.NaN }), 'learningRate=NaN'],
    [
      () => stepDecay({ initialLearningRate: 0.1, dropEvery: 0, factor: 0.5 }),
      'stepDecay: dropEvery must be an integer of at least 1',
    ],
    [() => stepDecay({ initialLearningRate: 0.1, dropEvery: 1.5, factor: 0.5 }), 'dropEvery=1.5'],
    [() => stepDecay({ initialLearningRate: 0.1, dropEvery: 1, factor: -1 }), 'stepDecay: factor must be'],
    [
      () => exponentialDecay({ initialLearningRate: 0.1, decayRate: 0.9, decaySteps: 0 }),
      'exponentialDecay: decaySteps must be',
    ],
    [() => exponentialDecay({ initialLearningRate: 0.1, decayRate: Number.POSITIVE_INFINITY }), 'decayRate=Infinity'],
    [() => cosineDecay({ initialLearningRate: 0 }), 'cosineDecay: initialLearningRate must be a number above 0'],
    [() => cosineDecay({ initialLearningRate: 0.1, alpha: 1.5 }), 'cosineDecay: alpha must be a number from 0 to 1'],
    [
      () => cosineDecay({ initialLearningRate: 0.1, warmupSteps: 5 }),
      'cosineDecay: warmupTarget must be given together with',
    ],
    [
      () => cosineDecay({ initialLearningRate: 0.1, warmupTarget: 0.5 }),
      'cosineDecay: warmupTarget must be given together with',
    ],
    [
      () => cosineDecay({ initialLearningRate: 0.1, warmupTarget: 0.5, warmupSteps: 5, warmupFraction: 0.1 }),
      'cosineDecay: warmupFraction must be left out where warmupSteps is given',
    ],
    [
      () => oneCycle({ maximumLearningRate: 0.1, warmupFraction: 1 }),
      'oneCycle: warmupFraction must be a number of at least 0 and below 1',
    ],
    [() => oneCycle({ maximumLearningRate: 0.1, initialDivisor: 0 }), 'oneCycle: initialDivisor must be'],
  ])('refuse wrong values (%#)', (build, message) => {
    expect(build).toThrow(message);
    expect(build).toThrow(expect.objectContaining({ name: 'InklingError', kind: 'argument' }));
  });
});

describe('scheduleFromData', () => {
  it('gives back what was stored, for every name', () => {
    expect(scheduleNames).toEqual(['constant', 'step', 'exponential', 'cosine', 'one-cycle']);
    for (const name of scheduleNames) {
      const schedule = scheduleByName(name, 0.01);
      expect(scheduleFromData(JSON.parse(JSON.stringify(schedule)))).toEqual(schedule);
    }
  });

  it.each([
    [
      null,
      'Unknown schedule type undefined. Expected one of: constant, stepDecay, exponentialDecay, cosineDecay, oneCycle.',
    ],
    [{ type: 'toString' }, 'Unknown schedule type "toString"'],
    [{ type: 'constant', learningRate: 0.1, speed: 1 }, 'constant: unknown option "speed". Expected: learningRate.'],
    [{ type: 'constant', learningRate: '0.1' }, 'Received: learningRate="0.1"'],
    [{ type: 'exponentialDecay', initialLearningRate: 1, decayRate: 0.5 }, 'exponentialDecay: "staircase" is missing'],
  ])('refuses %j', (data, message) => {
    expect(() => scheduleFromData(data)).toThrow(message);
  });
});

describe('scheduleByName', () => {
  it('refuses unknown names', () => {
    expect(() => scheduleByName('linear', 0.1)).toThrow(
      'Unknown schedule "linear". Expected one of: constant, step, exponential, cosine, one-cycle.',
    );
  });
});
