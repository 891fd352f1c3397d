/** Training throughput: how it is asked of a program, and its table. */

import { labelOf } from './programs.mjs';
import { median } from './statistics.mjs';
import { formatSpread, groupBy } from './table.mjs';

const batchSize = 128;

/**
 * Trains epochs of the first `images` until `seconds` have passed. The warm-up has full batches and one of the size
 * that ends an epoch, since some programs compile for each size.
 */
export function trainingEntry(bench, program, model, threads, { images, seconds }) {
  const warmUpImages = bench.options.quick ? 256 : 50 * batchSize + (images % batchSize);
  const job = { task: 'train', model, threads, batchSize, images, seconds, warmUpImages };
  return {
    label: { program: program.name, model: model.name, threads },
    measure: async (round) => (await bench.start(program, { ...job, seed: round })).lines,
  };
}

/** Programs down, settings across; in each cell images a second and, behind them, the cores that were busy. */
export function trainingTable(title, samples, settingOf) {
  const settings = [...groupBy(samples, settingOf).keys()];
  const rows = [...groupBy(samples, ({ program }) => program)].map(([program, own]) => {
    const bySetting = groupBy(own, settingOf);
    return [labelOf(program), ...settings.map((setting) => cellOf(bySetting.get(setting)))];
  });
  const note = samples.some(({ once }) => once)
    ? '\\* below 200 images a second: measured once, for a minute.'
    : undefined;
  return { title: `${title} [cores busy]`, columns: ['program', ...settings], rows, note };
}

function cellOf(samples) {
  if (!samples) return '';
  const speeds = samples.map(({ images, seconds }) => images / seconds);
  const cores = median(samples.map(({ cpuSeconds, seconds }) => cpuSeconds / seconds));
  const once = samples.some((sample) => sample.once) ? '\\*' : '';
  return `${formatSpread(speeds, median(speeds) < 100 ? 1 : 0)}${once} [${cores.toFixed(1)}]`;
}
