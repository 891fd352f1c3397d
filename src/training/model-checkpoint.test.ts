/** ModelCheckpoint: which epochs it saves, and where. */

import { describe, expect, it } from 'vitest';
import goldens from '../../test/goldens/callbacks.json' with { type: 'json' };
import { epochLogs, playEpochs, RecordedControl } from '../../test/recorded-control.js';
import { ModelCheckpoint } from './model-checkpoint.js';
import type { MonitorMode } from './monitor.js';

describe('ModelCheckpoint', () => {
  it.each(goldens.cases)(
    'saves the best epochs as Keras: $mode, $valLoss',
    async ({ valLoss, mode, modelCheckpoint }) => {
      const callback = new ModelCheckpoint({ folder: '{epoch}', saveBestOnly: true, mode: mode as MonitorMode });
      const { control } = await playEpochs(
        callback,
        valLoss.map((value) => ({ valLoss: value })),
      );
      expect(control.saved).toEqual(modelCheckpoint.saved.map(String));
    },
  );

  it('saves every epoch by default, without looking at the logs', async () => {
    const { control } = await playEpochs(new ModelCheckpoint({ folder: 'best' }), [{}, {}, {}]);
    expect(control.saved).toEqual(['best', 'best', 'best']);
  });

  it('saves every second epoch and puts its number into the folder', async () => {
    const callback = new ModelCheckpoint({ folder: 'runs/{epoch}/model-{epoch}', everyEpochs: 2 });
    const { control } = await playEpochs(callback, [{}, {}, {}, {}, {}]);
    expect(control.saved).toEqual(['runs/2/model-2', 'runs/4/model-4']);
  });

  it('remembers the best over several trainings, as Keras', async () => {
    const callback = new ModelCheckpoint({ folder: '{epoch}', saveBestOnly: true });
    await playEpochs(callback, [{ valLoss: 0.5 }]);
    const { control } = await playEpochs(callback, [{ valLoss: 0.75 }, { valLoss: 0.25 }]);
    expect(control.saved).toEqual(['2']);
  });

  it('never saves a NaN as the best', async () => {
    const callback = new ModelCheckpoint({ folder: '{epoch}', saveBestOnly: true });
    const { control } = await playEpochs(callback, [
      { valLoss: Number.NaN },
      { valLoss: 0.5 },
      { valLoss: Number.NaN },
    ]);
    expect(control.saved).toEqual(['2']);
  });

  it('passes on what saving throws', async () => {
    const control = new RecordedControl();
    control.save = () => Promise.reject(new Error('disk full'));
    await expect(new ModelCheckpoint({ folder: 'x' }).onEpochEnd(0, epochLogs(1), control)).rejects.toThrow(
      'disk full',
    );
  });

  it.each([
    [{}, 'ModelCheckpoint: folder must be a text that is not empty. Received: folder=undefined.'],
    [{ folder: '' }, 'folder=""'],
    [{ folder: 'a/{valLoss}' }, 'ModelCheckpoint: folder must be a path with no placeholder but {epoch}.'],
    [{ folder: 'a', everyEpochs: 0 }, 'ModelCheckpoint: everyEpochs must be an integer of at least 1.'],
    [{ folder: 'a', monitor: 'f1' }, 'ModelCheckpoint: monitor must be one of'],
  ])('refuses %j', (options, message) => {
    expect(() => new ModelCheckpoint(options as never)).toThrow(message);
  });
});
