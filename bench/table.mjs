/** What every table of results is made of: medians with their spread, groups of samples, Markdown. */

import { spread } from './statistics.mjs';

/** Median and, where there are several samples, smallest and largest. */
export function formatSpread(values, digits = 0) {
  if (values.length === 0) return '';
  const { median, min, max, count } = spread(values);
  const text = (value) =>
    value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return count === 1 ? text(median) : `${text(median)} (${text(min)} to ${text(max)})`;
}

/** Samples by the value of a key, in the order of their first appearance. */
export function groupBy(samples, keyOf) {
  const groups = new Map();
  for (const sample of samples) {
    const key = keyOf(sample);
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(sample);
  }
  return groups;
}

/** A Markdown table with aligned columns; the first is text, the others are numbers. */
export function formatTable({ title, columns, rows, note }) {
  const cells = [columns, ...rows].map((row) => row.map(String));
  const widths = columns.map((_, column) => Math.max(3, ...cells.map((row) => row[column].length)));
  const pad = (cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]));
  const line = (row) => `| ${row.map(pad).join(' | ')} |`;
  const rule = `| ${widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [`### ${title}`, '', line(cells[0]), rule, ...cells.slice(1).map(line), ...(note ? ['', note] : [])].join(
    '\n',
  );
}
