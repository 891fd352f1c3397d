/**
 * Times every kernel call of a training step on one thread: it plays the engine's own program on this thread, so whatever
 * kernels the program has are measured on the data that they meet in training. It reaches into the engine for that.
 */

import { Engine } from '../../dist/engine/engine.js';
import { instantiateKernels } from '../../dist/engine/kernels.js';
import { Player } from '../../dist/engine/player.js';
import { adam } from '../../dist/index.js';
import { initialValues } from '../../dist/layers/initializers.js';
import { defineModel, weightsOf } from '../../dist/model/model.js';

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

/**
 * @param rows images and labels; trained `batchSize` at a time
 * @returns for each block and direction: microseconds an image, those of each kernel, and GFLOP/s of the dense work: two for each
 *   multiply-add of the forward pass, as many again for the weights' gradient and, but in the first layer, the input's
 */
export async function timeTrainingStep({
  model: config,
  rows,
  batchSize,
  learningRate,
  arithmetic,
  warmUpSteps,
  steps,
}) {
  const model = defineModel(config);
  const engine = new Engine(model, { threads: 1, arithmetic });
  engine.setWeights(new Map(weightsOf(model).map((weight, index) => [weight.path, initialValues(weight, 1, index)])));
  const rule = adam({ learningRate });
  engine.prepareTraining({ rows: { inputs: rows.images, targets: rows.labels }, batchSize, rule, seed: 1 });
  engine.setOrder(Uint32Array.from(rows.labels.keys()));
  const player = timingPlayerOf(engine);
  const batches = Math.floor(rows.labels.length / batchSize);
  const play = (first, count) => {
    const plan = (step) => ({
      step,
      first: (step % batches) * batchSize,
      rows: batchSize,
      learningRate,
      stepSize: learningRate,
    });
    return engine.train(
      Array.from({ length: count }, (_, index) => plan(first + index)),
      false,
    );
  };
  await play(0, warmUpSteps);
  player.times.clear();
  await play(warmUpSteps, steps);
  return { arithmetic: engine.arithmetic, parts: partsOf(player.times, model, steps * batchSize) };
}

/** Makes a team of this one thread. */
function timingPlayerOf(engine) {
  const { memory, place } = engine;
  const kernels = instantiateKernels(engine.module, memory);
  const player = new TimingPlayer({ kernels, memory, place, thread: 0, threads: 1, spins: 0 });
  engine.team = {
    learn: (number, program) => player.learn(number, program),
    play: async (burst) => player.play(burst),
  };
  return player;
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
