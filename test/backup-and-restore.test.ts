/** A training with `BackupAndRestore` that crashes, and whose program is started again, ends as if it never had. */

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  adam,
  BackupAndRestore,
  type BackupAndRestoreOptions,
  type Callback,
  type CallbackState,
  type CheckpointStorage,
  cosineDecay,
  dense,
  EarlyStopping,
  type FitOptions,
  flatten,
  ModelCheckpoint,
  type Optimizer,
  oneCycle,
  ReduceLROnPlateau,
  Sequential,
  sgd,
} from 'inkling';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { tinyImages } from './determinism/job.mjs';
import { numbers, tinyModel } from './tiny-model.js';

const { images, labels } = tinyImages(90);
const root = mkdtempSync(join(tmpdir(), 'inkling-backup-'));
afterAll(() => rmSync(root, { recursive: true }));
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(root, 'backup-'));
});

const newModel = (optimizer: Optimizer = adam(), threads = 1, arithmetic: 'plain' | 'fused' = 'plain') =>
  tinyModel({ optimizer, threads, arithmetic });

const given: FitOptions = { batchSize: 16, validationSplit: 0.2, seed: 9, verbose: 0, augmentation: 'light' };
const notices: string[] = [];
const backup = (options: Partial<BackupAndRestoreOptions> = {}) =>
  new BackupAndRestore({ folder, everyMinutes: 1e-9, notice: (message) => notices.push(message), ...options });

/** Of the whole training: it counts epochs and steps, and one in which it is told to crashes. */
class Crash implements Callback {
  epochs = 0;
  steps = 0;
  readonly at: number;

  constructor(at: number) {
    this.at = at;
  }

  onEpochBegin(): void {
    this.epochs++;
  }

  onTrainBatchEnd(): void {
    this.steps++;
    if (this.steps === this.at) throw new Error('crash');
  }

  getState(): CallbackState {
    return { values: { epochs: this.epochs, steps: this.steps, nothing: Number.NaN, zero: -0 } };
  }

  setState({ values }: CallbackState): void {
    expect([values.nothing, values.zero]).toEqual([Number.NaN, -0]);
    this.epochs = Number(values.epochs);
    this.steps = Number(values.steps);
  }
}

async function saved(model: Sequential) {
  const path = mkdtempSync(join(root, 'model-'));
  await model.save(path);
  return readdirSync(path).map((name) => [name, readFileSync(join(path, name)).toString('base64')]);
}

const watching = (name: string) => [
  new EarlyStopping({ monitor: 'valLoss', patience: 3, restoreBestWeights: true }),
  new ReduceLROnPlateau({ monitor: 'valAccuracy', patience: 1, factor: 0.5 }),
  new ModelCheckpoint({ folder: join(root, name), monitor: 'valLoss', saveBestOnly: true }),
];

/** Remembers nothing: what it sets at an epoch's beginning must not undo what it set in its midst. */
const ratesOfEpochs: Callback = {
  onEpochBegin: (epoch, _, control) => control.setLearningRate(0.02 / (epoch + 1)),
  onTrainBatchEnd: (batch, _, control) => void (batch === 2 && control.setLearningRate(control.learningRate / 2)),
};

test.each<[string, Optimizer, () => Callback[]]>([
  ['a one-cycle schedule', adam({ learningRate: oneCycle({ maximumLearningRate: 0.05 }) }), () => []],
  [
    'momentum and cosine decay',
    sgd({ momentum: 0.9, learningRate: cosineDecay({ initialLearningRate: 0.05 }) }),
    () => [],
  ],
  ['learning rates that are set in the midst of epochs', adam(), () => [ratesOfEpochs]],
  ['callbacks that remember', adam({ learningRate: 0.02 }), () => watching('best')],
])('%s: crashed at every step, it ends with the same bytes and history', async (_, optimizer, callbacks) => {
  const whole = newModel(optimizer);
  const theirs = callbacks();
  const history = await whole.fit(images, labels, { ...given, epochs: 6, callbacks: theirs });
  const keepsBest = theirs.some((callback) => callback instanceof ModelCheckpoint);
  const best = keepsBest && readFileSync(join(root, 'best', 'model.safetensors'));
  let crashes = 0;
  for (let at = 1; ; at++) {
    const model = newModel(optimizer, 1 + (at % 3));
    const ours = callbacks();
    const crash = new Crash(at);
    const fit = model.fit(images, labels, { ...given, epochs: 6, callbacks: [...ours, crash, backup()] });
    const resumed = await fit.catch((error: unknown) => String(error));
    if (typeof resumed === 'string') {
      expect(resumed).toBe('Error: crash');
      crashes++;
      continue;
    }
    expect(numbers(resumed)).toEqual(numbers(history));
    expect(await saved(model)).toEqual(await saved(whole));
    if (best) expect(readFileSync(join(root, 'best', 'model.safetensors'))).toEqual(best);
    expect(ours.map((callback) => (callback as EarlyStopping).bestEpoch)).toEqual(
      theirs.map((callback) => (callback as EarlyStopping).bestEpoch),
    );
    expect([crash.epochs, crash.steps]).toEqual([history.epochs.length, history.epochs.length * 5]);
    expect(resumed.checkpointSeconds).toBeGreaterThan(0);
    break;
  }
  expect(crashes).toBe(history.epochs.length * 5);
  expect(readdirSync(folder)).toEqual([]);
});

