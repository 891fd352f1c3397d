/** Training that was broken off, saved and loaded goes on to the byte as if it had never stopped. */

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  adam,
  adamw,
  type Callback,
  cosineDecay,
  EarlyStopping,
  type FitOptions,
  ModelCheckpoint,
  type Optimizer,
  oneCycle,
  ReduceLROnPlateau,
  rmsprop,
  Sequential,
  sgd,
} from 'inkling';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { loadModel } from '../src/formats/model-file.js';
import { weightsSha256 } from '../src/formats/weights-sha256.js';
import { readTrainingState } from '../src/training/training-state.js';
import { tinyImages } from './determinism/job.mjs';
import { numbers, tinyModel } from './tiny-model.js';

const { images, labels } = tinyImages(90);
const folder = mkdtempSync(join(tmpdir(), 'inkling-resume-'));
afterAll(() => rmSync(folder, { recursive: true }));

const newModel = (optimizer: Optimizer) => tinyModel({ optimizer, threads: 2 });

const options = { batchSize: 16, validationSplit: 0.2, seed: 9 };

/** The bytes of a saved model and of its optimizer. */
async function saved(model: Sequential, name: string) {
  await model.save(join(folder, name));
  const files = readdirSync(join(folder, name)).sort();
  expect(files).toEqual([
    'model.json',
    'model.safetensors',
    expect.stringMatching(/^optimizer-[0-9a-f]{8}\.safetensors$/),
  ]);
  return files.map((file) => readFileSync(join(folder, name, file)));
}

const schedule = { initialLearningRate: 0.01 };
test.each<[string, Optimizer]>([
  ['sgd', sgd({ learningRate: 0.05 })],
  ['momentum', sgd({ learningRate: 0.05, momentum: 0.9, nesterov: true, clipNorm: 1 })],
  ['adam', adam()],
  ['adamw', adamw({ learningRate: 0.01, globalClipNorm: 0.5 })],
  ['rmsprop', rmsprop()],
  [
    'cosine decay with warm-up',
    adam({ learningRate: cosineDecay({ ...schedule, warmupTarget: 0.02, warmupSteps: 7 }) }),
  ],
  ['one cycle', sgd({ learningRate: oneCycle({ maximumLearningRate: 0.1 }), momentum: 0.5 })],
])(
  '%s: two epochs of five, saved and loaded, then the other three, are five epochs in one go',
  async (name, optimizer) => {
    const whole = newModel(optimizer);
    const history = await whole.fit(images, labels, { ...options, epochs: 5 });
    const stop: Callback = { onEpochEnd: (epoch, _, control) => void (epoch === 1 && control.stopTraining()) };
    const begun = newModel(optimizer);
    const first = await begun.fit(images, labels, { ...options, epochs: 5, callbacks: [stop] });
    await begun.save(join(folder, `${name} begun`));
    const resumed = await Sequential.load(join(folder, `${name} begun`), { threads: 3 });
    const { seed: _, ...rest } = options;
    const second = await resumed.fit(images, labels, { ...rest, epochs: 5 });
    expect([...numbers(first), ...numbers(second)]).toEqual(numbers(history));
    expect(await saved(resumed, `${name} resumed`)).toEqual(await saved(whole, `${name} whole`));
  },
);

test('augmentation is saved and goes on', async () => {
  const whole = newModel(adam());
  const augmented = { ...options, augmentation: 'strong' } as const;
  const history = await whole.fit(images, labels, { ...augmented, epochs: 4 });
  const begun = newModel(adam());
  await begun.fit(images, labels, { ...augmented, epochs: 2 });
  await begun.save(join(folder, 'augmented'));
  const resumed = await Sequential.load(join(folder, 'augmented'), { threads: 3 });
  const second = await resumed.fit(images, labels, { batchSize: 16, validationSplit: 0.2, epochs: 4 });
  expect(numbers(second)).toEqual(numbers(history).slice(2));
  expect(await saved(resumed, 'augmented resumed')).toEqual(await saved(whole, 'augmented whole'));
  const plain = await Sequential.load(join(folder, 'augmented'));
  const without = await plain.fit(images, labels, { ...options, epochs: 4, augmentation: 'none' });
  expect(without.series('loss')).not.toEqual(second.series('loss'));
});

