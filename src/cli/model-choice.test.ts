import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadModelDescription } from '../formats/model-file.js';
import { architecture } from '../model/architectures.js';
import { countParameters, defineModel } from '../model/model.js';
import { mnistShape } from './data-choice.js';
import { chooseModel, requireFit } from './model-choice.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inkling-model-'));
  const model = { format: 'inkling', version: 1, ...architecture('linear', [4, 5, 1], 2), classNames: ['cat', 'dog'] };
  await writeFile(join(folder, 'model.json'), JSON.stringify(model));
  await writeFile(join(folder, 'broken.json'), '{ "name": ');
});
afterAll(() => rm(folder, { recursive: true }));

describe('--model', () => {
  test('a name takes image shape and classes from the data', async () => {
    expect(countParameters(await chooseModel('cnn', mnistShape))).toBe(225_034);
    const model = await chooseModel('linear', { name: 'mine', inputShape: [4, 5, 3], classes: 7 });
    expect([model.config.inputShape, model.classes]).toStrictEqual([[4, 5, 3], 7]);
  });

  test('a file and the folder of a run are read alike', async () => {
    for (const path of [folder, join(folder, 'model.json')]) {
      expect((await chooseModel(path, mnistShape)).config).toStrictEqual(architecture('linear', [4, 5, 1], 2));
      expect((await loadModelDescription(path)).classNames).toStrictEqual(['cat', 'dog']);
    }
  });

  test('what is neither name nor path is a wrong argument', async () => {
    await expect(chooseModel('resnet', mnistShape)).rejects.toMatchObject({
      kind: 'argument',
      message: expect.stringMatching(/--model resnet: .*cnn, small-cnn, lenet5, mlp, linear/),
    });
    await expect(chooseModel('constructor', mnistShape)).rejects.toMatchObject({ kind: 'argument' });
  });

  test('a file that is not JSON is named', async () => {
    await expect(chooseModel(join(folder, 'broken.json'), mnistShape)).rejects.toMatchObject({
      kind: 'model',
      message: expect.stringContaining('broken.json is not JSON'),
    });
  });
});

describe('fit of model and data', () => {
  const model = defineModel(architecture('linear', [4, 5, 1], 2));

  test('the same shape and number of classes', () => {
    expect(() => requireFit(model, { name: 'mine', inputShape: [4, 5, 1], classes: 2 })).not.toThrow();
  });

  test('other images', () => {
    expect(() => requireFit(model, mnistShape)).toThrow(
      'Model "linear" takes images of shape [4, 5, 1], but those of mnist have [28, 28, 1].',
    );
  });

  test('another number of classes', () => {
    expect(() => requireFit(model, { name: 'mine', inputShape: [4, 5, 1], classes: 3 })).toThrow(
      'Model "linear" tells 2 classes apart, but mine has 3. Give its last layer 3 units',
    );
  });
});
