/** What `fit` prints by itself, as Keras's `verbose` says: nothing, a bar an epoch, or a line an epoch. */

import { platform } from '#platform';
import type { Callback } from '../training/callback.js';
import { ProgressBar } from './bar.js';
import { ProgressLines } from './lines.js';
import { ProgressReporter } from './reporter.js';

export interface PrintedProgress {
  readonly callbacks: readonly Callback[];
  /** However the training has ended, nothing of it is left unfinished on the terminal. */
  close(): void;
}

const print = (line: string) => console.log(line);

/** @param verbose 1: a bar where standard output is a terminal, elsewhere as 2: a line an epoch; 0: nothing */
export function printedProgress(verbose: 0 | 1 | 2, signal: AbortSignal | undefined): PrintedProgress {
  if (verbose === 0) return { callbacks: [], close() {} };
  const { terminal } = platform;
  if (verbose === 2 || !terminal) {
    return { callbacks: [new ProgressReporter(new ProgressLines(print))], close() {} };
  }
  const bar = new ProgressBar({ terminal, print, signal });
  return { callbacks: [new ProgressReporter(bar)], close: () => bar.close() };
}
