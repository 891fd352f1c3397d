/** A run's folder: everything that is known of a run as files, for programs and for people. `summary.json` is written last. */

import { platform } from '#platform';
import { renderPng } from '../charts/render-png.js';
import { renderSvg } from '../charts/render-svg.js';
import { InklingError } from '../errors.js';
import { formatClassificationReport } from '../evaluation/classification-report.js';
import { saveModel } from '../formats/model-file.js';
import { historyToCsv } from '../training/history.js';
import { confusionMatrixCsv } from './confusion-matrix-csv.js';
import { drawForPage, type PageChart } from './page-chart.js';
import { predictionsCsv } from './predictions-csv.js';
import { reportPage } from './report-page.js';
import { runCharts } from './run-charts.js';
import type { RunRecord } from './run-record.js';
import { type RunSummary, runSummary } from './summary.js';

/** The log that training fills while it goes on; `MetricsLog` takes its path. */
export const metricsFileName = 'metrics.jsonl';
const summaryFileName = 'summary.json';

/**
 * Makes the folder, and an empty `metrics.jsonl` in it: to be called before training, so that hours of work do not end at a
 * folder that cannot be written.
 * @returns the path of `metrics.jsonl`
 * @throws InklingError (argument) where the folder holds a run already, (file) where it cannot be made or written
 */
export async function prepareRunFolder(folder: string): Promise<string> {
  const entries = (await platform.listFolder(folder)) ?? [];
  const taken = entries.find(({ name }) => name === summaryFileName || name === 'model.json');
  if (taken) {
    throw new InklingError(
      'argument',
      `${folder} already holds a run (${taken.name}), which would be overwritten. Choose another folder, or delete this one.`,
    );
  }
  const metricsPath = platform.joinPath(folder, metricsFileName);
  await platform.writeFile(metricsPath, '');
  return metricsPath;
}

/**
 * Writes all files of a run except `metrics.jsonl`. The model comes first, as it cannot be made again; `summary.json` comes
 * last: a folder that has it is complete.
 * @param withoutPng hears why no PNG files can be made on this machine, which are left out then; by default that is an error
 * @returns the content of `summary.json`
 * @throws InklingError (file) where a file cannot be written
 */
export async function writeRunFolder(
  folder: string,
  record: RunRecord,
  withoutPng = (reason: InklingError): void => {
    throw reason;
  },
): Promise<RunSummary> {
  const write = (name: string, content: string | Uint8Array) =>
    platform.writeFile(platform.joinPath(folder, name), content);
  const { model, weights, classNames, preprocessing, optimizerState: optimizer, history, evaluation } = record;
  const calibration = record.calibrationResult?.calibration;
  await saveModel(folder, model, weights, { classNames, preprocessing, calibration, optimizer });
  const summary = await runSummary(record);
  await write('history.json', formatJson(history));
  await write('history.csv', historyToCsv(history));
  if (record.robustness) await write('robustness.json', formatJson(record.robustness));
  if (history.profile) await write('profile.json', formatJson(history.profile));
  await write('predictions.csv', predictionsCsv(record.predictions));
  await write('classification-report.txt', formatClassificationReport(evaluation.report));
  await write('confusion-matrix.csv', confusionMatrixCsv(evaluation.confusionMatrix, classNames));
  const drawn: PageChart[] = [];
  let canRenderPng = true;
  // One after the other: the drawing of a chart takes far more memory than its result.
  for (const chart of runCharts(record)) {
    const { name } = chart;
    const svg = await renderSvg(chart.specify());
    await write(`${name}.svg`, svg);
    if (canRenderPng) {
      try {
        await write(`${name}.png`, await renderPng(svg));
      } catch (error) {
        if (!(error instanceof InklingError) || error.kind !== 'environment') throw error;
        canRenderPng = false;
        withoutPng(error);
      }
    }
    drawn.push(await drawForPage(chart));
  }
  await write('report.html', reportPage(record, drawn, summary.weightsSha256));
  await write(summaryFileName, formatJson(summary));
  return summary;
}

function formatJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
