/** What a training counts, weighs, shuffles, drops and tells, on tiny networks. */

import { type Callback, dense, dropout, type FitOptions, flatten, Sequential, type StepLogs, sgd } from 'inkling';
import { describe, expect, test } from 'vitest';
import { defineModel } from '../src/model/model.js';
import { tinyImages } from './determinism/job.mjs';
import { gradientsOf, withEngine } from './train-on-engine.js';

const { images, labels } = tinyImages(100);
const rows = (first: number, end: number) => ({
  data: images.data.subarray(first * 144, end * 144),
  shape: [end - first, 12, 12, 1],
});

/** A small network; with so small a learning rate no float32 weight ever changes. */
function still(options: { l2?: number } = {}) {
  const model = new Sequential([flatten(), dense({ units: 8, activation: 'relu', ...options }), dense({ units: 4 })]);
  model.compile({ optimizer: sgd({ learningRate: 1e-30 }), threads: 2 });
  return model;
}

describe('where the weights stand still, the loss and accuracy of an epoch are those of an evaluation', () => {
  test.each([
    [1, 1],
    [5, 1],
    [1, 16],
    [15, 16],
    [16, 16],
    [17, 16],
    [31, 16],
    [33, 16],
    [100, 33],
    [100, 99],
    [100, 101],
    [40, 2 ** 31],
  ])('%i images in batches of %i', async (count, batchSize) => {
    const model = still({ l2: 0.01 });
    const steps: StepLogs[] = [];
    const callbacks: Callback[] = [{ onSteps: (some) => void steps.push(...some) }];
    const given = [rows(0, count), labels.subarray(0, count)] as const;
    const { epochs } = await model.fit(...given, { batchSize, callbacks });
    const { loss, accuracy } = await model.evaluate(...given);
    expect(epochs[0].loss).toBeCloseTo(loss, 6);
    expect(epochs[0].accuracy).toBe(accuracy);
    expect(steps.map((step) => step.step)).toEqual(steps.map((_, index) => index));
    expect(steps).toHaveLength(Math.ceil(count / batchSize));
    expect(steps.reduce((sum, step) => sum + step.images, 0)).toBe(count);
    expect(steps.every((step) => step.images === batchSize || step === steps.at(-1))).toBe(true);
  });

  test('with validation rows set aside, each part has its own numbers', async () => {
    const model = still();
    const { epochs } = await model.fit(images, labels, { validationSplit: 0.3, batchSize: 32 });
    const { loss, accuracy } = await model.evaluate(images, labels);
    expect(epochs[0].loss * 0.7 + epochs[0].valLoss! * 0.3).toBeCloseTo(loss, 6);
    expect(epochs[0].accuracy * 0.7 + epochs[0].valAccuracy! * 0.3).toBeCloseTo(accuracy, 12);
  });

  test('validation data is evaluated as it is', async () => {
    const model = still();
    const validationData = [rows(60, 100), labels.subarray(60)] as const;
    const { epochs } = await model.fit(rows(0, 60), labels.subarray(0, 60), { validationData });
    const { loss, accuracy } = await model.evaluate(...validationData);
    expect([epochs[0].valLoss, epochs[0].valAccuracy]).toEqual([loss, accuracy]);
  });

  test('sample weights multiply losses; the mean is still over the images; accuracy knows no weights', async () => {
    const [one, other] = [rows(0, 1), rows(1, 2)];
    const model = still();
    const losses = [await model.evaluate(one, [labels[0]]), await model.evaluate(other, [labels[1]])];
    const { epochs } = await model.fit(rows(0, 2), labels.subarray(0, 2), { sampleWeight: Float32Array.of(3, 0.5) });
    expect(epochs[0].loss).toBeCloseTo((3 * losses[0].loss + 0.5 * losses[1].loss) / 2, 5);
    expect(epochs[0].accuracy).toBe((losses[0].accuracy + losses[1].accuracy) / 2);
  });

  test('class weights multiply the losses of the rows that are trained on, not of those for validation', async () => {
    const plain = await lastEpoch({ validationSplit: 0.5 });
    const doubled = await lastEpoch({ validationSplit: 0.5, classWeight: { 0: 2, 1: 2, 2: 2, 3: 2 } });
    expect(doubled.loss / plain.loss).toBeCloseTo(2, 5);
    expect(doubled.valLoss).toBeCloseTo(plain.valLoss!, 6);
    const both = await lastEpoch({
      sampleWeight: new Float32Array(100).fill(3),
      classWeight: { 0: 2, 1: 2, 2: 2, 3: 2 },
    });
    expect(both.loss / (await lastEpoch({})).loss).toBeCloseTo(6, 5);
    const muted = await lastEpoch({ classWeight: { 0: 0, 1: 0, 2: 0, 3: 0 } });
    expect(muted.loss).toBe(0);
  });

  async function lastEpoch(options: FitOptions) {
    return (await still().fit(images, labels, options)).epochs[0];
  }
});

test('one batch can be loaded by heart', async () => {
  const model = new Sequential([
    flatten(),
    dense({ units: 32, activation: 'relu' }),
    dense({ units: 4, activation: 'softmax' }),
  ]);
  const [some, truth] = [rows(0, 16), labels.subarray(0, 16)];
  await model.fit(some, truth, { epochs: 600, batchSize: 16 });
  const { loss, accuracy } = await model.evaluate(some, truth);
  expect(loss).toBeLessThan(0.01);
  expect(accuracy).toBe(1);
});

