/**
 * Ctrl-C and its kin: a request to terminate, a closed terminal, a reader that has left. The first one lets the work
 * stop and keep what it reached, a second Ctrl-C or request quits at once; before the work there is nothing to keep, so
 * the first one quits.
 */

import { onLostOutput } from './lost-output.js';
import type { Output } from './output.js';

export const interruptedExitCode = 130;

/** What is said to the first signal, by what is under way. */
export interface InterruptionWords {
  readonly before: string;
  readonly working: string;
  readonly after: string;
}

const wordsOfTraining: InterruptionWords = {
  before: 'Interrupted before the training began: there is nothing to keep.',
  working: 'Stopping after this step, then testing.',
  after: 'Training is done, the report is not.',
};

/** npm hands on a signal that the terminal has sent already: two so close together are one. */
const samePressMilliseconds = 500;

export class Interruption {
  private readonly controller = new AbortController();
  private readonly output: Output;
  private readonly words: InterruptionWords;
  private phase: keyof InterruptionWords = 'before';
  private firstSignalAt: number | undefined;
  /** The command that goes on with what is broken off. */
  private goOn: string | undefined;

  /** Listens from now on, for the life of the process. */
  constructor(output: Output, words = wordsOfTraining) {
    this.output = output;
    this.words = words;
    for (const name of ['SIGINT', 'SIGTERM', 'SIGBREAK'] as const) process.on(name, () => this.hear());
    process.on('SIGHUP', () => isUnderNohup || this.hangUp());
    onLostOutput((exitCode) => this.stop(exitCode));
  }

  /** Aborts when the work should stop. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** There will be something to keep from now on. @param goOn the command that goes on with it */
  workBegins(goOn?: string): void {
    this.phase = 'working';
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

  workEnded(): void {
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
        this.output.urgent(this.words.before);
      }
      process.exit();
    }
    // Whoever draws on the terminal hears of it first, and makes room for the words below.
    this.controller.abort();
    this.output.event({ event: 'interrupted' });
    // Nobody is left to read it, or has been told of a failure.
    if (exitCode !== interruptedExitCode) return;
    this.output.urgent(`${this.words[this.phase]} Ctrl-C again quits at once.`);
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
