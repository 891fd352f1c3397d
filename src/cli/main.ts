/** The entrance of the command line: runs the program on the given words and sets the exit code. */

import { CommanderError } from 'commander';
import { reportFailure } from './failure.js';
import { watchOutput } from './lost-output.js';
import { Output } from './output.js';
import { createProgram } from './program.js';

/** @param words the command line without Node and script */
export async function main(words: readonly string[]): Promise<void> {
  watchOutput();
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
