/** A run's folder: everything that is known of a run as files, for programs and for people. */

import { platform } from '#platform';
import { renderPng } from '../charts/render-png.js';
import { renderSvg } from '../charts/render-svg.js';
import { InklingError } from '../errors.js';
import { drawForPage, type PageChart } from './page-chart.js';
import { reportPage } from './report-page.js';
import { type RunChartName, runChartNames, runCharts } from './run-charts.js';
import { formatJson, resultTexts } from './run-files.js';
import type { RunRecord } from './run-record.js';
import { type RunSummary, runSummary } from './summary.js';

/** All that `writeRunFolder` may write, beside the charts. */
const resultNames = [
  'summary.json',
  'report.html',
  'history.json',
  'history.csv',
  'robustness.json',
  'profile.json',
  'predictions.csv',
  'classification-report.txt',
  'confusion-matrix.csv',
] as const;
type ResultName = (typeof resultNames)[number] | `${RunChartName}.${'svg' | 'png'}`;

/**
 * Writes what is made from a run's record: all files but `metrics.jsonl` and the model, which are there before the
 * model is tested. `summary.json` comes last: a folder that has it is complete.
 * @param withoutPng hears why no PNG files can be made on this machine, which are left out then; by default that is an
 * error
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
  const write = (name: ResultName, content: string | Uint8Array) =>
    platform.writeFile(platform.joinPath(folder, name), content);
  const summary = await runSummary(record);
  for (const [name, content] of resultTexts(record)) await write(name, content);
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
  await write('summary.json', formatJson(summary));
  return summary;
}

/**
 * Removes what `writeRunFolder` wrote, `summary.json` first, for a run that goes on: what it ends with may have other
 * files.
 * @throws InklingError (file)
 */
export async function removeResults(folder: string): Promise<void> {
  const charts = runChartNames.flatMap((name) => [`${name}.svg`, `${name}.png`]);
  for (const name of [...resultNames, ...charts]) await platform.removeFile(platform.joinPath(folder, name));
}
