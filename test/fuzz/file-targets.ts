/** IDX files, raw and packed, and the files of a model. */

import { gzipSync } from 'node:zlib';
import fc, { type Arbitrary } from 'fast-check';
import { readIdx, writeIdx } from '../../src/data/idx.js';
import { checkedCalibration, checkedClassNames } from '../../src/formats/model-description.js';
import { loadModel } from '../../src/formats/model-file.js';
import { readSafetensors, writeSafetensors } from '../../src/formats/safetensors.js';
import { activation } from '../../src/layers/activation.js';
import { batchNormalization } from '../../src/layers/batch-normalization.js';
import { conv2d } from '../../src/layers/conv2d.js';
import { dense } from '../../src/layers/dense.js';
import { dropout } from '../../src/layers/dropout.js';
import { flatten } from '../../src/layers/flatten.js';
import { maxPooling2d } from '../../src/layers/max-pooling2d.js';
import { countParameters, defineModel, modelFromData, weightsOf } from '../../src/model/model.js';
import { sizeOf } from '../../src/numerics/tensor.js';
import { platform } from '../../src/platform/node.js';
import { checkedPreprocessing } from '../../src/preprocessing/settings.js';
import { corrupted, edgeNumber, randomBytes } from './corruptions.js';
import type { FuzzTarget } from './harness.js';

const idxSamples = [[3, 4, 5, 1], [7], [2, 3]].map((shape) => {
  return writeIdx({ shape, data: Uint8Array.from({ length: sizeOf(shape) }, (_, index) => index) });
});

const structuredIdx: Arbitrary<Uint8Array> = fc
  .tuple(fc.constantFrom(8, 8, 8, 9, 13), fc.array(edgeNumber, { maxLength: 5 }), fc.uint8Array({ maxLength: 300 }))
  .map(([type, shape, values]) => {
    const header = Buffer.alloc(4 + 4 * shape.length);
    header.set([0, 0, type, shape.length]);
    for (const [index, size] of shape.entries()) header.writeUInt32BE(size, 4 + 4 * index);
    return Buffer.concat([header, values]);
  });

/** Small shapes with as many values as they ask for, give or take one now and then. */
const nearlyRightIdx: Arbitrary<Uint8Array> = fc
  .tuple(fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 }), fc.constantFrom(0, 0, 0, 1, -1))
  .map(([shape, more]) => {
    const file = writeIdx({ shape, data: new Uint8Array(sizeOf(shape)).fill(7) });
    return more < 0 ? file.subarray(0, more) : Buffer.concat([file, new Uint8Array(more)]);
  });

async function readIdxChecked(bytes: Uint8Array): Promise<void> {
  const { data, shape } = await readIdx(bytes, 'images');
  if (data.length !== sizeOf(shape)) throw new Error(`${data.length} values for the shape ${shape}`);
}

const model = defineModel({
  name: 'small',
  inputShape: [8, 8, 1],
  layers: [
    conv2d({ filters: 2, kernelSize: 3, padding: 'same' }),
    batchNormalization(),
    activation({ activation: 'relu' }),
    maxPooling2d({ poolSize: 2 }),
    flatten(),
    dropout({ rate: 0.5 }),
    dense({ units: 3, activation: 'softmax' }),
  ],
});
const description = {
  ...model.config,
  classNames: ['a', 'b', 'c'],
  preprocessing: { scale: '1/255', polarity: 'light on dark', size: [8, 8] },
};
const weights = new Map(
  weightsOf(model).map(({ path, shape }) => [path, { data: new Float32Array(sizeOf(shape)).fill(0.5), shape }]),
);
const tensorSamples = [
  writeSafetensors(
    new Map([
      ['a', { data: Float32Array.of(1, 2, 3, 4), shape: [2, 2] }],
      ['b', { data: Float32Array.of(5), shape: [] }],
    ]),
    { format: 'inkling' },
  ),
  writeSafetensors(new Map()),
];

function json(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value) ?? 'null');
}

function safetensorsOf(json: Uint8Array, values: Uint8Array, lie: number): Uint8Array {
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(json.length + lie), true);
  return Buffer.concat([length, json, values]);
}

const entry = fc.oneof(
  fc.record({
    dtype: fc.oneof({ weight: 5, arbitrary: fc.constant('F32') }, fc.jsonValue({ maxDepth: 1 })),
    shape: fc.oneof(
      fc.array(fc.oneof(fc.nat(4), edgeNumber, fc.double()), { maxLength: 4 }),
      fc.jsonValue({ maxDepth: 1 }),
    ),
    data_offsets: fc.oneof(fc.array(fc.oneof(fc.nat(40), edgeNumber), { maxLength: 3 }), fc.jsonValue({ maxDepth: 1 })),
  }),
  fc.jsonValue({ maxDepth: 2 }),
);
const structuredTensors: Arbitrary<Uint8Array> = fc
  .tuple(
    fc.dictionary(fc.constantFrom('a', 'b', '__metadata__', '__proto__', 'constructor', ''), entry),
    fc.uint8Array({ maxLength: 80 }),
    fc.constantFrom(0, 0, 0, 1, 100),
  )
  .map(([header, values, lie]) => safetensorsOf(json(header), values, lie));

