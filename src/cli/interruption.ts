/**
 * Ctrl-C and its kin: a request to terminate, a closed terminal, a reader that has left. The first one lets a training
 * stop after its running step and keep what it reached, a second Ctrl-C or request quits at once; before a training
 * there is nothing to keep, so the first one quits.
 */

import { onLostOutput } from './lost-output.js';
import type { Output } from './output.js';

const interruptedExitCode = 130;

/** npm hands on a signal that the terminal has sent already: two so close together are one. */
const samePressMilliseconds = 500;

export class Interruption {
  private readonly controller = new AbortController();
  private readonly output: Output;
  private phase: 'before' | 'training' | 'after' = 'before';
  private firstSignalAt: number | undefined;
  /** The command that goes on with what is broken off. */
  private goOn: string | undefined;

  /** Listens from now on, for the life of the process. */
  constructor(output: Output) {
    this.output = output;
    for (const name of ['SIGINT', 'SIGTERM', 'SIGBREAK'] as const) process.on(name, () => this.hear());
    process.on('SIGHUP', () => isUnderNohup || this.hangUp());
    onLostOutput((exitCode) => this.stop(exitCode));
  }

  /** Aborts when a training should stop. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** There will be something to keep from now on. @param goOn the command that goes on with it */
  trainingBegins(goOn: string): void {
    this.phase = 'training';
    this.goOn = goOn;
  }

  /** From now on all is done that would be gone on with. */
  nothingIsLeft(): void {
    this.goOn = undefined;
  }

  /** Where something was broken off, and somebody is left to read it: how to go on with it. */
  sayHowToGoOn(): void {
    if (this.signal.aborted && process.exitCode === interruptedExitCode && this.goOn !== undefined) {
      this.output.urgent(`Go on with: ${this.goOn}`);
    }
  }

  trainingEnded(): void {
    this.phase = 'after';
  }

  private hear(): void {
    const now = performance.now();
    if (this.firstSignalAt !== undefined && now - this.firstSignalAt < samePressMilliseconds) return;
    if (this.firstSignalAt !== undefined) {
      this.sayHowToGoOn();
      process.exit(interruptedExitCode);
    }
    this.firstSignalAt = now;
    this.stop(interruptedExitCode);
  }

  private hangUp(): void {
    // Node aborts where it cannot reset a terminal that is gone, unless the process ends by the signal.
    if (process.listenerCount('exit', endByHangup) === 0) process.once('exit', endByHangup);
    this.stop(interruptedExitCode);
  }

  /** A closed terminal says so several times, so that more of the same changes nothing. */
  private stop(exitCode: number): void {
    if (this.signal.aborted) return;
    process.exitCode = exitCode;
    if (this.phase === 'before') {
      if (exitCode === interruptedExitCode) {
        this.output.urgent('Interrupted before the training began: there is nothing to keep.');
      }
      process.exit();
    }
    // Whoever draws on the terminal hears of it first, and makes room for the words below.
    this.controller.abort();
    this.output.event({ event: 'interrupted' });
    // Nobody is left to read it, or has been told of a failure.
    if (exitCode !== interruptedExitCode) return;
    const doing =
      this.phase === 'training' ? 'Stopping after this step, then testing.' : 'Training is done, the report is not.';
    this.output.urgent(`${doing} Ctrl-C again quits at once.`);
  }
}

/**
 * A program started by nohup goes on when its terminal is closed. nohup asks for that by ignoring the signal, which
 * Node undoes before any script runs; so this goes by the name of the program that the shell has started.
 */
const isUnderNohup = /(^|\/)nohup$/.test(process.env._ ?? '');

function endByHangup(): void {
  process.removeAllListeners('SIGHUP');
  process.kill(process.pid, 'SIGHUP');
}
