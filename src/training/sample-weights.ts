/** What each row counts in the loss: its own weight times that of its class. */

import { InklingError } from '../errors.js';
import { isTensor, type Targets } from '../model/rows.js';

/** A factor for each class by its number, as Keras's `class_weight`; classes left out count 1. */
export type ClassWeight = Readonly<Record<number, number>>;

/** The class of each row; of a distribution, its largest value (the first of equals). */
function classOf(targets: Targets, row: number): number {
  if (!isTensor(targets)) return targets[row];
  const classes = targets.shape[1];
  const start = row * classes;
  let best = 0;
  for (let index = 1; index < classes; index++) {
    if (targets.data[start + index] > targets.data[start + best]) best = index;
  }
  return best;
}

/**
 * What each row counts in the loss. As in Keras, class weights are for training alone: rows set aside for validation
 * keep their own weights.
 * @param trainingRows the rows that are trained on
 * @returns undefined where every row counts 1
 * @throws InklingError (argument) for a class that is not there or a weight that is not a finite number of at least 0
 */
export function combinedSampleWeights(
  targets: Targets,
  trainingRows: Uint32Array,
  rows: number,
  classes: number,
  classWeight: ClassWeight | undefined,
  sampleWeight: Float32Array | undefined,
): Float32Array | undefined {
  if (classWeight === undefined) return sampleWeight;
  const factors = new Float32Array(classes).fill(1);
  for (const [name, factor] of Object.entries(classWeight)) {
    const index = Number(name);
    if (!Number.isInteger(index) || index < 0 || index >= classes || !(factor >= 0) || !Number.isFinite(factor)) {
      throw new InklingError(
        'argument',
        `fit: classWeight must give classes from 0 to ${classes - 1} finite numbers of at least 0. Received: ${name}: ${factor}.`,
      );
    }
    factors[index] = factor;
  }
  const weights = sampleWeight?.slice() ?? new Float32Array(rows).fill(1);
  for (const row of trainingRows) weights[row] *= factors[classOf(targets, row)];
  return weights;
}