test('one-hot labels train to the same weights as class numbers', async () => {
  const oneHot = { data: new Float32Array(400), shape: [100, 4] };
  for (const [row, label] of labels.entries()) oneHot.data[row * 4 + label] = 1;
  const layers = () => [flatten(), dense({ units: 4 })];
  const sparse = new Sequential(layers());
  await sparse.fit(images, labels);
  const categorical = new Sequential(layers());
  categorical.compile({ loss: 'categoricalCrossentropy' });
  await categorical.fit(images, oneHot);
  expect(categorical.getWeights()).toEqual(sparse.getWeights());
});

test('float images train like the same images in bytes', async () => {
  const floats = { data: Float32Array.from(images.data, (value) => value / 255), shape: images.shape };
  const [bytes, scaled] = [
    new Sequential([flatten(), dense({ units: 4 })]),
    new Sequential([flatten(), dense({ units: 4 })]),
  ];
  await bytes.fit(images, labels);
  await scaled.fit(floats, labels);
  expect(scaled.getWeights()).toEqual(bytes.getWeights());
});

describe('dropout', () => {
  const [count, features] = [64, 200];

  /** For each feature the mean of the factors that it was multiplied by in one step. */
  async function meanFactors(rate: number): Promise<Float64Array> {
    const layers = [dropout({ rate }), dense({ units: 2, useBias: false })];
    const model = defineModel({ name: 'dropout', inputShape: [features], layers });
    // Weights of zero make every logit 0 and dLogits -1/2 / count for class 0: the kernel's gradient is the mean of the
    // factors.
    const targets = new Float64Array(count * 2).map((_, index) => 1 - (index % 2));
    const input = new Float64Array(count * features).fill(1);
    const problem = { model, weights: new Map([['dense/kernel', new Float64Array(features * 2)]]), input, targets };
    const { gradients } = await withEngine(problem, {}, (engine) => gradientsOf(engine, problem, 5, 3));
    const slopes = gradients.get('dense/kernel')!.filter((_, index) => index % 2 === 0);
    return slopes.map((slope) => -2 * slope);
  }

  test.each([0.1, 0.5, 0.9])('keeps the expectation at rate %f', async (rate) => {
    const means = await meanFactors(rate);
    const mean = means.reduce((sum, value) => sum + value, 0) / features;
    const deviation = Math.sqrt(rate / (1 - rate) / (count * features));
    expect(Math.abs(mean - 1)).toBeLessThan(4 * deviation);
    expect(new Set(Array.from(means, (value) => value.toFixed(3))).size).toBeGreaterThan(3);
  });

  test('drops everything at a rate as near to 1 as can be', async () => {
    expect((await meanFactors(1 - 2 ** -53)).every((value) => value === 0)).toBe(true);
  });

  test('does nothing in a prediction', async () => {
    const layers = (rate: number) => [flatten(), dropout({ rate }), dense({ units: 4 })];
    const [dropping, whole] = [new Sequential(layers(0.9)), new Sequential(layers(0))];
    expect(await dropping.predict(images)).toEqual(await whole.predict(images));
  });
});

test('callbacks are called one after the other, in the order of what happens, with the right numbers', async () => {
  const told: string[] = [];
  const note = (name: string): Callback => ({
    onTrainBegin: () => void told.push(`${name} train begins`),
    onEpochBegin: (epoch) => void told.push(`${name} epoch ${epoch} begins`),
    onTrainBatchBegin: (batch) => void told.push(`${name} batch ${batch} begins`),
    onSteps: (steps) =>
      void told.push(`${name} steps ${steps.map(({ step, epoch, images }) => `${step}/${epoch}/${images}`)}`),
    onTrainBatchEnd: async (batch, logs) => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      told.push(`${name} batch ${batch} ends after ${logs.images}`);
    },
    onEpochEnd: (epoch, logs) => void told.push(`${name} epoch ${epoch} ends as ${logs.epoch}`),
    onTrainEnd: (logs) => void told.push(`${name} train ends after ${logs?.epoch}`),
  });
  const model = still();
  const history = await model.fit(rows(0, 5), labels.subarray(0, 5), {
    epochs: 2,
    batchSize: 3,
    callbacks: [note('a'), note('b')],
  });
  const batch = (number: number, step: number, epoch: number, count: number) => [
    `batch ${number} begins`,
    `steps ${step}/${epoch}/${count}`,
    `batch ${number} ends after ${count}`,
  ];
  const epoch = (number: number) => [
    `epoch ${number} begins`,
    ...batch(0, 2 * number, number + 1, 3),
    ...batch(1, 2 * number + 1, number + 1, 2),
    `epoch ${number} ends as ${number + 1}`,
  ];
  const expected = ['train begins', ...epoch(0), ...epoch(1), 'train ends after 2'];
  expect(told).toEqual(expected.flatMap((line) => [`a ${line}`, `b ${line}`]));
  expect(history.series('epoch')).toEqual([1, 2]);
});

test('without halts, steps are told in step batches, all of them before the end of their epoch', async () => {
  const told: number[][] = [];
  const callback: Callback = {
    onSteps: (steps) => void told.push(steps.map(({ step }) => step)),
    onEpochEnd: () => void told.push([-1]),
  };
  await still().fit(images, labels, { epochs: 3, batchSize: 5, callbacks: [callback] });
  const all = (first: number) => Array.from({ length: 20 }, (_, index) => first + index);
  expect(told.flat()).toEqual([...all(0), -1, ...all(20), -1, ...all(40), -1]);
  expect(Math.max(...told.map((steps) => steps.length))).toBeGreaterThan(1);
});
