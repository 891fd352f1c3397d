/**
 * What augmentation costs: its kernel alone, effect by effect, and a training with and without it, in turns in one
 * process. Needs the built dist/: `node bench/augmentation.mjs [--arithmetic plain|fused] [--rounds N]`. Processor time
 * is given for trainings, since it stands a busy machine.
 */

import { parseArgs } from 'node:util';
import { augmentation, augmentationFromData } from '../dist/data/augmentation.js';
import { callKernel, instantiateKernels, kernelModule } from '../dist/engine/kernels.js';
import { engineMemory } from '../dist/engine/memory.js';
import {
  augmentationKey,
  augmentationNumbers,
  augmentationScratchBytes,
} from '../dist/engine/program/augmentation-numbers.js';
import { writeRecord } from '../dist/engine/program/step-record.js';
import { architecture, loadMnist, recipe, Sequential, take } from '../dist/index.js';

const { values: options } = parseArgs({
  options: { arithmetic: { type: 'string', default: 'fused' }, rounds: { type: 'string', default: '9' } },
});
const { arithmetic } = options;
const rounds = Number(options.rounds);
const { train } = await loadMnist();
const shape = [28, 28, 1];
const size = 784;

/** Median and lowest of some times, as text. */
function spread(times) {
  const sorted = [...times].sort((a, b) => a - b);
  return `${sorted[sorted.length >> 1].toFixed(2).padStart(8)} (lowest ${sorted[0].toFixed(2)})`;
}

function kernelAlone() {
  const images = 4000;
  const rowsOfShard = 8;
  const only = (effect) => augmentationFromData(effect, 'benchmark');
  const rules = {
    'none (gatherImages)': undefined,
    light: augmentation('light'),
    strong: augmentation('strong'),
    'warp that moves nothing': only({}),
    'warp and stroke': only({ stroke: { thinning: 0.7, thickening: 0.7 } }),
    'warp and elastic': only({ elastic: { strength: 3 } }),
    'warp and noise': only({ noise: 0.2 }),
  };
  const [record, order, x, scratch, dataset] = [4096, 8192, 1 << 16, 1 << 17, 1 << 20];
  const room = Math.max(...Object.values(rules).map((rule) => (rule ? augmentationScratchBytes(shape, rule) : 0)));
  if (scratch + room > dataset) throw new Error('the working memory does not fit');
  const memory = engineMemory(dataset + images * size);
  const kernels = instantiateKernels(kernelModule(arithmetic), memory);
  new Uint8Array(memory.buffer, dataset, images * size).set(train.images.data.subarray(0, images * size));
  new Uint32Array(memory.buffer, order, images).set(Array.from({ length: images }, (_, row) => row));
  const times = Object.fromEntries(Object.keys(rules).map((name) => [name, []]));
  for (let step = 0; step < rounds * 3; step++) {
    const unused = { output: 0, logits: 0, learningRate: 0, stepSize: 0, results: 0 };
    writeRecord(new DataView(memory.buffer), record, { ...unused, step, order, rows: images });
    for (const [name, rule] of Object.entries(rules)) {
      const [height, width, channels] = shape;
      const image = { height, width, channels, seed: 1, key: augmentationKey, scratch };
      const chance = rule && { ...image, ...augmentationNumbers(rule) };
      const start = performance.now();
      for (let first = 0; first < images; first += rowsOfShard) {
        const gathered = { dataset, record, x, firstRow: first, rows: rowsOfShard };
        if (rule) callKernel(kernels, 'gatherAugmentedImages', { ...gathered, ...chance });
        else callKernel(kernels, 'gatherImages', { ...gathered, size });
      }
      times[name].push(((performance.now() - start) * 1000) / images);
    }
  }
  console.log(`Kernel alone, ${arithmetic}: µs/image`);
  for (const [name, all] of Object.entries(times)) console.log(`  ${name.padEnd(26)}${spread(all)}`);
}

async function trainings(recipeName, threads) {
  const { model, optimizer, loss, batchSize } = recipe(recipeName);
  const { images, labels } = take(train, 6000);
  const times = { none: [], light: [], strong: [] };
  const models = Object.keys(times).map((name) => {
    const network = new Sequential(architecture(model, shape, 10));
    network.compile({ optimizer, loss, threads, arithmetic });
    return [name, network];
  });
  for (let round = -1; round < rounds; round++) {
    for (const [name, network] of models) {
      const start = process.cpuUsage();
      await network.fit(images, labels, { batchSize, augmentation: name, verbose: 0 });
      const { user, system } = process.cpuUsage(start);
      if (round >= 0) times[name].push((user + system) / labels.length);
    }
  }
  console.log(`Training, recipe ${recipeName}, ${threads} threads, ${arithmetic}: µs of processor time an image`);
  for (const [name, all] of Object.entries(times)) console.log(`  ${name.padEnd(26)}${spread(all)}`);
}

kernelAlone();
for (const recipeName of ['fast', 'default']) {
  for (const threads of [1, 2]) await trainings(recipeName, threads);
}
