/** The robustness sheet on the command line: which images, who reads them, progress, and the sheet as text and as an event. */

import { SingleBar } from 'cli-progress';
import { type Dataset, imageShape, select } from '../data/dataset.js';
import { InklingError } from '../errors.js';
import type { Calibration } from '../evaluation/calibration.js';
import { predictedClasses } from '../evaluation/predictions.js';
import {
  evenlySpaced,
  formatRobustness,
  measureRobustness,
  type Reader,
  type RobustnessSheet,
} from '../evaluation/robustness.js';
import type { Preprocessing } from '../formats/preprocessing.js';
import { picturesReader } from '../inference/pictures-reader.js';
import { Recognizer } from '../inference/recognizer.js';
import { formatShape } from '../numerics/tensor.js';
import { duration, integer } from '../report/number-format.js';
import type { Sequential } from '../sequential.js';
import type { Output } from './output.js';

/** How many of them `predict`'s way reads where nothing is said: it prepares each picture anew, which takes longer than reading it. */
const preparedImages = 100;

/** How many of the test images `train` reads distorted where nothing is said: none of images that cannot be distorted. */
function defaultRobustnessImages({ test }: Dataset): number {
  return isGrey(test.images.shape) ? 500 : 0;
}

/** @param images as asked for; 0 for none @throws InklingError (argument) where there is no distorting these images */
export function requireDistortable({ name, test }: Dataset, images: number | 'all'): void {
  if (images === 0 || isGrey(test.images.shape)) return;
  throw new InklingError(
    'argument',
    `--robustness ${images}: only images of one channel, [H, W, 1], can be distorted. Those of ${name} are ` +
      `${formatShape(imageShape(test.images))}. Leave it out, or give 0.`,
  );
}

function isGrey(shape: readonly number[]): boolean {
  return shape.length === 4 && shape[3] === 1;
}

/** The model as it is: it answers every picture of its own size. */
export function networkAlone(model: Sequential): Reader {
  const size = formatShape(model.model.config.inputShape);
  return {
    name: 'network alone',
    read: (pictures) => (formatShape(imageShape(pictures)) === size ? answers(model, pictures) : undefined),
  };
}

async function answers(model: Sequential, pictures: Parameters<Sequential['predict']>[0]): Promise<Int32Array> {
  const { data, shape } = await model.predict(pictures);
  return predictedClasses(data, shape[1]);
}

export interface RobustnessChoice {
  /** How many images; 0 for none. */
  readonly asked: number | 'all' | undefined;
  readonly preprocessing: Preprocessing | undefined;
  readonly calibration: Calibration | undefined;
}

/**
 * Measures it on some of the test images, evenly spaced, with a bar on a terminal: the network alone, and the model as `predict`
 * reads pictures with it.
 * @param asked for; where nothing is, few images in `predict`'s way
 * @param signal ends it
 * @returns undefined for 0 images, and where it was ended
 */
export async function measuredRobustness(
  model: Sequential,
  dataset: Dataset,
  { asked, preprocessing, calibration }: RobustnessChoice,
  output: Output,
  signal?: AbortSignal,
): Promise<RobustnessSheet | undefined> {
  const count = asked ?? defaultRobustnessImages(dataset);
  if (count === 0 || signal?.aborted) return undefined;
  const { test, classNames } = dataset;
  const { images, labels } = count === 'all' ? test : select(test, evenlySpaced(test.labels.length, count));
  const terminal = output.liveTerminal;
  const bar =
    terminal &&
    new SingleBar({
      stream: terminal,
      clearOnComplete: true,
      format: '{bar}  {value}/{total} steps',
    });
  const loaded = {
    model: model.model,
    weights: model.getWeights(),
    classNames,
    preprocessing,
    calibration,
    metadata: {},
  };
  const most = asked === undefined ? preparedImages : undefined;
  const readers = [networkAlone(model), { ...picturesReader(new Recognizer(loaded)), most }];
  const start = performance.now();
  let steps = 0;
  let sheet: RobustnessSheet | undefined;
  try {
    sheet = await measureRobustness(readers, images, labels, {
      signal,
      onProgress: (done, all) => {
        if (steps === 0) {
          output.text(`Robustness: reading ${integer(labels.length)} test images in ${all} steps`);
          bar?.start(all, done);
        }
        steps = all;
        bar?.update(done);
      },
    });
  } finally {
    bar?.stop();
  }
  if (!sheet) {
    output.urgent('The reading of distorted test images was interrupted: the report has no robustness sheet.');
    return undefined;
  }
  const seconds = duration((performance.now() - start) / 1000);
  output.text(`Robustness: read in ${seconds}`);
  return sheet;
}

export function showRobustness(sheet: RobustnessSheet, output: Output): void {
  output.event({ event: 'robustness', ...sheet });
  output.text(`\n${output.style('bold', 'What it still reads')}\n${formatRobustness(sheet)}`);
}
