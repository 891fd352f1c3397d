/** The entrance of the command line: runs the program on the given words and sets the exit code. */

import { InklingError } from '../errors.js';
import { reportFailure } from './failure.js';
import { createProgram } from './program.js';

/** What a shell reports of a program that wrote to a pipe nobody reads any more. */
const brokenPipeExitCode = 141;

/** @param words the command line without Node and script */
export async function main(words: readonly string[]): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', endWithStream);
  process.on('uncaughtException', (error) => process.exit(reportFailure(error)));
  try {
    await createProgram().parseAsync(words, { from: 'user' });
  } catch (error) {
    process.exitCode = reportFailure(error);
  }
}

/** Whoever read along has left, as `head` does: that is no failure. Anything else is. */
function endWithStream(error: NodeJS.ErrnoException): never {
  if (error.code === 'EPIPE') process.exit(brokenPipeExitCode);
  process.exit(
    reportFailure(new InklingError('file', `cannot write the output: ${error.message}. Send it elsewhere.`)),
  );
}
