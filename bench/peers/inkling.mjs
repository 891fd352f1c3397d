/** Inkling as a program of the bench, through its public API. */

import { readFileSync, writeFileSync } from 'node:fs';
import { shuffledOrder } from '../../dist/data/shuffle.js';
import { defaultValidationFraction } from '../../dist/data/split.js';
import { chooseArithmetic } from '../../dist/engine/kernels.js';
import { chooseVectorBits } from '../../dist/engine/self-check/wide-vectors.js';
import { adam, architecture, loadMnist, recipe, Sequential } from '../../dist/index.js';
import { reportInference } from './inference.mjs';
import { loadImages, scaled } from './mnist.mjs';
import { answer, job, report, startClock } from './protocol.mjs';

await answer({ versions, check, train, reach, recipe: followRecipe, infer });

function versions() {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  const versions = { inkling: version, node: process.versions.node, v8: process.versions.v8 };
  const arithmetic = chooseArithmetic(job.arithmetic);
  const wide = chooseVectorBits(job.vectorBits ?? 128, arithmetic) === 256;
  report({ versions: wide ? { 'node for 256 bits': versions.node } : versions, arithmetic });
}

function compiled({ model, threads, arithmetic, vectorBits, learningRate, seed = 1 }) {
  const network = new Sequential(model, { seed });
  network.compile({ optimizer: adam({ learningRate }), threads, arithmetic, vectorBits });
  return network;
}

/** Writes its initial weights where the job asks for that, so that all others start from them. */
async function check(job) {
  const { model, data, images, steps, batchSize, seed = 1 } = job;
  const network = compiled(job);
  const weights = [...network.getWeights().values()].flatMap((values) => [...values]);
  if (job.writesWeights) writeFileSync(job.weights, Float32Array.from(weights));
  const channels = model.inputShape[2];
  const { data: probabilities } = await network.predict(loadImages(data, 'test', images, channels).images);
  const losses = [];
  if (steps > 0) {
    const given = loadImages(data, 'train', steps * batchSize, channels);
    const { images: ordered, labels } = inOrderOfTraining(given, seed);
    const listener = { onSteps: (logs) => void losses.push(...logs.map(({ loss }) => loss)) };
    await network.fit(ordered, labels, { batchSize, callbacks: [listener], verbose: 0 });
  }
  report({ parameters: weights.length, probabilities: [...probabilities], losses, arithmetic: network.arithmetic });
}

/** Rows arranged so that the shuffled first epoch meets them in the order in which they came. */
function inOrderOfTraining({ images, labels }, seed) {
  const order = shuffledOrder(Uint32Array.from(labels.keys()), seed, 0);
  const size = images.data.length / labels.length;
  const arranged = {
    images: { ...images, data: new Uint8Array(images.data.length) },
    labels: new Uint8Array(labels.length),
  };
  order.forEach((place, row) => {
    arranged.images.data.set(images.data.subarray(row * size, (row + 1) * size), place * size);
    arranged.labels[place] = labels[row];
  });
  return arranged;
}

async function train(job) {
  const { model, data, images, warmUpImages, seconds, batchSize } = job;
  const network = compiled(job);
  const fit = (count, callbacks) => {
    const rows = loadImages(data, 'train', count, model.inputShape[2]);
    return network.fit(rows.images, rows.labels, { epochs: 1000, batchSize, callbacks, verbose: 0 });
  };
  await fit(warmUpImages, [{ onEpochEnd: (_epoch, _logs, control) => control.stopTraining() }]);
  let read;
  const clock = {
    onEpochBegin: () => {
      read ??= startClock();
    },
    onEpochEnd: (epoch, logs, control) => {
      const times = read();
      if (times.seconds < seconds) return;
      report({ images: images * (epoch + 1), ...times, loss: logs.loss, arithmetic: network.arithmetic });
      control.stopTraining();
    },
  };
  await fit(images, [clock]);
}

/** Trains on, with an evaluation on the test set after each epoch, until the accuracy is reached. */
async function reach(job) {
  const { accuracy, epochs, images, batchSize } = job;
  const { train, test } = await loadMnist();
  const network = compiled(job);
  const inputs = { ...train.images, data: train.images.data.subarray(0, images * 784), shape: [images, 28, 28, 1] };
  for (let epoch = 0; epoch < epochs; epoch++) {
    const history = await network.fit(inputs, train.labels.subarray(0, images), {
      epochs: epoch + 1,
      initialEpoch: epoch,
      batchSize,
      verbose: 0,
    });
    const testAccuracy = (await network.evaluate(test.images, test.labels)).accuracy;
    report({ epoch: epoch + 1, loss: history.epochs[0].loss, testAccuracy, arithmetic: network.arithmetic });
    if (testAccuracy >= accuracy) break;
  }
}

/** A recipe's training and one epoch of the default's, in turn; then the recipe's test. */
async function followRecipe({ recipe: name, threads, arithmetic, seed, images }) {
  const warmUpImages = 6_400;
  const { train, test } = await loadMnist();
  const first = (count) => ({
    ...train.images,
    data: train.images.data.subarray(0, count * 784),
    shape: [count, 28, 28, 1],
  });
  const follow = ({ model, optimizer, loss, epochs, batchSize }, options = {}) => {
    const start = async (count, changes) => {
      const network = new Sequential(architecture(model, [28, 28, 1], 10), { seed });
      network.compile({ optimizer, loss, threads, arithmetic });
      const labels = train.labels.subarray(0, count);
      const history = await network.fit(first(count), labels, {
        epochs,
        batchSize,
        verbose: 0,
        ...options,
        ...changes,
      });
      return { network, seconds: history.epochs.reduce((sum, { seconds }) => sum + seconds, 0) };
    };
    return { warmUp: () => start(Math.min(warmUpImages, images), { epochs: 1 }), whole: () => start(images) };
  };
  const candidate = follow(recipe(name), { validationSplit: defaultValidationFraction });
  const epoch = follow(recipe('default'), { epochs: 1 });
  const trained = new Map();
  for (const part of seed % 2 === 0 ? [candidate, epoch] : [epoch, candidate]) {
    await part.warmUp();
    trained.set(part, await part.whole());
  }
  const { network, seconds } = trained.get(candidate);
  const { accuracy: testAccuracy, loss: testLoss } = await network.evaluate(test.images, test.labels);
  const epochSeconds = trained.get(epoch).seconds;
  report({ recipe: name, seed, seconds, epochSeconds, testAccuracy, testLoss, arithmetic: network.arithmetic });
}

async function infer(job) {
  const network = compiled(job);
  const { images } = loadImages(job.data, 'test', Math.max(...job.batchSizes));
  await reportInference(job, (batch) => network.predict(batch), { data: scaled(images.data) });
}
