/**
 * Wrong calls and wrong data: each gets an error that says what is wrong, before anything is trained, and the model
 * stays usable.
 */

import {
  conv2d,
  dense,
  flatten,
  globalAveragePooling2d,
  type Layer,
  Sequential,
  type Targets,
  type Tensor,
} from 'inkling';
import { describe, expect, test } from 'vitest';
import { tinyImages } from './determinism/job.mjs';

const { images, labels } = tinyImages(20);
const small = () => new Sequential([flatten(), dense({ units: 4 })], { inputShape: [12, 12, 1] });
const floats = (count: number, shape: number[], value = 0.5) => ({ data: new Float32Array(count).fill(value), shape });
const oneHot = (value = 0.25) => floats(80, [20, 4], value);

describe('fit refuses', () => {
  test.each<[string, Tensor, Targets, RegExp]>([
    [
      'images of another size',
      floats(20 * 9, [20, 3, 3, 1]),
      labels,
      /^fit: expected inputs of shape \[N, 12, 12, 1\]. Received: \[20, 3, 3, 1\]\.$/,
    ],
    [
      'fewer values than the shape says',
      { data: images.data.slice(1), shape: images.shape },
      labels,
      /must have 2880 values. Received: 2879/,
    ],
    ['no images', { data: new Uint8Array(0), shape: [0, 12, 12, 1] }, [], /at least one row/],
    ['fewer labels than images', images, labels.slice(1), /one label a row, 20. Received: 19/],
    ['a label that is too large', images, labels.with(3, 4), /label 4 of row 3 is out of range.*0 to 3/],
    ['a negative label', images, [...labels].with(3, -1), /label -1 of row 3/],
    ['a label between classes', images, [...labels].with(3, 0.5), /label 0.5 of row 3/],
    ...[Number.NaN, Number.POSITIVE_INFINITY].map((value): [string, Tensor, Targets, RegExp] => {
      const inputs = floats(20 * 144, [20, 12, 12, 1]);
      // Row 7, at 3, 5, in one channel.
      inputs.data[7 * 144 + 3 * 12 + 5] = value;
      return [
        `an input that is ${value}`,
        inputs,
        labels,
        new RegExp(`^fit: inputs must be finite numbers. Received: ${value} in row 7 at \\[3, 5, 0\\]`),
      ];
    }),
    ['a label that is NaN', images, [...labels].with(3, Number.NaN), /label NaN of row 3/],
  ])('%s', async (_, inputs, targets, message) => {
    const model = small();
    const before = model.getWeights();
    await expect(model.fit(inputs, targets)).rejects.toMatchObject({
      kind: 'data',
      message: expect.stringMatching(message),
    });
    expect(model.getWeights()).toEqual(before);
    expect((await model.fit(images, labels)).epochs).toHaveLength(1);
  });

  test('an augmentation that it does not know, or of what are no images of bytes', async () => {
    const model = small();
    const train = (inputs: Tensor, augmentation: object | string) => {
      return model.fit(inputs, labels, { augmentation: augmentation as 'light' });
    };
    await expect(train(images, 'heavy')).rejects.toMatchObject({
      kind: 'argument',
      message: expect.stringMatching(/"heavy"/),
    });
    await expect(train(images, { shift: -1 })).rejects.toThrow(
      'augmentation: shift must be a number from 0 to 1000. Received: shift=-1.',
    );
    const scaled = floats(20 * 144, [20, 12, 12, 1]);
    await expect(train(scaled, 'light')).rejects.toMatchObject({
      kind: 'data',
      message: expect.stringMatching(/needs uint8 images .* Received: float32 inputs of shape \[20, 12, 12, 1\]/),
    });
    expect((await train(images, { shift: 1 })).epochs).toHaveLength(1);
    expect((await train(scaled, 'none')).epochs).toHaveLength(1);
  });

  test('bytes that are clamped, as canvases give them: they would be taken for floats', async () => {
    const clamped = { data: new Uint8ClampedArray(images.data), shape: images.shape };
    // What JavaScript can pass and TypeScript would not.
    await expect(small().predict(clamped as object as Tensor)).rejects.toThrow(
      'inputs must be a Float32Array, or a Uint8Array',
    );
  });

  test.each<[string, Targets, RegExp]>([
    [
      'one-hot labels of the wrong shape',
      floats(60, [20, 3]),
      /one-hot labels of shape \[20, 4\]. Received: \[20, 3\]/,
    ],
    [
      'one-hot labels with fewer values than their shape says',
      floats(79, [20, 4]),
      /must have 80 values. Received: 79/,
    ],
    ['one-hot labels with a NaN', { ...oneHot(), data: oneHot().data.with(9, Number.NaN) }, /Received: NaN in row 2/],
    ['one-hot labels below zero', oneHot(-1), /Received: -1 in row 0/],
  ])('%s', async (_, targets, message) => {
    const model = small();
    model.compile({ loss: 'categoricalCrossentropy' });
    await expect(model.fit(images, targets)).rejects.toMatchObject({
      kind: 'data',
      message: expect.stringMatching(message),
    });
  });

  test('labels of the other loss', async () => {
    const model = small();
    await expect(model.fit(images, oneHot())).rejects.toThrow('for one-hot labels use categoricalCrossentropy');
    model.compile({ loss: 'categoricalCrossentropy' });
    await expect(model.fit(images, labels)).rejects.toThrow('for class numbers use sparseCategoricalCrossentropy');
    await expect(model.fit(images, undefined as never)).rejects.toThrow('there are no targets');
  });

  test.each([
    [{ epochs: 0 }, 'epochs must be an integer of at least 1'],
    [{ epochs: 1.5 }, 'epochs must be an integer'],
    [{ epochs: 2, initialEpoch: 2 }, 'must be above the 2 already done'],
    [{ batchSize: 0 }, 'batchSize must be an integer of at least 1'],
    [{ batchSize: Number.NaN }, 'batchSize must be'],
    [{ seed: -1 }, '"seed" must be an integer from 0'],
    [{ validationSplit: 1.5 }, 'Validation images'],
    [{ validationSplit: 20 }, 'at least one must remain'],
    [{ validationSplit: 0.5, validationData: [images, labels] as const }, 'not both'],
    [{ classWeight: { 4: 1 } }, 'classWeight must give classes from 0 to 3'],
    [{ classWeight: { 1: Number.NaN } }, 'classWeight must give'],
    [{ sampleWeight: new Float32Array(19) }, 'one sample weight a row, 20. Received: 19'],
    [{ sampleWeight: new Float32Array(19), classWeight: { 1: 2 } }, 'one sample weight a row, 20. Received: 19'],
    [{ sampleWeight: new Float32Array(20).fill(Number.NaN) }, 'sample weights must be finite'],
  ])('the option %j', async (options, message) => {
    await expect(small().fit(images, labels, options)).rejects.toThrow(message);
  });

  test('validation data that does not fit, before the first epoch', async () => {
    let epochs = 0;
    const callbacks = [{ onEpochBegin: () => void epochs++ }];
    const validationData = [images, labels.with(0, 9)] as const;
    await expect(small().fit(images, labels, { validationData, callbacks })).rejects.toThrow('label 9 of row 0');
    expect(epochs).toBe(0);
  });

  test('a model without a weight to train', async () => {
    const model = new Sequential([globalAveragePooling2d()]);
    const colours = floats(5 * 12, [5, 2, 2, 3]);
    await expect(model.fit(colours, [0, 1, 2, 0, 1])).rejects.toMatchObject({
      kind: 'model',
      message: 'Model "model" has no weights to train. Add a layer that has some, such as dense.',
    });
    expect((await model.predict(colours)).shape).toEqual([5, 3]);
  });
});

