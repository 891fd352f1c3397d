/** Which queue a command works with: `--queue`, or an environment variable, which no list of processes shows. */

import { InklingError } from '../errors.js';
import { type QueueAddress, queueAddress } from '../sweeps/queue/queue-address.js';

const variable = 'INKLING_QUEUE';

/**
 * The address that was given, else that of the environment. From then on neither the title of this process nor the
 * environment of those that it starts has it.
 * @throws InklingError (argument)
 */
export function addressOfQueue(given: string | undefined): QueueAddress {
  const text = given ?? process.env[variable];
  if (text === undefined) {
    throw new InklingError(
      'argument',
      `Which queue? Give its address with --queue, or in the environment variable ${variable}, where no list of processes shows its password.`,
    );
  }
  if (given !== undefined) process.title = 'inkling';
  delete process.env[variable];
  return queueAddress(text);
}

/** Whether there is an address of a queue, given or in the environment. */
export function isQueueChosen(given: string | undefined): boolean {
  return given !== undefined || process.env[variable] !== undefined;
}
