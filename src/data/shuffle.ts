/** The order in which an epoch sees its images: a function of seed and epoch alone. */

import { RandomStream } from '../numerics/random.js';

/**
 * A shuffled copy.
 * @param indices which images to train on, such as the `train` of a split
 * @param seed an integer from 0 to 2^32 - 1
 * @param epoch counted from 0 over all the epochs of a model, so that a resumed run goes on as if never stopped
 */
export function shuffledOrder(indices: Uint32Array, seed: number, epoch: number): Uint32Array {
  return new RandomStream(seed, 'shuffle', epoch).shuffle(indices.slice());
}