describe('layers that no layer function has made', () => {
  const plain = (...layers: object[]) => new Sequential(layers as Layer[], { inputShape: [12, 12, 1] });

  test('get their defaults', async () => {
    const model = plain(
      { type: 'conv2d', filters: 2, kernelSize: 3 },
      { type: 'flatten' },
      { type: 'dense', units: 4 },
    );
    const made = new Sequential([conv2d({ filters: 2, kernelSize: 3 }), flatten(), dense({ units: 4 })]);
    expect(await model.predict(images)).toEqual(await made.predict(images));
  });

  test('are checked', () => {
    expect(() => plain({ type: 'dense', units: -4 })).toThrow('layer 1: dense: units must be a positive integer');
    expect(() => plain({ type: 'flatten' }, { type: 'dens', units: 4 })).toThrow('layer 2: Unknown layer type "dens"');
  });
});

describe('compile refuses', () => {
  test.each([
    [{ threads: 0 }, '"threads" must be an integer from 1 to 16'],
    [{ threads: 17 }, '"threads" must be an integer from 1 to 16'],
    [{ arithmetic: 'exact' as 'plain' }, 'Unknown arithmetic "exact". Expected one of: plain, fused, auto.'],
    [{ optimizer: 'adma' as 'adam' }, 'Unknown optimizer "adma"'],
    [{ optimizer: { type: 'adam', learningRate: 0.1 } as never }, '"beta1" is missing'],
    [{ loss: 'mse' as 'categoricalCrossentropy' }, 'Unknown loss "mse"'],
    [{ metrics: ['auc' as 'accuracy'] }, 'unknown metric "auc"'],
  ])('%j, and the model keeps its weights', async (options, message) => {
    const model = small();
    await model.fit(images, labels);
    const trained = model.getWeights();
    expect(() => model.compile(options)).toThrow(message);
    expect(model.getWeights()).toEqual(trained);
  });
});

describe('several calls at a time', () => {
  test('while fit runs, other calls are refused', async () => {
    const model = small();
    const before = model.getWeights();
    const fit = model.fit(images, labels, { epochs: 3 });
    const wait = 'the model is being trained. Wait for fit to end.';
    await expect(model.fit(images, labels)).rejects.toThrow(`fit: ${wait}`);
    await expect(model.predict(images)).rejects.toThrow(`predict: ${wait}`);
    await expect(model.evaluate(images, labels)).rejects.toThrow(`evaluate: ${wait}`);
    expect(() => model.compile()).toThrow(`compile: ${wait}`);
    expect(() => model.setWeights(before)).toThrow(
      'setWeights: the model is being trained. Wait for fit to end, or call control.setWeights in a callback.',
    );
    expect((await fit).epochs).toHaveLength(3);
    expect((await model.predict(images)).shape).toEqual([20, 4]);
  });

  test('predictions and evaluations wait for one another, and fit for them', async () => {
    const model = small();
    const row = (index: number) => ({
      data: images.data.subarray(index * 144, (index + 1) * 144),
      shape: [1, 12, 12, 1],
    });
    const alone = [await model.predict(row(0)), await model.predict(row(1)), await model.evaluate(images, labels)];
    const together = [model.predict(row(0)), model.predict(row(1)), model.evaluate(images, labels)];
    const fit = model.fit(images, labels);
    expect(await Promise.all(together)).toEqual(alone);
    expect((await fit).epochs).toHaveLength(1);
  });

  test('a prediction that fails does not stop the next one', async () => {
    const model = small();
    const wrong = model.predict({ data: new Uint8Array(3), shape: [20, 12, 12, 1] });
    const right = model.predict(images);
    await expect(wrong).rejects.toThrow('must have 2880 values');
    expect((await right).shape).toEqual([20, 4]);
  });
});
