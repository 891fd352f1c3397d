/** What `exportModel` writes, judged by what is in the files. */

import { unzipSync } from 'fflate';
import {
  activation,
  averagePooling2d,
  batchNormalization,
  conv2d,
  dense,
  dropout,
  type ExportFormat,
  exportFormats,
  exportModel,
  flatten,
  globalAveragePooling2d,
  InklingError,
  maxPooling2d,
  modelFiles,
  modelFromFiles,
  preprocessingLikeMnist,
  Sequential,
  weightsSha256,
} from 'inkling';
import { describe, expect, test } from 'vitest';
import { readSafetensors } from '../dist/formats/safetensors.js';
import { networks } from './interop/networks.mjs';
import { evaluateOnnx, readOnnx } from './interop/onnx-evaluator.js';

const count = 3;
const pixels = Uint8Array.from({ length: count * 28 * 28 }, (_, index) => (index * index * 31 + index * 7) % 256);
const images = { data: pixels, shape: [count, 28, 28, 1] };
/** One channel: channels first or last makes no difference to the input. */
const input = { data: Float32Array.from(pixels, (pixel) => pixel / 255), shape: [count, 1, 28, 28] };

async function fileOf(model: Parameters<typeof exportModel>[0], format: ExportFormat, name: string) {
  return (await exportModel(model, format)).get(name)!;
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

function largestDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(actual.length).toBe(expected.length);
  return Math.max(...Array.from(actual, (value, index) => Math.abs(value - expected[index])));
}

