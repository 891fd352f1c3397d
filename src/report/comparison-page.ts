/** A comparison of runs as one page that opens offline. */

import { comparisonCurves } from '../charts/comparison-curves.js';
import type { Spread } from '../evaluation/spread.js';
import { type ComparedRun, type ComparedScore, type Comparison, isTested } from './comparison.js';
import { pairNote, pValueText, spreadText } from './comparison-words.js';
import { comparisonGlossary, glossaryList, term } from './glossary.js';
import { type Html, type HtmlValue, html } from './html.js';
import { duration, integer, percent } from './number-format.js';
import { page, section } from './page.js';
import { type ChartForPage, drawForPage, figure, type PageChart } from './page-chart.js';
import { numbersTable } from './report-tables.js';

const nothing = '–';

/** @returns a complete HTML document; the charts' library is loaded with it */
export async function comparisonPage(comparison: Comparison): Promise<string> {
  const { runs, groups, pairs } = comparison;
  const charts: PageChart[] = [];
  for (const chart of curvesOf(runs)) charts.push(await drawForPage(chart));
  const title = `Comparison of ${runs.length} runs`;
  const hasGroups = groups.some((group) => group.runs.length > 1);
  return page(
    title,
    html`<header>
<p class="kicker">Inkling</p>
<h1>${title}</h1>
</header>`,
    html`${section('runs', 'Runs', runsTable(runs))}${section(
      'differences',
      'What differs in their configurations',
      differencesTable(comparison),
    )}${section(
      'curves',
      'Validation over the epochs',
      html`<div class="pair">${charts.map((chart) => figure(chart, { isTitled: true }))}</div>`,
    )}${hasGroups ? section('seeds', 'Runs that differ in the seed alone', groupsTable(comparison)) : undefined}${section(
      'mcnemar',
      'Do they differ?',
      pairsTable(comparison),
      html`${pairNote(pairs).map(
        (note) => html`
<p>${note}</p>`,
      )}`,
    )}${section('words', 'Words', glossaryList(comparisonGlossary))}`,
  );
}

function curvesOf(runs: readonly ComparedRun[]): ChartForPage[] {
  const chart = (
    name: string,
    title: string,
    axisTitle: string,
    read: (epoch: ComparedRun['history'][number]) => number,
    write: (value: number) => string,
  ): ChartForPage => {
    const curves = runs.map((run) => ({
      name: labelOf(run),
      points: run.history.map((entry) => ({ epoch: entry.epoch, value: read(entry) })),
    }));
    const ends = curves.flatMap(({ name, points }) => {
      const value = points.at(-1)?.value ?? Number.NaN;
      return Number.isFinite(value) ? [`${name}: ${write(value)}`] : [];
    });
    return {
      name,
      description: `${title} over the epochs, a curve a run. At the end: ${ends.join('; ') || 'none has such values'}.`,
      specify: (options) => comparisonCurves({ name, title, axisTitle, curves }, options),
      widths: [340, 540],
    };
  };
  return [
    chart(
      'validation-accuracy',
      'Validation accuracy',
      'Accuracy (%)',
      ({ valAccuracy }) => 100 * valAccuracy,
      (value) => `${value.toFixed(2)} %`,
    ),
    chart(
      'validation-loss',
      'Validation loss',
      'Loss (cross-entropy, nats)',
      ({ valLoss }) => valLoss,
      (value) => value.toFixed(4),
    ),
  ];
}

/** The number tells runs apart whose folders have one name. */
function labelOf({ number, folder }: ComparedRun): string {
  return `${number} ${folder.split(/[\\/]/).findLast(Boolean) ?? folder}`;
}

function runsTable(runs: readonly ComparedRun[]): Html {
  const score = (known: ComparedScore | null) =>
    known ? [percent(known.accuracy), known.interval.map(percent).join(' to ')] : [nothing, nothing];
  const table = numbersTable(
    'Accuracies with their 95 % intervals (Wilson); the validation accuracy is that of the last epoch',
    ['Run', 'Model', 'Seed', 'Epochs', 'Validation', 'Interval', 'Test', 'Interval', 'Training'],
    runs.map((run) => [
      ...[labelOf(run), run.model, run.seed, `${run.epochs} of ${run.requestedEpochs}`],
      ...[...score(run.validation), ...score(run.test), duration(run.trainSeconds)],
    ]),
  );
  return html`${table}
<p>What the ${term('wilson-interval', 'interval')} tells: two runs whose intervals overlap may differ all the same. For that the test below is made.</p>`;
}

function differencesTable({ runs, differences }: Comparison): Html {
  if (differences.length === 0) return html`<p>Nothing: seed, data, model and training are the same.</p>`;
  return numbersTable(
    'Settings that are not the same in all runs; what all share is left out',
    ['Setting', ...runs.map(labelOf)],
    differences.map(({ setting, values }) => [
      breakable(setting),
      ...values.map((value) => (value.length > 20 ? html`<span class="phrase">${value}</span>` : value)),
    ]),
  );
}

/** A narrow screen breaks it at its dots and its capitals, so that the values beside it are to be seen. */
function breakable(setting: string): HtmlValue {
  return setting.split(/(?<=\.)|(?=[A-Z])/).flatMap((part, index) => (index > 0 ? [html`<wbr>`, part] : [part]));
}

function groupsTable({ groups }: Comparison): Html {
  const share = (known: Spread | null) => (known ? spreadText(known, percent) : nothing);
  return numbersTable(
    'Mean and standard deviation (of the sample, n - 1) over the runs of each group, by their numbers',
    ['Runs', 'Seeds', 'Validation', 'Test', 'Training'],
    groups.map((group) => [
      group.runs.join(', '),
      ...[group.seeds.join(', '), share(group.validation), share(group.test), spreadText(group.trainSeconds, duration)],
    ]),
  );
}

function pairsTable({ pairs }: Comparison): Html {
  const made = pairs.filter(isTested);
  const refused = pairs.flatMap((pair) => (isTested(pair) ? [] : [pair]));
  const table =
    made.length > 0
      ? numbersTable(
          'McNemar’s test of each pair of runs, by their numbers',
          ['Runs', 'Images', 'Both right', 'Only the first', 'Only the second', 'Both wrong', 'p', 'Test'],
          made.map((pair) => [
            `${pair.first}\u00a0and\u00a0${pair.second}`,
            `${integer(pair.images)} ${pair.rows}`,
            ...[pair.bothRight, pair.onlyFirst, pair.onlySecond, pair.bothWrong].map(integer),
            pValueText(pair.pValue),
            pair.test === 'exact' ? 'exact (binomial)' : 'chi-square',
          ]),
        )
      : undefined;
  const lead = html`<p>By ${term('mcnemars-test', 'McNemar’s test')}: of the images that one of the two alone has right, each has about half if they are equally good.</p>`;
  return html`${lead}${table}${refused.map(
    ({ first, second, refused: reason }) => html`
<p>Runs ${first} and ${second} were not tested: ${reason}.</p>`,
  )}`;
}
