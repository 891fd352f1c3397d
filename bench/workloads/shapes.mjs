/** 8. Training throughput of other networks: what the default model does not show. */

import { shapes } from '../models.mjs';
import { trainingEntry, trainingTable } from '../throughput.mjs';

export const name = 'shapes';

export async function run(bench) {
  const threads = bench.options.threads.at(-1);
  const { shapeImages: images, shapeSeconds: seconds } = bench.options.work;
  for (const model of shapes) {
    const programs = await bench.checked(bench.able('train'), model);
    const entries = programs.map((program) => trainingEntry(bench, program, model, threads, { images, seconds }));
    await bench.rounds(name, entries);
  }
}

export function tables(samples) {
  const title = `Training other networks, images a second, threads: ${samples[0].threads}`;
  return [trainingTable(title, samples, ({ model }) => model)];
}
