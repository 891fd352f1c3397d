import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dense } from '../layers/dense.js';
import { flatten } from '../layers/flatten.js';
import type { Shape } from '../numerics/tensor.js';
import { Sequential } from '../sequential.js';
import { chooseRecognizer } from './recognizer-choice.js';

const pretrained = fileURLToPath(new URL('../../pretrained', import.meta.url));
let folder: string;
const at = (...path: string[]) => join(folder, ...path);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inkling-recognizer-choice-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function saveModel(name: string, inputShape: Shape, classNames?: readonly string[]) {
  const classes = classNames?.length ?? 10;
  const model = new Sequential([flatten(), dense({ units: classes, activation: 'softmax' })], { inputShape });
  model.compile({ threads: 1 });
  await model.save(at(name), { classNames });
}

test('the model that ships with the package, by default and by its path', async () => {
  const { classNames, model, calibration } = await chooseRecognizer(undefined);
  expect([classNames.join(''), model.config.inputShape]).toStrictEqual(['0123456789', [28, 28, 1]]);
  for (const path of [pretrained, join(pretrained, 'model.json')]) {
    expect((await chooseRecognizer(path)).calibration).toStrictEqual(calibration);
  }
});

test('weights that hold their own description need no model.json', async () => {
  await saveModel('without-json', [28, 28, 1]);
  await rm(at('without-json', 'model.json'));
  expect((await chooseRecognizer(at('without-json'))).classNames).toHaveLength(10);
});

test('a model of another size, without preprocessing, calibration and class names', async () => {
  await saveModel('bare', [56, 56, 1]);
  const { classNames, preprocessing, calibration } = await chooseRecognizer(at('bare'));
  expect([classNames[9], calibration]).toStrictEqual(['9', undefined]);
  expect(preprocessing).toMatchObject({ size: [56, 56], digitSide: 40, polarity: 'light on dark' });
});

test.each<[string, Shape]>([
  ['four channels', [28, 28, 4]],
  ['vectors', [784]],
])('a model of %s is told what was expected', async (name, shape) => {
  await saveModel(name, shape);
  await expect(chooseRecognizer(at(name))).rejects.toMatchObject({
    kind: 'model',
    message: expect.stringContaining(
      'expected [height, width, 1], grey images, or [height, width, 3], images in colours',
    ),
  });
});

test('a model of colours, without preprocessing, takes pictures whole', async () => {
  await saveModel('colours', [28, 28, 3]);
  const { preprocessing } = await chooseRecognizer(at('colours'));
  expect(preprocessing).toMatchObject({ method: 'images', size: [28, 28], channels: 3 });
});

test.each([
  ['nowhere', 'there is no such file or folder. Expected the folder of a run'],
  ['cnn', 'an architecture is not a trained model. Train it first: "inkling train --model cnn"'],
  [tmpdir(), 'there is no saved model in this folder'],
  [join(pretrained, 'model.safetensors'), 'these are weights alone. Give the folder that they are in'],
])('--model %s', async (choice, message) => {
  const error = { kind: 'file', message: expect.stringContaining(`--model ${choice}: ${message}`) };
  await expect(chooseRecognizer(choice)).rejects.toMatchObject(error);
});

test('weights that are no numbers are refused before the first picture', async () => {
  await cp(pretrained, at('spoilt'), { recursive: true });
  const file = await readFile(at('spoilt', 'model.safetensors'));
  file.writeFloatLE(Number.NaN, file.length - 4);
  await writeFile(at('spoilt', 'model.safetensors'), file);
  await expect(chooseRecognizer(at('spoilt'))).rejects.toMatchObject({
    kind: 'model',
    message: expect.stringContaining('has values that are not finite'),
  });
});
