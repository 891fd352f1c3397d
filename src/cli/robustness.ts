/**
 * The robustness report on the command line: which images, who reads them, progress, and the report as text and as an
 * event.
 */

import { type Dataset, evenlySpaced, imageShape, select } from '../data/dataset.js';
import { InklingError } from '../errors.js';
import type { Calibration } from '../evaluation/calibration.js';
import { formatRobustness, measureRobustness, type RobustnessReport } from '../evaluation/robustness.js';
import type { Ensemble } from '../inference/ensemble.js';
import { networkClassifier } from '../inference/network-classifier.js';
import { pictureClassifier } from '../inference/picture-classifier.js';
import { Recognizer } from '../inference/recognizer.js';
import { countMultiplyAdds, type Model } from '../model/model.js';
import { formatShape } from '../numerics/tensor.js';
import type { Preprocessing } from '../preprocessing/settings.js';
import { LiveLine } from '../progress/live-line.js';
import { barLine } from '../progress/text.js';
import { duration, integer } from '../report/number-format.js';
import type { Sequential } from '../sequential.js';
import type { Output } from './output.js';
import { defaultRobustnessImages } from './robustness-images.js';
import { networksOf } from './setup.js';

/** @param images as asked for; 0 for none @throws InklingError (argument) where there is no distorting these images */
export function requireDistortable({ name, test }: Dataset, images: number | 'all'): void {
  if (images === 0 || isGrey(test.images.shape)) return;
  throw new InklingError(
    'argument',
    `--robustness ${images}: only images of one channel, [H, W, 1], can be distorted. Those of ${name} are ` +
      `${formatShape(imageShape(test.images))}. Leave it out, or give 0.`,
  );
}

/**
 * How many of the test images `train` reads distorted where nothing is said: none of images that cannot be distorted,
 * and none where the training is too short for it, which it tells.
 */
export function robustnessImagesFor(
  { train, test }: Dataset,
  model: Model,
  { epochs, validation }: { readonly epochs: number; readonly validation: number },
  output: Output,
): number {
  if (!isGrey(test.images.shape)) return 0;
  const [height, width] = imageShape(test.images);
  const images = defaultRobustnessImages({
    trainingImages: train.labels.length - validation,
    epochs,
    multiplyAdds: countMultiplyAdds(model),
    testImages: test.labels.length,
    size: [height, width],
  });
  if (images === 0) {
    output.text(
      'Robustness: not measured, as it would take longer than so short a training. "--robustness 100" reads 100 test images distorted.',
    );
  }
  return images;
}

function isGrey(shape: readonly number[]): boolean {
  return shape.length === 4 && shape[3] === 1;
}

export interface RobustnessChoice {
  /** How many images; 0 for none. */
  readonly asked: number | 'all';
  readonly preprocessing: Preprocessing | undefined;
  readonly calibration: Calibration | undefined;
}

/**
 * Measures it on some of the test images, evenly spaced, with a bar on a terminal: the network alone, and the model as
 * `predict` reads pictures with it.
 * @param signal ends it
 * @returns undefined for 0 images, and where it was ended
 */
export async function measuredRobustness(
  model: Sequential | Ensemble,
  dataset: Dataset,
  { asked, preprocessing, calibration }: RobustnessChoice,
  output: Output,
  signal?: AbortSignal,
): Promise<RobustnessReport | undefined> {
  if (asked === 0 || signal?.aborted) return undefined;
  const { test, classNames } = dataset;
  const { images, labels } = asked === 'all' ? test : select(test, evenlySpaced(test.labels.length, asked));
  const terminal = output.liveTerminal;
  const bar = terminal && new LiveLine(terminal);
  const reading =
    'members' in model
      ? model
      : { model: model.definition, weights: model.getWeights(), classNames, preprocessing, calibration, metadata: {} };
  const [definition] = networksOf(model);
  const network = networkClassifier({ definition, predict: (rows) => model.predict(rows) });
  const classifiers = [network, pictureClassifier(new Recognizer(reading))];
  const start = performance.now();
  let steps = 0;
  let report: RobustnessReport | undefined;
  try {
    report = await measureRobustness(classifiers, images, labels, {
      signal,
      onProgress: (done, all) => {
        if (steps === 0) {
          output.text(`Robustness: reading ${integer(labels.length)} test images in ${all} steps`);
        }
        steps = all;
        const number = { text: `${done}/${all} steps`, rank: 1 };
        bar?.draw((columns) => barLine('Robustness', done / all, [number], columns), 'sometimes');
      },
    });
  } finally {
    bar?.clear();
  }
  if (!report) {
    output.urgent('The reading of distorted test images was interrupted: the run has no robustness report.');
    return undefined;
  }
  const seconds = duration((performance.now() - start) / 1000);
  output.text(`Robustness: read in ${seconds}`);
  return report;
}

export function showRobustness(report: RobustnessReport, output: Output): void {
  output.event({ event: 'robustness', ...report });
  output.text(`\n${output.style('bold', 'What it still reads')}\n${formatRobustness(report)}`);
}
