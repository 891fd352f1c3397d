/** `inkling ensemble`: makes one model of several runs, and tells what it is worth. */

import { basename, join } from 'node:path';
import { platform } from '#platform';
import { visibleEntries } from '../data/class-folders.js';
import { type Dataset, select } from '../data/dataset.js';
import { InklingError } from '../errors.js';
import { wilsonInterval } from '../evaluation/accuracy.js';
import { calibrate } from '../evaluation/calibration.js';
import { softmax } from '../evaluation/logits.js';
import { mcnemarTest } from '../evaluation/mcnemar.js';
import { logMeanProbabilities } from '../evaluation/mean-probabilities.js';
import { predictedClasses } from '../evaluation/predictions.js';
import { checkMembers, ensembleSha256, memberFolder, saveEnsemble } from '../formats/ensemble-file.js';
import { type LoadedModel, loadModel } from '../formats/model-file.js';
import type { Tensor } from '../numerics/tensor.js';
import { pValueText } from '../report/comparison-words.js';
import { integer, percent } from '../report/number-format.js';
import { Sequential } from '../sequential.js';
import { minImages } from './calibration.js';
import { resolveRuns } from './latest-run.js';
import type { Output } from './output.js';
import { chooseRunData } from './run-data.js';
import { type EngineChoice, engineOptionsOf } from './setup.js';
import { readTrainedOn, type TrainedOn } from './trained-on.js';
import { unseenRows } from './unseen-rows.js';

export interface EnsembleOptions extends EngineChoice {
  readonly out: string;
  readonly data?: string;
}

/**
 * @throws InklingError (argument) for fewer than two runs, one twice, or a folder that holds something, (model) where
 * they do not belong together, (file)
 */
export async function ensemble(choices: readonly string[], options: EnsembleOptions, output: Output): Promise<void> {
  const folders = await resolveRuns(choices);
  await requireFreeFolder(options.out);
  const members: LoadedModel[] = [];
  for (const folder of folders) members.push(await loadModel(folder));
  await checkMembers(members, folders);
  const judged = await judge(members[0], folders, options, output);
  await copySummaries(folders, options.out);
  const name = `ensemble of ${members.length}`;
  const { classNames, preprocessing } = members[0];
  await saveEnsemble(options.out, { name, members, classNames, preprocessing, calibration: judged.calibration });
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
    const name = 'summary.json';
    if (!(await platform.listFolder(folder))?.some((entry) => entry.name === name)) continue;
    await platform.writeFile(join(out, memberFolder(index + 1), name), await platform.readFile(join(folder, name)));
  }
}

/**
 * What an ensemble is worth, and its calibration, on images that none of its members was trained on.
 * @param member any: all have its inputs and classes
 */
async function judge(
  member: LoadedModel,
  folders: readonly string[],
  { data, ...engineChoice }: EnsembleOptions,
  output: Output,
) {
  const found = await unseenBy(member, folders, data, output);
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
  const all: Tensor<Float32Array>[] = [];
  for (const folder of folders) {
    const model = await Sequential.load(folder, engineOptionsOf(engineChoice));
    all.push(await model.predictLogits(images));
    model.dispose();
  }
  const logits = logMeanProbabilities(all);
  const calibration = calibrate(logits, labels);
  const [together, ...alone] = [logits, ...all].map((own) => predictedClasses(softmax(own)));
  const rightOf = (answers: Int32Array) => answers.filter((answer, row) => answer === labels[row]).length;
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
  { model, classNames }: LoadedModel,
  folders: readonly string[],
  data: string | undefined,
  output: Output,
): Promise<{ dataset: Dataset; rows: Uint32Array } | string> {
  const runs: TrainedOn[] = [];
  for (const folder of folders) {
    try {
      runs.push(await readTrainedOn(folder));
    } catch (error) {
      if (!(error instanceof InklingError)) throw error;
      return `what ${folder} was trained on is not known: ${error.message.replace(/\.$/, '')}`;
    }
  }
  const other = runs.find(({ dataSha256 }) => dataSha256 === null || dataSha256 !== runs[0].dataSha256);
  if (other) return `${folders[0]} and ${other.folder} were not trained on the same data`;
  const { inputShape } = model.config;
  const dataset = await chooseRunData(folders[0], { data, classNames, inputShape }, output);
  if (dataset.sha256 !== runs[0].dataSha256) return 'the data is not that of the training any more';
  return { dataset, rows: unseenRows(dataset.train.labels, runs) };
}
