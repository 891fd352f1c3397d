/**
 * How much a network bears: accuracy on images with each distortion of `evaluation/distortions.ts` by itself, step by
 * step. Knows no engine: whoever can answer pictures is a classifier. One step's pictures are in memory at a time, and
 * of those a few megabytes.
 */

import { InklingError } from '../errors.js';
import { readOptions } from '../known-names.js';
import type { Tensor } from '../numerics/tensor.js';
import { wilsonInterval } from './accuracy.js';
import {
  distortions as allDistortions,
  type Distortion,
  type DistortionName,
  type DistortionStep,
  distort,
  distortedSize,
  requireGreyImages,
} from './distortions.js';

/** Somebody who answers pictures. */
export interface Classifier {
  /** For people, such as "network alone". */
  readonly name: string;
  /**
   * @param pictures [N, H, W, 1], 0 to 255
   * @returns N class indices, -1 for "no answer"; undefined where it cannot take pictures of that size
   */
  classify(pictures: Tensor<Uint8Array>): Promise<Int32Array> | undefined;
}

/** What a classifier got right. */
export interface ClassifierScore {
  readonly correct: number;
  readonly images: number;
  /** From 0 to 1. */
  readonly accuracy: number;
  /** Wilson's 95 % interval. */
  readonly interval: readonly [low: number, high: number];
}

/** One step of a distortion: how strong it is, and what each classifier got right. */
export interface RobustnessStep {
  readonly label: string;
  readonly severity: number;
  /** A score for each classifier; null where it cannot take pictures of that size. */
  readonly scores: readonly (ClassifierScore | null)[];
}

/** One distortion, step by step. */
export interface DistortionScores {
  readonly name: DistortionName;
  readonly title: string;
  readonly unit: string;
  /** What stands for the undistorted images among the steps, where there is such. */
  readonly neutral: DistortionStep | null;
  readonly steps: readonly RobustnessStep[];
}

/** Plain data: as JSON it is the same. */
export interface RobustnessReport {
  /** How many every classifier read at each step. */
  readonly images: number;
  /** The classifiers' names, in the order of all scores. */
  readonly classifiers: readonly string[];
  /** The same images as they are. */
  readonly undistorted: readonly (ClassifierScore | null)[];
  readonly distortions: readonly DistortionScores[];
}

/** Options of `measureRobustness`. */
export interface RobustnessOptions {
  /** Default: all of `evaluation/distortions.ts`. */
  readonly distortions?: readonly Distortion[];
  /** Ends the measuring at the next few images. */
  readonly signal?: AbortSignal;
  /** Hears how many of all steps are done, the undistorted images being the first; at 0 too. */
  readonly onProgress?: (done: number, steps: number) => void;
}

const optionNames: Readonly<Record<keyof RobustnessOptions, true>> = {
  distortions: true,
  signal: true,
  onProgress: true,
};

// This many bytes of distorted pictures, and this many pictures, are made at a time.
const maxBytes = 8 * 2 ** 20;
const maxPictures = 2048;

/** A step as it is measured: how to make pictures of some of the images. */
interface Measurement {
  readonly size: readonly [height: number, width: number];
  make(images: Tensor<Uint8Array>, firstIndex: number): Tensor<Uint8Array>;
}

/**
 * Lets every classifier read all images at every step.
 * @param images [N, H, W, 1], light strokes on a background of 0
 * @param labels [N] class indices
 * @returns undefined where `signal` ended it
 * @throws InklingError (argument) where the images have other shapes, there is none, or a classifier gives too few
 * answers
 * @example
 * ```ts
 * const { images, labels } = take(test, 100);
 * const report = await measureRobustness([pictureClassifier(await Recognizer.load())], images, labels);
 * if (report) console.log(formatRobustness(report));
 * ```
 */
export async function measureRobustness(
  classifiers: readonly Classifier[],
  images: Tensor<Uint8Array>,
  labels: ArrayLike<number>,
  options: RobustnessOptions = {},
): Promise<RobustnessReport | undefined> {
  readOptions('argument', 'measureRobustness', options, Object.keys(optionNames));
  const { distortions = allDistortions, signal, onProgress = () => {} } = options;
  requireGreyImages(images);
  const [count, height, width] = images.shape;
  if (count === 0 || labels.length !== count) {
    throw new InklingError(
      'argument',
      `Robustness: expected one label for each image, and at least one image. Received: ${count} images, ${labels.length} labels.`,
    );
  }
  const size = [height, width] as const;
  const steps = 1 + distortions.reduce((sum, distortion) => sum + distortion.steps.length, 0);
  let done = 0;
  const measure = async (measurement: Measurement) => {
    onProgress(done, steps);
    const scores = await scoresOf(classifiers, images, labels, measurement, signal);
    done++;
    return scores;
  };

  const undistorted = await measure({ size, make: (some) => some });
  if (!undistorted) return undefined;
  const measured: DistortionScores[] = [];
  for (const { name, title, unit, neutral = null, steps } of distortions) {
    const stepScores: RobustnessStep[] = [];
    for (const { label, severity } of steps) {
      const scores = await measure({
        size: distortedSize(size, name, severity),
        make: (some, firstIndex) => distort(some, name, severity, firstIndex),
      });
      if (!scores) return undefined;
      stepScores.push({ label, severity, scores });
    }
    measured.push({ name, title, unit, neutral, steps: stepScores });
  }
  onProgress(done, steps);
  return { images: count, classifiers: classifiers.map(({ name }) => name), undistorted, distortions: measured };
}