describe('a storage instead of a folder', () => {
  class Memory implements CheckpointStorage {
    readonly kept = new Map<number, Uint8Array>();
    async list() {
      return [...this.kept.keys()];
    }
    async read(steps: number) {
      return this.kept.get(steps)!;
    }
    async write(steps: number, bytes: Uint8Array) {
      this.kept.set(steps, bytes);
    }
    async remove(steps: number) {
      this.kept.delete(steps);
    }
  }
  const trainWith = (storage: CheckpointStorage, crash: number, model = newModel()) => {
    const callbacks = [new Crash(crash), new BackupAndRestore({ storage, everyEpoch: true, keep: 2 })];
    return model.fit(images, labels, { ...given, epochs: 3, callbacks });
  };

  test('keeps the newest, goes on to the same bytes and is empty in the end', async () => {
    const whole = newModel();
    await trainWith(new Memory(), 0, whole);
    const storage = new Memory();
    await expect(trainWith(storage, 12)).rejects.toThrow('crash');
    expect(await storage.list()).toEqual([5, 10]);
    storage.kept.get(10)![300] ^= 1;
    const model = newModel();
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    await trainWith(storage, 0, model);
    expect(warn.mock.lastCall?.[0]).toMatch(/^the checkpoint after 10 steps .* the one before, the checkpoint after 5/);
    warn.mockRestore();
    expect(await saved(model)).toEqual(await saved(whole));
    expect(await storage.list()).toEqual([]);
  });

  test('that fails is told of as a disk is', async () => {
    const storage = new Memory();
    storage.write = () => Promise.reject(new Error('QuotaExceededError'));
    await expect(trainWith(storage, 0)).rejects.toMatchObject({
      kind: 'file',
      message: 'the storage of checkpoints: a checkpoint could not be written (QuotaExceededError).',
    });
  });

  test('is asked for what it must have, and not beside a folder', () => {
    const wrong = { list: async () => [] } as unknown as CheckpointStorage;
    expect(() => new BackupAndRestore({ storage: wrong })).toThrow('the functions list, read, write and remove');
    expect(() => new BackupAndRestore({ storage: new Memory(), folder: 'f' })).toThrow('a folder or a storage, not');
    expect(() => new BackupAndRestore({})).toThrow('folder');
  });
});

