/** `inkling ensemble`: makes one model of several runs, and tells what it is worth. */

import { copyFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { visibleEntries } from '../data/class-folders.js';
import { type Dataset, select } from '../data/dataset.js';
import type { EngineOptions } from '../engine/engine-options.js';
import { InklingError } from '../errors.js';
import { wilsonInterval } from '../evaluation/accuracy.js';
import { calibrate } from '../evaluation/calibration.js';
import { mcnemarTest } from '../evaluation/mcnemar.js';
import { predictedClasses } from '../evaluation/predictions.js';
import { checkMembers, ensembleSha256, memberFolder, saveEnsemble } from '../formats/ensemble-file.js';
import { type LoadedModel, loadModel } from '../formats/model-file.js';
import { Ensemble } from '../inference/ensemble.js';
import { fileError } from '../platform/node-file-error.js';
import { pValueText } from '../report/comparison-words.js';
import { integer, percent } from '../report/number-format.js';
import { readSavedRun, type SavedRun } from '../report/saved-run.js';
import { Sequential } from '../sequential.js';
import { minImages } from './calibration.js';
import { resolveLatest } from './latest-run.js';
import type { Output } from './output.js';
import { chooseRunData } from './run-data.js';
import { vectorBitsOf } from './setup.js';
import { unseenRows } from './unseen-rows.js';

export interface EnsembleOptions extends Pick<EngineOptions, 'threads' | 'arithmetic'> {
  readonly out: string;
  readonly data?: string;
  readonly vectors: '128' | '256' | 'auto';
}

/**
 * @throws InklingError (argument) for fewer than two runs, one twice, or a folder that holds something, (model) where
 * they do not belong together, (file)
 */
export async function ensemble(choices: readonly string[], options: EnsembleOptions, output: Output): Promise<void> {
  const folders = await Promise.all(choices.map(resolveLatest));
  const paths = folders.map((folder) => resolve(folder));
  const twice = folders.find((_, index) => paths.indexOf(paths[index]) !== index);
  if (twice !== undefined) throw new InklingError('argument', `${twice} is given twice. Leave one out.`);
  await requireFreeFolder(options.out);
  const members: LoadedModel[] = [];
  for (const folder of folders) members.push(await loadModel(folder));
  await checkMembers(members, folders);
  const engine = {
    threads: options.threads,
    arithmetic: options.arithmetic,
    vectorBits: vectorBitsOf(options.vectors),
  };
  const { classNames, preprocessing } = members[0];
  const name = `ensemble of ${members.length}`;
  const plain = new Ensemble({ name, members, classNames, preprocessing }, engine);
  const judged = await judge(plain, folders, engine, options, output);
  plain.dispose();
  await saveEnsemble(options.out, { name, members, classNames, preprocessing, calibration: judged.calibration });
  await copySummaries(folders, options.out);
  const sum = await ensembleSha256({ members });
  output.event({
    event: 'ensemble',
    folder: options.out,
    members: folders.map((from, index) => ({
      folder: memberFolder(index + 1),
      from,
      accuracy: judged.accuracies?.[index] ?? null,
    })),
    images: judged.images,
    accuracy: judged.accuracy ?? null,
    calibration: judged.calibration ?? null,
    weightsSha256: sum,
  });
  output.result(`weightsSha256: ${sum}`);
  output.result(`Ensemble: ${options.out}`);
}

async function requireFreeFolder(folder: string): Promise<void> {
  const [other] = await visibleEntries(folder);
  if (other === undefined) return;
  throw new InklingError(
    'argument',
    `--out ${folder} holds other files (${other.name}), and an ensemble has a folder to itself. Choose a new or empty one.`,
  );
}

/** What the members were trained as goes with them: which data, which seed. */
async function copySummaries(folders: readonly string[], out: string): Promise<void> {
  for (const [index, folder] of folders.entries()) {
    const to = join(out, memberFolder(index + 1), 'summary.json');
    try {
      await copyFile(join(folder, 'summary.json'), to);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw fileError('write', to, error);
    }
  }
}

/** What an ensemble is worth, and its calibration, on images that none of its members was trained on. */
async function judge(
  ensemble: Ensemble,
  folders: readonly string[],
  engine: EngineOptions,
  { data }: EnsembleOptions,
  output: Output,
) {
  const found = await unseenBy(ensemble, folders, data, output);
  if (typeof found === 'string' || found.rows.length < minImages) {
    const why =
      typeof found === 'string'
        ? found
        : `${integer(found.rows.length)} of the ${integer(found.dataset.train.labels.length)} training images are such. Train the runs with --limit, ` +
          'and all the images behind it are';
    output.text(
      `Not calibrated: that takes ${minImages} images that no member was trained on, and ${why}. Probabilities are taken at their word.`,
    );
    return { images: typeof found === 'string' ? 0 : found.rows.length };
  }
  const { images, labels } = select(found.dataset.train, found.rows);
  const { logits, probabilities } = await ensemble.evaluate(images, labels);
  const together = predictedClasses(probabilities);
  const calibration = calibrate(logits, labels);
  const rightOf = (answers: Int32Array) => answers.filter((answer, row) => answer === labels[row]).length;
  const alone: Int32Array[] = [];
  for (const folder of folders) {
    const model = await Sequential.load(folder, engine);
    alone.push(predictedClasses(await model.predict(images)));
    model.dispose();
  }
  const count = labels.length;
  const show = (name: string, right: number) => {
    output.text(
      `${name}: ${percent(right / count)}, 95 % interval ${wilsonInterval(right, count).map(percent).join(' to ')} (Wilson)`,
    );
  };
  output.text(
    output.style('bold', `Accuracy on ${integer(count)} training images that none of the members was trained on`),
  );
  for (const [index, answers] of alone.entries()) show(`  ${folders[index]}`, rightOf(answers));
  const rights = alone.map(rightOf);
  const mean = rights.reduce((sum, right) => sum + right, 0) / rights.length;
  output.text(`  their mean: ${percent(mean / count)}`);
  show('  together', rightOf(together));
  const best = rights.indexOf(Math.max(...rights));
  const { onlyFirst, onlySecond, pValue } = mcnemarTest(labels, together, alone[best]);
  output.text(
    `  McNemar's test against ${basename(folders[best])}, the best of them: ${onlyFirst} right together alone, ${onlySecond} by it alone, p ${pValueText(pValue)}`,
  );
  const { temperature, confidenceThreshold, rejectionThreshold } = calibration;
  const sure = confidenceThreshold === null ? 'never' : `from a probability of ${percent(confidenceThreshold)}`;
  output.text(
    `Calibrated on them: temperature ${temperature.toFixed(3)}; sure: ${sure}; no answer: below ${percent(rejectionThreshold)}`,
  );
  return {
    images: count,
    calibration,
    accuracies: rights.map((right) => right / count),
    accuracy: rightOf(together) / count,
  };
}

/** @returns a text where it cannot be known which images these are */
async function unseenBy(
  { members, classNames }: Ensemble,
  folders: readonly string[],
  data: string | undefined,
  output: Output,
): Promise<{ dataset: Dataset; rows: Uint32Array } | string> {
  const runs: SavedRun[] = [];
  for (const folder of folders) {
    try {
      runs.push(await readSavedRun(folder));
    } catch (error) {
      if (!(error instanceof InklingError)) throw error;
      return `what ${folder} was trained on is not known: ${error.message.replace(/\.$/, '')}`;
    }
  }
  const other = runs.find(({ dataSha256 }) => dataSha256 === null || dataSha256 !== runs[0].dataSha256);
  if (other) return `${folders[0]} and ${other.folder} were not trained on the same data`;
  const { inputShape } = members[0].model.config;
  const dataset = await chooseRunData(folders[0], { data, classNames, inputShape }, output);
  if (dataset.sha256 !== runs[0].dataSha256) return 'the data is not that of the training any more';
  return { dataset, rows: unseenRows(dataset.train.labels, runs) };
}
