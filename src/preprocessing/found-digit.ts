/** What is taken for one digit: components of ink, or a piece that was cut out of one. */

import { type Box, type Component, unionOf } from './connected-components.js';

/** A way from the top of a component to its bottom, along which it is cut. */
export interface Seam {
  /** The row of `columns[0]`; rows above are cut as that one, rows below as the last. */
  readonly top: number;
  /** For each row the first column to the right of the cut. */
  readonly columns: Int32Array;
}

/** Components that together are one digit, and the box around them in pixels of the ink. */
export interface FoundDigit {
  readonly labels: ReadonlySet<number>;
  readonly box: Box;
  /** Where its neighbours were cut off; undefined where it stands alone. */
  readonly from?: Seam;
  readonly to?: Seam;
}

export function digitOf(components: readonly Component[]): FoundDigit {
  return { labels: new Set(components.map(({ label }) => label)), box: unionOf(components.map(({ box }) => box)) };
}

/** The first column to the right of the cut in this row. */
export function columnOf({ top, columns }: Seam, y: number): number {
  return columns[Math.min(Math.max(y - top, 0), columns.length - 1)];
}

/** Whether a column of this row is on the digit's side of its cuts. */
export function isWithin({ from, to }: FoundDigit, x: number, y: number): boolean {
  return (from === undefined || x >= columnOf(from, y)) && (to === undefined || x < columnOf(to, y));
}
