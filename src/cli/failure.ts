/** What a failure means for the person and for the exit code: 2 for a wrong call, 1 for everything else. */

import { CommanderError } from 'commander';
import { InklingError } from '../errors.js';
import { styled } from './colours.js';
import { safeForTerminal } from './terminal-text.js';

/** Says on standard error what went wrong: a sentence where it was foreseen, else a stack. @returns the exit code */
export function reportFailure(error: unknown): number {
  // Commander has printed its message itself; asking for help or the version is not a failure.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  const label = styled(process.stderr, ['red', 'bold'], 'Error:');
  if (error instanceof InklingError) {
    process.stderr.write(`${label} ${safeForTerminal(error.message, false)}\n`);
    return error.kind === 'argument' ? 2 : 1;
  }
  const stack = error instanceof Error ? error.stack : String(error);
  process.stderr.write(
    `${label} something happened that should not: a defect of Inkling. Please report it, with the command and this text.\n${safeForTerminal(`${stack}`, false)}\n`,
  );
  return 1;
}
