/** What an image is worth does not depend on its company, and extreme logits stay numbers. */

import {
  averagePooling2d,
  batchNormalization,
  conv2d,
  dense,
  flatten,
  maxPooling2d,
  Sequential,
  sgd,
  type Tensor,
} from 'inkling';
import { describe, expect, test } from 'vitest';
import { arithmetics } from '../src/engine/kernels.js';
import { tinyImages } from './determinism/job.mjs';

const { images, labels } = tinyImages(300);

describe.each(arithmetics)('%s', (arithmetic) => {
  const layers = [
    conv2d({ filters: 19, kernelSize: 3, activation: 'relu' }),
    maxPooling2d(),
    conv2d({ filters: 25, kernelSize: 2, strides: 2, padding: 'same', activation: 'tanh' }),
    batchNormalization(),
    averagePooling2d({ poolSize: 2, padding: 'same' }),
    flatten(),
    dense({ units: 7, activation: 'softmax' }),
    dense({ units: 4 }),
  ];

  // All 300 images are work for the pool of threads, fewer than 200 are done on the caller's thread.
  test('an image gives the same bits alone, in any company and in any place', async () => {
    const model = new Sequential(layers);
    model.compile({ arithmetic, threads: 3 });
    const all = await model.predict(images);
    const logits = await model.predictLogits(images);
    expect(logits.shape).toEqual([300, 4]);
    for (const count of [1, 2, 15, 16, 17, 255, 256, 257]) {
      const first = 300 - count;
      const part = await model.predict({ data: images.data.subarray(first * 144), shape: [count, 12, 12, 1] });
      expect(part.data, String(count)).toEqual(all.data.subarray(first * 4));
      const partLogits = await model.predictLogits({
        data: images.data.subarray(first * 144),
        shape: [count, 12, 12, 1],
      });
      expect(partLogits.data, String(count)).toEqual(logits.data.subarray(first * 4));
    }
    const floats = { data: Float32Array.from(images.data, (value) => value / 255), shape: images.shape };
    expect((await model.predict(floats)).data).toEqual(all.data);
  });

  test('few and many images are predicted with the weights as they are now', async () => {
    const model = new Sequential(layers);
    model.compile({ arithmetic, threads: 2 });
    const one: Tensor = { data: images.data.subarray(0, 144), shape: [1, 12, 12, 1] };
    const before = await model.predict(one);
    await model.fit(images, labels);
    const trained = await model.predict(one);
    expect(trained.data).not.toEqual(before.data);
    expect((await model.predict(images)).data.subarray(0, 4)).toEqual(trained.data);
    const weights = model.getWeights();
    model.setWeights(new Map([...weights].map(([path, values]) => [path, values.map((value) => value / 2)])));
    const halved = await model.predict(images);
    expect(halved.data.subarray(0, 4)).not.toEqual(trained.data);
    expect((await model.predict(one)).data).toEqual(halved.data.subarray(0, 4));
    model.setWeights(weights);
    expect((await model.predict(one)).data).toEqual(trained.data);
  });

  test('loss and accuracy of a few images have nothing of the many before', async () => {
    const model = new Sequential(layers);
    model.compile({ arithmetic, threads: 2 });
    const few: Tensor = { data: images.data.subarray(0, 3 * 144), shape: [3, 12, 12, 1] };
    const alone = await model.evaluate(few, labels.subarray(0, 3), { outputs: true });
    await model.evaluate(images, labels);
    expect(await model.evaluate(few, labels.subarray(0, 3), { outputs: true })).toEqual(alone);
  });

  test('more images than are copied into memory at a time', async () => {
    const copies = 17;
    const many: Tensor = { data: new Uint8Array(images.data.length * copies), shape: [300 * copies, 12, 12, 1] };
    for (let copy = 0; copy < copies; copy++) many.data.set(images.data, copy * images.data.length);
    const truths = Array.from({ length: 300 * copies }, (_, row) => labels[row % 300]);
    const model = new Sequential(layers);
    model.compile({ arithmetic, threads: 2 });
    const outputs = { outputs: true } as const;
    const [once, often] = [await model.evaluate(images, labels, outputs), await model.evaluate(many, truths, outputs)];
    expect(often.loss).toBeCloseTo(once.loss, 7);
    expect(often.accuracy).toBeCloseTo(once.accuracy, 12);
    for (let copy = 0; copy < copies; copy++) {
      expect(often.probabilities.data.subarray(copy * 1200, (copy + 1) * 1200)).toEqual(once.probabilities.data);
      expect(often.logits.data.subarray(copy * 1200, (copy + 1) * 1200)).toEqual(once.logits.data);
    }
  });

  test.each([1e4, 1e30])('logits of +-%d give the exact loss, and a step from there is finite', async (size) => {
    const model = new Sequential([dense({ units: 3, useBias: false })], { inputShape: [1] });
    model.compile({ arithmetic, threads: 1, optimizer: sgd({ learningRate: 1 }) });
    model.setWeights(new Map([['dense/kernel', Float32Array.of(size, -size, 0)]]));
    const one = { data: Float32Array.of(1), shape: [1, 1] };
    const right = await model.evaluate(one, [0], { outputs: true });
    expect(right.loss).toBeCloseTo(0, 30);
    expect([...right.probabilities.data]).toEqual([1, expect.closeTo(0, 30), expect.closeTo(0, 30)]);
    expect(right.logits).toEqual({ data: Float32Array.of(size, -size, 0), shape: [1, 3] });
    expect((await model.evaluate(one, [1])).loss / size).toBeCloseTo(2, 6);
    const { epochs } = await model.fit(one, [1]);
    expect(epochs[0].loss / size).toBeCloseTo(2, 6);
    const expected = Float32Array.of(size, -size, 0);
    // The gradient is the probabilities minus the target: 1, -1 and 0.
    expected[0] -= 1;
    expected[1] += 1;
    expect([...model.getWeights().get('dense/kernel')!]).toEqual([expected[0], expected[1], expect.closeTo(0, 30)]);
  });
});

test('an evaluation gives loss and accuracy, and the outputs of each row where they are asked for', async () => {
  const model = new Sequential([flatten(), dense({ units: 4 })]);
  const result = await model.evaluate(images, labels);
  expect(Object.keys(result)).toEqual(['loss', 'accuracy']);
  const { probabilities, logits, ...same } = await model.evaluate(images, labels, { outputs: true });
  expect(same).toEqual(result);
  expect(probabilities).toEqual(await model.predict(images));
  expect(logits).toEqual(await model.predictLogits(images));
});
