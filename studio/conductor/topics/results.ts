/** Judges one network: its answers to labelled images, what it bears, and a map of its last hidden layer. */

import {
  type Calibration,
  type CalibrationResult,
  type EvaluationReport,
  evaluateCalibration,
  evaluatePredictions,
  evenlySpaced,
  type LabelledImages,
  type LoadedModel,
  type ModelConfig,
  measureRobustness,
  networkClassifier,
  pictureClassifier,
  predictedClasses,
  Recognizer,
  type RobustnessReport,
  Sequential,
  select,
  softmax,
  stratifiedSplit,
  type Tensor,
  take,
} from 'inkling';
import { hiddenLayerOf } from '../../results/hidden-layer.js';
import { nearestRows } from '../../results/nearest-rows.js';
import { principalComponents } from '../../results/principal-components.js';
import type { HeldOut } from '../../state/reader.js';
import { type ConductorContext, transferred } from '../protocol.js';
import { loadedMnist } from './data.js';

declare module '../protocol.js' {
  interface ConductorEvents {
    'results.progress': ResultsProgress;
  }
}

export interface ResultsProgress {
  readonly what: 'training' | 'robustness';
  readonly done: number;
  readonly total: number;
}

/** A network as it goes to the conductor: plain data. */
export interface SentNetwork extends Pick<LoadedModel, 'weights' | 'classNames' | 'preprocessing' | 'calibration'> {
  readonly config: ModelConfig;
  readonly heldOut: HeldOut | undefined;
}

/** Which of MNIST's images: those to test with, those set aside for validation, or all that there are to train on. */
export type Part = 'test' | 'validation' | 'training';

/** What a network says of labelled images, an entry an image. */
export interface Answers {
  readonly part: Part;
  /** Where each image is in MNIST's file, counted from 0. */
  readonly indices: Uint32Array;
  readonly labels: Uint8Array;
  readonly answers: Uint8Array;
  /** `[images, classes]`, at the calibration's temperature, as on the pad. */
  readonly probabilities: Float32Array;
}

export interface TestResult {
  readonly answers: Answers;
  readonly evaluation: EvaluationReport;
  /** undefined where the network has no calibration: then nothing is said of states. */
  readonly calibration: Calibration | undefined;
  /** Without a calibration: of the probabilities as they are. */
  readonly reliability: CalibrationResult;
  readonly seconds: number;
}

/** The activations of the last hidden layer, laid flat. */
export interface FeatureMap {
  /** Which of the tested images, evenly spaced. */
  readonly positions: Uint32Array;
  /** `[images, 2]` */
  readonly points: Float32Array;
  /** The share of the activations' variance along each of the two axes. */
  readonly shares: readonly [number, number];
  readonly layer: string;
  readonly units: number;
  /** Their pixels, one image behind the other. */
  readonly images: Uint8Array;
}

interface Current {
  readonly network: SentNetwork;
  readonly model: Sequential;
  readonly part: Part;
  readonly tested: LabelledImages;
  activations: Tensor<Float32Array> | undefined;
}

let current: Current | undefined;
/** What may be cancelled: one at a time. */
let work: { readonly stop: AbortController; readonly end: Promise<unknown> } | undefined;

/** Where a network has no calibration: probabilities as they are. */
const asTheyAre: Calibration = { temperature: 1, confidenceThreshold: null, rejectionThreshold: 0, images: 0 };
const imagesOnTheMap = 2000;
/** As many are answered between two looks at whether somebody has cancelled. */
const atATime = 2000;

