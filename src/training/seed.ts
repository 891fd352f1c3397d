/** The seed that everything random in a training is drawn from. */

import { InklingError } from '../errors.js';
import { describeValue } from '../known-names.js';

/** @throws InklingError (argument) for anything but an integer from 0 to 2^32 - 1 */
export function checkSeed(seed: number, name = 'seed'): number {
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32) {
    throw new InklingError(
      'argument',
      `"${name}" must be an integer from 0 to 4294967295. Received: ${describeValue(seed)}.`,
    );
  }
  return seed;
}
