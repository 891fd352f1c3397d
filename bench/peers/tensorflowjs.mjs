/**
 * TensorFlow.js as a program of the bench, on the backend that the job names: `cpu`, `wasm` (inference only) or `node`.
 */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { reportInference } from './inference.mjs';
import { loadImages, scaled } from './mnist.mjs';
import { answer, job, report, startClock } from './protocol.mjs';

const require = createRequire(import.meta.url);
const packageOf = { cpu: '@tensorflow/tfjs', wasm: '@tensorflow/tfjs-backend-wasm', node: '@tensorflow/tfjs-node' };
/** Below so many images a second, a program is measured once, for a minute. */
const slow = 200;
const slowSeconds = 60;

process.env.TF_CPP_MIN_LOG_LEVEL = '3';
const tf = require(job.backend === 'node' ? '@tensorflow/tfjs-node' : '@tensorflow/tfjs');
if (job.backend === 'wasm') {
  const wasm = require('@tensorflow/tfjs-backend-wasm');
  wasm.setWasmPaths(`${dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))}/`);
  wasm.setThreadsCount(job.threads ?? 1);
}
await tf.setBackend(job.backend === 'node' ? 'tensorflow' : job.backend);
await answer({ versions, check, train, infer });

function versions() {
  report({ versions: { [packageOf[job.backend]]: tf.version.tfjs, node: process.versions.node } });
}

function build({ model, learningRate }) {
  const network = tf.sequential({ layers: model.layers.map(layerOf) });
  const optimizer = tf.train.adam(learningRate, 0.9, 0.999, 1e-7);
  network.compile({ optimizer, loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
  return network;
}

function layerOf(layer, index) {
  const { kernelSize, strides, padding, activation } = layer;
  const inputShape = index === 0 ? job.model.inputShape : undefined;
  switch (layer.type) {
    case 'conv2d':
      return tf.layers.conv2d({ filters: layer.filters, kernelSize, strides, padding, activation, inputShape });
    case 'maxPooling2d':
      return tf.layers.maxPooling2d({ poolSize: layer.poolSize, strides, padding, inputShape });
    case 'averagePooling2d':
      return tf.layers.averagePooling2d({ poolSize: layer.poolSize, strides, padding, inputShape });
    case 'activation':
      return tf.layers.activation({ activation, inputShape });
    case 'flatten':
      return tf.layers.flatten({ inputShape });
    case 'dense':
      return tf.layers.dense({ units: layer.units, activation, inputShape });
    case 'dropout':
      return tf.layers.dropout({ rate: layer.rate, inputShape });
    default:
      throw new Error(`no TensorFlow.js layer is known for "${layer.type}".`);
  }
}

/** Rows as tensors, from a data set in memory. */
function batchOf({ pixels, labels, shape }, rows) {
  const size = pixels.length / labels.length;
  const data = new Float32Array(rows.length * size);
  for (const [index, row] of rows.entries()) data.set(pixels.subarray(row * size, (row + 1) * size), index * size);
  const x = tf.tensor(data, [rows.length, ...shape]);
  const y = tf.oneHot(
    tf.tensor1d(
      Array.from(rows, (row) => labels[row]),
      'int32',
    ),
    10,
  );
  return [x, y];
}

async function step(network, set, rows) {
  const [x, y] = batchOf(set, rows);
  const [loss] = await network.trainOnBatch(x, y);
  tf.dispose([x, y]);
  return loss;
}

function trainingSet({ data, model }, count) {
  const { images, labels } = loadImages(data, 'train', count, model.inputShape[2]);
  return { pixels: scaled(images.data), labels, shape: model.inputShape };
}

async function check({ model, data, weights, images, steps, batchSize }) {
  const network = build(job);
  const file = readFileSync(weights);
  const values = new Float32Array(file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength));
  let place = 0;
  network.setWeights(
    network.getWeights().map(({ size, shape }) => {
      place += size;
      return tf.tensor(values.subarray(place - size, place), shape);
    }),
  );
  const test = loadImages(data, 'test', images, model.inputShape[2]).images;
  const probabilities = await network.predict(tf.tensor(scaled(test.data), test.shape)).data();
  const losses = [];
  const set = trainingSet(job, steps * batchSize);
  for (let index = 0; index < steps; index++) {
    const rows = Uint32Array.from({ length: batchSize }, (_, row) => index * batchSize + row);
    losses.push(await step(network, set, rows));
  }
  report({ parameters: network.countParams(), probabilities: [...probabilities], losses });
}

async function train({ images, warmUpImages, batchSize, seconds }) {
  const network = build(job);
  const set = trainingSet(job, Math.max(images, warmUpImages));
  const once = (await trialSpeed(network, set)) < slow;
  if (!once) await epoch(network, set, warmUpImages, batchSize, () => false);
  const read = startClock();
  const late = () => once && read().seconds >= slowSeconds;
  let trained = 0;
  let times;
  do {
    trained += await epoch(network, set, images, batchSize, late);
    times = read();
  } while (times.seconds < seconds && !late());
  report({ images: trained, ...times, once });
}

/** Images a second of a small second step: the first makes what the others use again. */
async function trialSpeed(network, set) {
  const rows = Uint32Array.from({ length: 8 }, (_, row) => row);
  await step(network, set, rows);
  const read = startClock();
  await step(network, set, rows);
  return rows.length / read().seconds;
}

/** @returns how many images were trained before `late` said to stop */
async function epoch(network, set, images, batchSize, late) {
  const order = tf.util.createShuffledIndices(images);
  for (let first = 0; first < images; first += batchSize) {
    const rows = order.subarray(first, first + batchSize);
    await step(network, set, rows);
    if (late()) return first + rows.length;
  }
  return images;
}

async function infer(settings) {
  const network = build(settings);
  const { images } = loadImages(settings.data, 'test', Math.max(...settings.batchSizes));
  const predict = async ({ data, shape }) => {
    const x = tf.tensor(data, shape);
    const y = network.predict(x);
    await y.data();
    tf.dispose([x, y]);
  };
  await reportInference(settings, predict, { data: scaled(images.data) });
}
