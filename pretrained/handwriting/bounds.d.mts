/** What is asked of each row. */

import type { Figures } from './judge.mjs';
import type { Row } from './rows.mjs';

/** Least or most fraction by figure. */
export function boundsOf(row: Row): Readonly<Record<string, number>>;

/** The bounds that a row's figures miss, as text; `withMargin` allows what chance does in few pictures. */
export function missedBounds(row: Row, figures: Figures, options?: { withMargin?: boolean }): string[];
/** Rows whose bounds do not hold yet. */
export const openRows: readonly string[];
