/**
 * Arguments that TypeScript would not let through, and some that it does: an error says which one it is and what
 * belongs there.
 */

import {
  adam,
  architecture,
  augmentation,
  augmentedImages,
  conv2d,
  dense,
  EarlyStopping,
  explain,
  flatten,
  type Layer,
  measureRobustness,
  plotExplanation,
  Recognizer,
  Sequential,
  stratifiedSplit,
  writeReport,
} from 'inkling';
import { describe, expect, test } from 'vitest';
import { tinyImages } from './determinism/job.mjs';

const { images, labels } = tinyImages(20);
const small = () => new Sequential([flatten(), dense({ units: 4 })], { inputShape: [12, 12, 1] });
/** What JavaScript can pass. */
const any = (value: unknown) => value as never;

describe('an option that there is not', () => {
  const model = small();
  test.each<[string, () => unknown, string]>([
    [
      'fit',
      () => model.fit(images, labels, any({ epoch: 5 })),
      'fit: unknown option "epoch". Did you mean "epochs"? Expected: epochs,',
    ],
    ['fit, as Python writes it', () => model.fit(images, labels, any({ batch_size: 5 })), 'Did you mean "batchSize"?'],
    [
      'compile',
      () => model.compile(any({ optimiser: 'adam' })),
      'compile: unknown option "optimiser". Did you mean "optimizer"?',
    ],
    [
      'compile',
      () => model.compile(any({ labelSmoothing: 0.1 })),
      'Expected: optimizer, loss, metrics, threads, arithmetic, vectorBits.',
    ],
    [
      'evaluate',
      () => model.evaluate(images, labels, any({ output: true })),
      'evaluate: unknown option "output". Did you mean "outputs"?',
    ],
    [
      'Sequential',
      () => new Sequential([flatten()], any({ inputshape: [2] })),
      'Sequential: unknown option "inputshape". Did you mean "inputShape"?',
    ],
    [
      'Sequential.load',
      () => Sequential.load('pretrained', any({ thread: 2 })),
      'Sequential.load: unknown option "thread". Did you mean "threads"?',
    ],
    [
      'Recognizer.load',
      () => Recognizer.load(undefined, any({ thread: 2 })),
      'Recognizer: unknown option "thread". Did you mean "threads"?',
    ],
    [
      'save',
      () => model.save('nowhere', any({ classnames: [] })),
      'save: unknown option "classnames". Did you mean "classNames"?',
    ],
    [
      'summary',
      () => model.summary(any({ linelength: 60 })),
      'summary: unknown option "linelength". Did you mean "lineLength"?',
    ],
    [
      'augmentedImages',
      () => augmentedImages(images, augmentation('light'), any({ steps: 3 })),
      'Did you mean "step"?',
    ],
    [
      'measureRobustness',
      () => measureRobustness([], images, labels, any({ onprogress() {} })),
      'Did you mean "onProgress"?',
    ],
    [
      'plotExplanation',
      () => plotExplanation(any({}), [], any({ title: '3' })),
      'plotExplanation: unknown option "title". Expected: picture, name, state.',
    ],
    [
      'writeReport',
      () => writeReport('report.html', any({ classnames: [] })),
      'writeReport: unknown option "classnames". Did you mean "classNames"?',
    ],
    [
      'explain',
      () => explain(model.definition, model.getWeights(), any(images), any({ temp: 3 })),
      'explain: unknown option "temp". Expected: temperature.',
    ],
    [
      'a layer',
      () => conv2d(any({ filters: 2, kernel_size: 3 })),
      'conv2d: unknown option "kernel_size". Did you mean "kernelSize"?',
    ],
    [
      'an optimizer',
      () => adam(any({ learningrate: 1 })),
      'adam: unknown option "learningrate". Did you mean "learningRate"?',
    ],
    [
      'a callback',
      () => new EarlyStopping(any({ patient: 1 })),
      'EarlyStopping: unknown option "patient". Did you mean "patience"?',
    ],
    [
      'an architecture',
      () => architecture(any('lenet'), [28, 28, 1], 10),
      'Unknown architecture "lenet". Did you mean "lenet5"?',
    ],
  ])('of %s', async (_, call, message) => {
    await expect(async () => call()).rejects.toMatchObject({
      name: 'InklingError',
      message: expect.stringContaining(message),
    });
  });

  test('leaves the model as it was', async () => {
    const before = model.getWeights();
    await expect(model.fit(images, labels, any({ epoch: 5 }))).rejects.toThrow('epoch');
    expect(model.getWeights()).toEqual(before);
  });
});

