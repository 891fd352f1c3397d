/** Which value is watched and what counts as better. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epochLogs } from '../../test/recorded-control.js';
import { Options } from '../options.js';
import { Monitor, monitorOptionNames } from './monitor.js';

function monitor(options: object, minDelta = 0): Monitor {
  return new Monitor('Watcher', new Options('Watcher', options, monitorOptionNames), minDelta);
}

describe('Monitor', () => {
  it('watches valLoss by default, where smaller is better', () => {
    const watching = monitor({});
    expect(watching.read(epochLogs(1, { valLoss: 0.25 }))).toBe(0.25);
    expect(watching.isImprovement(1, 2)).toBe(true);
    expect(watching.isImprovement(2, 1)).toBe(false);
  });

  it.each([
    ['loss', true],
    ['valLoss', true],
    ['accuracy', false],
    ['valAccuracy', false],
  ])('knows the direction of %s', (name, smallerIsBetter) => {
    expect(monitor({ monitor: name }).isImprovement(1, 2)).toBe(smallerIsBetter);
    expect(monitor({ monitor: name, mode: 'max' }).isImprovement(2, 1)).toBe(true);
    expect(monitor({ monitor: name, mode: 'min' }).isImprovement(1, 2)).toBe(true);
  });

  it('asks for the direction of other values', () => {
    expect(() => monitor({ monitor: 'seconds' })).toThrow(
      'Watcher: mode "auto" cannot tell whether a smaller or a larger seconds is better. Give mode: "min" or "max".',
    );
    expect(monitor({ monitor: 'imagesPerSecond', mode: 'max' }).isImprovement(2, 1)).toBe(true);
  });

  it('takes equal values and changes up to minDelta for no improvement', () => {
    for (const mode of ['min', 'max']) {
      const sign = mode === 'min' ? -1 : 1;
      expect(monitor({ mode }).isImprovement(1, 1)).toBe(false);
      expect(monitor({ mode }, 0.25).isImprovement(1 + sign * 0.25, 1)).toBe(false);
      expect(monitor({ mode }, 0.25).isImprovement(1 + sign * 0.5, 1)).toBe(true);
    }
  });

  it('never takes NaN for an improvement', () => {
    fc.assert(
      fc.property(fc.constantFrom('min', 'max'), fc.option(fc.double(), { nil: undefined }), (mode, reference) => {
        expect(monitor({ mode }).isImprovement(Number.NaN, reference)).toBe(false);
      }),
    );
    expect(monitor({}).isImprovement(5, undefined)).toBe(true);
  });

  it('names what the logs have where its value is missing', () => {
    const logs = epochLogs(3, { valLoss: 1 });
    expect(() => monitor({ monitor: 'valAccuracy' }).read(logs)).toThrow(
      'Watcher: the logs of epoch 3 have no valAccuracy. Train with validation data, or monitor one of: ' +
        'loss, accuracy, valLoss, learningRate, seconds, imagesPerSecond.',
    );
  });

  it('refuses unknown names and modes', () => {
    expect(() => monitor({ monitor: 'val_loss' })).toThrow(
      'Watcher: monitor must be one of "loss", "accuracy", "valLoss"',
    );
    expect(() => monitor({ mode: 'down' })).toThrow(
      'Watcher: mode must be one of "auto", "min", "max". Received: mode="down".',
    );
  });
});
