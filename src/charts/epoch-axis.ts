/** The horizontal axis of curves over epochs. */

import { niceRange } from './nice-range.js';

/** Whole numbers from the first epoch to the last; a single epoch stands in the middle. */
export function epochAxis(epochs: readonly number[], width: number) {
  const first = Math.min(...epochs);
  const last = Math.max(...epochs);
  const domain = first < last ? [first, last] : epochs.length > 0 ? [first - 1, first + 1] : [0, 1];
  const values = niceRange(epochs, Math.min(8, Math.floor(width / 50)), 1).ticks.filter(
    (tick) => tick >= first && tick <= last,
  );
  return {
    scale: { domain, nice: false, zero: false, padding: 14 },
    axis: { values, format: 'd', grid: false },
  };
}
