/**
 * Precision, recall and F1 of each class and on average, printed to the letter as scikit-learn's
 * `classification_report` prints them (1.9, every label known, no sample weights). Single-label classification only.
 */

import { InklingError } from '../errors.js';
import { pairwiseSum as sum } from '../numerics/pairwise-sum.js';
import { toFixedHalfEven } from '../numerics/round-half-to-even.js';
import { type ConfusionMatrix, requireSquare } from './confusion-matrix.js';

/** Fractions from 0 to 1, and over how many examples. */
export interface Metrics {
  /** Of the answers that named the class, the share that was right; 0 where there was none. */
  readonly precision: number;
  /** Of the examples of the class, the share that was found; 0 where there was none. */
  readonly recall: number;
  /** The harmonic mean of both: 2 tp / (2 tp + fp + fn); 0 where that is 0 / 0. */
  readonly f1: number;
  /** Examples of the class, or of all classes for an average. */
  readonly support: number;
}

export interface ClassMetrics extends Metrics {
  readonly name: string;
}

/** Precision, recall, F1 and support of each class, and their averages. */
export interface ClassificationReport {
  readonly classes: readonly ClassMetrics[];
  /** The share of right answers, from 0 to 1. */
  readonly accuracy: number;
  /** Every class counts the same. */
  readonly macroAverage: Metrics;
  /** Every class counts by its support. */
  readonly weightedAverage: Metrics;
}

/**
 * Judges each class by a confusion matrix of counts.
 *
 * @param matrix `matrix[actual][predicted]`, with at least one example
 * @param classNames a name for each class
 * @throws InklingError where the matrix is not square, holds no counts or no example, or names are missing
 * @example
 * ```ts
 * const matrix = confusionMatrix(test.labels, predictedClasses(await model.predict(test.images)), 10);
 * const { classes, macroAverage } = classificationReport(matrix, classNames);
 * ```
 */
export function classificationReport(matrix: ConfusionMatrix, classNames: readonly string[]): ClassificationReport {
  requireSquare(matrix);
  if (classNames.length !== matrix.length) {
    throw new InklingError(
      'argument',
      `Expected a name for each of the ${matrix.length} classes. Received: ${classNames.length} names.`,
    );
  }
  if (!matrix.every((row) => row.every(Number.isInteger))) {
    throw new InklingError(
      'argument',
      'A classification report needs counts. Pass the matrix before it is normalised.',
    );
  }
  const classes = classNames.map((name, k): ClassMetrics => {
    const hits = matrix[k][k];
    const support = sum(matrix[k]);
    const answers = sum(matrix.map((row) => row[k]));
    return {
      name,
      precision: ratio(hits, answers),
      recall: ratio(hits, support),
      f1: ratio(2 * hits, support + answers),
      support,
    };
  });
  const support = sum(classes.map((one) => one.support));
  if (support === 0) {
    throw new InklingError('argument', 'A classification report of no examples is undefined. Pass at least one.');
  }
  return {
    classes,
    accuracy: sum(matrix.map((row, k) => row[k])) / support,
    macroAverage: average(
      classes,
      classes.map(() => 1),
    ),
    weightedAverage: average(
      classes,
      classes.map((one) => one.support),
    ),
  };
}

/**
 * The report as text, ending in a line break, as `sklearn.metrics.classification_report(..., digits=digits)` returns
 * it.
 *
 * @param digits decimals, a whole number from 0 to 99
 * @example
 * ```ts
 * const matrix = confusionMatrix([0, 1, 1], [0, 1, 0], 2);
 * console.log(formatClassificationReport(classificationReport(matrix, ['cat', 'dog'])));
 * ```
 */
export function formatClassificationReport(report: ClassificationReport, digits = 2): string {
  if (!Number.isInteger(digits) || digits < 0 || digits > 99) {
    throw new InklingError('argument', `"digits" must be a whole number from 0 to 99. Received: ${digits}.`);
  }
  // Python counts characters by code point, as spreading does.
  const nameWidth = Math.max('weighted avg'.length, digits, ...report.classes.map(({ name }) => [...name].length));
  const line = (name: string, cells: readonly string[]) =>
    `${' '.repeat(nameWidth - [...name].length)}${name} ${cells.map((cell) => ` ${cell.padStart(9)}`).join('')}\n`;
  const fixed = (value: number) => toFixedHalfEven(value, digits);
  // Where no answer is right, scikit-learn counts in floats.
  const count = (support: number) => `${support}${report.accuracy === 0 ? '.0' : ''}`;
  const metricsLine = (name: string, { precision, recall, f1, support }: Metrics) =>
    line(name, [fixed(precision), fixed(recall), fixed(f1), count(support)]);
  return [
    line('', ['precision', 'recall', 'f1-score', 'support']),
    '\n',
    ...report.classes.map((one) => metricsLine(one.name, one)),
    '\n',
    line('accuracy', ['', '', fixed(report.accuracy), count(report.weightedAverage.support)]),
    metricsLine('macro avg', report.macroAverage),
    metricsLine('weighted avg', report.weightedAverage),
  ].join('');
}

function average(classes: readonly ClassMetrics[], weights: readonly number[]): Metrics {
  const mean = (metric: 'precision' | 'recall' | 'f1') =>
    sum(classes.map((one, k) => one[metric] * weights[k])) / sum(weights);
  return {
    precision: mean('precision'),
    recall: mean('recall'),
    f1: mean('f1'),
    support: sum(classes.map((one) => one.support)),
  };
}

function ratio(numerator: number, denominator: number): number {
  return denominator === 0 ? 0 : numerator / denominator;
}
