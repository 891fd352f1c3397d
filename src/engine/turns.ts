/**
 * What executes steps takes turns, since all of it shares one memory; what reads or writes weights does so between the
 * turns. So no one ever sees half a step, and a prediction is made with one set of weights from its first row to its
 * last.
 */

import { InklingError } from '../errors.js';

export type Work = 'training' | 'evaluation';

const sentences: Readonly<Record<Work, string>> = {
  training: 'the model is being trained. Wait for fit to end, or do it in a callback, between the steps.',
  evaluation: 'the model is predicting or evaluating. Wait for that to end.',
};

export class Turns {
  private last: Promise<unknown> = Promise.resolve();
  private running: Work | undefined;
  /** How many were asked for and have not ended. */
  private asked = 0;

  /** Does the work, at once or when all that was asked for before has ended. */
  take<Result>(work: Work, execute: () => Promise<Result>): Promise<Result> {
    return this.append(async () => {
      this.running = work;
      try {
        return await execute();
      } finally {
        this.running = undefined;
      }
    });
  }

  /** Does something short, at once or when all that was asked for before has ended. */
  between<Result>(action: () => Result): Promise<Result> {
    return this.append(async () => action());
  }

  /** Resolves when all that has been asked for so far has ended. */
  async ended(): Promise<void> {
    await this.last;
  }

  /** @throws InklingError (argument) while steps are being executed: what is in memory is neither old nor new */
  forbidWhileRunning(action: string): void {
    if (this.running) throw new InklingError('argument', `${action}: ${sentences[this.running]}`);
  }

  /**
   * @throws InklingError (argument) also while something waits for its turn: it was asked for with the weights as they
   * are
   */
  forbidWhileAsked(action: string): void {
    this.forbidWhileRunning(action);
    if (this.asked > 0) throw new InklingError('argument', `${action}: ${sentences.evaluation}`);
  }

  private append<Result>(task: () => Promise<Result>): Promise<Result> {
    const turn = async () => {
      try {
        return await task();
      } finally {
        this.asked--;
      }
    };
    const result = this.asked++ === 0 ? turn() : this.last.then(turn);
    // Without its result, which would be held until the next one.
    this.last = result.then(
      () => {},
      () => {},
    );
    return result;
  }
}
