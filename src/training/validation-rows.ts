/**
 * Which rows `fit` trains on and which it sets aside: a function of the seed, so that they can be found again
 * afterwards.
 */

import { type Split, stratifiedSplit } from '../data/split.js';
import { isTensor, type Targets } from '../model/rows.js';

/**
 * The split of `fit`: drawn from the seed, for class numbers with every class in proportion.
 * @param validationSplit a share below 1 or a number of rows; 0 for none
 * @throws InklingError (argument) for an impossible number, and for a share that comes to no row
 */
export function splitRows(targets: Targets, validationSplit: number, seed: number): Split {
  // Distributions have no classes to keep in proportion: they are drawn as one class.
  const labels = isTensor(targets) ? new Uint32Array(targets.shape[0]) : targets;
  return stratifiedSplit(labels, validationSplit, seed);
}
