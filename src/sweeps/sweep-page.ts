/** A sweep as one page that opens offline: `sweep.html`. */

import {
  type ParallelAxis,
  type ParallelLine,
  parallelCoordinatesChart,
} from '../charts/parallel-coordinates-chart.js';
import { trialCurvesChart } from '../charts/trial-curves-chart.js';
import { type Html, type HtmlValue, html } from '../report/html.js';
import { integer, percent } from '../report/number-format.js';
import { page, section } from '../report/page.js';
import { type ChartForPage, drawForPage, figure } from '../report/page-chart.js';
import { factsTable, numbersTable } from '../report/report-tables.js';
import type { Value } from './distribution.js';
import type { JournalTrial } from './journal-trials.js';
import { plannedTrials, type SweepPlan } from './plan.js';
import type { ConfigurationResult, RankCorrelation } from './results.js';
import { plannedNumber } from './run-sweep.js';

export const pageName = 'sweep.html';

export interface SweepReport {
  readonly name: string;
  readonly plan: SweepPlan;
  readonly trials: readonly JournalTrial[];
  /** Best first. */
  readonly ranked: readonly ConfigurationResult[];
  readonly correlations: readonly RankCorrelation[];
  readonly best?: {
    readonly configuration: ConfigurationResult;
    readonly trial: JournalTrial;
    /** That trains it. */
    readonly command: string;
    /** Where it was tested. */
    readonly tested?: { readonly testAccuracy: number; readonly testAccuracyInterval: readonly [number, number] };
  };
}

const nothing = '–';
/** A page of more rows is read by nobody. */
const mostRows = 200;
const mostLines = 500;

/** @returns a complete HTML document */
export async function sweepPage(report: SweepReport): Promise<string> {
  const { name, plan, trials, ranked, best } = report;
  const drawn = [];
  for (const chart of chartsOf(report)) {
    const shown = await drawForPage(chart);
    drawn.push(section(`chart-${chart.name}`, shown.title, figure(shown)));
  }
  return page(
    `Sweep ${name}`,
    html`<header>
<p class="kicker">Inkling</p>
<h1>${name}</h1>
<p class="when">${countsText(plan, trials)}</p>
</header>`,
    html`${best ? section('best', 'The best configuration', bestFacts(report, best)) : undefined}${section(
      'configurations',
      'Configurations',
      configurationsTable(plan, ranked),
    )}${drawn}${section(
      'options',
      'Which options matter',
      correlationsTable(report),
    )}${section('plan', 'Plan', planFacts(plan))}${failuresSection(trials)}`,
  );
}

function countsText(plan: SweepPlan, trials: readonly JournalTrial[]): string {
  const own = trials.filter((trial) => plannedNumber(trial) !== undefined);
  const count = (state: JournalTrial['state']) => own.filter((trial) => trial.state === state).length;
  const parts = [
    `${integer(count('complete'))} of ${integer(plannedTrials(plan).length)} trials are complete`,
    count('pruned') > 0 && `${integer(count('pruned'))} stopped early`,
    count('fail') > 0 && `${integer(count('fail'))} failed`,
  ];
  return parts.filter(Boolean).join(', ');
}

function bestFacts(
  { plan }: SweepReport,
  { configuration, trial, command, tested }: NonNullable<SweepReport['best']>,
): Html {
  const options = Object.entries({ ...plan.fixed, ...configuration.parameters });
  const accuracy = spreadText(configuration);
  return html`${factsTable('Its options; what is not here is as in the recipe', [
    ...options.map(([option, value]) => [option, shownValue(value)] as const),
    ['Validation accuracy', accuracy],
    [
      'Test accuracy',
      tested &&
        `${percent(tested.testAccuracy)} (95 % interval ${tested.testAccuracyInterval.map(percent).join(' to ')}): the test images were read for this one training alone`,
    ],
    ['Its best trial', `number ${trial.attributes.trial}, seed ${trial.attributes.seed}, ${percent(trial.value!)}`],
  ])}
<pre><code>${command}</code></pre>`;
}

