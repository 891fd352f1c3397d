/** Which images of a training set none of several models was trained on. */

import type { TrainedOn } from './trained-on.js';

/**
 * Runs of one split have all their validation images in common; those of several next to none, and then what is
 * left are the images behind the `--limit` of all.
 * @param labels of the whole training set
 * @returns ascending indices
 */
export function unseenRows(labels: Uint8Array, models: readonly Pick<TrainedOn, 'rows'>[]): Uint32Array {
  const seen = new Uint8Array(labels.length);
  for (const { rows } of models) for (const row of rows(labels)) seen[row] = 1;
  return Uint32Array.from(labels, (_, row) => row).filter((row) => seen[row] === 0);
}
