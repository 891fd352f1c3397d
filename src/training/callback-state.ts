/** Reads the numbers that a callback had kept, as they come back from a file. */

import { InklingError } from '../errors.js';
import { describeValue } from '../known-names.js';

/**
 * @param owner the callback, for messages
 * @param names of the numbers that it keeps; one that it had none of is left out
 * @throws InklingError (file) where one is no number
 */
export function readCallbackState<Name extends string>(
  owner: string,
  values: Readonly<Record<string, unknown>>,
  names: readonly Name[],
): Readonly<Partial<Record<Name, number>>> {
  const wrong = names.find((name) => values[name] !== undefined && typeof values[name] !== 'number');
  if (wrong !== undefined) {
    throw new InklingError(
      'file',
      `${owner}: "${wrong}" of its state must be a number. Received: ${describeValue(values[wrong])}.`,
    );
  }
  return values as Partial<Record<Name, number>>;
}
