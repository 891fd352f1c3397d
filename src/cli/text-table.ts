/** A table of text for a terminal: the first column to the left, numbers to the right. */

import { columnsOf, padded } from './terminal-text.js';

/**
 * @param rows printable texts, each as many as there are titles
 * @param right which columns are aligned to the right; default: all but the first
 */
export function textTable(
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  right: (column: number) => boolean = (column) => column > 0,
): { readonly header: string; readonly lines: readonly string[] } {
  const widths = titles.map((title, column) => Math.max(...[title, ...rows.map((row) => row[column])].map(columnsOf)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => padded(cell, widths[column], right(column) ? 'right' : 'left'))
      .join('  ')
      .trimEnd();
  return { header: line(titles), lines: rows.map(line) };
}
