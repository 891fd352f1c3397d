/** `inkling compare`: several runs against each other, in the terminal, as JSON and as a page. */

import { platform } from '#platform';
import type { Dataset } from '../data/dataset.js';
import { InklingError } from '../errors.js';
import { loadModelDescription } from '../formats/model-file.js';
import { type ComparedRows, compareRuns, type RunToCompare } from '../report/comparison.js';
import { comparisonPage } from '../report/comparison-page.js';
import { readEpochs, readSavedRun, type SavedRun } from '../report/saved-run.js';
import { showComparison } from './comparison-text.js';
import { resolveRuns } from './latest-run.js';
import type { Output } from './output.js';
import { rowsToAnswer, testAnswers, validationAnswers } from './run-answers.js';
import { chooseRunData } from './run-data.js';
import { type EngineChoice, engineOptionsOf } from './setup.js';

export interface CompareOptions extends EngineChoice {
  readonly rows?: ComparedRows;
  readonly data?: string;
  /** Of the page; default none. */
  readonly out?: string;
}

/** More curves cannot be told apart. */
const mostRuns = 20;

/** @throws InklingError (argument) for fewer than two runs or one twice, (file) where one cannot be read */
export async function compare(choices: readonly string[], options: CompareOptions, output: Output): Promise<void> {
  if (choices.length < 2 || choices.length > mostRuns) {
    throw new InklingError(
      'argument',
      `Expected two to ${mostRuns} runs to compare. Received: ${choices.length}. "inkling runs" lists those in runs/.`,
    );
  }
  const folders = await resolveRuns(choices);
  if (options.out !== undefined && !/\.html?$/i.test(options.out)) {
    throw new InklingError('argument', `--out ${options.out}: expected a file that ends in .html, since it is a page.`);
  }
  const runs: SavedRun[] = [];
  for (const folder of folders) runs.push(await readSavedRun(folder).catch((error) => withoutSummary(folder, error)));
  const needed = rowsToAnswer(runs, options.rows);
  const all: RunToCompare[] = [];
  for (const run of runs) all.push(await prepared(run, needed, options, output));
  const comparison = compareRuns(all, options.rows);
  output.event({ event: 'comparison', ...comparison });
  showComparison(comparison, output);
  if (options.out === undefined) return;
  await platform.writeFile(options.out, await comparisonPage(comparison));
  output.text(`\nPage: ${options.out}`);
}

function withoutSummary(folder: string, error: unknown): never {
  const cause = error instanceof InklingError ? error.cause : undefined;
  if (!(cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')) throw error;
  throw new InklingError(
    'file',
    `${folder} has no summary.json: it is not the folder of a run, or its training has not reached its end. "inkling runs" lists runs and their states.`,
    { cause },
  );
}

async function prepared(
  run: SavedRun,
  needed: readonly ComparedRows[],
  { data, ...engineChoice }: CompareOptions,
  output: Output,
): Promise<RunToCompare> {
  const { folder } = run;
  const description = await loadModelDescription(folder).catch((error: unknown) => {
    if (error instanceof InklingError) return undefined;
    throw error;
  });
  const read = async () => {
    const { model, classNames } = description ?? (await loadModelDescription(folder));
    const { inputShape } = model.config;
    return chooseRunData(folder, { data, classNames, inputShape }, output);
  };
  let dataset: Promise<Dataset> | undefined;
  const answering = {
    engine: engineOptionsOf(engineChoice),
    dataset: () => {
      dataset ??= read();
      return dataset;
    },
  };
  const notAsked = 'was not asked';
  const test = needed.includes('test') ? await testAnswers(run, answering) : notAsked;
  const validation = needed.includes('validation') ? await validationAnswers(run, answering) : notAsked;
  return { run, epochs: await readEpochs(folder), description, answers: { test, validation } };
}
