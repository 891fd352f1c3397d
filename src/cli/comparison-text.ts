/** A comparison of runs for people at a terminal. */

import type { Spread } from '../evaluation/spread.js';
import { type ComparedScore, type Comparison, isTested, type SeedGroup } from '../report/comparison.js';
import { pairNote, pValueText, runsText, spreadText } from '../report/comparison-words.js';
import { duration, integer, percent } from '../report/number-format.js';
import type { Output } from './output.js';
import { printable } from './terminal-text.js';
import { textTable } from './text-table.js';

const nothing = '–';

export function showComparison(comparison: Comparison, output: Output): void {
  const heading = (text: string) => output.text(`\n${output.style('bold', text)}`);
  showTable(output, runsTable(comparison));
  heading('What differs in their configurations');
  for (const line of differenceLines(comparison)) output.text(line);
  const { groups, pairs } = comparison;
  if (groups.some(({ runs }) => runs.length > 1)) {
    heading('Runs that differ in the seed alone: mean ± standard deviation');
    showTable(output, groupsTable(groups));
  }
  heading("McNemar's test: images that one of the two alone has right");
  showTable(output, pairsTable(comparison));
  for (const line of pairNote(pairs)) output.text(line);
}

function showTable(output: Output, { header, lines }: ReturnType<typeof textTable>): void {
  output.text(output.style('bold', header));
  for (const line of lines) output.result(line);
}

function runsTable({ runs }: Comparison) {
  const score = (known: ComparedScore | null) =>
    known ? [percent(known.accuracy), known.interval.map(percent).join(' to ')] : [nothing, nothing];
  return textTable(
    ['', 'run', 'model', 'seed', 'epochs', 'validation', '95 % (Wilson)', 'test', '95 % (Wilson)', 'time'],
    runs.map(({ number, folder, model, seed, epochs, requestedEpochs, validation, test, trainSeconds }) => [
      ...[`${number}`, printable(folder), printable(model), `${seed}`, `${epochs}/${requestedEpochs}`],
      ...[...score(validation), ...score(test), duration(trainSeconds)],
    ]),
    (column) => column > 2,
  );
}

/** Each setting with its values, each value with the runs that have it. */
function differenceLines({ differences }: Comparison): string[] {
  if (differences.length === 0) return ['nothing'];
  return differences.map(({ setting, values }) => {
    const runsOf = new Map<string, number[]>();
    for (const [index, value] of values.entries()) runsOf.set(value, [...(runsOf.get(value) ?? []), index + 1]);
    const parts = [...runsOf].map(([value, runs]) => `${printable(value)} (${runsText(runs)})`);
    return `  ${setting}: ${parts.join('; ')}`;
  });
}

function groupsTable(groups: readonly SeedGroup[]) {
  const share = (known: Spread | null) => (known ? spreadText(known, percent) : nothing);
  return textTable(
    ['runs', 'seeds', 'validation', 'test', 'time'],
    groups.map(({ runs, seeds, validation, test, trainSeconds }) => [
      ...[runs.join(', '), seeds.join(', '), share(validation), share(test)],
      spreadText(trainSeconds, duration),
    ]),
    (column) => column > 1,
  );
}

function pairsTable({ pairs }: Comparison) {
  return textTable(
    ['runs', 'images', 'only first', 'only second', 'p', 'test'],
    pairs.map((pair) => {
      const name = `${pair.first} and ${pair.second}`;
      if (!isTested(pair)) return [name, nothing, nothing, nothing, nothing, `not made: ${printable(pair.refused)}`];
      const { images, rows, onlyFirst, onlySecond, pValue, test } = pair;
      const counts = [`${integer(images)} ${rows}`, integer(onlyFirst), integer(onlySecond)];
      return [name, ...counts, pValueText(pValue), test];
    }),
    (column) => column > 0 && column < 5,
  );
}
