/** EarlyStopping against Keras's on made-up values, and where it says more than Keras. */

import { describe, expect, it } from 'vitest';
import goldens from '../../test/goldens/callbacks.json' with { type: 'json' };
import { playEpochs } from '../../test/recorded-control.js';
import { EarlyStopping } from './early-stopping.js';
import type { MonitorMode } from './monitor.js';

describe('EarlyStopping', () => {
  it.each(goldens.cases)('does as Keras: $mode, $earlyStopping.options', async ({ valLoss, mode, earlyStopping }) => {
    const callback = new EarlyStopping({ mode: mode as MonitorMode, ...earlyStopping.options });
    const { control, rates } = await playEpochs(
      callback,
      valLoss.map((value) => ({ valLoss: value })),
    );
    expect({ epochs: rates.length, weights: control.weight }).toEqual({
      epochs: earlyStopping.epochs,
      weights: earlyStopping.weights,
    });
    expect(callback.stoppedEpoch).toBe(control.stopped ? rates.length : undefined);
  });

  it('knows the direction of accuracies', async () => {
    const callback = new EarlyStopping({ monitor: 'valAccuracy', patience: 1, restoreBestWeights: true });
    const { control } = await playEpochs(callback, [{ valAccuracy: 0.5 }, { valAccuracy: 0.75 }, { valAccuracy: 0.7 }]);
    expect([control.stopped, control.weight, callback.bestEpoch, callback.stoppedEpoch]).toEqual([true, 2, 2, 3]);
  });

  it('restores the best weights also where something else ended the training', async () => {
    const callback = new EarlyStopping({ monitor: 'loss', patience: 10, restoreBestWeights: true });
    const { control } = await playEpochs(callback, [{ loss: 0.5 }, { loss: 0.25 }, { loss: 1 }]);
    expect([control.stopped, control.weight, callback.stoppedEpoch]).toEqual([false, 2, undefined]);
  });

  it('takes a NaN for no improvement, also as the first value', async () => {
    const callback = new EarlyStopping({ monitor: 'loss', patience: 2, restoreBestWeights: true });
    const losses = [Number.NaN, 0.5, Number.NaN, Number.NaN, 0.1];
    const { control, rates } = await playEpochs(
      callback,
      losses.map((loss) => ({ loss })),
    );
    expect([rates.length, control.weight, callback.bestEpoch]).toEqual([4, 2, 2]);
  });

  it('neither stops after the first epoch nor restores nothing where every value is NaN', async () => {
    const callback = new EarlyStopping({ monitor: 'loss', restoreBestWeights: true });
    const { control, rates } = await playEpochs(callback, new Array(5).fill({ loss: Number.NaN }));
    expect([rates.length, control.weight, callback.bestEpoch]).toEqual([2, 1, 1]);
  });

  it('does not restart the patience for improvements that do not beat the baseline', async () => {
    const epochs = [0.9, 0.8, 0.7, 0.75, 0.75].map((loss) => ({ loss }));
    const far = await playEpochs(new EarlyStopping({ monitor: 'loss', patience: 3, baseline: 0.1 }), epochs);
    expect([far.rates.length, far.control.stopped]).toEqual([4, true]);
    const near = await playEpochs(new EarlyStopping({ monitor: 'loss', patience: 3, baseline: 0.85 }), epochs);
    expect([near.rates.length, near.control.stopped]).toEqual([5, false]);
  });

  it('starts anew with each training', async () => {
    const callback = new EarlyStopping({ monitor: 'loss', patience: 1, restoreBestWeights: true });
    await playEpochs(callback, [{ loss: 0.1 }, { loss: 0.2 }]);
    const { control, rates } = await playEpochs(callback, [{ loss: 0.9 }, { loss: 0.8 }, { loss: 0.7 }]);
    expect([rates.length, control.stopped, control.weight]).toEqual([3, false, 3]);
  });

  it('fails at the first epoch where the value is not in the logs', async () => {
    await expect(playEpochs(new EarlyStopping({ startFromEpoch: 5 }), [{}])).rejects.toThrow(
      'EarlyStopping: the logs of epoch 1 have no valLoss. Train with validation data, or monitor one of: ' +
        'loss, accuracy, learningRate, seconds, imagesPerSecond.',
    );
  });

  it.each([
    [{ patience: -1 }, 'EarlyStopping: patience must be an integer of at least 0. Received: patience=-1.'],
    [{ patience: 1.5 }, 'patience=1.5'],
    [{ minDelta: Number.NaN }, 'EarlyStopping: minDelta must be a number of at least 0. Received: minDelta=NaN.'],
    [{ baseline: Number.NaN }, 'EarlyStopping: baseline must be a finite number. Received: baseline=NaN.'],
    [
      { restoreBestWeights: 'yes' },
      'EarlyStopping: restoreBestWeights must be true or false. Received: restoreBestWeights="yes".',
    ],
    [{ startFromEpoch: -1 }, 'EarlyStopping: startFromEpoch must be'],
    [{ min_delta: 1 }, 'EarlyStopping: unknown option "min_delta". Did you mean "minDelta"? Expected: monitor, mode,'],
  ])('refuses %j', (options, message) => {
    const build = () => new EarlyStopping(options as never);
    expect(build).toThrow(message);
    expect(build).toThrow(expect.objectContaining({ name: 'InklingError', kind: 'argument' }));
  });
});
