/** The entrance of the command line: runs the program on the given words and sets the exit code. */

import { CommanderError } from 'commander';
import { InklingError } from '../errors.js';
import { reportFailure } from './failure.js';
import { Output } from './output.js';
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
    if (error instanceof CommanderError) writeErrorEvent(error, words);
    process.exitCode = reportFailure(error);
  }
}

/** A wrong call ends before the options are known, `--json` among them: the words tell. */
function writeErrorEvent({ exitCode, message }: CommanderError, words: readonly string[]): void {
  if (exitCode === 0) return;
  const end = words.indexOf('--');
  const json = (end < 0 ? words : words.slice(0, end)).includes('--json');
  const plain = message.replace(/^error: /, '').replaceAll('\n', ' ');
  new Output({ json }).event({ event: 'error', kind: 'argument', message: plain });
}

/** Whoever read along has left, as `head` does: that is no failure. Anything else is. */
function endWithStream(error: NodeJS.ErrnoException): never {
  if (error.code === 'EPIPE') process.exit(brokenPipeExitCode);
  process.exit(
    reportFailure(new InklingError('file', `cannot write the output: ${error.message}. Send it elsewhere.`)),
  );
}
