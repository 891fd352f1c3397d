/**
 * 2. Seconds from the start of the process until the test accuracy is known to be at least 98.45 % and 99 %. Each program trains
 * the default model with the default recipe on all 60,000 images and evaluates after each epoch.
 */

import { cnn } from '../models.mjs';
import { labelOf } from '../programs.mjs';
import { formatSpread, groupBy } from '../table.mjs';

export const name = 'time to accuracy';

const accuracies = [0.9845, 0.99];

export async function run(bench) {
  const threads = bench.options.threads.at(-1);
  const { epochs, trainImages } = bench.options.work;
  const programs = await bench.checked(bench.able('reach'), cnn);
  const job = {
    task: 'reach',
    model: cnn,
    threads,
    batchSize: 128,
    images: trainImages,
    epochs,
    accuracy: accuracies.at(-1),
  };
  const entries = programs.map((program) => ({
    label: { program: program.name, threads },
    measure: async (round) => (await bench.start(program, { ...job, seed: round })).lines,
  }));
  await bench.rounds(name, entries);
}

export function tables(samples) {
  const rows = [...groupBy(samples, ({ program }) => program)].map(([program, own]) => {
    const runs = [...groupBy(own, ({ round }) => round).values()];
    const cells = accuracies.map((accuracy) => {
      const reached = runs.flatMap((epochs) => epochs.find(({ testAccuracy }) => testAccuracy >= accuracy) ?? []);
      if (reached.length === 0) return 'not reached';
      const fraction = reached.length < runs.length ? `, ${reached.length} of ${runs.length} runs` : '';
      return `${formatSpread(
        reached.map(({ arrived }) => arrived),
        1,
      )}${fraction}`;
    });
    return [labelOf(program), ...cells];
  });
  const title = `Seconds from start to a test accuracy, threads: ${samples[0].threads}`;
  return [{ title, columns: ['program', ...accuracies.map((accuracy) => `${accuracy * 100} %`)], rows }];
}
