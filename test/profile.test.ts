/** `fit({ profile: true })` on the engine as built: the same weights, and times that account for all of the steps. */

import {
  adam,
  averagePooling2d,
  batchNormalization,
  type Callback,
  conv2d,
  dense,
  dropout,
  type FitOptions,
  flatten,
  formatTrainingProfile,
  maxPooling2d,
  Sequential,
  type TrainingProfile,
} from 'inkling';
import { describe, expect, test } from 'vitest';
import { tinyImages } from './determinism/job.mjs';

const { images, labels } = tinyImages(103);
const batchSize = 24;
const stepsPerEpoch = 5;

/** Every kind of block. */
function modelWith(threads: number): Sequential {
  const model = new Sequential([
    conv2d({ filters: 4, kernelSize: 3, padding: 'same', activation: 'relu' }),
    maxPooling2d(),
    conv2d({ filters: 9, kernelSize: 3, padding: 'same', activation: 'relu' }),
    maxPooling2d(),
    batchNormalization(),
    conv2d({ filters: 7, kernelSize: 2, activation: 'tanh' }),
    averagePooling2d(),
    flatten(),
    dense({ units: 13, activation: 'sigmoid' }),
    dropout({ rate: 0.3 }),
    dense({ units: 4, activation: 'softmax', l2: 0.001 }),
  ]);
  model.compile({ optimizer: adam({ globalClipNorm: 1 }), threads });
  return model;
}

const train = (model: Sequential, options: FitOptions = {}) =>
  model.fit(images, labels, { batchSize, epochs: 2, profile: true, ...options });

function expectWhole({ seconds, images, parts }: TrainingProfile): void {
  const sum = (value: 'seconds' | 'fraction' | 'microsecondsPerImage') =>
    parts.reduce((total, part) => total + part[value], 0);
  expect(seconds).toBeGreaterThan(0);
  expect(sum('fraction')).toBeCloseTo(1, 9);
  expect(sum('seconds')).toBeCloseTo(seconds, 9);
  expect(sum('microsecondsPerImage')).toBeCloseTo((seconds * 1e6) / images, 6);
  for (const part of parts) {
    if (part.kind === 'rest') continue;
    expect(part.seconds).toBeGreaterThanOrEqual(0);
    const kernels = part.kernels.reduce((total, kernel) => total + kernel.seconds, 0);
    if (part.kernels.length > 0) expect(part.seconds).toBeCloseTo(kernels, 9);
  }
}

const callsOf = ({ parts }: TrainingProfile, kernel: string) =>
  parts
    .flatMap(({ kernels }) => kernels.filter((one) => one.kernel === kernel))
    .reduce((sum, one) => sum + one.calls, 0);

describe.each([1, 2, 3])('%i threads', (threads) => {
  test('train the same weights with a profile and without', async () => {
    const [profiled, plain] = [modelWith(threads), modelWith(threads)];
    const { profile } = await train(profiled);
    expect((await train(plain, { profile: false })).profile).toBeUndefined();
    expect(profile).toBeDefined();
    expect(profiled.getWeights()).toEqual(plain.getWeights());
  });

  test('measure every step, and no validation', async () => {
    const { profile } = await train(modelWith(threads), { validationData: [images, labels], epochs: 3 });
    expect(profile).toMatchObject({ threads, steps: 3 * stepsPerEpoch, images: 3 * 103 });
    expectWhole(profile!);
    // One call a shard and step, on whichever thread.
    expect(callsOf(profile!, 'softmaxCrossEntropy')).toBe(3 * stepsPerEpoch * 16);
    expect(callsOf(profile!, 'storeL2Penalty')).toBe(3 * stepsPerEpoch);
    expect(callsOf(profile!, 'storeProbabilities')).toBe(0);
    const block = profile!.parts.find(({ name }) => name.includes('conv2d_1'))!;
    expect(block.gigaflops).toBeGreaterThan(0);
    expect(formatTrainingProfile(profile!)).toMatch(/^15 steps, 309 images, .*\n[\s\S]*\ntotal .* 100\.0 %\n/);
  });
});

test('each training is measured by itself, and one that asks for nothing gets nothing', async () => {
  const model = modelWith(2);
  const steps = async (options: FitOptions) => (await train(model, options)).profile?.steps;
  expect(await steps({ epochs: 2 })).toBe(2 * stepsPerEpoch);
  expect(await steps({ profile: false })).toBeUndefined();
  const { profile } = await train(model, { epochs: 1 });
  expect(profile).toMatchObject({ steps: stepsPerEpoch, images: 103 });
  expect(callsOf(profile!, 'softmaxCrossEntropy')).toBe(stepsPerEpoch * 16);
  // Predictions are made by threads that have profiled.
  expect((await model.predict(images)).shape).toEqual([103, 4]);
});

test('a training that is stopped has the profile of its steps; none before the first', async () => {
  const stopAfter: Callback = { onTrainBatchEnd: (batch, _, control) => void (batch === 2 && control.stopTraining()) };
  const stopped = await train(modelWith(2), { callbacks: [stopAfter] });
  expect(stopped.epochs).toEqual([]);
  expect(stopped.profile).toMatchObject({ steps: 3, images: 3 * batchSize });
  expectWhole(stopped.profile!);
  const signal = AbortSignal.abort();
  expect((await train(modelWith(2), { signal })).profile).toBeUndefined();
});

test('is plain data, and no part of the history as JSON', async () => {
  const history = await train(modelWith(1), { epochs: 1 });
  expect(JSON.parse(JSON.stringify(history.profile))).toEqual(history.profile);
  expect(Object.keys(JSON.parse(JSON.stringify(history)))).toEqual(['epochs']);
});
