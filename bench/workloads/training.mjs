/** 1. Training throughput of the default model: one epoch of MNIST, batch 128, Adam 1e-3, after a warm-up. */

import { cnn } from '../models.mjs';
import { trainingEntry, trainingTable } from '../throughput.mjs';

export const name = 'training';

export async function run(bench) {
  const programs = await bench.checked(bench.able('train', 'trainCnn'), cnn);
  const work = { images: bench.options.work.trainImages, seconds: 0 };
  for (const threads of bench.options.threads) {
    const entries = programs.map((program) => trainingEntry(bench, program, cnn, threads, work));
    await bench.rounds(name, entries);
  }
}

export function tables(samples) {
  return [
    trainingTable('Training the default model, images a second', samples, ({ threads }) => threadsTitle(threads)),
  ];
}

function threadsTitle(threads) {
  return threads === 1 ? '1 thread' : `${threads} threads`;
}