describe.each([...networks()])('the network %s', (_, model) => {
  test('gives the same probabilities and logits as ONNX', async () => {
    const onnx = readOnnx(await fileOf(model, 'onnx', 'model.onnx'));
    expect(onnx).toMatchObject({
      irVersion: 8,
      operatorSet: 17,
      inputs: ['input'],
      outputs: ['probabilities', 'logits'],
    });
    const values = evaluateOnnx(onnx, input);
    const [probabilities, logits] = [await model.predict(images), await model.predictLogits(images)];
    expect(values.get('probabilities')!.shape).toEqual([count, 10]);
    expect(largestDifference(values.get('probabilities')!.data, probabilities.data)).toBeLessThan(1e-5);
    expect(largestDifference(values.get('logits')!.data, logits.data)).toBeLessThan(1e-4);
  });

  test('has the same weights for NumPy, to the byte', async () => {
    const arrays = unzipSync(await fileOf(model, 'npz', 'model.npz'));
    const weights = model.getWeights();
    expect(Object.keys(arrays)).toEqual([...weights.keys()].map((path) => `${path}.npy`));
    const shapes = new Map(
      model.definition.layers.flatMap((layer) => layer.weights.map(({ path, shape }) => [path, shape])),
    );
    for (const [path, values] of weights) {
      const bytes = arrays[`${path}.npy`];
      const start = 10 + bytes[8] + 256 * bytes[9];
      expect(start % 64).toBe(0);
      const shape = shapes.get(path)!;
      const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
      const header = `{'descr': '<f4', 'fortran_order': False, 'shape': ${tuple}, }`;
      expect(new TextDecoder().decode(bytes.subarray(10, start)).trimEnd()).toBe(header);
      expect(bytesOf(values).equals(bytes.subarray(start))).toBe(true);
    }
  });

  test('has the same weights for PyTorch as for ONNX, by the numbers of their modules', async () => {
    const files = await exportModel(model, 'pytorch');
    const { tensors, metadata } = readSafetensors(files.get('model.safetensors')!, 'model.safetensors');
    const onnx = readOnnx(await fileOf(model, 'onnx', 'model.onnx'));
    const numberOf = (name: string) => Number.parseInt(name, 10);
    const ordered = [...tensors].sort(([first], [second]) => numberOf(first) - numberOf(second));
    const sorted = (list: readonly { readonly data: ArrayLike<number> }[]) =>
      list.map(({ data }) => bytesOf(data as Float32Array).toString('base64')).sort();
    expect(sorted(ordered.map(([, tensor]) => tensor))).toEqual(sorted([...onnx.initializers.values()]));
    expect(metadata.weightsSha256).toBe(await weightsSha256(model.definition, model.getWeights()));
    const program = new TextDecoder().decode(files.get('model.py')!);
    for (const number of new Set(ordered.map(([name]) => numberOf(name)))) {
      const [, line] = new RegExp(`^ +nn\\.(.*)  # ${number}: `, 'm').exec(program)!;
      expect(line).toMatch(/^(Conv2d|Linear|BatchNorm[12]d)\(/);
    }
  });
});

/** What lies in an HDF5 file at a path, found by its symbol tables. */
function hdf5Array(bytes: Uint8Array, path: readonly string[]): Buffer {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const address = (at: number) => Number(file.readBigUInt64LE(at));
  /** Of a message in an object's header. */
  const content = (header: number, type: number) => {
    let at = header + 16;
    for (; file.readUInt16LE(at) !== type; at += 8 + file.readUInt16LE(at + 2));
    return at + 8;
  };
  let header = address(64);
  for (const name of path) {
    const table = content(header, 17);
    const [leaf, names] = [address(address(table) + 32), address(address(table + 8) + 24)];
    const entries = Array.from({ length: file.readUInt16LE(leaf + 6) }, (_, index) => leaf + 8 + 40 * index);
    const nameOf = (entry: number) => file.toString('utf8', names + address(entry)).split('\0', 1)[0];
    expect(entries.map(nameOf)).toEqual(entries.map(nameOf).toSorted());
    header = address(entries.find((entry) => nameOf(entry) === name)! + 8);
  }
  const layout = content(header, 8);
  return file.subarray(address(layout + 2), address(layout + 2) + address(layout + 10));
}

test('Keras finds weights by the classes of the layers, and layers by their own names', async () => {
  const model = new Sequential(manyLayers, { inputShape: [12, 13, 2], name: 'many' });
  const files = unzipSync(await fileOf(model, 'keras', 'model.keras'));
  expect(Object.keys(files)).toEqual(['metadata.json', 'config.json', 'model.weights.h5']);
  expect(JSON.parse(new TextDecoder().decode(files['config.json']))).toMatchSnapshot();
  const groups = ['conv2d', 'batch_normalization', 'conv2d_1', 'dense', 'batch_normalization_1', 'dense_1'];
  const weights = model.getWeights();
  for (const { weights: ofLayer } of model.definition.layers.filter((layer) => layer.weights.length > 0)) {
    const group = groups.shift()!;
    for (const [index, { path }] of ofLayer.entries()) {
      const found = hdf5Array(files['model.weights.h5'], ['layers', group, 'vars', `${index}`]);
      expect(found.equals(bytesOf(weights.get(path)!))).toBe(true);
    }
  }
});

test('Keras is given networks of more layers than a small table has room for', async () => {
  const layers = Array.from({ length: 30 }, (_, index) => dense({ units: 2, name: `layer-${index}` }));
  const model = new Sequential(layers, { inputShape: [2] });
  const { 'model.weights.h5': bytes } = unzipSync(await fileOf(model, 'keras', 'model.keras'));
  const found = hdf5Array(bytes, ['layers', 'dense_29', 'vars', '0']);
  expect(found.equals(bytesOf(model.getWeights().get('layer-29/kernel')!))).toBe(true);
});

/** Every module that `model.py` may have; PyTorch has run it: `test/interop/check.py`. */
const manyLayers = [
  conv2d({ filters: 4, kernelSize: [4, 3], padding: 'same', activation: 'leakyRelu', useBias: false, name: 'first' }),
  batchNormalization({ momentum: 0.9 }),
  activation('relu'),
  maxPooling2d({ poolSize: 3, strides: 2, padding: 'same' }),
  averagePooling2d({ padding: 'same', poolSize: [2, 3] }),
  averagePooling2d({ poolSize: 3, strides: 1, padding: 'same' }),
  conv2d({ filters: 6, kernelSize: 3, padding: 'same', activation: 'tanh' }),
  dropout({ rate: 0.25 }),
  globalAveragePooling2d(),
  dense({ units: 8, activation: 'sigmoid' }),
  batchNormalization(),
  dense({ units: 3, useBias: false, activation: 'softmax' }),
];

test('the program for PyTorch builds the module', async () => {
  const model = new Sequential(manyLayers, { inputShape: [12, 13, 2] });
  const files = await exportModel(model, 'pytorch', { classNames: ['one', 'say "two"', 'three'] });
  expect(new TextDecoder().decode(files.get('model.py')!)).toMatchSnapshot();
});

test('ONNX is told what belongs to the model, and its layers by their names', async () => {
  const model = new Sequential(manyLayers, { inputShape: [12, 13, 2], name: 'many' });
  const extras = {
    classNames: ['a', 'b', 'c'],
    preprocessing: preprocessingLikeMnist([12, 13], 'light on dark'),
    calibration: { temperature: 1.5, confidenceThreshold: null, rejectionThreshold: 0.5, images: 100 },
  };
  const read = modelFromFiles(await modelFiles(model.definition, model.getWeights(), extras));
  const bytes = await fileOf(read, 'onnx', 'model.onnx');
  const onnx = readOnnx(bytes);
  expect(onnx.metadata).toEqual({
    classNames: JSON.stringify(extras.classNames),
    preprocessing: JSON.stringify(extras.preprocessing),
    calibration: JSON.stringify(extras.calibration),
    weightsSha256: await weightsSha256(model.definition, model.getWeights()),
  });
  expect(onnx.nodes.map(({ output }) => output)).toMatchSnapshot();
  expect((await exportModel(model, 'onnx', extras)).get('model.onnx')).toEqual(bytes);
});

test('a network of vectors, and one of a softmax alone', async () => {
  const vectors = new Sequential([dense({ units: 3, activation: 'relu' }), dense({ units: 2 })], { inputShape: [4] });
  const softmax = new Sequential([activation('softmax')], { inputShape: [4] });
  const rows = { data: Float32Array.of(0.1, 0.9, 0.3, 0), shape: [1, 4] };
  for (const model of [vectors, softmax]) {
    const values = evaluateOnnx(readOnnx(await fileOf(model, 'onnx', 'model.onnx')), rows);
    const { data } = await model.predict(rows);
    expect(largestDifference(values.get('probabilities')!.data, data)).toBeLessThan(1e-6);
  }
});

test('colours come before places', async () => {
  const model = new Sequential(
    [conv2d({ filters: 3, kernelSize: 2 }), flatten(), dense({ units: 2, activation: 'softmax' })],
    { inputShape: [4, 5, 3] },
  );
  const data = Float32Array.from({ length: 60 }, (_, index) => ((index * 37) % 60) / 60);
  const moved = Float32Array.from(data, (_, index) => data[(index % 20) * 3 + Math.floor(index / 20)]);
  const onnx = readOnnx(await fileOf(model, 'onnx', 'model.onnx'));
  const values = evaluateOnnx(onnx, { data: moved, shape: [1, 3, 4, 5] });
  const expected = await model.predict({ data, shape: [1, 4, 5, 3] });
  expect(largestDifference(values.get('probabilities')!.data, expected.data)).toBeLessThan(1e-6);
});

describe('what cannot be exported is refused', () => {
  const model = new Sequential([dense({ units: 2 })], { inputShape: [4] });
  const refusal = async (...[given, format]: unknown[]) => {
    const error = await exportModel(given as Sequential, format as ExportFormat).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(InklingError);
    return (error as InklingError).message;
  };

  test('formats', async () => {
    const formats = exportFormats.join(', ');
    expect(await refusal(model, 'onx')).toBe(
      `exportModel: unknown format "onx". Did you mean "onnx"? Expected one of: ${formats}.`,
    );
    expect(await refusal(model, undefined)).toBe(`exportModel: unknown format undefined. Expected one of: ${formats}.`);
  });

  test('models', async () => {
    const member = modelFromFiles(await modelFiles(model.definition, model.getWeights()));
    expect(await refusal({ name: 'pair', members: [member, member] }, 'onnx')).toBe(
      'exportModel: expected one network. Received: the ensemble "pair" of 2. Export its members one by one.',
    );
    expect(await refusal(undefined, 'npz')).toMatch(/^exportModel: expected a Sequential, .* Received: undefined\.$/);
    expect(await refusal({ model: model.definition, weights: new Map() }, 'npz')).toMatch(
      /^Weight "dense\/kernel" is missing\./,
    );
  });
});
