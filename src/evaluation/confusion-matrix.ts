/**
 * Confusion matrices: which class was taken for which, `matrix[actual][predicted]`. Printed in numpy's layout, but
 * never wrapped and never shortened: 20 classes stay readable, more need a wide window.
 */

import { InklingError } from '../errors.js';
import { pairwiseSum as total } from '../numerics/pairwise-sum.js';
import { toFixedHalfEven } from '../numerics/round-half-to-even.js';
import { requireLabels } from './predictions.js';

/** `matrix[actual][predicted]`: square; counts, or shares once normalised. */
export type ConfusionMatrix = readonly (readonly number[])[];

/** What adds up to 1: each actual class (a row), each predicted class (a column), or everything. */
export type Normalization = 'true' | 'predicted' | 'all';

/**
 * Counts how often each class (row) was answered with each class (column).
 *
 * @param actual the true class indices
 * @param predicted the answered class indices, as many
 * @throws InklingError where the lengths differ or an index is not a whole number from 0 to `classes - 1`
 * @example
 * ```ts
 * confusionMatrix([0, 1, 1], [0, 1, 0], 2); // [[1, 0], [1, 1]]
 * ```
 */
export function confusionMatrix(actual: ArrayLike<number>, predicted: ArrayLike<number>, classes: number): number[][] {
  requireLabels(actual, actual.length, classes, 'actual classes');
  requireLabels(predicted, actual.length, classes, 'predicted classes');
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (let example = 0; example < actual.length; example++) matrix[actual[example]][predicted[example]]++;
  return matrix;
}

/**
 * Shares instead of counts, as `normalize` of scikit-learn's `confusion_matrix` ('predicted' is its 'pred'). A class
 * without a single example gives zeros.
 * @example
 * ```ts
 * normalizeConfusionMatrix([[1, 0], [1, 1]], 'true'); // [[1, 0], [0.5, 0.5]]
 * ```
 */
export function normalizeConfusionMatrix(matrix: ConfusionMatrix, over: Normalization): number[][] {
  requireSquare(matrix);
  const rowTotals = matrix.map(total);
  const columnTotals = matrix.map((_, column) => total(matrix.map((row) => row[column])));
  const everything = total(rowTotals);
  const divisors = {
    true: (row: number) => rowTotals[row],
    predicted: (_row: number, column: number) => columnTotals[column],
    all: () => everything,
  };
  const divisor = divisors[over];
  if (divisor === undefined) {
    throw new InklingError('argument', `Normalize over 'true', 'predicted' or 'all'. Received: '${over}'.`);
  }
  return matrix.map((row, i) => row.map((count, j) => (count === 0 ? 0 : count / divisor(i, j))));
}

/**
 * The matrix as numpy prints an array with an unlimited line width and threshold: counts for `decimals` 0 (the
 * default), else shares as `numpy.array2string(matrix, precision=decimals, suppress_small=True, floatmode='fixed')`.
 *
 * @throws InklingError where the matrix is not square, or holds anything but whole numbers while `decimals` is 0
 * @example
 * ```ts
 * console.log(formatConfusionMatrix(confusionMatrix([0, 1, 1], [0, 1, 0], 2)));
 * ```
 */
export function formatConfusionMatrix(matrix: ConfusionMatrix, decimals = 0): string {
  requireSquare(matrix);
  if (decimals === 0 && !matrix.every((row) => row.every(Number.isInteger))) {
    throw new InklingError('argument', 'A confusion matrix of shares needs decimals to be printed. Pass 2 or 3.');
  }
  const cells = matrix.map((row) => row.map((value) => toFixedHalfEven(value, decimals)));
  const width = Math.max(...cells.flat().map((cell) => cell.length));
  const rows = cells.map((row) => `[${row.map((cell) => cell.padStart(width)).join(' ')}]`);
  return `[${rows.join('\n ')}]`;
}

/** Checks that there are as many columns as rows, at least one, and nothing below 0, infinite or NaN in them. */
export function requireSquare(matrix: ConfusionMatrix): void {
  if (matrix.length === 0 || !matrix.every((row) => row.length === matrix.length)) {
    throw new InklingError(
      'argument',
      `A confusion matrix must have as many columns as rows. Received: ${matrix.length} rows of ${matrix.map((row) => row.length).join(', ')} values.`,
    );
  }
  const wrong = matrix.flat().find((value) => !(value >= 0 && value < Number.POSITIVE_INFINITY));
  if (wrong !== undefined) {
    throw new InklingError('argument', `A confusion matrix must hold numbers from 0 on. Received: ${wrong}.`);
  }
}
