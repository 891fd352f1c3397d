/** `confusion-matrix.csv`: counts with a row for each actual and a column for each predicted class. */

import type { ConfusionMatrix } from '../evaluation/confusion-matrix.js';
import { csvLine } from './csv.js';

/** The matrix with a header row of predicted and a label column of actual class names, without totals. */
export function confusionMatrixCsv(matrix: ConfusionMatrix, classNames: readonly string[]): string {
  const rows = matrix.map((counts, actual) => csvLine([classNames[actual], ...counts]));
  return csvLine(['actual / predicted', ...classNames]) + rows.join('');
}
