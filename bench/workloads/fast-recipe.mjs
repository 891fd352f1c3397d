/**
 * 9. The fast recipe as `inkling train --recipe fast` follows it: test accuracy, and the time of its training beside that of one
 * epoch of the default model on all training images, in the same process on the same threads. Another seed each round.
 */

import { spread } from '../statistics.mjs';
import { formatSpread, groupBy } from '../table.mjs';

export const name = 'fast recipe';

export async function run(bench) {
  const { trainImages: images } = bench.options.work;
  const [inkling] = bench.programs;
  const entries = bench.options.threads.map((threads) => ({
    label: { program: inkling.name, threads },
    measure: async (round) =>
      (await bench.start(inkling, { task: 'recipe', recipe: 'fast', threads, seed: round, images })).lines,
  }));
  await bench.rounds(name, entries);
}

export function tables(samples) {
  const rows = [...groupBy(samples, ({ threads }) => threads)].map(([threads, own]) => {
    const accuracies = own.map(({ testAccuracy }) => testAccuracy * 100);
    const { min, max, count } = spread(accuracies);
    const mean = accuracies.reduce((sum, accuracy) => sum + accuracy, 0) / count;
    return [
      threads,
      count,
      `${mean.toFixed(3)} (${min.toFixed(2)} to ${max.toFixed(2)})`,
      ...['seconds', 'epochSeconds'].map((field) =>
        formatSpread(
          own.map((sample) => sample[field]),
          2,
        ),
      ),
      formatSpread(
        own.map(({ seconds, epochSeconds }) => seconds / epochSeconds),
        2,
      ),
    ];
  });
  const columns = ['threads', 'seeds', 'mean test accuracy, %', 'training, s', 'one default epoch, s', 'ratio'];
  const note = 'The ratio is that of each round. Validation and test are not in the seconds.';
  return [{ title: 'The fast recipe', columns, rows, note }];
}
