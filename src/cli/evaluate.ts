/** `inkling evaluate`: tests a run, or any saved model, on a data set's test images. */

import { dirname, extname, join } from 'node:path';
import { evaluateCalibration } from '../evaluation/evaluate-calibration.js';
import { evaluatePredictions } from '../evaluation/evaluate-predictions.js';
import { loadEnsemble, memberFolder } from '../formats/ensemble-file.js';
import { loadModelDescription } from '../formats/model-file.js';
import { weightsSha256 } from '../formats/weights-sha256.js';
import { Ensemble } from '../inference/ensemble.js';
import { duration, integer } from '../report/number-format.js';
import { Sequential } from '../sequential.js';
import { showCalibration } from './calibration.js';
import { dataShapeOf } from './data-choice.js';
import { resolveLatest } from './latest-run.js';
import { requireFit } from './model-choice.js';
import type { Output } from './output.js';
import { scoresOf, showClasses, showDetails, showScores } from './results.js';
import { measuredRobustness, requireDistortable, showRobustness } from './robustness.js';
import { chooseRunData } from './run-data.js';
import {
  describeData,
  describeEngine,
  type EngineChoice,
  engineOptionsOf,
  noticeManyThreads,
  setupOf,
} from './setup.js';

export interface EvaluateOptions extends EngineChoice {
  readonly data?: string;
  /** Default: as for the training. */
  readonly resize?: readonly [height: number, width: number];
  /** Test images that are also read distorted; default none. */
  readonly robustness?: number | 'all';
}

/**
 * @param choice a run's folder, its `model.json`, or `latest`
 * @throws InklingError where the model or the data cannot be used
 */
export async function evaluate(
  choice: string,
  { data, resize, robustness = 0, ...engineChoice }: EvaluateOptions,
  output: Output,
): Promise<void> {
  const run = await resolveLatest(choice);
  const ensemble = await loadEnsemble(run);
  const {
    classNames,
    preprocessing,
    calibration,
    model: described,
  } = ensemble ? { ...ensemble, model: ensemble.members[0].model } : await loadModelDescription(run);
  const { inputShape } = described.config;
  const trainedAs = ensemble && join(extname(run) === '.json' ? dirname(run) : run, memberFolder(1));
  const dataset = await chooseRunData(run, { data, resize, classNames, inputShape, trainedAs }, output);
  requireFit(described, dataShapeOf(dataset));
  requireDistortable(dataset, robustness);
  const engine = engineOptionsOf(engineChoice);
  const model = ensemble ? new Ensemble(ensemble, engine) : await Sequential.load(run, engine);
  const setup = setupOf(dataset, model);
  output.event({ event: 'start', folder: run, ...setup });
  const members = ensemble ? `, an ensemble of ${ensemble.members.length} models` : '';
  output.text(`Model: "${model.name}" from ${run}${members}\n${describeData(setup)}\n${describeEngine(setup)}`);
  noticeManyThreads(output, setup.threads);
  if (classNames && classNames.join('\n') !== dataset.classNames.join('\n')) {
    output.urgent(
      `the model was trained on the classes ${classNames.join(', ')}; ${dataset.name} has ${dataset.classNames.join(', ')}.`,
    );
  }

  const { images, labels } = dataset.test;
  const start = performance.now();
  const { loss, probabilities, logits } = await ('members' in model
    ? model.evaluate(images, labels)
    : model.evaluate(images, labels, { outputs: true }));
  const seconds = (performance.now() - start) / 1000;
  const evaluation = evaluatePredictions({ probabilities, labels }, dataset.classNames, loss);
  const { report, confusionMatrix } = evaluation;
  const calibrated = calibration && evaluateCalibration(logits, labels, calibration);
  const scores = scoresOf(evaluation, calibrated);
  output.event({ event: 'evaluation', ...scores, classes: report.classes, confusionMatrix });
  showClasses(output, report, confusionMatrix);
  showDetails(output, evaluation, dataset.classNames);
  if (calibrated) showCalibration(output, calibrated);
  const sum = await ('members' in model ? model.weightsSha256() : weightsSha256(model.definition, model.getWeights()));
  showScores(output, evaluation, sum);
  output.text(`Evaluation: ${duration(seconds)}, ${integer(labels.length / seconds)} images/s`);
  const measured = await measuredRobustness(model, dataset, { asked: robustness, preprocessing, calibration }, output);
  if (measured) showRobustness(measured, output);
  output.event({ event: 'result', folder: run, ...scores, weightsSha256: sum });
}