describe('a checkpoint', () => {
  /** A training of three epochs that crashes in the second. */
  async function begin(options: FitOptions = {}, crash: Callback[] = [new Crash(7)]) {
    const fit = newModel().fit(images, labels, { ...given, epochs: 3, callbacks: [...crash, backup()], ...options });
    await expect(fit).rejects.toThrow('crash');
  }
  const goOn = (options: FitOptions = {}, model = newModel()) =>
    model.fit(images, labels, { ...given, epochs: 3, callbacks: [new Crash(0), backup()], ...options });

  test.each<[string, FitOptions, Sequential?]>([
    ['batchSize was 16, now it is 8', { batchSize: 8 }],
    ['seed was 9, now it is 10', { seed: 10 }],
    ['validationSplit was 0.2, now it is 0', { validationSplit: 0 }],
    ['validationData was null, now it is "', { validationSplit: 0, validationData: [images, labels] }],
    ['classWeight was null, now it is {"1":2}', { classWeight: { 1: 2 } }],
    ['sampleWeight was null, now it is "', { sampleWeight: new Float32Array(90).fill(0.5) }],
    ['augmentation was {', { augmentation: 'none' }],
    ['optimizer was {"type":"adam"', {}, newModel(sgd())],
    ['arithmetic was "plain", now it is "fused"', {}, newModel(adam(), 1, 'fused')],
    ['layers was [', {}, new Sequential([flatten(), dense({ units: 4 })])],
    [
      'callbacks was ["Crash 1"], now it is ["EarlyStopping 1","Crash 1"]',
      { callbacks: [new EarlyStopping(), new Crash(0)] },
    ],
    ['of 3 epochs: epochs may be raised, not lowered. Received: 2', { epochs: 2 }],
  ])('of another training is refused by name: %s', async (message, options, model) => {
    await begin();
    const callbacks = [...(options.callbacks ?? [new Crash(0)]), backup()];
    const error = await goOn({ ...options, callbacks }, model).catch((error: unknown) => error);
    expect(error).toMatchObject({ kind: 'argument', message: expect.stringContaining(message) });
    expect(String(error)).toMatch(/checkpoint-0000000006\.safetensors belongs to/);
    expect((await goOn()).epochs).toHaveLength(3);
  });

  test('of other data is refused by name', async () => {
    await begin();
    const fit = newModel().fit(images, labels.with(5, 3 - labels[5]), {
      ...given,
      epochs: 3,
      callbacks: [new Crash(0), backup()],
    });
    await expect(fit).rejects.toThrow(/belongs to another training: data was \{"rows":90,"sha256":"\w+"\}, now it is/);
  });

  test('that is damaged is told of, and the one before is gone on from; without one it is an error', async () => {
    const whole = await goOn({ callbacks: [new Crash(0)] });
    await begin();
    const names = readdirSync(folder).sort();
    expect(names).toEqual(['checkpoint-0000000005.safetensors', 'checkpoint-0000000006.safetensors']);
    const newest = join(folder, names[1]);
    const bytes = readFileSync(newest);
    writeFileSync(newest, bytes.subarray(0, bytes.length / 2));
    notices.length = 0;
    expect(numbers(await goOn())).toEqual(numbers(whole));
    expect(notices).toEqual([
      expect.stringMatching(
        /0006\.safetensors is not a valid safetensors file: .* goes on from the one before, .*0005\.safetensors/,
      ),
    ]);
    writeFileSync(newest, bytes.with(bytes.length - 9, bytes[bytes.length - 9] ^ 1));
    await expect(goOn()).rejects.toMatchObject({
      kind: 'file',
      message: expect.stringMatching(
        /^None of the checkpoints in .* can be used\. .*0006\.safetensors is damaged: .* SHA-256/,
      ),
    });
  });

  test('stays where it is asked to, so that the program started again is done at once, and epochs can be raised', async () => {
    const keeping = (epochs: number) => ({ epochs, callbacks: [new Crash(0), backup({ deleteCheckpoint: false })] });
    const history = await goOn(keeping(3));
    expect(readdirSync(folder)).toEqual(['checkpoint-0000000015.safetensors']);
    const model = newModel();
    expect((await goOn(keeping(3), model)).toJSON()).toEqual(history.toJSON());
    const whole = newModel();
    await goOn({ callbacks: [new Crash(0)] }, whole);
    expect(model.getWeights()).toEqual(whole.getWeights());
    expect((await goOn(keeping(4))).series('epoch')).toEqual([1, 2, 3, 4]);
  });

  test('that a signal asks for holds the last step', async () => {
    const controller = new AbortController();
    const abort: Callback = { onTrainBatchEnd: (_, { step }) => void (step === 7 && controller.abort()) };
    const { signal } = controller;
    const options = { ...given, epochs: 3, signal, callbacks: [abort, backup({ everyMinutes: 10 })] };
    expect((await newModel().fit(images, labels, options)).epochs).toHaveLength(1);
    expect(readdirSync(folder)).toContain('checkpoint-0000000008.safetensors');
  });
});

test('a folder that cannot be written is an error at once', async () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  const callbacks = [backup({ folder: join(file, 'inside') })];
  await expect(newModel().fit(images, labels, { ...given, callbacks })).rejects.toMatchObject({ kind: 'file' });
});

test.each<[string, FitOptions['callbacks'], string]>([
  [
    'two backups',
    [new BackupAndRestore({ folder: 'a' }), new BackupAndRestore({ folder: 'b' })],
    'more than one BackupAndRestore',
  ],
  ['half a state', [{ onEpochEnd() {}, getState: () => ({ values: {} }) }], 'has one of getState and setState'],
])('%s are refused', async (_, callbacks, message) => {
  await expect(newModel().fit(images, labels, { callbacks })).rejects.toThrow(message);
});

test.each<[BackupAndRestoreOptions, string]>([
  [{ folder: '' }, 'folder must be a text that is not empty'],
  [{ folder: 'a', everyMinutes: 0 }, 'everyMinutes must be a number above 0'],
  [{ folder: 'a', keep: 0 }, 'keep must be an integer of at least 1'],
  [{ folder: 'a', notice: 3 as never }, 'notice must be a function'],
  [{ folder: 'a', every: 3 } as never, 'unknown option "every"'],
])('new BackupAndRestore(%j) is refused', (options, message) => {
  expect(() => new BackupAndRestore(options)).toThrow(message);
});
