/**
 * What a run's model answers to the images that it is judged by: as the run stored it, or computed now with the engine.
 */

import { type Dataset, type LabelledImages, select, take } from '../data/dataset.js';
import type { EngineOptions } from '../engine/engine-options.js';
import { InklingError } from '../errors.js';
import { predictedClasses } from '../evaluation/predictions.js';
import { weightsSha256 } from '../formats/weights-sha256.js';
import { type ComparedRows, type RunAnswers, rowsFor } from '../report/comparison.js';
import { readAnswers, type SavedRun } from '../report/saved-run.js';
import { Sequential } from '../sequential.js';
import { splitRows } from '../training/validation-rows.js';

export interface AnswerOptions {
  readonly engine: EngineOptions;
  /** The data that the run was trained on; read when it is first asked for. */
  dataset(): Promise<Dataset>;
}

/**
 * The answers to the test images, if the run has read them.
 * @returns a text where it has not, or where its answers are not to be had any more
 */
export async function testAnswers(run: SavedRun, options: AnswerOptions): Promise<RunAnswers | string> {
  if (run.testAccuracy === null) return 'has not read the test images';
  const stored = await readAnswers(run.folder);
  const images = `test ${run.dataSha256}`;
  if (stored) return { ...stored, source: 'stored', images };
  return computed(run, options, images, ({ test }) => test);
}

/**
 * The answers to the images that the run set aside; no run stores them.
 * @returns a text where there are none
 */
export async function validationAnswers(run: SavedRun, options: AnswerOptions): Promise<RunAnswers | string> {
  const { splitSeed, trainingImages, validationImages, dataSha256 } = run;
  if (validationImages === 0) return 'has set no images aside for validation';
  const whole = trainingImages + validationImages;
  const images = `validation ${dataSha256} ${whole} ${validationImages} ${splitSeed}`;
  return computed(run, options, images, ({ train }) => {
    const used = take(train, whole);
    return select(used, splitRows(used.labels, validationImages, splitSeed).validation);
  });
}

async function computed(
  run: SavedRun,
  { engine, dataset }: AnswerOptions,
  images: string,
  choose: (dataset: Dataset) => LabelledImages,
): Promise<RunAnswers | string> {
  try {
    const data = await dataset();
    if (data.sha256 !== run.dataSha256) return 'its data has changed since';
    const rows = choose(data);
    const model = await Sequential.load(run.folder, engine);
    try {
      if ((await weightsSha256(model.definition, model.getWeights())) !== run.weightsSha256) {
        return 'its model is not the one that its summary tells of';
      }
      const answers = predictedClasses(await model.predict(rows.images));
      return { labels: Int32Array.from(rows.labels), answers, source: 'computed', images };
    } finally {
      model.dispose();
    }
  } catch (error) {
    if (!(error instanceof InklingError)) throw error;
    // It is told within a sentence.
    return error.message.replace(/\.$/, '');
  }
}

/** What the pairs will ask for: the validation images only where test images do not serve, since they are computed. */
export function rowsToAnswer(runs: readonly SavedRun[], asked: ComparedRows | undefined): readonly ComparedRows[] {
  if (asked) return [asked];
  return rowsFor(runs) === 'test' ? ['test'] : ['test', 'validation'];
}
