import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { platform } from '#platform';
import { InklingError } from '../errors.js';
import { conv2d } from '../layers/conv2d.js';
import { dense } from '../layers/dense.js';
import { flatten } from '../layers/flatten.js';
import { defineModel } from '../model/model.js';
import { preprocessingLikeMnist } from '../preprocessing/settings.js';
import {
  loadModel,
  loadModelDescription,
  type ModelExtras,
  modelFiles,
  modelFromFiles,
  saveModel,
} from './model-file.js';

import { readSafetensors, writeSafetensors } from './safetensors.js';

vi.mock('#platform', () => import('../platform/node.js'));

const model = defineModel({
  name: 'tiny',
  inputShape: [3, 3, 1],
  layers: [conv2d({ filters: 1, kernelSize: 2, activation: 'relu' }), flatten(), dense({ units: 2 })],
});
const weights = new Map([
  ['dense/bias', Float32Array.of(11, 12)],
  ['conv2d/kernel', Float32Array.of(1, 2, 3, 4)],
  ['conv2d/bias', Float32Array.of(5)],
  ['dense/kernel', Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8)],
]);
const extras: ModelExtras = {
  classNames: ['no', 'yes'],
  preprocessing: preprocessingLikeMnist([3, 3], 'light on dark'),
  calibration: {
    temperature: 1.25,
    confidenceThreshold: Math.fround(0.97),
    rejectionThreshold: Math.fround(0.6),
    images: 40,
  },
};
const optimizer = {
  tensors: new Map([['momentum/conv2d/bias', { data: Float32Array.of(0.25), shape: [1] }]]),
  metadata: { optimizer: '{"type":"adam"}', iterations: '12' },
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inkling-model-'));
});
afterEach(() => rm(folder, { recursive: true }));

const path = (name: string) => join(folder, name);

async function editDescription(change: (description: Record<string, unknown>) => void): Promise<void> {
  const description = JSON.parse(await readFile(path('model.json'), 'utf8'));
  change(description);
  await writeFile(path('model.json'), JSON.stringify(description));
}

/** Checks that loading fails with all of these words. */
async function expectFailure(...words: string[]): Promise<void> {
  const error = await loadModel(folder).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(InklingError);
  for (const word of words) expect((error as Error).message).toContain(word);
}

