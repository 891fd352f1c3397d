/** An explanation tells of the same prediction as the engine makes. */

import {
  architecture,
  averagePooling2d,
  batchNormalization,
  conv2d,
  dense,
  dropout,
  flatten,
  Sequential,
} from 'inkling';
import { expect, test } from 'vitest';
import { explain } from '../src/inference/explanation.js';
import { tinyImages } from './determinism/job.mjs';

const { images, labels } = tinyImages(200);

const normalized = [
  conv2d({ filters: 5, kernelSize: 3, activation: 'relu' }),
  batchNormalization({ momentum: 0.5 }),
  averagePooling2d(),
  flatten(),
  dropout({ rate: 0.5 }),
  dense({ units: 4, activation: 'softmax' }),
];

test.each([
  ['batch normalisation and dropout', normalized],
  ['small-cnn', architecture('small-cnn', [12, 12, 1], 4)],
  ['lenet5', architecture('lenet5', [12, 12, 1], 4)],
  ['mlp', architecture('mlp', [12, 12, 1], 4)],
])('%s', async (_, layers) => {
  const model = new Sequential(layers);
  model.compile({ threads: 1 });
  await model.fit(images, labels, { epochs: 2 });
  const predicted = (await model.predict(images)).data;
  for (let index = 0; index < 5; index++) {
    const image = { shape: [12, 12, 1], data: images.data.subarray(index * 144, (index + 1) * 144) };
    const { probabilities, answer } = explain(model.definition, model.getWeights(), image);
    const expected = [...predicted.subarray(index * 4, (index + 1) * 4)];
    expect([...probabilities]).toEqual(expected.map((value) => expect.closeTo(value, 5)));
    expect(answer).toBe(expected.indexOf(Math.max(...expected)));
  }
});