test('a learning rate that a callback has set is saved and goes on', async () => {
  const lower: Callback = { onEpochEnd: (epoch, _, control) => void (epoch === 1 && control.setLearningRate(0.002)) };
  const model = newModel(adam());
  await model.fit(images, labels, { epochs: 2, callbacks: [lower] });
  await model.save(join(folder, 'lowered'));
  const loaded = await Sequential.load(join(folder, 'lowered'));
  expect((await loaded.fit(images, labels, { epochs: 3 })).series('learningRate')).toEqual([0.002]);
});

test('a fit that is refused does not lose the place to go on from', async () => {
  const model = newModel(adam());
  await model.fit(images, labels, { epochs: 2 });
  await model.save(join(folder, 'two'));
  const loaded = await Sequential.load(join(folder, 'two'));
  await expect(loaded.fit(images, labels, { epochs: 2 })).rejects.toThrow('must be above the 2 already done');
  await expect(loaded.fit(images, labels.with(0, 77), { epochs: 3 })).rejects.toThrow('label 77');
  expect((await loaded.fit(images, labels, { epochs: 3 })).series('epoch')).toEqual([3]);
});

test('a loaded model predicts what the saved one did, and what is saved again is the same', async () => {
  const model = newModel(adam());
  await model.fit(images, labels);
  const files = await saved(model, 'once');
  const loaded = await Sequential.load(join(folder, 'once'));
  expect(await loaded.predict(images)).toEqual(await model.predict(images));
  expect(await saved(loaded, 'twice')).toEqual(files);
});

test('a model that was saved by the first version of the format is read, and its training goes on', async () => {
  const path = fileURLToPath(new URL('fixtures/saved-version-1/', import.meta.url));
  const sum = (model: Sequential) => weightsSha256(model.definition, model.getWeights());
  const { classNames, calibration, optimizer } = await loadModel(path);
  expect(classNames).toEqual(['a', 'b', 'c', 'd']);
  expect(calibration).toEqual({ temperature: 1.25, confidenceThreshold: null, rejectionThreshold: 0.5, images: 18 });
  expect([...optimizer!.tensors.keys()]).toContain('momentum/conv2d/kernel');
  const model = await Sequential.load(path, { arithmetic: 'plain' });
  // What the version that saved it said of it, and what came of the training when that version went on with it.
  expect(await sum(model)).toBe('6ec0a17d666354b70e1c95216becacd35fa03b2b917e6bf77d496fcd9ca38a98');
  await model.fit(images, labels, { epochs: 3, batchSize: 16, validationSplit: 0.2 });
  expect(await sum(model)).toBe('96b4b2e422486a5e8f538ef040ad40ee50bce2be809c6392235e6c186c7aef90');
  await model.save(join(folder, 'anew'));
  expect(await sum(await Sequential.load(join(folder, 'anew')))).toBe(await sum(model));
});