describe('callbacks', () => {
  test.each([
    [5, 'fit: callbacks must be a list. Received: callbacks=5.'],
    [[null], 'fit: callbacks[0] must be an object with hooks such as onEpochEnd. Received: null.'],
    [[{ onSteps() {} }, 'bar'], 'fit: callbacks[1] must be an object with hooks such as onEpochEnd. Received: "bar".'],
    [[EarlyStopping], 'fit: callbacks[0] is the function EarlyStopping: make an object of it, by new or by a call.'],
    [[{ onEpochEnd: 5 }], 'fit: callbacks[0].onEpochEnd must be a function. Received: 5.'],
    [[{ on_epoch_end() {} }], 'Did you mean "onEpochEnd" by "on_epoch_end"?'],
    [[{}], 'fit: callbacks[0] has none of the hooks onTrainBegin, onTrainEnd, onEpochBegin,'],
  ])('%j', async (callbacks, message) => {
    await expect(small().fit(images, labels, { callbacks: any(callbacks) })).rejects.toMatchObject({
      name: 'InklingError',
      kind: 'argument',
      message: expect.stringContaining(message),
    });
  });
});

describe('other options of fit', () => {
  test.each<[string, object, string]>([
    ['a signal', { signal: {} }, 'fit: signal must be an AbortSignal. Received: signal={}.'],
    ['sample weights in a list', { sampleWeight: [1, 2] }, 'fit: sampleWeight must be a Float32Array'],
    ['one class weight', { classWeight: 2 }, 'fit: classWeight must be an object'],
    ['half a pair', { validationData: [images] }, 'fit: validationData must be a pair [inputs, targets].'],
    ['no targets', { validationData: [images, undefined] }, 'fit: validationData: there are no targets.'],
    ['no tensor', { validationData: [{ data: [1] }, labels] }, 'fit: validationData: inputs must be a tensor'],
    [
      'a split as text',
      { validationSplit: '0.2' },
      'fit: validationSplit must be a number of at least 0. Received: validationSplit="0.2".',
    ],
    ['a profile as text', { profile: 'yes' }, 'fit: profile must be true or false.'],
    ['too many epochs', { epochs: 2 ** 40 }, 'fit: epochs must be an integer from 1 to 2147483648.'],
  ])('%s', async (_, options, message) => {
    await expect(small().fit(images, labels, any(options))).rejects.toThrow(message);
  });

  test('a validation split that comes to no row is refused, one that comes to a row is taken', async () => {
    const message =
      'Validation images: 0.001 of 20 images is less than half an image, so there would be none. Ask for at least 0.05, for a whole number ' +
      'of images, or for 0 to have none.';
    await expect(small().fit(images, labels, { validationSplit: 0.001 })).rejects.toMatchObject({
      kind: 'argument',
      message,
    });
    expect(() => stratifiedSplit(labels, 0.02, 1)).toThrow('0.02 of 20 images is less than half an image');
    const { epochs } = await small().fit(images, labels, { validationSplit: 0.05 });
    expect(epochs[0].valLoss).toBeGreaterThan(0);
    expect((await small().fit(images, labels, { validationSplit: 0 })).epochs[0].valLoss).toBeUndefined();
  });
});

