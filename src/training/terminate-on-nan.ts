/**
 * Ends a training whose loss is no longer a finite number. Where Keras's TerminateOnNaN only stops, this one fails with
 * a diagnosis: which layer, which step, what to try.
 */

import { InklingError } from '../errors.js';
import type { Callback, StepLogs, TrainingControl } from './callback.js';
import type { EpochLogs } from './history.js';

/**
 * Ends a training whose loss is no longer a finite number, with an error that says in which layer it began and what to
 * try.
 * @example
 * ```ts
 * await model.fit(train.images, train.labels, { callbacks: [new TerminateOnNaN()] });
 * ```
 */
export class TerminateOnNaN implements Callback {
  /** @throws InklingError (training) at the first step with a loss that is not finite */
  async onSteps(steps: readonly StepLogs[], control: TrainingControl): Promise<void> {
    const broken = steps.find(({ loss }) => !Number.isFinite(loss));
    if (broken === undefined) return;
    const { epoch, step, loss, learningRate } = broken;
    await fail(`the loss became ${loss} in epoch ${epoch}, step ${step}`, learningRate, control);
  }

  /** Sees what the last step did to the weights: the validation loss. @throws InklingError (training) */
  async onEpochEnd(_: number, logs: EpochLogs, control: TrainingControl): Promise<void> {
    const name = (['loss', 'valLoss'] as const).find((name) => !Number.isFinite(logs[name] ?? 0));
    if (name === undefined) return;
    await fail(`${name} was ${logs[name]} at the end of epoch ${logs.epoch}`, logs.learningRate, control);
  }
}

async function fail(what: string, learningRate: number, control: TrainingControl): Promise<never> {
  const diagnosis = await control.diagnose();
  throw new InklingError(
    'training',
    `${what}. ${diagnosis} Try a learning rate below ${learningRate}, a schedule with a warm-up, or clipNorm: 1; ` +
      'and see that the images are scaled to 0 to 1.',
  );
}