function configurationsTable(plan: SweepPlan, ranked: readonly ConfigurationResult[]): Html {
  const names = Object.keys(plan.space);
  const table = numbersTable(
    `Accuracy on validation images, best first: mean, standard deviation (of the sample, n - 1) and minimum over ${plan.folds > 1 ? 'seeds and folds' : 'seeds'}`,
    ['', ...names, 'n', 'Mean', 'sd', 'Minimum', '95 % interval', 'Stopped', 'Failed'],
    ranked
      .slice(0, mostRows)
      .map((one, index) => [
        index + 1,
        ...names.map((name) => shownValue(one.parameters[name])),
        one.n,
        ...(one.n === 0
          ? [nothing, nothing, nothing, nothing]
          : [
              percent(one.mean),
              one.deviation === undefined ? nothing : percent(one.deviation),
              percent(one.min),
              one.interval === undefined ? nothing : one.interval.map(percent).join(' to '),
            ]),
        one.pruned,
        one.failed,
      ]),
  );
  const rest = ranked.length - mostRows;
  return html`${table}
<p>The interval is that of the mean, by Student’s t, where there are several trials, and Wilson’s, of the images, where there is one. The best of many is partly
luck: train it with other seeds before you count on its last decimals.</p>${rest > 0 ? html`<p>${integer(rest)} more are in the journal.</p>` : undefined}`;
}

function correlationsTable({ correlations, ranked }: SweepReport): Html {
  const complete = ranked.filter(({ n }) => n > 0);
  if (correlations.length === 0) return html`<p>Nothing varies but the seed.</p>`;
  return html`${numbersTable(
    'Spearman’s rank correlation of each option with the mean accuracy of its configurations',
    ['Option', 'Rank correlation', 'Configurations'],
    correlations.map(({ name, correlation, n }) => [
      name,
      correlation === undefined ? nothing : correlation.toFixed(2),
      n,
    ]),
  )}
<p>1: the higher the option, the higher the accuracy, throughout; -1: the lower; 0: no such order. It does not see an optimum in the middle, nor that two options
only matter together, and of options that are names it says nothing. Configurations that were stopped early are not counted.</p>${correlations
    .filter(({ correlation }) => correlation === undefined)
    .map(({ name }) => meansByChoice(name, complete))}`;
}

/** Of an option that is a name: what its choices come to on the mean. */
function meansByChoice(name: string, ranked: readonly ConfigurationResult[]): Html | undefined {
  const groups = new Map<Value, number[]>();
  for (const { parameters, mean } of ranked)
    groups.set(parameters[name], [...(groups.get(parameters[name]) ?? []), mean]);
  if (groups.size < 2) return undefined;
  const rows = [...groups].map(([choice, means]) => ({
    choice,
    means,
    mean: means.reduce((sum, one) => sum + one, 0) / means.length,
  }));
  return numbersTable(
    `${name}: mean and best accuracy of the configurations with each choice`,
    [name, 'Mean', 'Best', 'Configurations'],
    rows
      .sort((a, b) => b.mean - a.mean)
      .map(({ choice, means, mean }) => [shownValue(choice), percent(mean), percent(Math.max(...means)), means.length]),
  );
}

function planFacts(plan: SweepPlan): Html {
  const { pruning, sampler, seeds, folds, arithmetic, version, dataSha256, data } = plan;
  return factsTable('What all trials share', [
    ...Object.entries(plan.fixed).map(([name, value]) => [name, shownValue(value)] as const),
    ...Object.entries(plan.space).map(
      ([name, one]) =>
        [
          name,
          one.type === 'categorical'
            ? one.choices.join(', ')
            : `${one.low} to ${one.high}${one.log ? ', evenly in the logarithm' : ''}`,
        ] as const,
    ),
    ['Sampler', sampler],
    ['Seeds', seeds.length === 1 ? seeds[0] : `${seeds[0]} to ${seeds.at(-1)}`],
    ['Folds', folds > 1 ? folds : undefined],
    [
      'Stopping',
      pruning.type === 'none'
        ? undefined
        : `${pruning.type}, first training of ${pruning.minEpochs} ${pruning.minEpochs === 1 ? 'epoch' : 'epochs'}, factor ${pruning.reductionFactor}`,
    ],
    ['Data', data.folder ?? 'MNIST'],
    ['Data’s SHA-256', html`<code class="hash">${dataSha256}</code>`],
    ['Arithmetic', arithmetic],
    ['Version', version],
  ]);
}

