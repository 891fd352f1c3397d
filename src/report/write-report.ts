/** `report.html` of a training that a program did itself. */

import { platform } from '#platform';
import type { Calibration } from '../evaluation/calibration.js';
import { evaluateCalibration } from '../evaluation/evaluate-calibration.js';
import { evaluatePredictions } from '../evaluation/evaluate-predictions.js';
import type { RobustnessReport } from '../evaluation/robustness.js';
import { weightsSha256 } from '../formats/weights-sha256.js';
import { readOptions } from '../known-names.js';
import type { Model } from '../model/model.js';
import type { Tensor } from '../numerics/tensor.js';
import type { History } from '../training/history.js';
import type { Loss } from '../training/losses.js';
import type { Optimizer } from '../training/optimizers.js';
import { drawForPage, type PageChart } from './page-chart.js';
import { reportPage } from './report-page.js';
import { runCharts } from './run-charts.js';
import type { RunEnvironment, RunRecord } from './run-record.js';

/** What a report asks of a model: a `Sequential` that was trained has all of it. */
export interface ReportedModel extends Pick<RunEnvironment, 'threads' | 'arithmetic' | 'vectorBits'> {
  readonly definition: Model;
  readonly seed: number;
  readonly optimizer: Optimizer;
  readonly loss: Loss;
  getWeights(): ReadonlyMap<string, Float32Array>;
  evaluate(
    images: Tensor,
    labels: Uint8Array,
    options: { outputs: true },
  ): Promise<{ loss: number; probabilities: Tensor<Float32Array>; logits: Tensor<Float32Array> }>;
}

/** What a report is made of. */
export interface ReportOptions {
  readonly model: ReportedModel;
  /** What `fit` returned. */
  readonly history: History;
  /** Images that the model was not trained on, `[N, H, W, C]`, 0 to 255, and their classes: it is tested on them. */
  readonly test: { readonly images: Tensor<Uint8Array>; readonly labels: Uint8Array };
  /** One name a class. Default: `0`, `1`, `2` ... */
  readonly classNames?: readonly string[];
  /** What the data is called. Default: `own data`. */
  readonly dataName?: string;
  /** How many images were trained on and set aside for validation. Default: not told. */
  readonly trainingImages?: number;
  readonly validationImages?: number;
  /** As given to `fit`. Default: 32, its default. */
  readonly batchSize?: number;
  /** What `calibrate` gave. Default: no word on how far to trust the probabilities. */
  readonly calibration?: Calibration;
  /** What `measureRobustness` gave. Default: no word on distorted images. */
  readonly robustness?: RobustnessReport;
}

const optionNames: Readonly<Record<keyof ReportOptions, true>> = {
  model: true,
  history: true,
  test: true,
  classNames: true,
  dataName: true,
  trainingImages: true,
  validationImages: true,
  batchSize: true,
  calibration: true,
  robustness: true,
};

/**
 * Tests a model and writes what came of its training as one page that opens offline: learning curves, confusion matrix,
 * precision and recall of each class, the worst mistakes, the layers, and what it was made of.
 *
 * @param path of the page, such as `report.html`; its folder is made where there is none
 * @throws InklingError (argument, data) where the test does not fit the model, (file) where the page cannot be written
 *
 * @example
 * const history = await model.fit(train.images, train.labels, { epochs: 5, validationSplit: 0.1 });
 * await writeReport('report.html', { model, history, test });
 */
export async function writeReport(path: string, options: ReportOptions): Promise<void> {
  readOptions('argument', 'writeReport', options, Object.keys(optionNames));
  const record = await recordOf(options);
  const charts: PageChart[] = [];
  for (const chart of runCharts(record)) charts.push(await drawForPage(chart));
  const page = reportPage(record, charts, await weightsSha256(record.model, record.weights));
  await platform.writeFile(path, page);
}

async function recordOf({
  model,
  history,
  test: { images, labels },
  classNames = Array.from({ length: model.definition.classes }, (_, index) => `${index}`),
  dataName = 'own data',
  trainingImages = 0,
  validationImages = 0,
  batchSize = 32,
  calibration,
  robustness,
}: ReportOptions): Promise<RunRecord> {
  const { loss, probabilities, logits } = await model.evaluate(images, labels, { outputs: true });
  const predictions = { probabilities, labels };
  const { seed, optimizer, threads, arithmetic, vectorBits } = model;
  const trainSeconds = history.epochs.reduce((sum, { seconds }) => sum + seconds, 0);
  const finished = new Date();
  return {
    model: model.definition,
    weights: model.getWeights(),
    classNames,
    configuration: { seed, epochs: history.epochs.length, batchSize, optimizer, loss: model.loss },
    data: { name: dataName, trainingImages, validationImages },
    history,
    outcome: 'finished',
    evaluation: evaluatePredictions(predictions, classNames, loss),
    ...(calibration && { calibrationResult: evaluateCalibration(logits, labels, calibration) }),
    predictions,
    ...(robustness && { robustness }),
    testImages: images,
    timing: {
      startedAt: new Date(finished.getTime() - 1000 * trainSeconds).toISOString(),
      finishedAt: finished.toISOString(),
      trainSeconds,
      imagesPerSecond:
        history.epochs.reduce((sum, { imagesPerSecond, seconds }) => sum + imagesPerSecond * seconds, 0) /
        (trainSeconds || 1),
    },
    environment: { threads, arithmetic, vectorBits, versions: {} },
  };
}
