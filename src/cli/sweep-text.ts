/** What `inkling sweep` says in a terminal: a line for each trial, and the table of configurations. */

import { duration, percent } from '../report/number-format.js';
import type { Value } from '../sweeps/distribution.js';
import type { JournalTrial } from '../sweeps/journal-trials.js';
import type { ConfigurationResult, RankCorrelation } from '../sweeps/results.js';
import { textTable } from './text-table.js';

/** More would scroll the best away; the page has all. */
const mostRows = 20;

/** A trial that has ended: `[7/40] learningRate 0.0031, seed 2: 98.71 %, 12.3 s`. */
export function describeTrial(trial: JournalTrial, done: number, all: number): string {
  const { seed, fold, seconds, error } = trial.attributes;
  const what = [describeParameters(trial.parameters), `seed ${seed}`, fold !== undefined && `fold ${Number(fold) + 1}`]
    .filter(Boolean)
    .join(', ');
  const outcome = {
    complete: () => `${percent(trial.value!)}, ${duration(Number(seconds))}`,
    pruned: () =>
      `stopped at ${percent(trial.value!)} after the training of ${trial.attributes.epochs} ${trial.attributes.epochs === 1 ? 'epoch' : 'epochs'}`,
    fail: () => `failed: ${error}`,
    running: () => 'running',
  }[trial.state]();
  return `[${done}/${all}] ${what}: ${outcome}`;
}

/** `learningRate 0.0031, model cnn`. */
export function describeParameters(parameters: Readonly<Record<string, Value>>): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name} ${shownValue(value)}`)
    .join(', ');
}

/** A number drawn from a range has digits that nobody reads; the journal has them all. */
export function shownValue(value: Value): string {
  return typeof value === 'number' ? String(Number(value.toPrecision(4))) : String(value);
}

/** Configurations x what their trials say, best first. */
export function showConfigurations(ranked: readonly ConfigurationResult[], names: readonly string[]): string {
  const some = (key: 'pruned' | 'failed') => ranked.some((one) => one[key] > 0);
  const titles = [
    ...names,
    'n',
    'mean',
    'sd',
    'min',
    '95 % interval',
    ...(some('pruned') ? ['stopped'] : []),
    ...(some('failed') ? ['failed'] : []),
  ];
  const rows = ranked
    .slice(0, mostRows)
    .map((one) => [
      ...names.map((name) => shownValue(one.parameters[name] ?? '')),
      String(one.n),
      ...(one.n === 0
        ? ['', '', '', '']
        : [
            percent(one.mean),
            one.deviation === undefined ? '' : percent(one.deviation),
            percent(one.min),
            one.interval === undefined ? '' : one.interval.map(percent).join(' to '),
          ]),
      ...(some('pruned') ? [String(one.pruned)] : []),
      ...(some('failed') ? [String(one.failed)] : []),
    ]);
  const { header, lines } = textTable(titles, rows, (column) => column >= names.length);
  const rest = ranked.length - rows.length;
  return [header, ...lines, ...(rest > 0 ? [`and ${rest} more: sweep.html`] : [])].join('\n');
}

/** Spearman's rank correlations, a line. */
export function describeCorrelations(correlations: readonly RankCorrelation[]): string | undefined {
  const known = correlations.filter(({ correlation }) => correlation !== undefined);
  if (known.length === 0) return undefined;
  return `Rank correlation with the accuracy (Spearman): ${known.map(({ name, correlation }) => `${name} ${correlation!.toFixed(2)}`).join(', ')}`;
}
