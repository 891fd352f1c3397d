/** What can steer a training: an AbortSignal, callbacks, schedules; and how a training ends that has gone wrong. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Callback,
  dense,
  EarlyStopping,
  exponentialDecay,
  flatten,
  type InklingError,
  ModelCheckpoint,
  ReduceLROnPlateau,
  Sequential,
  sgd,
  stepDecay,
  TerminateOnNaN,
  type WeightValues,
} from 'inkling';
import { afterAll, describe, expect, test } from 'vitest';
import { tinyImages } from './determinism/job.mjs';

const { images, labels } = tinyImages(100);
const folder = mkdtempSync(join(tmpdir(), 'inkling-control-'));
afterAll(() => rmSync(folder, { recursive: true }));

function small(optimizer = sgd({ learningRate: 0.1 })) {
  const model = new Sequential([flatten(), dense({ units: 8, activation: 'relu' }), dense({ units: 4 })]);
  model.compile({ optimizer, threads: 2 });
  return model;
}

test('the learning rate can be set between trainings, and the optimizer goes on as if it had been set within one', async () => {
  const optimizer = sgd({ learningRate: 0.1, momentum: 0.9 });
  const [within, between] = [small(optimizer), small(optimizer)];
  const callback: Callback = { onEpochEnd: (epoch, _, control) => void (epoch === 0 && control.setLearningRate(0.02)) };
  await within.fit(images, labels, { epochs: 2, callbacks: [callback], verbose: 0 });
  await between.fit(images, labels, { epochs: 1, verbose: 0 });
  between.setLearningRate(0.02);
  await between.fit(images, labels, { epochs: 2, initialEpoch: 1, verbose: 0 });
  expect(between.getWeights()).toEqual(within.getWeights());
  expect(between.optimizer.learningRate).toBe(0.02);
  expect(() => between.setLearningRate(-1)).toThrow('sgd: learningRate must be a number above 0');
});

test('limitSteps lets onSteps be called after so many steps once, and the weights stay the same', async () => {
  const [limited, unlimited] = [small(), small()];
  const lengths: number[] = [];
  const callback: Callback = {
    onTrainBegin: (control) => control.limitSteps(1),
    onSteps(steps, control) {
      lengths.push(steps.length);
      if (lengths.length < 4) control.limitSteps(lengths.length);
      else if (lengths.length === 4) expect(() => control.limitSteps(0)).toThrow('limitSteps: expected an integer');
    },
  };
  const options = { epochs: 3, batchSize: 2, verbose: 0 } as const;
  await limited.fit(images, labels, { ...options, callbacks: [callback] });
  await unlimited.fit(images, labels, options);
  expect(lengths.slice(0, 2)).toEqual([1, 1]);
  expect(lengths[2]).toBeLessThanOrEqual(2);
  expect(lengths[3]).toBeLessThanOrEqual(3);
  expect(lengths.reduce((sum, count) => sum + count, 0)).toBe(150);
  expect(limited.getWeights()).toEqual(unlimited.getWeights());
});

describe('a stop', () => {
  test('by a signal in the middle of an epoch comes after the running step, and the model goes on to work', async () => {
    const stop = new AbortController();
    const told: number[] = [];
    const callback: Callback = {
      onTrainBatchEnd: (_, { step }) => {
        told.push(step);
        if (step === 12) stop.abort();
      },
      onTrainEnd: (logs) => void told.push(logs?.epoch ?? -1),
    };
    const model = small();
    const history = await model.fit(images, labels, {
      epochs: 5,
      batchSize: 10,
      callbacks: [callback],
      signal: stop.signal,
    });
    expect(told).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 1]);
    expect(history.series('epoch')).toEqual([1]);
    expect((await model.evaluate(images, labels)).loss).toBeGreaterThan(0);
    expect((await model.fit(images, labels)).epochs).toHaveLength(1);
  });

  test('by a signal from outside ends a long step batch', async () => {
    const steps: number[] = [];
    const callbacks: Callback[] = [{ onSteps: (some) => void steps.push(some.length) }];
    const model = small();
    setTimeout(() => stop.abort(), 300);
    const stop = new AbortController();
    const history = await model.fit(images, labels, { epochs: 1e9, batchSize: 1, callbacks, signal: stop.signal });
    const done = steps.reduce((sum, count) => sum + count, 0);
    expect(Math.floor(done / 100)).toBe(history.epochs.length);
  });

  test('that was given before the start trains nothing', async () => {
    const model = small();
    model.build([12, 12, 1]);
    const before = model.getWeights();
    const history = await model.fit(images, labels, { signal: AbortSignal.abort() });
    expect(history.epochs).toEqual([]);
    expect(model.getWeights()).toEqual(before);
  });

  test('during a validation lets the validation finish', async () => {
    const stop = new AbortController();
    const truth = await small().evaluate(images, labels);
    const model = small(sgd({ learningRate: 1e-30 }));
    const callback: Callback = {
      // The last step has been told: what follows is the validation.
      onTrainBatchEnd: (batch) => {
        if (batch === 9) setTimeout(() => stop.abort(), 0);
      },
    };
    const repeated = { data: new Uint8Array(images.data.length * 300), shape: [30_000, 12, 12, 1] };
    for (let copy = 0; copy < 300; copy++) repeated.data.set(images.data, copy * images.data.length);
    const truths = Array.from({ length: 30_000 }, (_, row) => labels[row % 100]);
    const options = { epochs: 9, batchSize: 10, callbacks: [callback], signal: stop.signal };
    const { epochs } = await model.fit(images, labels, { ...options, validationData: [repeated, truths] });
    expect(epochs).toHaveLength(1);
    expect(epochs[0].valLoss).toBeCloseTo(truth.loss, 6);
    expect(epochs[0].valAccuracy).toBeCloseTo(truth.accuracy, 12);
  });

  test('by stopTraining at the end of an epoch', async () => {
    const callback: Callback = { onEpochEnd: (epoch, _, control) => void (epoch === 1 && control.stopTraining()) };
    expect((await small().fit(images, labels, { epochs: 9, callbacks: [callback] })).epochs).toHaveLength(2);
  });

  test('by what a callback throws', async () => {
    const callback: Callback = {
      onEpochEnd: () => {
        throw new RangeError('enough');
      },
    };
    const model = small();
    await expect(model.fit(images, labels, { callbacks: [callback] })).rejects.toThrow(new RangeError('enough'));
    expect((await model.fit(images, labels)).epochs).toHaveLength(1);
  });
});

describe('the learning rate', () => {
  test('of a schedule by epochs and by steps reaches the history', async () => {
    const steps = await small(
      sgd({ learningRate: stepDecay({ initialLearningRate: 0.1, factor: 0.5, dropEvery: 1 }) }),
    ).fit(...([images, labels, { epochs: 3 }] as const));
    expect(steps.series('learningRate')).toEqual([0.1, 0.05, 0.025]);
    const decay = exponentialDecay({ initialLearningRate: 0.1, decayRate: 0.5, decaySteps: 4 });
    const smooth = await small(sgd({ learningRate: decay })).fit(images, labels, { epochs: 2, batchSize: 25 });
    expect(smooth.series('learningRate')).toEqual(
      [0.1 * 0.5 ** 0.75, 0.1 * 0.5 ** 1.75].map((rate) => expect.closeTo(rate, 12)),
    );
  });

  test('set by a callback counts from the next step on, and stays for the next fit', async () => {
    const rates: number[] = [];
    const callback: Callback = {
      onTrainBatchEnd: (batch, { learningRate }, control) => {
        rates.push(learningRate);
        if (batch === 1) control.setLearningRate(0.02);
      },
    };
    const model = small();
    const history = await model.fit(images, labels, { batchSize: 25, callbacks: [callback] });
    expect(rates).toEqual([0.1, 0.1, 0.02, 0.02]);
    expect(history.series('learningRate')).toEqual([0.02]);
    expect((await model.fit(images, labels)).series('learningRate')).toEqual([0.02]);
    await expect(
      model.fit(images, labels, {
        callbacks: [{ onEpochEnd: (_, __, control) => control.setLearningRate(Number.NaN) }],
      }),
    ).rejects.toThrow('setLearningRate');
  });

  test('set after the last step of an epoch does not change what the history says of that step', async () => {
    const callback: Callback = { onTrainBatchEnd: (_, __, control) => control.setLearningRate(0.02) };
    const history = await small().fit(images, labels, { batchSize: 100, epochs: 2, callbacks: [callback] });
    expect(history.series('learningRate')).toEqual([0.1, 0.02]);
  });

  test('of 0 leaves the weights as they are', async () => {
    const model = small();
    model.build([12, 12, 1]);
    const before = model.getWeights();
    await model.fit(images, labels, { callbacks: [{ onTrainBegin: (control) => control.setLearningRate(0) }] });
    expect(model.getWeights()).toEqual(before);
  });

  test('is lowered by ReduceLROnPlateau', async () => {
    const plateau = new ReduceLROnPlateau({ monitor: 'loss', minDelta: 100, patience: 1, factor: 0.5 });
    const history = await small().fit(images, labels, { epochs: 4, callbacks: [plateau] });
    expect(history.series('learningRate')).toEqual([0.1, 0.1, 0.05, 0.025]);
  });
});

test('EarlyStopping ends with the weights of the best epoch', async () => {
  const after: WeightValues[] = [];
  const spoil: Callback = {
    onEpochEnd: (epoch, _, control) => {
      after.push(control.getWeights());
      // From the third epoch on each step leads away.
      if (epoch === 1) control.setLearningRate(50);
    },
  };
  const stopping = new EarlyStopping({ monitor: 'loss', patience: 2, restoreBestWeights: true });
  const model = small();
  const history = await model.fit(images, labels, { epochs: 20, callbacks: [spoil, stopping] });
  expect(stopping.bestEpoch).toBe(2);
  expect(history.epochs).toHaveLength(4);
  expect(model.getWeights()).toEqual(after[1]);
  expect(after[3]).not.toEqual(after[1]);
});

test('ModelCheckpoint saves what can be loaded: the weights of its epoch', async () => {
  const after: WeightValues[] = [];
  const note: Callback = { onEpochEnd: (_, __, control) => void after.push(control.getWeights()) };
  const checkpoint = new ModelCheckpoint({ folder: join(folder, 'epoch-{epoch}') });
  await small().fit(images, labels, { epochs: 2, callbacks: [note, checkpoint] });
  for (const epoch of [1, 2]) {
    const loaded = await Sequential.load(join(folder, `epoch-${epoch}`));
    expect(loaded.getWeights()).toEqual(after[epoch - 1]);
  }
});

describe('TerminateOnNaN', () => {
  const failure = async (model: Sequential) => {
    const error = await model.fit(images, labels, { epochs: 50, callbacks: [new TerminateOnNaN()] }).then(
      () => undefined,
      (reason: InklingError) => reason,
    );
    expect(error).toMatchObject({ name: 'InklingError', kind: 'training' });
    return error!.message;
  };

  test('names step, layer and remedy where the learning rate is far too high', async () => {
    const message = await failure(small(sgd({ learningRate: 1e30 })));
    expect(message).toMatch(
      /^the loss became (NaN|-?Infinity) in epoch \d+, step [1-9]\d*\. The (output of layer|weights) "dense/,
    );
    expect(message).toContain('Try a learning rate below 1e+30');
  });

  test('sees that it is the weights', async () => {
    const model = small();
    model.build([12, 12, 1]);
    const weights = model.getWeights();
    weights.get('dense_1/kernel')![3] = Number.POSITIVE_INFINITY;
    model.setWeights(weights);
    expect(await failure(model)).toContain('in epoch 1, step 0. The weights "dense_1/kernel" are not finite any more');
  });

  test('is not misled by what an earlier training left behind', async () => {
    const model = small(sgd({ learningRate: 1e20 }));
    model.build([12, 12, 1]);
    const good = model.getWeights();
    await failure(model);
    model.setWeights(good);
    const stop = new AbortController();
    const callbacks: Callback[] = [new TerminateOnNaN(), { onSteps: () => stop.abort() }];
    const quiet: Callback = { onTrainBegin: (control) => control.setLearningRate(1e-3) };
    await expect(
      model.fit(images, labels, { callbacks: [quiet, ...callbacks], signal: stop.signal }),
    ).resolves.toBeDefined();
  });
});

test('without TerminateOnNaN the history shows the NaN', async () => {
  const history = await small(sgd({ learningRate: 1e30 })).fit(images, labels, { epochs: 10 });
  expect(history.epochs.at(-1)!.loss).toBeNaN();
});