export const results = {
  /** Lets a network read a part of MNIST. What is asked later is of this network and this part. */
  async test({ network, part, threads }: { network: SentNetwork; part: Part; threads: number }): Promise<TestResult> {
    const dataset = await loadedMnist();
    const { images: tested, indices } = imagesOf(part, dataset, network.heldOut);
    const model = new Sequential(network.config);
    try {
      model.compile({ threads });
      model.setWeights(network.weights);
      const start = performance.now();
      const { loss, probabilities, logits } = await model.evaluate(tested.images, tested.labels, { outputs: true });
      const seconds = (performance.now() - start) / 1000;
      const { labels } = tested;
      const { calibration } = network;
      const result: TestResult = {
        answers: answersOf(part, indices, labels, logits, calibration),
        evaluation: evaluatePredictions({ probabilities, labels }, dataset.classNames, loss),
        calibration,
        reliability: evaluateCalibration(logits, labels, calibration ?? asTheyAre),
        seconds,
      };
      await endWork();
      current?.model.dispose();
      current = { network, model, part, tested, activations: undefined };
      return transferred(result, buffersOf(result.answers));
    } catch (error) {
      model.dispose();
      throw error;
    }
  },

  /** What the network says of all images that there are to train on. @returns undefined where it was cancelled */
  async answerTraining(_: undefined, context: ConductorContext): Promise<Answers | undefined> {
    const { labels, images } = (await loadedMnist()).train;
    const { network, model } = requireTested();
    const logits = await begin((signal) =>
      logitsOf(model, images, signal, (done, total) =>
        context.emit('results.progress', { what: 'training', done, total }),
      ),
    );
    if (!logits) return undefined;
    const answers = answersOf('training', Uint32Array.from(labels.keys()), labels, logits, network.calibration);
    return transferred(answers, buffersOf(answers));
  },

  /** The pixels of images, one behind the other. @param indices in MNIST's file */
  async images({ part, indices }: { part: Part; indices: ArrayLike<number> }): Promise<Uint8Array> {
    const dataset = await loadedMnist();
    const { data } = select(part === 'test' ? dataset.test : dataset.train, indices).images;
    return transferred(data, [data.buffer]);
  },

  /** Reads some of the tested images distorted. @returns undefined where it was cancelled */
  async robustness({ images }: { images: number }, context: ConductorContext): Promise<RobustnessReport | undefined> {
    const { network, model, tested } = requireTested();
    const some = select(tested, evenlySpaced(tested.labels.length, images));
    const { config: _config, heldOut: _heldOut, ...rest } = network;
    using recognizer = new Recognizer({ ...rest, model: model.definition, metadata: {} });
    const readers = [networkClassifier(model), pictureClassifier(recognizer)];
    return await begin((signal) =>
      measureRobustness(readers, some.images, some.labels, {
        signal,
        onProgress: (done, total) => context.emit('results.progress', { what: 'robustness', done, total }),
      }),
    );
  },

  /** The tested images by what the last hidden layer makes of them, at their first two principal components. */
  async map(_: undefined): Promise<FeatureMap> {
    const asked = requireTested();
    const positions = evenlySpaced(asked.tested.labels.length, imagesOnTheMap);
    const { images } = select(asked.tested, positions);
    const { name, config, weights } = hiddenLayerOf(asked.model.definition, asked.network.weights);
    const hidden = new Sequential(config);
    try {
      hidden.compile({ threads: 1 });
      hidden.setWeights(weights);
      const activations = await hidden.predictLogits(images);
      const [count, units] = activations.shape;
      const { points, shares } = principalComponents(activations.data, count, units);
      asked.activations = activations;
      const { data } = images;
      return transferred({ positions, points, shares, layer: name, units, images: data }, [
        positions.buffer,
        points.buffer,
        data.buffer,
      ]);
    } finally {
      hidden.dispose();
    }
  },

  /** What the map is made of, to be laid out in another way. */
  activations(_: undefined): { readonly values: Float32Array; readonly columns: number } {
    const { activations } = requireTested();
    if (!activations) throw new Error('There is no map yet.');
    const values = activations.data.slice();
    return transferred({ values, columns: activations.shape[1] }, [values.buffer]);
  },

  /** Which images of the map the network holds for most alike, the nearest first. */
  alike({ point, count }: { point: number; count: number }): number[] {
    const { activations } = requireTested();
    if (!activations) throw new Error('There is no map yet.');
    return nearestRows(activations.data, activations.shape[1], point, count);
  },

  cancel(_: undefined): void {
    work?.stop.abort();
  },
};

function requireTested(): Current {
  if (!current) throw new Error('No network was tested yet: press "Test it" first.');
  return current;
}

/** Begins what may be cancelled, once what was begun before has ended. */
async function begin<Result>(run: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  await endWork();
  const stop = new AbortController();
  const end = run(stop.signal);
  work = { stop, end };
  return await end;
}

/** The network is let go only when nothing reads with it any more. */
async function endWork(): Promise<void> {
  work?.stop.abort();
  await work?.end.catch(() => {});
}

/** @returns undefined where it was cancelled */
async function logitsOf(
  model: Sequential,
  { data, shape: [total, ...shape] }: Tensor<Uint8Array>,
  signal: AbortSignal,
  onProgress: (done: number, total: number) => void,
): Promise<Tensor<Float32Array> | undefined> {
  const size = data.length / total;
  const { classes } = model.definition;
  const logits = new Float32Array(total * classes);
  for (let first = 0; first < total; first += atATime) {
    onProgress(first, total);
    // A turn of the event loop, so that "cancel" is heard.
    await new Promise((resolve) => setTimeout(resolve, 0));
    if (signal.aborted) return undefined;
    const count = Math.min(atATime, total - first);
    const some = data.subarray(first * size, (first + count) * size);
    logits.set((await model.predictLogits({ data: some, shape: [count, ...shape] })).data, first * classes);
  }
  return { data: logits, shape: [total, classes] };
}

function imagesOf(
  part: Part,
  { train, test }: { readonly train: LabelledImages; readonly test: LabelledImages },
  heldOut: HeldOut | undefined,
): { readonly images: LabelledImages; readonly indices: Uint32Array } {
  if (part === 'validation') {
    if (!heldOut) throw new Error('Which images this network was not trained on is not known: take the test images.');
    const given = take(train, heldOut.images);
    const indices = stratifiedSplit(given.labels, heldOut.validation, heldOut.seed).validation;
    return { images: select(given, indices), indices };
  }
  const images = part === 'test' ? test : train;
  return { images, indices: Uint32Array.from(images.labels.keys()) };
}

function answersOf(
  part: Part,
  indices: Uint32Array,
  labels: Uint8Array,
  logits: Tensor<Float32Array>,
  { temperature }: Calibration = asTheyAre,
): Answers {
  const { data: probabilities } = softmax(logits, { temperature });
  const answers = Uint8Array.from(predictedClasses({ data: probabilities, shape: logits.shape }));
  return { part, indices, labels: labels.slice(), answers, probabilities };
}

function buffersOf({ indices, labels, answers, probabilities }: Answers): ArrayBufferLike[] {
  return [indices.buffer, labels.buffer, answers.buffer, probabilities.buffer];
}
