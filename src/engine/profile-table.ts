/** A training's profile as a table for a terminal. */

import type { ProfilePart, TrainingProfile } from './training-profile.js';

const integer = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** What has to be known to read a profile, a sentence a line. */
export const profileNotes: readonly string[] = [
  'Times are the mean over the threads: the rows add up to the wall time of the steps.',
  'GFLOP/s are dense, of all threads together: they count the work as if nothing were left out.',
  "Winograd's algorithm and sparse ways back can pass the peak of the machine.",
];

/** Counts, time and threads: `430 steps, 55,000 images, 3.21 s on 2 threads`. */
export function describeProfile({ steps, images, seconds, threads }: TrainingProfile): string {
  const count = (number: number, noun: string) => `${integer.format(number)} ${noun}${number === 1 ? '' : 's'}`;
  return `${count(steps, 'step')}, ${count(images, 'image')}, ${seconds.toFixed(2)} s on ${count(threads, 'thread')}`;
}

/** The columns after the name and the direction of a part. */
export const profileColumns: readonly string[] = ['µs/image', 'seconds', 'GFLOP/s', 'share'];

/** The cells of a part under `profileColumns`; GFLOP/s are empty where a part has no dense work. */
export function profileCells(
  part: Pick<ProfilePart, 'microsecondsPerImage' | 'seconds' | 'gigaflops' | 'fraction'>,
): string[] {
  const { microsecondsPerImage, seconds, gigaflops, fraction } = part;
  return [
    microsecondsPerImage.toFixed(2),
    seconds.toFixed(3),
    gigaflops === undefined ? '' : gigaflops.toFixed(1),
    `${(100 * fraction).toFixed(1)} %`,
  ];
}

/** All of a profile as one part: the last row of its table. */
export function profileTotal({ seconds, images, parts }: TrainingProfile) {
  const fraction = parts.reduce((sum, part) => sum + part.fraction, 0);
  return { seconds, microsecondsPerImage: (seconds * 1e6) / images, fraction };
}

/**
 * Where the time of a training's steps went, a row a part: each block of the model forward and backward, then reading
 * the batch, loss, gradient sums, optimizer and waiting. Lines without colours, and no line break at the end.
 * @example
 * ```ts
 * const { profile } = await model.fit(train.images, train.labels, { batchSize: 128, profile: true });
 * if (profile) console.log(formatTrainingProfile(profile));
 * ```
 */
export function formatTrainingProfile(profile: TrainingProfile): string {
  const rows = profile.parts.map((part, index) => {
    const { kind, name, direction } = part;
    const isSecond = kind === 'block' && profile.parts[index - 1]?.name === name;
    return [isSecond ? '' : name, kind === 'block' ? direction! : '', ...profileCells(part)];
  });
  const header = ['', '', ...profileColumns];
  const total = ['total', '', ...profileCells(profileTotal(profile))];
  const table = [header, ...rows, total];
  const widths = header.map((_, column) => Math.max(...table.map((cells) => cells[column].length)));
  const line = (cells: readonly string[]) =>
    cells.map((cell, column) => (column < 2 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join('  ');
  const rule = '-'.repeat(widths.reduce((sum, width) => sum + width + 2, -2));
  return [describeProfile(profile), line(header), rule, ...rows.map(line), rule, line(total), ...profileNotes].join(
    '\n',
  );
}
