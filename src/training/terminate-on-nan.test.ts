/** TerminateOnNaN: fails with a diagnosis, and only for losses that are not finite. */

import { describe, expect, it } from 'vitest';
import { epochLogs, RecordedControl } from '../../test/recorded-control.js';
import type { StepLogs } from './callback.js';
import { TerminateOnNaN } from './terminate-on-nan.js';

const callback = new TerminateOnNaN();
const control = new RecordedControl();
const stepLogs = (step: number, loss: number): StepLogs => ({
  step,
  epoch: 2,
  loss,
  accuracy: 0.1,
  images: 32,
  learningRate: 0.05,
});

describe('TerminateOnNaN', () => {
  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    'names the first step with a loss of %d',
    async (loss) => {
      const failing = callback.onSteps([stepLogs(41, 0.5), stepLogs(42, loss), stepLogs(43, Number.NaN)], control);
      await expect(failing).rejects.toThrow(
        `the loss became ${loss} in epoch 2, step 42. The weights of layer "dense" hold a NaN since step 41. ` +
          'Try a learning rate below 0.05, ',
      );
      await expect(failing).rejects.toMatchObject({ name: 'InklingError', kind: 'training' });
    },
  );

  it('sees a validation loss that the last step broke', async () => {
    const logs = epochLogs(3, { valLoss: Number.NaN });
    await expect(callback.onEpochEnd(2, logs, control)).rejects.toThrow(
      'valLoss was NaN at the end of epoch 3. The weights',
    );
    await expect(callback.onEpochEnd(2, epochLogs(3, { loss: Number.POSITIVE_INFINITY }), control)).rejects.toThrow(
      'loss was Infinity at the end of epoch 3.',
    );
  });

  it('lets finite losses pass', async () => {
    await callback.onSteps([stepLogs(0, 0), stepLogs(1, 1e30)], control);
    await callback.onEpochEnd(0, epochLogs(1), control);
    await callback.onEpochEnd(1, epochLogs(2, { valLoss: 0 }), control);
    expect(control.stopped).toBe(false);
  });
});