/** @returns undefined where `signal` ended it */
async function scoresOf(
  classifiers: readonly Classifier[],
  images: Tensor<Uint8Array>,
  labels: ArrayLike<number>,
  { size, make }: Measurement,
  signal: AbortSignal | undefined,
): Promise<(ClassifierScore | null)[] | undefined> {
  const [count, height, width] = images.shape;
  const bytes = Math.max(size[0] * size[1], height * width);
  const atATime = Math.max(1, Math.min(maxPictures, Math.floor(maxBytes / bytes)));
  const correct: (number | undefined)[] = classifiers.map(() => 0);
  for (let first = 0; first < count && correct.some((one) => one !== undefined); first += atATime) {
    // A turn of the event loop, so that whoever wants to abort is heard.
    await new Promise((resolve) => setTimeout(resolve, 0));
    if (signal?.aborted) return undefined;
    const last = Math.min(count, first + atATime);
    const data = images.data.subarray(first * height * width, last * height * width);
    const pictures = make({ data, shape: [last - first, height, width, 1] }, first);
    const own = Array.from({ length: last - first }, (_, index) => labels[first + index]);
    for (const [index, classifier] of classifiers.entries()) {
      if (correct[index] === undefined) continue;
      const answers = await classifier.classify(pictures);
      correct[index] = answers && correct[index] + countCorrect(classifier, answers, own);
    }
  }
  return correct.map((one) => (one === undefined ? null : scoreOf(one, count)));
}

function countCorrect({ name }: Classifier, answers: Int32Array, labels: readonly number[]): number {
  if (answers.length !== labels.length) {
    throw new InklingError(
      'argument',
      `Robustness: the classifier "${name}" gave ${answers.length} answers to ${labels.length} pictures. Expected one for each.`,
    );
  }
  return answers.reduce((sum, answer, index) => sum + (answer === labels[index] ? 1 : 0), 0);
}

function scoreOf(correct: number, images: number): ClassifierScore {
  return { correct, images, accuracy: correct / images, interval: wilsonInterval(correct, images) };
}

/**
 * The report as a table of text, ending in a line break: a line a step, and for each classifier accuracy, interval and
 * mistakes.
 * @example
 * ```ts
 * const report = await measureRobustness([pictureClassifier(await Recognizer.load())], test.images, test.labels);
 * if (report) console.log(formatRobustness(report));
 * ```
 */
export function formatRobustness(report: RobustnessReport): string {
  const { classifiers, undistorted, distortions } = report;
  const percent = (fraction: number) => `${(100 * fraction).toFixed(2)} %`;
  const cells = (scores: readonly (ClassifierScore | null)[]) =>
    scores.map((score) =>
      score
        ? `${percent(score.accuracy).padStart(8)}  ${score.interval.map((end) => percent(end).padStart(8)).join(' to ')}`
        : '–'.padStart(8),
    );
  const names = ['as they are', ...distortions.flatMap(({ steps }) => steps.map(({ label }) => `  ${label}`))];
  const headings = distortions.map(({ title, unit }) => `${title} (${unit})`);
  const nameWidth = Math.max(...names.map((name) => name.length)) + 2;
  const columnWidth = Math.max(31, ...classifiers.map((name) => [...name].length));
  const line = (name: string, texts: readonly string[]) =>
    `${name.padEnd(nameWidth)}${texts.map((text) => text.padEnd(columnWidth)).join('  ')}`.trimEnd();
  return [
    line('', classifiers),
    line(
      '',
      classifiers.map(() => 'accuracy  95 % interval (Wilson)'),
    ),
    line('as they are', cells(undistorted)),
    ...distortions.flatMap(({ steps }, index) => [
      headings[index],
      ...steps.map(({ label, scores }) => line(`  ${label}`, cells(scores))),
    ]),
    `${report.images} images at each step`,
    '',
  ].join('\n');
}
