/** In a page: which threads predictions and trainings run on, and what the page is free to do meanwhile. */

import { architecture, type Callback, dense, flatten, Sequential } from '../../../dist/index.js';
import { tinyImages } from '../../determinism/job.mjs';
import { type Caught, caught } from './caught.js';

let workers = 0;
let latest: Worker;
globalThis.Worker = class extends globalThis.Worker {
  constructor(url: string | URL, options?: WorkerOptions) {
    super(url, options);
    workers++;
    latest = this;
  }
};

function smallModel(): Sequential {
  const model = new Sequential([flatten(), dense({ units: 4, activation: 'softmax' })], { inputShape: [12, 12, 1] });
  model.compile({ arithmetic: 'plain', threads: 2 });
  return model;
}

export interface Prediction {
  readonly probabilities: Float32Array;
  readonly workersOfPrediction: number;
  readonly workersOfTraining: number;
}

/** Predicts a few images, then trains. */
async function predict(): Promise<Prediction> {
  const { images, labels } = tinyImages(20);
  const model = smallModel();
  const before = workers;
  const { data } = await model.predict(images);
  const predicted = workers;
  await model.fit(images, labels);
  return { probabilities: data, workersOfPrediction: predicted - before, workersOfTraining: workers - predicted };
}

/**
 * Trains long steps until a timer of this page has rung three times within one of them, which takes 12 milliseconds of
 * a tenth of a second or more. In a page that is not free meanwhile it would not, and the training would come to its
 * end.
 */
async function keepFree(): Promise<{ rings: number; finished: boolean }> {
  const rows = 2048;
  const images = { data: new Uint8Array(rows * 28 * 28).map((_, at) => at % 251), shape: [rows, 28, 28, 1] };
  const labels = new Uint8Array(rows).map((_, at) => at % 10);
  const model = new Sequential(architecture('cnn', [28, 28, 1], 10));
  // The page has a part in the start of the workers, so they are started before.
  await model.fit(images, labels, { batchSize: rows });
  const enough = new AbortController();
  let rings = 0;
  let training = false;
  const timer = setInterval(() => {
    if (training) rings++;
    if (rings === 3) enough.abort();
  }, 4);
  const onTrainBatchBegin = () => {
    rings = 0;
    training = true;
  };
  const onTrainBatchEnd = () => {
    training = false;
  };
  const epochs = 10;
  const callbacks: Callback[] = [{ onTrainBatchBegin, onTrainBatchEnd }];
  const history = await model.fit(images, labels, { epochs, batchSize: rows, callbacks, signal: enough.signal });
  clearInterval(timer);
  return { rings, finished: history.epochs.length === epochs };
}

/** A worker is terminated by somebody else while it trains. */
async function terminate(): Promise<Caught> {
  const { images, labels } = tinyImages(20);
  const onTrainBatchEnd = (step: number) => void (step === 3 && latest.terminate());
  return caught(
    smallModel().fit(images, labels, { epochs: 1e6, batchSize: 2, verbose: 0, callbacks: [{ onTrainBatchEnd }] }),
  );
}

/** Where the browser refuses a memory, as phones do. */
async function withoutMemory(): Promise<Caught> {
  const { Memory } = WebAssembly;
  WebAssembly.Memory = class extends Memory {
    constructor(descriptor: WebAssembly.MemoryDescriptor) {
      super(descriptor);
      throw new RangeError('could not allocate memory');
    }
  };
  try {
    return await caught(
      Promise.resolve()
        .then(smallModel)
        .then((model) => model.predict(tinyImages(20).images)),
    );
  } finally {
    WebAssembly.Memory = Memory;
  }
}

async function wideVectors(): Promise<Caught> {
  const { images } = tinyImages(20);
  const model = smallModel();
  return caught((async () => model.compile({ vectorBits: 256 }))().then(() => model.predict(images)));
}

const jobs = { predict, keepFree, terminate, withoutMemory, wideVectors };

export default async function run(job: keyof typeof jobs): Promise<unknown> {
  return jobs[job]();
}
