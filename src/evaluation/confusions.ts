/** The mistakes of a confusion matrix as a list: of many classes nobody reads the matrix. */

import type { ConfusionMatrix } from './confusion-matrix.js';

/** How often one class was taken for another. */
export interface Confusion {
  readonly actual: number;
  readonly predicted: number;
  readonly count: number;
  /** Of the actual class. */
  readonly fraction: number;
}

/** From that many classes on a list stands in the place of the matrix where people read it. */
export const manyClasses = 31;

/** All of them, the most frequent first; equal ones in the order of the classes. */
export function confusionsOf(matrix: ConfusionMatrix): Confusion[] {
  return matrix
    .flatMap((row, actual) => {
      const total = row.reduce((sum, count) => sum + count, 0);
      return row.map((count, predicted) => ({ actual, predicted, count, fraction: count / (total || 1) }));
    })
    .filter(({ actual, predicted, count }) => actual !== predicted && count > 0)
    .sort((a, b) => b.count - a.count || a.actual - b.actual || a.predicted - b.predicted);
}
