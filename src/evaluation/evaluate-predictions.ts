/**
 * Everything that is told about a network after a test, as one plain object. The loss is computed where the network
 * runs.
 */

import { InklingError } from '../errors.js';
import { formatShape } from '../numerics/tensor.js';
import { topKAccuracy, wilsonInterval } from './accuracy.js';
import { type ClassificationReport, classificationReport } from './classification-report.js';
import { type ConfusionMatrix, confusionMatrix } from './confusion-matrix.js';
import { type Mistake, worstMistakes } from './mistakes.js';
import { type Predictions, predictedClasses } from './predictions.js';

/** What the answers to labelled examples say of a model, as `inkling evaluate` shows it. */
export interface EvaluationReport {
  /** The mean over the examples, in nats for a cross-entropy. */
  readonly loss: number;
  /** Fractions from 0 to 1. */
  readonly accuracy: number;
  /** Wilson's 95 % interval of the accuracy. */
  readonly accuracyInterval: readonly [low: number, high: number];
  /** The share of examples whose true class is among the two most probable ones. */
  readonly top2Accuracy: number;
  /** Counts, `[actual][predicted]`. */
  readonly confusionMatrix: ConfusionMatrix;
  readonly report: ClassificationReport;
  /** The most confident wrong answers, worst first. */
  readonly mistakes: readonly Mistake[];
}

/**
 * Judges predictions in every way this folder knows.
 *
 * @param predictions probabilities `[N, classes]` and N labels, N at least 1
 * @param classNames a name for each class
 * @param loss passed through; see `EvaluationReport.loss`
 * @param mistakeCount how many of the worst mistakes to keep
 * @throws InklingError where shapes do not fit or a value is not a probability
 * @example
 * ```ts
 * const { loss, probabilities } = await model.evaluate(test.images, test.labels, { outputs: true });
 * const { accuracyInterval, report } = evaluatePredictions({ probabilities, labels: test.labels }, classNames, loss);
 * ```
 */
export function evaluatePredictions(
  { probabilities, labels }: Predictions,
  classNames: readonly string[],
  loss: number,
  mistakeCount = 24,
): EvaluationReport {
  const classes = classNames.length;
  const { data, shape } = probabilities;
  if (shape.length !== 2 || shape[1] !== classes || data.length !== shape[0] * classes) {
    throw new InklingError(
      'argument',
      `Expected probabilities of shape [N, ${classes}], a column for each class name. Received: ${formatShape(shape)} with ${data.length} values.`,
    );
  }
  const matrix = confusionMatrix(labels, predictedClasses(probabilities), classes);
  const report = classificationReport(matrix, classNames);
  const correct = matrix.reduce((sum, row, k) => sum + row[k], 0);
  return {
    loss,
    accuracy: report.accuracy,
    accuracyInterval: wilsonInterval(correct, labels.length),
    top2Accuracy: topKAccuracy(probabilities, labels, Math.min(2, classes)),
    confusionMatrix: matrix,
    report,
    mistakes: worstMistakes(probabilities, labels, mistakeCount),
  };
}
