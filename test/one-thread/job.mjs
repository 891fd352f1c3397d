/**
 * What a program does with models, for hosts with threads and without: results must not differ. Needs the built dist/,
 * and nothing of Node, so that a page or a worker can run it.
 */

import { weightsSha256 } from '../../dist/formats/weights-sha256.js';
import * as inkling from '../../dist/index.js';
import { tinyImages, trainTinyJob } from '../determinism/job.mjs';

/** A picture of a one: a black bar on white paper. */
function picture() {
  const [width, height] = [60, 60];
  const data = new Uint8Array(width * height * 4).fill(255);
  for (let y = 10; y < 50; y++)
    for (let x = 28; x < 34; x++) data.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3);
  return { width, height, data };
}

async function useSmallModel(engine) {
  const { images, labels } = tinyImages(300);
  const layers = [inkling.flatten(), inkling.dense({ units: 8, activation: 'relu' }), inkling.dense({ units: 4 })];
  const first = inkling.take({ images, labels }, 40);
  const model = new inkling.Sequential(layers);
  model.compile({ ...engine, arithmetic: 'plain' });
  // Trained, grown into a larger training, and trained on: each has its own place in memory.
  await model.fit(first.images, first.labels, { verbose: 0 });
  const profiled = await model.fit(images, labels, { epochs: 2, validationSplit: 60, profile: true, verbose: 0 });
  const { loss, accuracy } = await model.evaluate(images, labels);
  return {
    threads: model.threads,
    profiledThreads: profiled.profile.threads,
    results: {
      weights: await weightsSha256(model.definition, model.getWeights()),
      valLoss: profiled.epochs[1].valLoss,
      loss,
      accuracy,
      probabilities: Array.from((await model.predict(images)).data),
    },
  };
}

/** @param engine options for every model; default: as the host has it */
export async function useModels(engine = {}) {
  const { results, ...threads } = await useSmallModel(engine);
  const recognizer = await inkling.Recognizer.load(undefined, engine);
  const { state, answer, probability } = await recognizer.recognize(picture());
  return {
    sums: {
      plain: await trainTinyJob({ ...engine, arithmetic: 'plain' }),
      fused: await trainTinyJob({ ...engine, arithmetic: 'fused' }),
      augmented: await trainTinyJob({ ...engine, arithmetic: 'plain', augmentation: 'strong' }),
    },
    results: { ...results, recognition: { state, answer, probability } },
    ...threads,
  };
}

/**
 * What the host gets to do meanwhile.
 * @returns how often a timer rang during one evaluation, and the finished epochs of a training that a timer ended, of a
 * million
 */
export async function workAlong() {
  const rows = 6000;
  const images = { data: new Uint8Array(rows * 784).map((_, at) => at % 251), shape: [rows, 28, 28, 1] };
  const large = new inkling.Sequential(inkling.architecture('cnn', [28, 28, 1], 10));
  let rings = 0;
  const timer = setInterval(() => rings++, 1);
  await large.evaluate(images, new Uint8Array(rows));
  clearInterval(timer);
  const { images: few, labels } = tinyImages(100);
  const model = new inkling.Sequential([inkling.flatten(), inkling.dense({ units: 4 })]);
  const enough = new AbortController();
  setTimeout(() => enough.abort(), 50);
  const { epochs } = await model.fit(few, labels, { epochs: 1e6, batchSize: 10, verbose: 0, signal: enough.signal });
  return { ringsInEvaluation: rings, epochs: epochs.length };
}

/** What a host without threads says of it. */
export async function askForThreads() {
  const refused = await trainTinyJob({ threads: 2 }).then(
    () => ({}),
    ({ kind, message }) => ({ kind, message }),
  );
  return { defaults: inkling.defaultThreads(), refused };
}