describe('what fit was given', () => {
  const warn = vi.spyOn(console, 'warn').mockReturnValue();
  afterEach(() => void warn.mockClear());
  const warnings = () => warn.mock.calls.map(([text]) => String(text));
  const weighted = { ...options, classWeight: { 1: 3, 2: 0.5 } };

  /** A training of two epochs, saved. */
  async function begin(name: string, given: FitOptions = weighted) {
    const begun = newModel(adam());
    await begun.fit(images, labels, { epochs: 2, ...given });
    await begun.save(join(folder, name));
    return () => Sequential.load(join(folder, name), { threads: 3 });
  }

  test('is taken over where it is left out: no row set aside for validation is trained on', async () => {
    const whole = newModel(adam());
    const history = await whole.fit(images, labels, { ...weighted, epochs: 4 });
    const resumed = await (await begin('given'))();
    const second = await resumed.fit(images, labels, { epochs: 4 });
    expect(numbers(second)).toEqual(numbers(history).slice(2));
    expect(await saved(resumed, 'given resumed')).toEqual(await saved(whole, 'given whole'));
    expect(warnings()).toEqual([]);
  });

  test('of a split with a seed of its own too', async () => {
    const given = { ...options, splitSeed: 4 };
    const whole = newModel(adam());
    const history = await whole.fit(images, labels, { ...given, epochs: 4 });
    const resumed = await (await begin('split', given))();
    const second = await resumed.fit(images, labels, { epochs: 4 });
    expect(numbers(second)).toEqual(numbers(history).slice(2));
    expect(await saved(resumed, 'split resumed')).toEqual(await saved(whole, 'split whole'));
    expect(warnings()).toEqual([]);
  });

  test('and is given otherwise is warned of', async () => {
    const load = await begin('otherwise');
    const warningsFor = async (given: FitOptions) => {
      warn.mockClear();
      await (await load()).fit(images, labels, { epochs: 3, ...given });
      return warnings();
    };
    expect(await warningsFor(weighted)).toEqual([]);
    const [ofBatch] = await warningsFor({ batchSize: 8 });
    expect(ofBatch).toContain('was trained with batchSize 16, now it is 8: the training does not go on as if');
    const [ofClasses] = await warningsFor({ classWeight: {} });
    expect(ofClasses).toContain('was trained with classWeight {"1":3,"2":0.5}, now it is {}');
    const trained = 'rows that were set aside for validation are trained on';
    for (const given of [{ validationSplit: 0 }, { validationSplit: 10 }, { seed: 10 }, { splitSeed: 10 }]) {
      expect(await warningsFor(given)).toEqual([expect.stringContaining(trained)]);
    }
    // Of another seed, but the same split.
    expect(await warningsFor({ seed: 10, splitSeed: 9 })).toEqual([expect.stringContaining('does not go on as if')]);
    const validationData = [images, labels] as const;
    expect(await warningsFor({ validationData })).toEqual([expect.stringContaining(trained)]);
  });

  const stop: Callback = { onTrainBatchEnd: (_, { step }, control) => void (step === 6 && control.stopTraining()) };

  test('in the midst of an epoch too, to the byte', async () => {
    const whole = newModel(adam());
    const history = await whole.fit(images, labels, { ...options, epochs: 4 });
    const resumed = await (await begin('in the midst', { ...options, callbacks: [stop] }))();
    const second = await resumed.fit(images, labels, { epochs: 4 });
    expect(numbers(second)).toEqual(numbers(history).slice(1));
    expect(await saved(resumed, 'in the midst resumed')).toEqual(await saved(whole, 'in the midst whole'));
    expect(warnings()).toEqual([]);
  });

  test('but not in that of more rows than there are now: it begins anew', async () => {
    const model = await (await begin('more rows', { ...options, callbacks: [stop] }))();
    const few = { data: images.data.slice(0, (20 * images.data.length) / 90), shape: [20, ...images.shape.slice(1)] };
    const { epochs } = await model.fit(few, labels.slice(0, 20), { epochs: 2 });
    const [{ accuracy }] = epochs;
    expect(accuracy).toBeLessThanOrEqual(1);
    expect(warnings()).toEqual([expect.stringContaining('epoch 2 begins anew')]);
  });

  test('of a training that has diverged too: its loss comes back as none', async () => {
    const model = newModel(sgd({ learningRate: 1e38 }));
    await model.fit(images, labels, { ...options, epochs: 3, callbacks: [stop] });
    await model.save(join(folder, 'diverged'));
    const loaded = await Sequential.load(join(folder, 'diverged'));
    expect((await loaded.fit(images, labels, { epochs: 2 })).series('loss')).toEqual([Number.NaN]);
  });

  test('callbacks that go by earlier epochs, and an epoch that begins anew, are warned of', async () => {
    const model = await (await begin('broken off', { ...options, callbacks: [stop] }))();
    const checkpoint = { folder: join(folder, 'checkpoint') };
    await model.fit(images, labels, {
      epochs: 3,
      batchSize: 15,
      callbacks: [
        new EarlyStopping(),
        new ReduceLROnPlateau(),
        new ModelCheckpoint({ ...checkpoint, saveBestOnly: true }),
        new ModelCheckpoint(checkpoint),
      ],
    });
    expect(warnings()).toEqual([
      expect.stringContaining('was trained with batchSize 16, now it is 15'),
      expect.stringContaining(
        'broken off 2 steps into epoch 2: these steps remain in the weights, and epoch 2 begins anew',
      ),
      expect.stringContaining('EarlyStopping begins anew'),
      expect.stringContaining('ReduceLROnPlateau begins anew'),
      expect.stringContaining('ModelCheckpoint begins anew'),
    ]);
    warn.mockClear();
    await model.fit(images, labels, { epochs: 1 });
    expect(warnings()).toEqual([]);
  });

  test.each([
    ['batchSize', '0', '"batchSize" must be a whole number of at least 1'],
    ['validationSplit', '-1', '"validationSplit" must be a number of at least 0'],
    ['classWeight', '[null]', '"classWeight" must be an object of numbers'],
  ])('a stored %s of %s is refused', async (name, value, message) => {
    const { metadata } = (await loadModel(join(folder, 'given'))).optimizer!;
    expect(() => readTrainingState({ ...metadata, [name]: value }, 'x')).toThrow(message);
  });
});
