/** 3. Inference with the default model in a warm process: throughput at several batch sizes, latency of one image. */

import { cnn } from '../models.mjs';
import { labelOf } from '../programs.mjs';
import { formatSpread, groupBy } from '../table.mjs';

export const name = 'inference';

const batchSizes = [1, 32, 128, 1000];

export async function run(bench) {
  const hasOnnx = await bench.exportOnnx(cnn);
  const able = bench.able('infer').filter(({ name }) => hasOnnx || !name.startsWith('onnxruntime'));
  const programs = await bench.checked(able, cnn);
  const files = await bench.filesOf(cnn);
  const seconds = bench.options.work.inferSeconds;
  for (const threads of bench.options.threads) {
    const job = { task: 'infer', model: cnn, ...files, threads, batchSizes, seconds };
    const entries = programs.map((program) => ({
      label: { program: program.name, threads },
      measure: async () => (await bench.start(program, job)).lines,
    }));
    await bench.rounds(name, entries);
  }
}

export function tables(samples) {
  return [...groupBy(samples, ({ threads }) => threads)].map(([threads, alike]) => {
    const rows = [...groupBy(alike, ({ program }) => program)].map(([program, own]) => {
      const at = (size) => own.filter(({ batchSize }) => batchSize === size);
      const latency = (key) =>
        formatSpread(
          at(1).map((sample) => sample[key]),
          3,
        );
      const speeds = batchSizes.map((size) => formatSpread(at(size).map(({ images, seconds }) => images / seconds)));
      return [labelOf(program), ...speeds, latency('p50'), latency('p99')];
    });
    const columns = ['program', ...batchSizes.map((size) => `batch ${size}`), 'one image p50, ms', 'p99, ms'];
    return { title: `Inference, images a second, threads: ${threads}`, columns, rows };
  });
}
