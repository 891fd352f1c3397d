/**
 * Trains and measures its own memory. Prints JSON: sizes in bytes of The engine's memory, of the heap and of the whole
 * process at several moments; and the threads that were started and are alive. To be run with --expose-gc.
 */

import { Engine } from '../../dist/engine/engine.js';
import * as inkling from '../../dist/index.js';
import { tinyImages } from '../determinism/job.mjs';

const [what] = process.argv.slice(2);
const { images, labels } = tinyImages(200);
const memories = new Set();
// Every memory that an engine makes.
const Memory = WebAssembly.Memory;
WebAssembly.Memory = class extends Memory {
  constructor(descriptor) {
    super(descriptor);
    memories.add(this);
  }
};

let started = 0;
let alive = 0;
process.on('worker', (worker) => {
  started++;
  alive++;
  worker.on('exit', () => alive--);
});

function measure() {
  globalThis.gc();
  globalThis.gc();
  const { rss, heapUsed } = process.memoryUsage();
  const engine = [...memories].reduce((sum, memory) => sum + memory.buffer.byteLength, 0);
  return { engine, heap: heapUsed, process: rss, started, alive };
}

const model = new inkling.Sequential([
  inkling.conv2d({ filters: 8, kernelSize: 3, activation: 'relu' }),
  inkling.maxPooling2d(),
  inkling.batchNormalization(),
  inkling.flatten(),
  inkling.dropout({ rate: 0.2 }),
  inkling.dense({ units: 4, activation: 'softmax' }),
]);
model.compile({ threads: 2 });
model.build([12, 12, 1]);

const moments = [];
if (what === 'steps') {
  // 20 steps an epoch: 20 epochs to warm up, then 1,000 steps and 1,000 more.
  const callback = { onEpochEnd: (epoch) => void ([19, 69, 119].includes(epoch) && moments.push(measure())) };
  await model.fit(images, labels, {
    epochs: 120,
    batchSize: 10,
    validationSplit: 0,
    callbacks: [callback],
    verbose: 0,
  });
} else if (what === 'fits') {
  for (let fit = 0; fit < 110; fit++) {
    if ([10, 60].includes(fit)) moments.push(measure());
    await model.fit(images, labels, { batchSize: 50, validationSplit: 0.1, verbose: 0 });
    await model.evaluate(images, labels);
  }
  moments.push(measure());
} else {
  // So many rows that threads are started for them.
  const many = tinyImages(300);
  const kept = [];
  for (let made = 0; made < 40; made++) {
    if (what === 'dropped') {
      await new Engine(model.definition, { threads: 2 }).evaluate({ inputs: many.images, targets: many.labels });
    } else {
      const own = new inkling.Sequential(model.definition.config);
      own.compile({ threads: 2 });
      await own.predict(many.images);
      own.dispose();
      kept.push(own);
    }
    if (made % 10 < 9) continue;
    memories.clear();
    // Nobody tells when garbage is cleared away. The last engine may still be held by what waited for it.
    for (let wait = 0; wait < 100 && alive > 2; wait++) {
      globalThis.gc();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    moments.push(measure());
  }
}
process.stdout.write(JSON.stringify(moments));