/** Tensors that follow one another as they should, but for one value of the header. */
const nearlyRightTensors: Arbitrary<Uint8Array> = fc
  .array(fc.array(fc.nat(3), { maxLength: 3 }), { maxLength: 4 })
  .chain((shapes) => {
    let offset = 0;
    const header: Record<string, unknown> = { __metadata__: { format: 'inkling' } };
    for (const [index, shape] of shapes.entries()) {
      const end = offset + 4 * sizeOf(shape);
      header[`tensor${index}`] = { dtype: 'F32', shape, data_offsets: [offset, end] };
      offset = end;
    }
    const values = new Uint8Array(offset);
    return fc
      .oneof(
        { weight: 1, arbitrary: fc.constant(json(header)) },
        { weight: 5, arbitrary: spoiltJson(header).map(json) },
        { weight: 1, arbitrary: deepJson(header) },
      )
      .map((text) => safetensorsOf(text, values, 0));
  });

const strange: Arbitrary<unknown> = fc.oneof(
  edgeNumber,
  fc.double(),
  fc.string({ maxLength: 12 }),
  fc.constantFrom('relu', 'softmax', 'same', '__proto__', 'dense', 'conv2d', 'flatten', -1, 1.5, null, true),
  fc.jsonValue({ maxDepth: 3 }),
);

/** One value of a JSON document, at any depth, becomes another or is left out. */
function spoiltJson(value: unknown): Arbitrary<unknown> {
  if (typeof value !== 'object' || value === null) return strange;
  const entries = Object.entries(value);
  const rebuilt = (all: [string, unknown][]) =>
    Array.isArray(value) ? all.map(([, item]) => item) : Object.fromEntries(all);
  const inside = entries.map(([key, item], index) => {
    return spoiltJson(item).map((spoilt) => rebuilt(entries.with(index, [key, spoilt])));
  });
  const added = fc.tuple(fc.string({ maxLength: 9 }), strange).map(([key, item]) => rebuilt([...entries, [key, item]]));
  const removed = fc.nat(Math.max(0, entries.length - 1)).map((index) => rebuilt(entries.toSpliced(index, 1)));
  return fc.oneof(
    { weight: 8, arbitrary: fc.oneof(added, ...inside) },
    { weight: 1, arbitrary: removed },
    { weight: 1, arbitrary: strange },
  );
}

/** A JSON text in which one value is a list in a list in a list ... deeper than any recursion gets. */
function deepJson(value: unknown): Arbitrary<Uint8Array> {
  const text = JSON.stringify(value);
  const values = [...text.matchAll(/(?<=[:[,])(\d+(\.\d+)?|"\w+"|\[\])(?=[,\]}])/g)];
  return fc.tuple(fc.constantFrom(...values), fc.constantFrom(10, 1000, 20_000)).map(([match, depth]) => {
    const deep = '['.repeat(depth) + ']'.repeat(depth);
    return new TextEncoder().encode(text.slice(0, match.index) + deep + text.slice(match.index + match[0].length));
  });
}

const spoiltModel: Arbitrary<Uint8Array> = fc.oneof(
  { weight: 6, arbitrary: spoiltJson(description).map(json) },
  { weight: 3, arbitrary: spoiltJson(description).chain(spoiltJson).map(json) },
  { weight: 1, arbitrary: deepJson(description) },
);

/** The files that `loadModel` finds, instead of a disk. */
const files = new Map<string, Uint8Array>();

async function loadFromMemory(modelJson: Uint8Array): Promise<void> {
  const { readFile, listFolder } = platform;
  files.set('model.json', modelJson);
  Object.assign(platform, {
    readFile: async (path: string) => files.get(path.split('/').at(-1) ?? '') ?? new Uint8Array(0),
    listFolder: async () => [],
  });
  try {
    await loadModel('run');
  } finally {
    Object.assign(platform, { readFile, listFolder });
  }
}

export const fileTargets: readonly FuzzTarget[] = [
  {
    name: 'idx',
    fraction: 6,
    input: fc.oneof(corrupted(idxSamples), structuredIdx, nearlyRightIdx, randomBytes),
    read: readIdxChecked,
  },
  {
    name: 'idx-gz',
    fraction: 4,
    input: fc.oneof(
      corrupted(idxSamples.map((sample) => new Uint8Array(gzipSync(sample)))),
      fc.oneof(corrupted(idxSamples), structuredIdx, nearlyRightIdx).map((bytes) => new Uint8Array(gzipSync(bytes))),
    ),
    read: readIdxChecked,
  },
  {
    name: 'safetensors',
    fraction: 10,
    input: fc.oneof(corrupted(tensorSamples), structuredTensors, nearlyRightTensors, randomBytes),
    read(bytes) {
      for (const { data, shape } of readSafetensors(bytes, 'a.safetensors').tensors.values()) {
        if (data.length !== sizeOf(shape)) throw new Error(`${data.length} values for the shape ${shape}`);
      }
    },
  },
  {
    name: 'model',
    fraction: 10,
    input: fc.oneof(corrupted([json(description)]), spoiltModel, randomBytes),
    async read(bytes) {
      files.set('model.safetensors', writeSafetensors(weights));
      await loadFromMemory(bytes);
    },
  },
  {
    name: 'description',
    fraction: 5,
    input: fc.oneof({ weight: 5, arbitrary: spoiltModel }, { weight: 1, arbitrary: fc.jsonValue().map(json) }),
    read(bytes) {
      const data: unknown = JSON.parse(new TextDecoder().decode(bytes));
      const { classNames, preprocessing, calibration } = Object(data) as Record<string, unknown>;
      checkedPreprocessing(preprocessing, 'model.json');
      checkedClassNames(classNames, 3, 'model.json');
      checkedCalibration(calibration, 'model.json');
      const count = countParameters(defineModel(modelFromData(data, 'model.json')));
      if (!(count >= 0)) throw new Error(`${count} parameters`);
    },
  },
];
