/** What a sweep varies, and how configurations are drawn from it: all of a grid, or by chance. */

import { InklingError } from '../errors.js';
import { RandomStream } from '../numerics/random.js';
import { atShare, countValues, type Distribution, gridValues, rounded, type Value } from './distribution.js';

/** By the name of the option: `learningRate`, `batchSize`, or of a layer's, `dropout.rate`. In the order given. */
export type SearchSpace = Readonly<Record<string, Distribution>>;

/** A value for each option of a space. */
export type Parameters = Readonly<Record<string, Value>>;

const largestGrid = 100_000;
/** For each configuration, where most were drawn before: a space may have hardly more than are asked for. */
const mostDraws = 1000;

/** All combinations; the last option changes fastest. @throws InklingError (argument) where there are too many */
export function gridConfigurations(space: SearchSpace): Parameters[] {
  let all: Parameters[] = [{}];
  for (const [name, distribution] of Object.entries(space)) {
    const values = gridValues(name, distribution);
    if (all.length * values.length > largestGrid) {
      throw new InklingError(
        'argument',
        `The grid has more than ${largestGrid} configurations. Vary less, or take the sampler random.`,
      );
    }
    all = all.flatMap((parameters) => values.map((value) => ({ ...parameters, [name]: value })));
  }
  return all;
}

/**
 * Configurations drawn evenly, or evenly in the logarithm; none twice, as far as the space has enough. The same seed
 * draws the same, and of more the first are the same.
 * @param seed an integer from 0 to 2^32 - 1
 */
export function randomConfigurations(space: SearchSpace, count: number, seed: number): Parameters[] {
  const drawn = new Map<string, Parameters>();
  const size = Object.values(space).reduce<number>(
    (product, one) => product * (countValues(one) ?? Number.POSITIVE_INFINITY),
    1,
  );
  const wanted = Math.min(count, size);
  for (let index = 0; drawn.size < wanted && index < count * mostDraws; index++) {
    const stream = new RandomStream(seed, 'search', index);
    const parameters = Object.fromEntries(
      Object.entries(space).map(([name, distribution], place) => [name, drawValue(distribution, stream, place)]),
    );
    drawn.set(JSON.stringify(parameters), parameters);
  }
  return [...drawn.values()];
}

function drawValue(distribution: Distribution, stream: RandomStream, place: number): Value {
  const count = countValues(distribution);
  // Each of few values is as probable as the others; rounding would halve those at the ends.
  if (count !== undefined && distribution.type !== 'categorical' && !distribution.log) {
    const { low, step } = distribution;
    return rounded(low + stream.below(count, place) * (step ?? 1));
  }
  return atShare(distribution, stream.uniform(place));
}
