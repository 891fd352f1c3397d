/** Which network is judged on which images, and what came of it. It stays when the room is left. */

import { batch, computed, signal } from '@preact/signals';
import type { RobustnessReport } from 'inkling';
import { ask, listen } from '../conductor/client.js';
import type { Answers, FeatureMap, Part, ResultsProgress, TestResult } from '../conductor/topics/results.js';
import { announce } from '../shell/announcer.js';
import { messageOf } from '../shell/notices.js';
import { trainingThreads } from '../state/engine-status.js';
import { type Reader, reader } from '../state/reader.js';
import { trained as trainingConfig, result as trainingResult } from '../train/training-state.js';
import { trainedReader } from '../train/use-on-pad.js';
import { percent } from './words.js';

export type TestedPart = Exclude<Part, 'training'>;

export interface Tested extends TestResult {
  readonly network: Reader;
  readonly part: TestedPart;
}

/** The network that was trained last in this page. */
const lastTrained = computed<Reader | undefined>(() => {
  const [ended, config] = [trainingResult.value, trainingConfig.value];
  return ended && config ? trainedReader(ended, config) : undefined;
});

export const networks = computed(() => ({ pad: reader.value, trained: lastTrained.value }));
export const chosenName = signal<'pad' | 'trained'>('pad');
export const chosenNetwork = computed(() => networks.value[chosenName.value] ?? networks.value.pad);
export const chosenPart = signal<TestedPart>('test');

export const isTesting = signal(false);
/** Why the last test did not go through. */
export const problem = signal<string | undefined>(undefined);
export const tested = signal<Tested | undefined>(undefined);

/** What is asked for after a test, each by its own button. */
export const robustness = signal<RobustnessReport | undefined>(undefined);
export const featureMap = signal<FeatureMap | undefined>(undefined);
/** `[images, 2]`: the same map by UMAP. */
export const umapPoints = signal<Float32Array | undefined>(undefined);
export const trainingAnswers = signal<Answers | undefined>(undefined);

/** What runs, and how far it is; undefined while nothing does. */
export const progress = signal<ResultsProgress | undefined>(undefined);
listen('results.progress', (now) => {
  progress.value = now;
});

export async function test(): Promise<void> {
  const network = chosenNetwork.peek();
  if (!network || isTesting.peek()) return;
  const part = chosenPart.peek();
  batch(() => {
    isTesting.value = true;
    problem.value = undefined;
  });
  try {
    const { recognizer, heldOut } = network;
    const { model, weights, classNames, preprocessing, calibration } = recognizer;
    const sent = { config: model.config, weights, classNames, preprocessing, calibration, heldOut };
    const result = await ask('results', 'test', { network: sent, part, threads: trainingThreads });
    batch(() => {
      tested.value = { ...result, network, part };
      robustness.value = featureMap.value = trainingAnswers.value = umapPoints.value = undefined;
    });
    announce(`Tested: ${percent(result.evaluation.accuracy)} of the images are read rightly`);
  } catch (error) {
    problem.value = messageOf(error);
  } finally {
    isTesting.value = false;
  }
}

/** @param images how many of those that were tested */
export async function measureRobustness(images: number): Promise<void> {
  const of = tested.peek();
  const report = await ask('results', 'robustness', { images }).finally(endProgress);
  if (report && tested.peek() === of) robustness.value = report;
}

export async function answerTrainingImages(): Promise<void> {
  const of = tested.peek();
  const answers = await ask('results', 'answerTraining', undefined).finally(endProgress);
  if (tested.peek() === of) trainingAnswers.value = answers;
}

export async function makeMap(): Promise<void> {
  const of = tested.peek();
  const map = await ask('results', 'map', undefined);
  if (tested.peek() === of) featureMap.value = map;
}

function endProgress(): void {
  progress.value = undefined;
}
