/** The results of a test, for people and as events. */

import { type ClassificationReport, formatClassificationReport } from '../evaluation/classification-report.js';
import {
  type ConfusionMatrix,
  formatConfusionMatrix,
  normalizeConfusionMatrix,
} from '../evaluation/confusion-matrix.js';
import { confusionsOf, manyClasses } from '../evaluation/confusions.js';
import type { CalibrationResult } from '../evaluation/evaluate-calibration.js';
import type { EvaluationReport } from '../evaluation/evaluate-predictions.js';
import { calibrationScores } from '../report/calibration-scores.js';
import { integer, percent } from '../report/number-format.js';
import type { Scores } from './events.js';
import type { Output } from './output.js';

const mostConfusions = 20;

/** @param calibration undefined where the model has none */
export function scoresOf(
  { accuracy, accuracyInterval, loss, top2Accuracy }: EvaluationReport,
  calibration: CalibrationResult | undefined,
): Scores {
  const scores = { testAccuracy: accuracy, testAccuracyInterval: accuracyInterval, testLoss: loss, top2Accuracy };
  return { ...scores, ...calibrationScores(calibration) };
}

/** How each class fared. */
export function showClasses(output: Output, report: ClassificationReport, matrix: ConfusionMatrix): void {
  output.text(`\n${output.style('bold', 'Classification report')}\n${formatClassificationReport(report)}`);
  if (matrix.length >= manyClasses) {
    showConfusions(output, report, matrix);
    return;
  }
  const title = output.style('bold', 'Confusion matrix');
  output.text(`${title} (rows: actual class, columns: predicted class)\n${formatConfusionMatrix(matrix)}\n`);
}

/** A matrix of many classes is wider than any terminal. */
function showConfusions(output: Output, { classes }: ClassificationReport, matrix: ConfusionMatrix): void {
  const confusions = confusionsOf(matrix);
  const shown = confusions.slice(0, mostConfusions);
  const lines = shown.map(({ actual, predicted, count, fraction }) => {
    return `  ${count} of class ${classes[actual].name}, ${percent(fraction)} of it, taken for ${classes[predicted].name}`;
  });
  const of =
    shown.length < confusions.length ? ` (${shown.length} of ${integer(confusions.length)} pairs of classes)` : '';
  output.text(`${output.style('bold', 'Most frequent mistakes')}${of}\n${lines.join('\n') || '  none'}\n`);
}

/** What a closer look asks for: each row as shares of its class, and the most confident of the wrong answers. */
export function showDetails(
  output: Output,
  { confusionMatrix, mistakes }: EvaluationReport,
  classNames: readonly string[],
): void {
  if (classNames.length < manyClasses) {
    const fractions = formatConfusionMatrix(normalizeConfusionMatrix(confusionMatrix, 'true'), 3);
    output.text(`${output.style('bold', 'Confusion matrix, shares of the actual class')}\n${fractions}\n`);
  }
  if (mistakes.length === 0) return;
  const lines = mistakes.slice(0, 10).map(({ index, actual, predicted, probability }) => {
    return `  test image ${index}: ${classNames[actual]}, answer ${classNames[predicted]} with ${percent(probability)}`;
  });
  output.text(`${output.style('bold', 'Worst mistakes')}\n${lines.join('\n')}\n`);
}

/** The lines that count; with `--quiet` accuracy, loss and weights alone. */
export function showScores(output: Output, evaluation: EvaluationReport, weightsSha256: string): void {
  const { accuracy, loss, accuracyInterval, top2Accuracy } = evaluation;
  output.result(output.style('bold', `Test accuracy: ${percent(accuracy)}`));
  output.result(`Test loss: ${loss.toFixed(4)}`);
  output.text(`Test accuracy, 95 % interval: ${accuracyInterval.map(percent).join(' to ')} (Wilson)`);
  output.text(`Top-2 accuracy: ${percent(top2Accuracy)}`);
  output.result(`weightsSha256: ${weightsSha256}`);
}