describe('saveModel and loadModel', () => {
  it('bring back description, weights in the order of the model, class names and preprocessing', async () => {
    await saveModel(folder, model, weights, extras);
    const loaded = await loadModel(folder);
    expect(loaded.model).toEqual(model);
    expect([...loaded.weights.keys()]).toEqual(['conv2d/kernel', 'conv2d/bias', 'dense/kernel', 'dense/bias']);
    for (const [name, values] of weights) expect(loaded.weights.get(name)).toEqual(values);
    expect(loaded.classNames).toEqual(extras.classNames);
    expect(loaded.preprocessing).toEqual(extras.preprocessing);
    expect(loaded.calibration).toEqual(extras.calibration);
    expect(await loadModelDescription(folder)).toEqual({ model, ...extras });
    expect(loaded.optimizer).toBeUndefined();
  });

  it('put everything a user of the weights needs into their metadata', async () => {
    await saveModel(folder, model, weights, extras);
    const { tensors, metadata } = readSafetensors(await readFile(path('model.safetensors')), 'x');
    expect(tensors.get('conv2d/kernel')?.shape).toEqual([2, 2, 1, 1]);
    expect(tensors.get('dense/kernel')?.shape).toEqual([4, 2]);
    expect(metadata).toEqual({
      format: 'inkling',
      formatVersion: '2',
      model: expect.any(String),
      weightsSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const description = JSON.parse(metadata.model);
    expect(description).toMatchObject({
      format: 'inkling',
      formatVersion: 2,
      name: 'tiny',
      classNames: ['no', 'yes'],
      preprocessing: extras.preprocessing,
      calibration: {
        temperature: 1.25,
        confidenceThreshold: Math.fround(0.97),
        rejectionThreshold: Math.fround(0.6),
        images: 40,
      },
      weightsSha256: metadata.weightsSha256,
    });
    expect(JSON.parse(await readFile(path('model.json'), 'utf8'))).toEqual(description);
  });

  it('say null where no answer is sure', async () => {
    const calibration = { ...extras.calibration!, confidenceThreshold: null };
    await saveModel(folder, model, weights, { calibration });
    expect(JSON.parse(await readFile(path('model.json'), 'utf8')).calibration.confidenceThreshold).toBeNull();
    expect((await loadModel(folder)).calibration).toEqual(calibration);
  });

  it('take the path of model.json as well', async () => {
    await saveModel(folder, model, weights);
    const loaded = await loadModel(path('model.json'));
    expect(loaded.model).toEqual(model);
    expect(loaded.classNames).toBeUndefined();
    expect(loaded.calibration).toBeUndefined();
  });

  it('bring back the state of the optimizer', async () => {
    await saveModel(folder, model, weights, { optimizer });
    const loaded = await loadModel(folder);
    expect(loaded.optimizer?.tensors).toEqual(optimizer.tensors);
    expect(loaded.optimizer?.metadata).toMatchObject(optimizer.metadata);
  });

  it('leave an older optimizer aside when a model is saved over it without one', async () => {
    await saveModel(folder, model, weights, { optimizer });
    await saveModel(folder, model, new Map([...weights, ['dense/bias', Float32Array.of(0, 0)]]));
    expect((await loadModel(folder)).optimizer).toBeUndefined();
    expect((await readdir(folder)).sort()).toEqual(['model.json', 'model.safetensors']);
  });

  it('keep the optimizer of the last save alone', async () => {
    await saveModel(folder, model, weights, { optimizer });
    const [, , first] = (await readdir(folder)).sort();
    await writeFile(path('optimizer.safetensors'), 'of version 1');
    await saveModel(folder, model, new Map([...weights, ['dense/bias', Float32Array.of(0, 0)]]), { optimizer });
    const names = (await readdir(folder)).sort();
    expect(names).toEqual([
      'model.json',
      'model.safetensors',
      expect.stringMatching(/^optimizer-[0-9a-f]{8}\.safetensors$/),
    ]);
    expect(names).not.toContain(first);
    expect((await loadModel(folder)).optimizer?.tensors).toEqual(optimizer.tensors);
  });

  it('need nothing but model.safetensors', async () => {
    await saveModel(folder, model, weights, extras);
    await rm(path('model.json'));
    expect(await loadModelDescription(folder)).toEqual({ model, ...extras });
    expect((await loadModel(folder)).classNames).toEqual(extras.classNames);
  });

  it('honour a model.json that somebody changed, but not that of other weights', async () => {
    await saveModel(folder, model, weights, extras);
    await editDescription((description) => Object.assign(description, { classNames: ['nein', 'ja'] }));
    expect((await loadModel(folder)).classNames).toEqual(['nein', 'ja']);
    const older = await readFile(path('model.json'));
    await saveModel(folder, model, new Map([...weights, ['dense/bias', Float32Array.of(0, 0)]]), extras);
    await writeFile(path('model.json'), older);
    expect((await loadModel(folder)).classNames).toEqual(extras.classNames);
    expect((await loadModelDescription(folder)).classNames).toEqual(extras.classNames);
  });

  it('honour a description of another name, whatever lies beside it', async () => {
    await saveModel(folder, model, weights, extras);
    await writeFile(path('my-net.json'), JSON.stringify({ ...model.config, name: 'mine' }));
    expect((await loadModelDescription(path('my-net.json'))).model.config.name).toBe('mine');
    expect((await loadModel(path('my-net.json'))).model.config.name).toBe('mine');
  });

  it('write the same bytes each time', async () => {
    await saveModel(folder, model, weights, { ...extras, optimizer });
    const first = await Promise.all((await readdir(folder)).map((name) => readFile(path(name))));
    await saveModel(folder, model, new Map([...weights].reverse()), { ...extras, optimizer });
    const second = await Promise.all((await readdir(folder)).map((name) => readFile(path(name))));
    expect(first).toHaveLength(3);
    expect(second).toEqual(first);
  });
});

describe('saveModel', () => {
  it('refuses weights and class names that do not fit, before anything is written', async () => {
    const missing = new Map(weights);
    missing.delete('dense/bias');
    await expect(saveModel(folder, model, missing)).rejects.toThrow(
      'Weight "dense/bias" is missing. Expected 2 values',
    );
    const short = new Map([...weights, ['dense/bias', new Float32Array(1)] as const]);
    await expect(saveModel(folder, model, short)).rejects.toThrow('Weight "dense/bias" has 1 values.');
    await expect(saveModel(folder, model, weights, { classNames: ['one'] })).rejects.toThrow('Expected 2 class names');
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('loadModel', () => {
  beforeEach(() => saveModel(folder, model, weights, { ...extras, optimizer }));

  it('names the file that is missing', async () => {
    await rm(path('model.safetensors'));
    await expectFailure('model.safetensors', 'does not exist');
    await rm(path('model.json'));
    await expectFailure('model.json', 'does not exist');
    await expect(loadModelDescription(folder)).rejects.toThrow('model.json: it does not exist');
    await rm(folder, { recursive: true });
    await expectFailure(folder, 'does not exist');
    await saveModel(folder, model, weights);
  });

  it('refuses a description that is none', async () => {
    await writeFile(path('model.json'), '{"name":');
    await expectFailure(path('model.json'), 'is not JSON');
    await writeFile(path('model.json'), '{"name":"a","name":"b"}');
    await expectFailure(path('model.json'), 'holds the key "name" twice');
    await writeFile(path('model.json'), '[]');
    await expectFailure(path('model.json'), 'expected an object');
  });

  it('refuses another version, class names and preprocessing that make no sense', async () => {
    await editDescription((description) => Object.assign(description, { formatVersion: 3 }));
    await expectFailure(path('model.json'), '"formatVersion" 1 or 2. Received: "inkling" and 3', 'A newer Inkling');
    await editDescription((description) => Object.assign(description, { formatVersion: 2, classNames: ['no', 2] }));
    await expectFailure('"classNames" must be a list of 2 texts', '["no",2]');
    await editDescription((description) => Object.assign(description, { classNames: ['a', 'b'], preprocessing: null }));
    await expectFailure('"preprocessing" must be like', 'Received: null');
    const preprocessing = { ...extras.preprocessing, size: [28] };
    await editDescription((description) => Object.assign(description, { preprocessing }));
    await expectFailure('"preprocessing" must be like', '"size":[28]');
  });

  it.each([
    [null, 'Received: null'],
    [5, 'Received: 5'],
    [{ temperature: 0 }, '"temperature":0'],
    [{ temperature: -1 }, '"temperature":-1'],
    [{ temperature: '1' }, '"temperature":"1"'],
    [{ temperature: undefined }, 'must be like'],
    [{ confidenceThreshold: undefined }, 'must be like'],
    [{ confidenceThreshold: -0.5 }, '"confidenceThreshold":-0.5'],
    [{ confidenceThreshold: 2 }, '"confidenceThreshold":2'],
    [{ sureProbability: null, lowestProbability: 0.5 }, '"sureProbability":null'],
    [{ rejectionThreshold: null }, '"rejectionThreshold":null'],
    [{ rejectionThreshold: -0.1 }, '"rejectionThreshold":-0.1'],
    [{ rejectionThreshold: 1.1 }, '"rejectionThreshold":1.1'],
    [{ rejectionThreshold: undefined }, 'must be like'],
    [{ images: 0 }, '"images":0'],
    [{ images: 1.5 }, '"images":1.5'],
  ])('refuses the calibration %j', async (change, received) => {
    const written = { temperature: 1.25, confidenceThreshold: 0.97, rejectionThreshold: 0.6, images: 40 };
    const calibration = typeof change === 'object' && change ? { ...written, ...change } : change;
    await editDescription((description) => Object.assign(description, { calibration }));
    await expectFailure(path('model.json'), '"calibration" must be like {"temperature":1.2', received);
  });

  it('names the weight that is missing, misshapen or strange', async () => {
    const { tensors, metadata } = readSafetensors(await readFile(path('model.safetensors')), 'x');
    const kernel = tensors.get('dense/kernel')!;
    tensors.set('dense/kernel', { data: kernel.data, shape: [2, 4] });
    await writeFile(path('model.safetensors'), writeSafetensors(tensors, metadata));
    await expectFailure(path('model.safetensors'), '"dense/kernel": expected shape [4, 2]. Received: [2, 4]');
    tensors.delete('dense/kernel');
    await writeFile(path('model.safetensors'), writeSafetensors(tensors, metadata));
    await expectFailure(path('model.safetensors'), '"dense/kernel" is missing, expected shape [4, 2]');
    tensors.set('dense/kernel', kernel).set('dense_1/kernel', kernel);
    await writeFile(path('model.safetensors'), writeSafetensors(tensors, metadata));
    await expectFailure(path('model.safetensors'), 'tensor "dense_1/kernel" belongs to no weight');
  });

  it('refuses an optimizer that was saved with other weights', async () => {
    const { tensors, metadata } = readSafetensors(await readFile(path('model.safetensors')), 'x');
    tensors.get('dense/bias')!.data[0] += 1;
    await writeFile(path('model.safetensors'), writeSafetensors(tensors, metadata));
    await expectFailure('optimizer-', 'was saved with other weights', 'remove the line');
    await editDescription((description) => delete description.optimizerState);
    expect((await loadModel(folder)).weights.get('dense/bias')).toEqual(Float32Array.of(12, 12));
  });

  it('refuses a state of the optimizer outside the folder', async () => {
    await editDescription((description) => Object.assign(description, { optimizerState: '../../secret' }));
    await expectFailure('"optimizerState" must name a file', '"../../secret"');
  });

  it('names the state of the optimizer that is missing', async () => {
    const state = (await readdir(folder)).find((name) => name.startsWith('optimizer'))!;
    await rm(path(state));
    await expectFailure(state, 'does not exist');
  });
});

describe('a model whose optimizer does not fit on the disk', () => {
  it('is saved without it, and the error says so', async () => {
    await saveModel(folder, model, weights, { optimizer });
    const { writeFile: write } = platform;
    vi.spyOn(platform, 'writeFile').mockImplementation(async (file, content) => {
      if (file.includes('optimizer')) throw new InklingError('file', 'Cannot write it: the disk is full.');
      return write(file, content);
    });
    const later = new Map([...weights, ['dense/bias', Float32Array.of(0, 7)] as const]);
    await expect(saveModel(folder, model, later, { ...extras, optimizer })).rejects.toThrow(
      /^Cannot write it: the disk is full\. The model is saved in .*, but without the optimizer's state/,
    );
    vi.restoreAllMocks();
    const loaded = await loadModel(folder);
    expect(loaded.weights.get('dense/bias')).toEqual(Float32Array.of(0, 7));
    expect([loaded.optimizer, loaded.classNames]).toEqual([undefined, extras.classNames]);
    expect((await readdir(folder)).sort()).toEqual(['model.json', 'model.safetensors']);
  });
});

describe('a model that is saved again while it is read', () => {
  it('is read anew', async () => {
    await saveModel(folder, model, weights, { optimizer });
    const { readFile: read } = platform;
    let saved = false;
    vi.spyOn(platform, 'readFile').mockImplementation(async (file) => {
      if (file.includes('optimizer') && !saved) {
        saved = true;
        await saveModel(folder, model, new Map([...weights, ['dense/bias', Float32Array.of(0, 7)]]), { optimizer });
      }
      return read(file);
    });
    const loaded = await loadModel(folder);
    vi.restoreAllMocks();
    expect(loaded.weights.get('dense/bias')).toEqual(Float32Array.of(0, 7));
    expect(loaded.optimizer?.tensors).toEqual(optimizer.tensors);
  });
});

describe('modelFiles and modelFromFiles', () => {
  it('are the bytes of a folder, and back', async () => {
    const files = await modelFiles(model, weights, extras);
    await saveModel(folder, model, weights, extras);
    for (const [name, bytes] of files) expect(await readFile(join(folder, name))).toEqual(Buffer.from(bytes));
    const loaded = modelFromFiles(files);
    expect(loaded.weights.get('conv2d/kernel')).toEqual(Float32Array.of(1, 2, 3, 4));
    expect(loaded).toMatchObject(extras);
    files.delete('model.json');
    expect(modelFromFiles(files)).toMatchObject(extras);
  });

  it('say what is missing or damaged', async () => {
    const files = await modelFiles(model, weights);
    const damaged = new Map(files).set('model.safetensors', new Uint8Array(40));
    expect(() => modelFromFiles(damaged)).toThrow('model.safetensors is not a valid safetensors file');
    expect(() => modelFromFiles(new Map())).toThrow('There is no model.safetensors: expected the files');
    const bare = writeSafetensors(readSafetensors(files.get('model.safetensors')!, 'bare').tensors);
    expect(() => modelFromFiles(new Map([['model.safetensors', bare]]))).toThrow('there is no model.json');
    await expect(modelFiles(model, weights, { classNames: ['one'] })).rejects.toThrow('Expected 2 class names.');
  });
});
