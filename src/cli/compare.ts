/** `inkling compare`: several runs against each other, in the terminal, as JSON and as a page. */

import { resolve } from 'node:path';
import { platform } from '#platform';
import type { EngineOptions } from '../engine/engine-options.js';
import { InklingError } from '../errors.js';
import { loadModelDescription } from '../formats/model-file.js';
import { type ComparedRows, compareRuns, type RunToCompare } from '../report/comparison.js';
import { comparisonPage } from '../report/comparison-page.js';
import { readEpochs, readSavedRun, type SavedRun } from '../report/saved-run.js';
import { showComparison } from './comparison-text.js';
import { resolveLatest } from './latest-run.js';
import type { Output } from './output.js';
import { rowsToAnswer, testAnswers, validationAnswers } from './run-answers.js';
import { chooseRunData } from './run-data.js';
import { vectorBitsOf } from './setup.js';

export interface CompareOptions extends Pick<EngineOptions, 'threads' | 'arithmetic'> {
  readonly rows?: ComparedRows;
  readonly data?: string;
  readonly vectors: '128' | '256' | 'auto';
  /** Of the page; default none. */
  readonly out?: string;
}

/** More curves cannot be told apart. */
const mostRuns = 20;

/** @throws InklingError (argument) for fewer than two runs or one twice, (file) where one cannot be read */
export async function compare(choices: readonly string[], options: CompareOptions, output: Output): Promise<void> {
  const folders = await Promise.all(choices.map(resolveLatest));
  checkFolders(folders);
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

function checkFolders(folders: readonly string[]): void {
  if (folders.length < 2 || folders.length > mostRuns) {
    throw new InklingError(
      'argument',
      `Expected two to ${mostRuns} runs to compare. Received: ${folders.length}. "inkling runs" lists those in runs/.`,
    );
  }
  const paths = folders.map((folder) => resolve(folder));
  const twice = folders.find((_, index) => paths.indexOf(paths[index]) !== index);
  if (twice !== undefined) throw new InklingError('argument', `${twice} is given twice. Leave one out.`);
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
  { data, threads, arithmetic, vectors }: CompareOptions,
  output: Output,
): Promise<RunToCompare> {
  const { folder } = run;
  const description = await loadModelDescription(folder).catch((error: unknown) => {
    if (error instanceof InklingError) return undefined;
    throw error;
  });
  const engine = { threads, arithmetic, vectorBits: vectorBitsOf(vectors) };
  const dataset = async () => {
    const { model, classNames } = description ?? (await loadModelDescription(folder));
    const { inputShape } = model.config;
    return chooseRunData(folder, { data, classNames, inputShape }, output);
  };
  const notAsked = 'was not asked';
  const test = needed.includes('test') ? await testAnswers(run, { engine, dataset }) : notAsked;
  const validation = needed.includes('validation') ? await validationAnswers(run, { engine, dataset }) : notAsked;
  return { run, epochs: await readEpochs(folder), description, answers: { test, validation } };
}