describe('inputs', () => {
  const shaped = (shape: readonly number[]) => ({
    data: new Uint8Array(shape.reduce((product, size) => product * size, 1)),
    shape,
  });
  test.each<[string, unknown, string]>([
    ['nothing', undefined, 'Received: undefined.'],
    ['null', null, 'Received: null.'],
    ['an empty object', {}, 'Received: an object without them.'],
    [
      'lists of numbers',
      [
        [0, 1],
        [2, 3],
      ],
      'Received: [[0,1],[2,3]].',
    ],
    ['values alone', new Float32Array(144), 'Received: Float32Array of 144.'],
    ['a list of values', { data: [0, 1], shape: [1, 2] }, 'Received: { data: [0,1], shape: [1,2] }.'],
    ['no shape', { data: new Uint8Array(144) }, 'Received: { data: Uint8Array of 144 }.'],
    [
      'a shape that is none',
      { data: new Uint8Array(144), shape: [-1, 144] },
      'Received: { data: Uint8Array of 144, shape: [-1,144] }.',
    ],
  ])('%s', async (_, inputs, received) => {
    const model = small();
    const calls = {
      fit: () => model.fit(any(inputs), labels),
      evaluate: () => model.evaluate(any(inputs), labels),
      predict: () => model.predict(any(inputs)),
      predictLogits: () => model.predictLogits(any(inputs)),
    };
    for (const [name, call] of Object.entries(calls)) {
      await expect(call()).rejects.toMatchObject({
        kind: 'argument',
        message: `${name}: inputs must be a tensor { data, shape }, such as { data: new Uint8Array(784), shape: [1, 28, 28, 1] }. ${received}`,
      });
    }
  });

  test('without the row, without the channel or flat: reshape makes them such', async () => {
    for (const shape of [
      [12, 12, 1],
      [12, 12],
      [5, 12, 12],
      [5, 144],
    ]) {
      await expect(small().predict(shaped(shape))).rejects.toThrow(
        `predict: expected inputs of shape [N, 12, 12, 1]. Received: [${shape.join(', ')}]. reshape(inputs, [-1, 12, 12, 1]) makes them such.`,
      );
    }
    await expect(small().predict(shaped([5, 3, 3, 1]))).rejects.toThrow(/Received: \[5, 3, 3, 1\]\.$/);
  });

  test('of which no model could tell its input shape', async () => {
    await expect(new Sequential([flatten(), dense({ units: 4 })]).predict(shaped([28, 28, 1]))).rejects.toThrow(
      'predict: expected images of shape [N, height, width, channels] or vectors of shape [N, features]. Received: [28, 28, 1].',
    );
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    'that hold %d, wherever it is',
    async (wrong) => {
      const model = small();
      const before = model.getWeights();
      const floats = (index: number) => ({
        data: new Float32Array(2 * 144).fill(0.5).with(index, wrong),
        shape: [2, 12, 12, 1],
      });
      for (const [index, place] of [
        [0, 'row 0 at [0, 0, 0]'],
        [144 + 25, 'row 1 at [2, 1, 0]'],
        [287, 'row 1 at [11, 11, 0]'],
      ] as const) {
        const inputs = floats(index);
        const message = `inputs must be finite numbers. Received: ${wrong} in ${place}.`;
        await expect(model.fit(inputs, [0, 1])).rejects.toMatchObject({
          kind: 'data',
          message: expect.stringContaining(`fit: ${message}`),
        });
        await expect(model.evaluate(inputs, [0, 1])).rejects.toThrow(`evaluate: ${message}`);
        await expect(model.predict(inputs)).rejects.toThrow(`predict: ${message}`);
        await expect(model.fit(images, labels, { validationData: [inputs, [0, 1]] })).rejects.toThrow(
          `fit: validationData: ${message}`,
        );
      }
      expect(model.getWeights()).toEqual(before);
      const odd = { data: new Float32Array(7).fill(1).with(6, wrong), shape: [1, 7] };
      await expect(new Sequential([dense({ units: 2 })]).predict(odd)).rejects.toThrow(
        `Received: ${wrong} in row 0 at [6].`,
      );
    },
  );

  test('that are the largest float32 numbers are taken', async () => {
    const largest = { data: new Float32Array(144).fill(3.4e38), shape: [1, 12, 12, 1] };
    expect((await small().predict(largest)).shape).toEqual([1, 4]);
  });
});

describe('targets', () => {
  test.each<[string, unknown, string]>([
    ['nothing', undefined, 'there are no targets.'],
    ['null', null, 'there are no targets.'],
    ['a text', 'abc', 'Received: "abc".'],
    ['texts', ['a', 'b'], 'Received: ["a","b"].'],
    [
      'one-hot labels in lists',
      [
        [1, 0, 0, 0],
        [0, 1, 0, 0],
      ],
      'oneHot(labels, classes) makes such a tensor.',
    ],
    ['an object', { labels }, 'targets must be class numbers'],
  ])('%s', async (_, targets, message) => {
    await expect(small().fit(images, any(targets))).rejects.toMatchObject({
      kind: 'argument',
      message: expect.stringContaining(message),
    });
    await expect(small().evaluate(images, any(targets))).rejects.toMatchObject({
      kind: 'argument',
      message: expect.stringContaining(message),
    });
  });
});

describe('layers', () => {
  test.each<[string, () => unknown, string]>([
    ['no argument', () => new Sequential(any(undefined)), 'Sequential: expected all layers in a list'],
    ['a layer without a list', () => new Sequential(any(flatten())), 'Received: {"type":"flatten"}.'],
    [
      'a null in the list',
      () => new Sequential([any(null)]),
      'Model "model": layer 1: Expected a layer, such as dense({ units: 10 }) gives. Received: null.',
    ],
    [
      'a function in the list',
      () => new Sequential([flatten(), any(dense)]),
      'layer 2: Expected a layer, such as dense({ units: 10 }) gives. Received: the function dense. Call it: dense().',
    ],
    [
      'one that is neither trained nor frozen',
      () => new Sequential([{ ...flatten(), trainable: any('no') } as Layer]),
      'layer 1: flatten: trainable must be true or false. Received: trainable="no".',
    ],
    [
      'no options',
      () => new Sequential([flatten()], any(null)),
      'Sequential: expected an object with options. Received: null.',
    ],
    [
      'the function of an optimizer',
      () => small().compile({ optimizer: any(adam) }),
      'optimizer: the function adam is not one. Call it: adam().',
    ],
  ])('%s', (_, call, message) => {
    expect(call).toThrow(expect.objectContaining({ name: 'InklingError', message: expect.stringContaining(message) }));
  });

  test('are not changed once they are made', () => {
    const base = architecture('cnn', [28, 28, 1], 10);
    const placed = new Sequential(base).definition.layers[0];
    for (const layer of [base.layers[0], placed, placed.layer]) {
      expect(() => Object.assign(layer, { trainable: false })).toThrow(TypeError);
    }
    const { kernelSize } = placed.layer as { kernelSize?: number[] };
    expect(() => kernelSize?.push(3)).toThrow(TypeError);
  });
});
