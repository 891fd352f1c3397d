/** Which charts a run has, in the order of the report. Nothing is drawn here: a drawing takes memory. */

import { classBarsChart } from '../charts/class-bars-chart.js';
import { confusionMatrixChart } from '../charts/confusion-matrix-chart.js';
import { filtersChart } from '../charts/filters-chart.js';
import { accuracyChart, lossChart } from '../charts/learning-curves.js';
import { mistakesChart } from '../charts/mistakes-chart.js';
import { robustnessChart } from '../charts/robustness-chart.js';
import { manyClasses } from '../evaluation/confusions.js';
import type { CalibrationResult, ProbabilityQuality } from '../evaluation/evaluate-calibration.js';
import type { EpochLogs } from '../training/history.js';
import { integer, percent } from './number-format.js';
import type { ChartForPage } from './page-chart.js';
import { reliabilityOf } from './reliability.js';
import type { RunRecord } from './run-record.js';

/** All that a run may have. */
export const runChartNames = [
  'accuracy',
  'loss',
  'confusion-matrix',
  'per-class',
  'reliability',
  'mistakes',
  'robustness',
  'filters',
] as const;

export type RunChartName = (typeof runChartNames)[number];

export interface RunChart extends ChartForPage {
  /** The file's name without its ending. */
  readonly name: RunChartName;
}

/**
 * All charts; without `mistakes` where no answer was wrong, without `filters` where the first layer is not a
 * convolution, without `reliability` where there is no calibration, without `robustness` where that was not measured.
 */
export function runCharts(record: RunRecord): RunChart[] {
  const { model, weights, classNames, history, evaluation, testImages, calibrationResult, robustness } = record;
  const { epochs } = history;
  const last = epochs.at(-1);
  const atEnd = (training: (logs: EpochLogs) => string, validation: (logs: EpochLogs) => string): string => {
    if (last === undefined) return 'No epoch was finished.';
    const values = [`${training(last)} in training`, last.valLoss !== undefined && `${validation(last)} in validation`];
    return `After epoch ${last.epoch}: ${values.filter(Boolean).join(', ')}.`;
  };
  const charts: RunChart[] = [
    {
      name: 'accuracy',
      description: `Accuracy over the epochs. ${atEnd(
        (logs) => percent(logs.accuracy),
        (logs) => percent(logs.valAccuracy!),
      )}`,
      specify: (options) => accuracyChart(epochs, options),
      widths: [340, 540],
    },
    {
      name: 'loss',
      description: `Loss over the epochs. ${atEnd(
        (logs) => logs.loss.toFixed(4),
        (logs) => logs.valLoss!.toFixed(4),
      )}`,
      specify: (options) => lossChart(epochs, options),
      widths: [340, 540],
    },
    {
      name: 'confusion-matrix',
      description: `Confusion matrix as a heat map. ${
        classNames.length < manyClasses
          ? 'The same counts stand in the table below it.'
          : 'The table below it has the most frequent mistakes, confusion-matrix.csv all counts.'
      }`,
      specify: (options) => confusionMatrixChart(evaluation.confusionMatrix, classNames, options),
      widths: [340, 680],
    },
    {
      name: 'per-class',
      description: 'Precision, recall and F1 of each class. The same values stand in the table below it.',
      specify: (options) => classBarsChart(evaluation.report, options),
      widths: [340, 540],
    },
  ];
  if (calibrationResult) charts.push(reliabilityChartOf(calibrationResult));
  const { mistakes } = evaluation;
  if (mistakes.length > 0) {
    const { actual, predicted, probability } = mistakes[0];
    charts.push({
      name: 'mistakes',
      description:
        `Gallery of the ${mistakes.length} most confident wrong answers. The worst: an image of "${classNames[actual]}" ` +
        `that was taken for "${classNames[predicted]}" with probability ${percent(probability)}.`,
      specify: (options) => mistakesChart(mistakes, testImages, classNames, options),
      widths: [340, 680],
    });
  }
  if (robustness) {
    charts.push({
      name: 'robustness',
      description:
        `Accuracy on ${integer(robustness.images)} test images under each of ${robustness.distortions.length} distortions, ` +
        'step by step. The same values stand in the table below it.',
      specify: (options) => robustnessChart(robustness, options),
      widths: [340, 680, 1090],
    });
  }
  const [first] = model.layers;
  const kernel = first.weights.find(({ name }) => name === 'kernel');
  if (first.layer.type === 'conv2d' && kernel) {
    charts.push({
      name: 'filters',
      description: `The weights of the ${first.layer.filters} filters of layer "${first.name}" as small pictures.`,
      specify: (options) => filtersChart({ data: weights.get(kernel.path)!, shape: kernel.shape }, options),
      widths: [340, 680],
    });
  }
  return charts;
}

function reliabilityChartOf(result: CalibrationResult): RunChart {
  const { calibration, before, after } = result;
  const error = ({ expectedCalibrationError }: ProbabilityQuality) => percent(expectedCalibrationError);
  return {
    name: 'reliability',
    description:
      'Reliability diagram: the share of right answers for each probability. Expected calibration error ' +
      `${error(before)} before, ${error(after)} after the temperature of ${calibration.temperature.toFixed(3)}.`,
    specify: (options) => reliabilityOf(result, options),
    widths: [340, 540],
  };
}
