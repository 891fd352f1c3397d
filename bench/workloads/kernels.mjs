/** 5. Kernels alone, on one thread: GFLOP/s of each block of the default model beside this machine's measured peaks. */

import { join } from 'node:path';
import { cnn } from '../models.mjs';
import { median } from '../statistics.mjs';
import { formatSpread, groupBy } from '../table.mjs';

export const name = 'kernels';

export async function run(bench) {
  const { quick } = bench.options;
  const work = quick ? { images: 512, peakSeconds: 0.05 } : { images: 12_800, peakSeconds: 0.5 };
  const job = { task: 'kernels', model: cnn, batchSize: 128, scratch: bench.scratch, ...work };
  const entries = ['fused', 'plain'].map((arithmetic) => {
    const program = { file: join('..', 'kernels', 'inkling-kernels.mjs'), settings: { arithmetic } };
    return {
      label: { program: `kernels, ${arithmetic}` },
      measure: async () => (await bench.start(program, job)).lines,
    };
  });
  await bench.rounds(name, entries);
}

export function tables(samples) {
  const peaks = samples.filter(({ peak }) => peak);
  const parts = samples.filter(({ block }) => block);
  const peakTable = {
    title: 'Peaks of one core, GFLOP/s',
    columns: ['loop of multiply-adds', 'GFLOP/s'],
    rows: [...groupBy(peaks, ({ peak }) => peak)].map(([peak, own]) => [
      peak,
      formatSpread(own.map(({ gigaflops }) => gigaflops)),
    ]),
  };
  const partTables = [...groupBy(parts, ({ arithmetic }) => arithmetic)].map(([arithmetic, own]) => {
    const peak = median(peaks.filter((sample) => sample.arithmetic === arithmetic).map(({ gigaflops }) => gigaflops));
    const rows = [...groupBy(own, ({ block, direction }) => `${block}, ${direction}`)].map(([part, alike]) => {
      const speed = median(alike.map(({ gigaflops }) => gigaflops));
      const microseconds = formatSpread(
        alike.map(({ microseconds }) => microseconds),
        1,
      );
      if (speed === 0) return [part, microseconds, '', ''];
      const fraction = `${((100 * speed) / peak).toFixed(0)} %`;
      return [part, microseconds, formatSpread(alike.map(({ gigaflops }) => gigaflops)), fraction];
    });
    const columns = ['block', 'microseconds an image', 'dense GFLOP/s', 'of the 128-bit peak'];
    const note =
      'Dense GFLOP/s count the work of the layer as if nothing were left out; sparse ways back can pass the peak.';
    return { title: `Training step on one thread, ${arithmetic}`, columns, rows, note };
  });
  return [peakTable, ...partTables];
}
