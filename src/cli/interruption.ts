/**
 * Ctrl-C and its kin. The first one lets a training stop after its running step and keep what it reached, the second one
 * quits at once; before a training there is nothing to keep, so the first one quits. The exit code is 130 either way.
 */

import type { Output } from './output.js';

const interruptedExitCode = 130;

/** npm hands on a signal that the terminal has sent already: two so close together are one. */
const samePressMilliseconds = 500;

export class Interruption {
  private readonly controller = new AbortController();
  private readonly output: Output;
  private phase: 'before' | 'training' | 'after' = 'before';
  private firstSignalAt: number | undefined;

  /** Listens from now on, for the life of the process. */
  constructor(output: Output) {
    this.output = output;
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => this.hear());
  }

  /** Aborts when a training should stop. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** There will be something to keep from now on. */
  trainingBegins(): void {
    this.phase = 'training';
  }

  trainingEnded(): void {
    this.phase = 'after';
  }

  private hear(): void {
    const now = performance.now();
    if (this.firstSignalAt !== undefined && now - this.firstSignalAt < samePressMilliseconds) return;
    process.exitCode = interruptedExitCode;
    if (this.firstSignalAt !== undefined) process.exit();
    this.firstSignalAt = now;
    if (this.phase === 'before') {
      this.output.urgent('Interrupted before the training began: there is nothing to keep.');
      process.exit();
    }
    // Whoever draws on the terminal hears of it first, and makes room for the words below.
    this.controller.abort();
    this.output.event({ event: 'interrupted' });
    const doing =
      this.phase === 'training' ? 'Stopping after this step, then testing.' : 'Training is done, the report is not.';
    this.output.urgent(`${doing} Ctrl-C again quits at once.`);
  }
}
