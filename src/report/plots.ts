/**
 * Pictures of what came of a training, for programs. Each is an SVG document; the charts' library is loaded with the
 * first.
 */

import { confusionMatrixChart } from '../charts/confusion-matrix-chart.js';
import type { ExplanationChartOptions, ExplanationToShow } from '../charts/explanation-to-show.js';
import { historyChart } from '../charts/learning-curves.js';
import { renderSvg } from '../charts/render-svg.js';
import { robustnessChart } from '../charts/robustness-chart.js';
import type { ConfusionMatrix } from '../evaluation/confusion-matrix.js';
import type { CalibrationResult } from '../evaluation/evaluate-calibration.js';
import type { RobustnessReport } from '../evaluation/robustness.js';
import { readOptions } from '../known-names.js';
import type { History } from '../training/history.js';
import { reliabilityOf } from './reliability.js';

/**
 * Training and validation accuracy (per cent) and loss (nats) over the epochs, side by side.
 *
 * @param history what `fit` returns; without `valLoss` and `valAccuracy` only training is drawn
 * @returns an SVG document
 * @throws InklingError (argument) unless the epochs are whole numbers that rise
 * @example
 * ```ts
 * import { writeFile } from 'node:fs/promises';
 *
 * const history = await model.fit(train.images, train.labels, { epochs: 5, validationSplit: 1 / 12 });
 * await writeFile('history.svg', await plotHistory(history));
 * ```
 */
export function plotHistory(history: History): Promise<string> {
  return renderSvg(historyChart(history.epochs));
}

/**
 * A confusion matrix as a heat map of counts, coloured by their share of the row.
 *
 * @param matrix counts, `[actual][predicted]`, as `confusionMatrix` gives them
 * @param classNames a name for each class
 * @returns an SVG document
 * @throws InklingError (argument) where the matrix is not square or names are missing
 * @example
 * ```ts
 * const svg = await plotConfusionMatrix(confusionMatrix([0, 1, 1], [0, 1, 0], 2), ['cat', 'dog']);
 * ```
 */
export async function plotConfusionMatrix(matrix: ConfusionMatrix, classNames: readonly string[]): Promise<string> {
  return renderSvg(confusionMatrixChart(matrix, classNames));
}

/**
 * A reliability diagram: how often answers of each probability are right, before and after calibration, and how many
 * there are.
 *
 * @param result what `evaluateCalibration` gives
 * @returns an SVG document
 * @example
 * ```ts
 * const logits = await model.predictLogits(test.images);
 * const svg = await plotReliability(evaluateCalibration(logits, test.labels, calibration));
 * ```
 */
export function plotReliability(result: CalibrationResult): Promise<string> {
  return renderSvg(reliabilityOf(result));
}

/**
 * Accuracy under each distortion, step by step, a panel a distortion and a line a reader, with 95 % intervals.
 *
 * @param report what `measureRobustness` gives
 * @returns an SVG document
 * @example
 * ```ts
 * const recognizer = await Recognizer.load();
 * const report = await measureRobustness([pictureClassifier(recognizer)], test.images, test.labels);
 * const svg = report && (await plotRobustness(report));
 * ```
 */
export function plotRobustness(report: RobustnessReport): Promise<string> {
  return renderSvg(robustnessChart(report));
}

const explanationOptions: Readonly<Record<keyof ExplanationChartOptions, true>> = {
  picture: true,
  name: true,
  state: true,
};

/**
 * How a network came to an answer: its input, which pixels spoke for the answer, the probabilities and every layer's
 * output.
 *
 * @param explanation what `explain` gives
 * @param classNames a name for each class
 * @param options the picture as it came and its name, to be shown beside the input, and the `state` of the answer;
 * default `digit`
 * @returns an SVG document
 * @throws InklingError (argument) where shapes do not agree or a name is missing
 * @example
 * ```ts
 * const explanation = explain(model.definition, model.getWeights(), take(test, 1).images);
 * const svg = await plotExplanation(explanation, classNames);
 * ```
 */
export async function plotExplanation(
  explanation: ExplanationToShow,
  classNames: readonly string[],
  options: ExplanationChartOptions = {},
): Promise<string> {
  readOptions('argument', 'plotExplanation', options, Object.keys(explanationOptions));
  const { explanationChart } = await import('../charts/explanation-chart.js');
  return renderSvg(explanationChart(explanation, classNames, options));
}
