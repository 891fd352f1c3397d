/**
 * Times every kernel call of a training on one thread: in place of the engine's thread it puts a player on this one, so whatever
 * kernels the program has are measured on the data that they meet in training. It knows the engine's messages for that.
 */

import { instantiateKernels } from '../../dist/engine/kernels.js';
import { Player } from '../../dist/engine/player.js';
import { adam, Sequential } from '../../dist/index.js';
import { platform } from '../../dist/platform/node.js';

/** Keeps milliseconds by block, direction and kernel. */
class TimingPlayer extends Player {
  times = new Map();
  #directions = new Map();

  learn(number, program) {
    let direction = 'forward';
    for (const call of program.phases.flat()) {
      this.#directions.set(call, direction);
      if (call.kernel === 'softmaxCrossEntropy') direction = 'backward';
    }
    super.learn(number, program);
  }

  bindCall(call, shard, batchRows) {
    const { kernel, values } = super.bindCall(call, shard, batchRows);
    const key = JSON.stringify([call.block, this.#directions.get(call), call.kernel]);
    const timed = (...given) => {
      const start = performance.now();
      kernel(...given);
      this.times.set(key, (this.times.get(key) ?? 0) + performance.now() - start);
    };
    return { kernel: timed, values };
  }
}

/** Stands in for a thread: hears the same messages and gives the same replies. */
class ThreadHere {
  player;
  #listener;

  constructor(listener) {
    this.#listener = listener;
  }

  post(message) {
    if (message.type === 'join') {
      const kernels = instantiateKernels(message.module, message.memory);
      this.player = new TimingPlayer({ ...message, kernels });
    } else if (message.type === 'learn') {
      this.player.learn(message.number, message.program);
    } else {
      setImmediate(() => this.#listener.onMessage({ type: 'played', steps: this.player.play(message.burst) }));
    }
  }

  setBusy() {}

  async terminate() {}
}

/**
 * Trains an epoch to warm up and one that counts.
 * @param rows images and labels
 * @returns for each block and direction: microseconds an image, those of each kernel, and GFLOP/s of the dense work: two for each
 *   multiply-add of the forward pass, as many again for the weights' gradient and, but in the first layer, the input's
 */
export async function timeTraining({ model: config, rows, batchSize, learningRate, arithmetic }) {
  let thread;
  platform.startThread = (_module, listener) => {
    thread = new ThreadHere(listener);
    return thread;
  };
  const network = new Sequential(config);
  network.compile({ optimizer: adam({ learningRate }), threads: 1, arithmetic });
  const warmUp = { onEpochEnd: (epoch) => epoch === 0 && thread.player.times.clear() };
  await network.fit(rows.images, rows.labels, { epochs: 2, batchSize, callbacks: [warmUp] });
  return { arithmetic: network.arithmetic, parts: partsOf(thread.player.times, network.model, rows.labels.length) };
}

function partsOf(times, model, images) {
  const work = new Map(model.layers.map(({ name, multiplyAdds }) => [name, multiplyAdds]));
  const workOf = (block) => block.split(' + ').reduce((sum, name) => sum + (work.get(name) ?? 0), 0);
  const firstBlock = [...times.keys()].map((key) => JSON.parse(key)[0]).find((block) => workOf(block) > 0);
  const parts = new Map();
  for (const [key, milliseconds] of times) {
    const [block, direction, kernel] = JSON.parse(key);
    const microseconds = (milliseconds * 1000) / images;
    const name = `${block}, ${direction}`;
    const part = parts.get(name) ?? { block, direction, microseconds: 0, kernels: {} };
    part.microseconds += microseconds;
    part.kernels[kernel] = microseconds;
    parts.set(name, part);
  }
  return [...parts.values()].map((part) => {
    const products = part.direction === 'forward' || part.block === firstBlock ? 1 : 2;
    const multiplyAdds = workOf(part.block) * products;
    return { ...part, gigaflops: (2 * multiplyAdds) / (part.microseconds * 1000) };
  });
}
