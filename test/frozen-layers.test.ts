/** Frozen layers: what Keras makes of them, what training leaves alone, and that a saved model stays frozen. */

import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  batchNormalization,
  conv2d,
  dense,
  flatten,
  freezeLayers,
  Sequential,
  sgd,
  unfreezeLayers,
  type WeightValues,
} from 'inkling';
import { afterAll, describe, expect, test } from 'vitest';
import { defineModel } from '../src/model/model.js';
import { trainingStep } from '../src/reference/network.js';
import { ReferenceOptimizer } from '../src/reference/optimizers.js';
import golden from './goldens/frozen.json' with { type: 'json' };

const folder = mkdtempSync(join(tmpdir(), 'inkling-frozen-'));
afterAll(() => rmSync(folder, { recursive: true }));

const config = {
  name: 'frozen',
  inputShape: [6, 5, 1],
  layers: [
    conv2d({ filters: 3, kernelSize: 3, activation: 'relu', trainable: false }),
    batchNormalization(),
    flatten(),
    dense({ units: 5, activation: 'tanh' }),
    batchNormalization({ trainable: false }),
    dense({ units: 3, activation: 'softmax' }),
  ],
};
const before = Object.entries(golden.before);
const after = new Map(Object.entries(golden.after));
const images = { data: Float32Array.from(golden.input), shape: [8, 6, 5, 1] };
const float32 = (values: Iterable<[string, readonly number[]]>): WeightValues =>
  new Map(Array.from(values, ([path, list]) => [path, Float32Array.from(list)]));
const isFrozen = (path: string) => /^(conv2d|batchNormalization_1)\//.test(path);

function expectNear(actual: ArrayLike<number>, expected: readonly number[], tolerance: number, path: string) {
  expect(actual).toHaveLength(expected.length);
  for (const [index, value] of expected.entries()) {
    expect(Math.abs(actual[index] - value), `${path} ${index}`).toBeLessThan(tolerance);
  }
}

describe('as in Keras', () => {
  test('three steps of the reference', () => {
    const model = defineModel(config);
    const weights = new Map(before.map(([path, values]) => [path, Float64Array.from(values)]));
    const optimizer = new ReferenceOptimizer(sgd({ learningRate: 0.1 }), 0.1);
    const targets = Float64Array.from({ length: 24 }, (_, index) =>
      Number(golden.labels[Math.floor(index / 3)] === index % 3),
    );
    for (const expected of golden.losses) {
      const { loss } = trainingStep(model, weights, optimizer, Float64Array.from(images.data), targets);
      expect(loss).toBeCloseTo(expected, 9);
    }
    for (const [path, values] of weights) expectNear(values, after.get(path)!, 1e-9, path);
  });

  test.each(['plain', 'fused'] as const)('three steps of the engine, %s', async (arithmetic) => {
    const model = new Sequential(config);
    model.compile({ optimizer: sgd({ learningRate: 0.1 }), threads: 2, arithmetic });
    model.setWeights(float32(before));
    const history = await model.fit(images, golden.labels, { epochs: 3, batchSize: 8, verbose: 0 });
    expectNear(history.series('loss'), golden.losses, 1e-5, 'loss');
    for (const [path, values] of model.getWeights()) {
      if (isFrozen(path)) expect(values, path).toEqual(float32(before).get(path));
      else expectNear(values, after.get(path)!, 1e-5, path);
    }
  });
});

test('what is frozen stays frozen in a saved model, and can be trained again', async () => {
  const model = new Sequential(config);
  model.setWeights(float32(before));
  const path = join(folder, 'saved');
  await model.save(path);
  const { layers } = JSON.parse(await readFile(join(path, 'model.json'), 'utf8'));
  expect(layers.map(({ trainable }: { trainable?: boolean }) => trainable)).toEqual([
    false,
    undefined,
    undefined,
    undefined,
    false,
    undefined,
  ]);
  const loaded = await Sequential.load(path);
  await loaded.fit(images, golden.labels, { epochs: 2, batchSize: 4, verbose: 0 });
  for (const [name, values] of loaded.getWeights()) {
    if (isFrozen(name)) expect(values, name).toEqual(float32(before).get(name));
    else expect(values, name).not.toEqual(float32(before).get(name));
  }
  const whole = new Sequential(unfreezeLayers(loaded.definition));
  whole.setWeights(loaded.getWeights());
  await whole.fit(images, golden.labels, { epochs: 2, batchSize: 4, verbose: 0 });
  for (const [name, values] of whole.getWeights()) expect(values, name).not.toEqual(loaded.getWeights().get(name));
});

describe('freezeLayers', () => {
  const { definition: model } = new Sequential(unfreezeLayers(defineModel(config)));

  test('freezes all or some, by the names of the summary, and counts what is left', () => {
    const some = new Sequential(freezeLayers(model, ['dense', 'conv2d']));
    expect(some.definition.layers.filter(({ layer }) => layer.trainable === false).map(({ name }) => name)).toEqual([
      'conv2d',
      'dense',
    ]);
    expect(some.summary()).toContain(`(${6 + 10 + 18} trainable`);
    expect(new Sequential(freezeLayers(model)).summary()).toContain('(0 trainable');
    expect(some.definition.layers.map(({ name }) => name)).toEqual(model.layers.map(({ name }) => name));
  });

  test('refuses a name that there is not, and a training with nothing to train', async () => {
    expect(() => freezeLayers(model, ['dens'])).toThrow('Model "frozen" has no layer "dens". Did you mean "dense"?');
    await expect(new Sequential(freezeLayers(model)).fit(images, golden.labels)).rejects.toThrow('no weights to train');
  });
});
