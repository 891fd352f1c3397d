/** Results as Markdown tables. As a program, prints those of a results file: `npm run tables -- results/FILE.json`. */

import { readFileSync } from 'node:fs';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { labelOf } from './programs.mjs';
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

/** Everything that a results file has to say. */
export async function formatResult(result) {
  const { workloads } = await import('./workloads/workloads.mjs');
  const { machine, versions, checks } = result;
  const measured = result.samples.filter(({ failed }) => !failed);
  const tables = workloads.flatMap(({ name, tables }) => {
    const samples = measured.filter(({ workload }) => workload === name);
    return samples.length === 0 ? [] : tables(samples, result).map(formatTable);
  });
  const wrong = checks
    .filter(({ passed }) => !passed)
    .map(({ program, model, problem }) => `- ${labelOf(program)}, ${model}: ${problem}`);
  const failed = result.samples
    .filter((sample) => sample.failed)
    .map((sample) => `- ${labelOf(sample.program)}, ${sample.workload}: ${sample.failed}`);
  const absent = Object.keys(result.missing).map((name) => `- ${labelOf(name)}`);
  return [
    `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB, ${machine.os}. ${result.date.slice(0, 10)}, commit ${result.commit}` +
      `${result.modified ? ' with changes' : ''}, arithmetic ${result.arithmetic}, load before ${result.loadAverage.toFixed(2)}.`,
    Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(', '),
    'Medians (smallest to largest). A figure means nothing without the others of the same table.',
    ...(result.quick ? ['**A quick run: the figures mean nothing.**'] : []),
    ...tables,
    ...(absent.length > 0 ? [`Not installed:\n${absent.join('\n')}`] : []),
    ...(wrong.length > 0 ? [`Not timed, since results differ:\n${wrong.join('\n')}`] : []),
    ...(failed.length > 0 ? [`Failed:\n${failed.join('\n')}`] : []),
  ].join('\n\n');
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  // Not awaited: the workloads import this file, and would wait for it as it waits for them.
  formatResult(JSON.parse(readFileSync(argv[2], 'utf8'))).then(console.log);
}
