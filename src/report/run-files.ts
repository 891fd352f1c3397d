/** A run's folder as bytes, where there are no folders to write. */

import { formatClassificationReport } from '../evaluation/classification-report.js';
import { modelFiles } from '../formats/model-file.js';
import { historyToCsv } from '../training/history.js';
import { confusionMatrixCsv } from './confusion-matrix-csv.js';
import { predictionsCsv } from './predictions-csv.js';
import type { RunRecord } from './run-record.js';
import { runSummary } from './summary.js';

/**
 * A run's folder as bytes, where there are no folders to write: the model, and all results that are neither charts nor
 * pages, `summary.json` last. The command line reads it as one that it wrote itself.
 * @returns by file name
 * @throws InklingError (argument) where weights or class names do not fit the model
 * @example
 * ```ts
 * async function keepRun(record: RunRecord) {
 *   const files = await runFiles(record); // in a page: to be stored, or downloaded as an archive
 *   return files.get('summary.json');
 * }
 * ```
 */
export async function runFiles(record: RunRecord): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const { model, weights, classNames, preprocessing, calibrationResult } = record;
  const calibration = calibrationResult?.calibration;
  const files = await modelFiles(model, weights, {
    classNames,
    ...(preprocessing && { preprocessing }),
    ...(calibration && { calibration }),
  });
  const encoder = new TextEncoder();
  for (const [name, text] of resultTexts(record)) files.set(name, encoder.encode(text));
  files.set('summary.json', encoder.encode(formatJson(await runSummary(record))));
  return files;
}

type ResultTextName =
  | 'history.json'
  | 'history.csv'
  | 'robustness.json'
  | 'profile.json'
  | 'predictions.csv'
  | 'classification-report.txt'
  | 'confusion-matrix.csv';

/** What is neither chart nor page, but for `summary.json`. */
export function* resultTexts(record: RunRecord): Generator<readonly [name: ResultTextName, text: string]> {
  const { classNames, history, evaluation, predictions, robustness } = record;
  yield ['history.json', formatJson(history)];
  yield ['history.csv', historyToCsv(history)];
  if (robustness) yield ['robustness.json', formatJson(robustness)];
  if (history.profile) yield ['profile.json', formatJson(history.profile)];
  yield ['predictions.csv', predictionsCsv(predictions)];
  yield ['classification-report.txt', formatClassificationReport(evaluation.report)];
  yield ['confusion-matrix.csv', confusionMatrixCsv(evaluation.confusionMatrix, classNames)];
}

export function formatJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
