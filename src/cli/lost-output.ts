/**
 * What becomes of the program when its output can be written no more: whoever read along has left, as `head` does, the
 * terminal is closed, the disk is full.
 */

import { InklingError } from '../errors.js';
import { reportFailure } from './failure.js';

/** What a shell reports of a program that wrote to a pipe nobody reads any more. */
const brokenPipeExitCode = 141;

let isLost = false;
let end = (exitCode: number): void => process.exit(exitCode);

/** From now on the program ends when its output is lost. */
export function watchOutput(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', (error) => lose(error, stream));
}

/** Whoever has something to keep ends the program himself. */
export function onLostOutput(listener: (exitCode: number) => void): void {
  end = listener;
}

function lose(error: NodeJS.ErrnoException, { isTTY }: NodeJS.WriteStream): void {
  // What is written from now on is lost as well, the words of the failure among it.
  if (isLost) return;
  isLost = true;
  end(exitCodeOf(error, isTTY));
}

/** That somebody has left, or closed the terminal, is not a failure. Anything else is. */
function exitCodeOf(error: NodeJS.ErrnoException, isTerminal: boolean): number {
  if (error.code === 'EPIPE' || (isTerminal && error.code === 'EIO')) return brokenPipeExitCode;
  return reportFailure(new InklingError('file', `Cannot write the output: ${error.message}. Send it elsewhere.`));
}
