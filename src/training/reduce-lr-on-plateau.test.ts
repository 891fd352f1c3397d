/** ReduceLROnPlateau against Keras's on made-up values. */

import { describe, expect, it } from 'vitest';
import goldens from '../../test/goldens/callbacks.json' with { type: 'json' };
import { playEpochs } from '../../test/recorded-control.js';
import type { MonitorMode } from './monitor.js';
import { ReduceLROnPlateau } from './reduce-lr-on-plateau.js';

describe('ReduceLROnPlateau', () => {
  it.each(goldens.cases)(
    'does as Keras: $mode, $reduceLROnPlateau.options',
    async ({ valLoss, mode, reduceLROnPlateau }) => {
      const callback = new ReduceLROnPlateau({ mode: mode as MonitorMode, ...reduceLROnPlateau.options });
      const { rates } = await playEpochs(
        callback,
        valLoss.map((value) => ({ valLoss: value })),
      );
      expect(rates).toEqual(reduceLROnPlateau.rates);
    },
  );

  it('waits ten epochs and divides by ten by default', async () => {
    const { rates } = await playEpochs(new ReduceLROnPlateau(), new Array(12).fill({ valLoss: 1 }));
    expect(rates).toEqual([...new Array(10).fill(1), 0.1, 0.1]);
  });

  it('starts anew with each training', async () => {
    const callback = new ReduceLROnPlateau({ patience: 2, cooldown: 5 });
    await playEpochs(callback, new Array(4).fill({ valLoss: 0.1 }));
    const { rates } = await playEpochs(callback, new Array(4).fill({ valLoss: 1 }));
    expect(rates).toEqual([1, 1, 0.1, 0.1]);
  });

  it('takes a NaN for no improvement', async () => {
    const { rates } = await playEpochs(new ReduceLROnPlateau({ patience: 1 }), [
      { valLoss: Number.NaN },
      { valLoss: 1 },
    ]);
    expect(rates).toEqual([0.1, 0.1]);
  });

  it.each([
    [{ factor: 1 }, 'ReduceLROnPlateau: factor must be a number above 0 and below 1. Received: factor=1.'],
    [{ factor: 0 }, 'ReduceLROnPlateau: factor must be'],
    [{ cooldown: -1 }, 'ReduceLROnPlateau: cooldown must be'],
    [{ minLearningRate: -1 }, 'ReduceLROnPlateau: minLearningRate must be'],
    [{ minLr: 1 }, 'ReduceLROnPlateau: unknown option "minLr"'],
  ])('refuses %j', (options, message) => {
    expect(() => new ReduceLROnPlateau(options as never)).toThrow(message);
  });
});