function failuresSection(trials: readonly JournalTrial[]): Html | undefined {
  const failed = trials.filter((trial) => trial.state === 'fail' && plannedNumber(trial) !== undefined);
  if (failed.length === 0) return undefined;
  return section(
    'failures',
    'Failed trials',
    factsTable(
      'What they said',
      failed
        .slice(0, mostRows)
        .map((trial) => [`Trial ${trial.attributes.trial}`, String(trial.attributes.error)] as const),
    ),
  );
}

function chartsOf({ plan, trials, best }: SweepReport): ChartForPage[] {
  const own = trials
    .filter((trial) => plannedNumber(trial) !== undefined && trial.state !== 'running')
    .slice(0, mostLines);
  const complete = own.filter(({ state }) => state === 'complete');
  const charts: ChartForPage[] = [];
  const { axes, lines } = parallelOf(plan, own);
  if (axes.length > 1 && complete.length > 0) {
    charts.push({
      name: 'parallel-coordinates',
      description: `Options and accuracy of ${own.length} trials as parallel coordinates. The table above has their values.`,
      specify: (options) => parallelCoordinatesChart(axes, lines, options),
      widths: [340, 680, 1090],
    });
  }
  const curves = complete.map((trial) => ({ isBest: trial.number === best?.trial.number, points: curveOf(trial) }));
  if (curves.some(({ points }) => points.length > 1)) {
    charts.push({
      name: 'curves',
      description: `Validation accuracy over the epochs of ${complete.length} trials.`,
      specify: (options) => trialCurvesChart(curves, options),
      widths: [340, 680],
    });
  }
  return charts;
}

function parallelOf(
  { space }: SweepPlan,
  trials: readonly JournalTrial[],
): { axes: ParallelAxis[]; lines: ParallelLine[] } {
  const options = Object.entries(space);
  const isNamed = options.map(
    ([, one]) => one.type === 'categorical' && !one.choices.every((choice) => typeof choice === 'number'),
  );
  const axes = options.map(
    ([name, one], index): ParallelAxis => ({
      name,
      names: isNamed[index] && one.type === 'categorical' ? one.choices.map(String) : undefined,
      log: one.type === 'categorical' ? isSpreadWide(one.choices) : one.log,
    }),
  );
  const lines = trials.map(({ parameters, state, value }): ParallelLine => {
    const result = state === 'complete' ? 100 * value! : undefined;
    return {
      result,
      values: [
        ...options.map(([name], index) => (isNamed[index] ? String(parameters[name]) : Number(parameters[name]))),
        result,
      ],
    };
  });
  return { axes: [...axes, { name: 'accuracy (%)' }], lines };
}

/** Numbers such as 0.0001, 0.001 and 0.01 are meant by their logarithm. */
function isSpreadWide(choices: readonly Value[]): boolean {
  const numbers = choices.map(Number);
  return Math.min(...numbers) > 0 && Math.max(...numbers) / Math.min(...numbers) >= 20;
}

function curveOf({ attributes }: JournalTrial): { epoch: number; value: number }[] {
  const curves = (attributes.curves ?? []) as [epoch: number, loss: number, valLoss: number, valAccuracy: number][];
  return curves.map(([epoch, , , valAccuracy]) => ({ epoch, value: 100 * valAccuracy }));
}

function spreadText({ n, mean, deviation, interval }: ConfigurationResult): string {
  const spread = deviation === undefined ? '' : `, standard deviation ${percent(deviation)} over ${n} trials`;
  const range = interval === undefined ? '' : `, 95 % interval ${interval.map(percent).join(' to ')}`;
  return `${percent(mean)}${spread}${range}`;
}

function shownValue(value: Value | undefined): HtmlValue {
  if (value === undefined) return nothing;
  return typeof value === 'number' ? String(Number(value.toPrecision(4))) : String(value);
}
