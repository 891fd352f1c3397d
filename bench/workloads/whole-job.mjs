/**
 * 4. The whole job as a process: start, load, five epochs with validation, evaluation, plots. `inkling train` (which also writes
 * a report) beside the same job as a Keras script with matplotlib.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { paths } from '../paths.mjs';
import { runProcess } from '../process.mjs';
import { labelOf } from '../programs.mjs';
import { formatSpread, groupBy } from '../table.mjs';

export const name = 'whole job';

export async function run(bench) {
  const threads = bench.options.threads.at(-1);
  const { jobEpochs: epochs, trainImages: images } = bench.options.work;
  const { python } = bench.options;
  const inkling = (node, options) => {
    // The script has no robustness sheet: without it both do the same job.
    const all = { ...options, '--threads': threads, '--epochs': epochs, '--limit': images, '--robustness': 0 };
    return [node, paths.command, 'train', '--quiet', ...Object.entries(all).flat()];
  };
  const commands = {
    inkling: (out) => inkling(process.execPath, { '--out': out }),
    'inkling-wide': (out) => inkling(bench.options.newerNode, { '--out': out, '--vectors': 256 }),
    keras: (out) => [python, join(paths.peers, 'keras_job.py'), paths.data, out, threads, epochs, images],
  };
  const able = bench.programs.filter((program) => program.name in commands);
  const entries = able.map((program) => ({
    label: { program: program.name, threads },
    measure: async (round) => {
      const out = join(bench.scratch, `job-${program.name}-${round}`);
      const command = commands[program.name](out).map(String);
      const { lines } = await runProcess(python, [join(paths.peers, 'measure.py'), ...command], { threads });
      const { testAccuracy } = JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8'));
      return [{ ...lines[0], testAccuracy }];
    },
  }));
  await bench.rounds(name, entries);
}

export function tables(samples) {
  const rows = [...groupBy(samples, ({ program }) => program)].map(([program, own]) => {
    const column = (figure, digits) => formatSpread(own.map(figure), digits);
    return [
      labelOf(program),
      column(({ seconds }) => seconds, 1),
      column(({ cpuSeconds }) => cpuSeconds, 1),
      column(({ peakBytes }) => peakBytes / 1e6),
      column(({ testAccuracy }) => testAccuracy * 100, 2),
    ];
  });
  const title = `The whole job as a process, threads: ${samples[0].threads}`;
  return [{ title, columns: ['program', 'seconds', 'CPU seconds', 'peak MB', 'test accuracy, %'], rows }];
}
