/** Accuracy and loss over the epochs, for training and validation. Numbers that are not finite leave a gap. */

import { type NiceRange, niceRange } from './nice-range.js';
import { type ChartSpecification, palette, theme } from './theme.js';

/** What an epoch ended with. Loss in nats, accuracy as a fraction from 0 to 1; the last two only where there is validation. */
export interface HistoryEntry {
  /** 1 for the first epoch. */
  readonly epoch: number;
  readonly loss: number;
  readonly accuracy: number;
  readonly valLoss?: number;
  readonly valAccuracy?: number;
}

export type History = readonly HistoryEntry[];

interface Curve {
  readonly series: 'Training' | 'Validation';
  readonly epoch: number;
  readonly value: number;
}

interface Measure {
  readonly name: string;
  readonly title: string;
  readonly axisTitle: string;
  readonly curves: readonly Curve[];
  /** What the axis must show whatever the values are. */
  readonly alwaysShown: readonly number[];
  readonly write: (value: number) => string;
}

type LayeredChart = Extract<ChartSpecification, { layer: unknown }>;

const width = 440;
const height = 280;
const seriesNames = ['Training', 'Validation'];
// Beyond this many epochs points would hide the line.
const mostPoints = 40;

/** "Training and validation accuracy", in per cent over the epochs. */
export function accuracyChart(history: History): ChartSpecification {
  return { ...theme, ...curvesView(accuracyMeasure(history)) };
}

/** "Training and validation loss", in nats over the epochs. */
export function lossChart(history: History): ChartSpecification {
  return { ...theme, ...curvesView(lossMeasure(history)) };
}

/** Both charts side by side. */
export function historyChart(history: History): ChartSpecification {
  return {
    ...theme,
    description: 'Training and validation accuracy and loss over the epochs',
    hconcat: [curvesView(accuracyMeasure(history)), curvesView(lossMeasure(history))],
    spacing: 30,
  };
}

function accuracyMeasure(history: History): Measure {
  return {
    name: 'accuracy',
    title: 'Training and validation accuracy',
    axisTitle: 'Accuracy (%)',
    curves: curves(
      history,
      (entry) => 100 * entry.accuracy,
      (entry) => 100 * (entry.valAccuracy ?? Number.NaN),
    ),
    alwaysShown: history.length === 0 ? [0, 100] : [],
    write: (value) => `${value.toFixed(2)} %`,
  };
}

function lossMeasure(history: History): Measure {
  return {
    name: 'loss',
    title: 'Training and validation loss',
    axisTitle: 'Loss (cross-entropy, nats)',
    curves: curves(
      history,
      (entry) => entry.loss,
      (entry) => entry.valLoss ?? Number.NaN,
    ),
    alwaysShown: history.length === 0 ? [0, 1] : [0],
    write: (value) => value.toPrecision(3),
  };
}

function curves(
  history: History,
  training: (entry: HistoryEntry) => number,
  validation: (entry: HistoryEntry) => number,
): Curve[] {
  const all = history.flatMap((entry): Curve[] => [
    { series: 'Training', epoch: entry.epoch, value: training(entry) },
    { series: 'Validation', epoch: entry.epoch, value: validation(entry) },
  ]);
  return all.filter(({ value }) => Number.isFinite(value));
}

function curvesView({ name, title, axisTitle, curves, alwaysShown, write }: Measure): LayeredChart {
  const y = niceRange([...alwaysShown, ...curves.map(({ value }) => value)]);
  const epochs = curves.map(({ epoch }) => epoch);
  const missing =
    curves.length === 0
      ? 'No epoch was completed.'
      : curves.every(({ series }) => series === 'Training') && 'There is no validation data.';
  return {
    name,
    description: `${title} over the epochs`,
    title: missing ? { text: title, subtitle: missing } : title,
    width,
    height,
    encoding: {
      x: { field: 'epoch', type: 'quantitative', title: 'Epoch', ...epochAxis(epochs) },
      y: {
        field: 'value',
        type: 'quantitative',
        title: axisTitle,
        scale: { domain: [y.low, y.high], nice: false, zero: false },
        axis: { values: [...y.ticks], format: `.${y.decimals}f`, domain: false, ticks: false },
      },
      color: bySeries([palette.blue, palette.vermillion]),
    },
    layer: [
      {
        data: { values: [...curves] },
        mark: { type: 'line', strokeWidth: 2 },
        encoding: {
          strokeDash: bySeries([
            [1, 0],
            [6, 4],
          ]),
        },
      },
      {
        data: { values: epochs.length <= 2 * mostPoints ? [...curves] : endsOf(curves) },
        mark: { type: 'point', filled: true, size: 55, opacity: 1 },
        encoding: { shape: bySeries(['circle', 'square']) },
      },
      {
        data: { values: labels(curves, y, write) },
        mark: { type: 'text', align: 'left', baseline: 'middle', dx: 10, fontWeight: 'bold' },
        encoding: { text: { field: 'text', type: 'nominal' } },
      },
    ],
  };
}

/** Whole numbers from the first epoch to the last; a single epoch stands in the middle. */
function epochAxis(epochs: readonly number[]) {
  const first = Math.min(...epochs);
  const last = Math.max(...epochs);
  const domain = first < last ? [first, last] : epochs.length > 0 ? [first - 1, first + 1] : [0, 1];
  const values = niceRange(epochs, 8, 1).ticks.filter((tick) => tick >= first && tick <= last);
  return {
    scale: { domain, nice: false, zero: false, padding: 14 },
    axis: { values, format: 'd', grid: false },
  };
}

function bySeries<Range>(range: Range[]) {
  return { field: 'series', type: 'nominal' as const, scale: { domain: seriesNames, range }, legend: null };
}

/** The last point of each series. */
function endsOf(curves: readonly Curve[]): Curve[] {
  return seriesNames.flatMap((name) => curves.findLast(({ series }) => series === name) ?? []);
}

/** A label at the end of each curve, in place of a legend; two that would touch are moved apart. */
function labels(curves: readonly Curve[], { low, high }: NiceRange, write: (value: number) => string) {
  const ends = endsOf(curves).map((end) => ({ ...end, text: `${end.series} ${write(end.value)}` }));
  const lineHeight = (16 / height) * (high - low);
  const [lower, upper] = ends.toSorted((a, b) => a.value - b.value);
  if (upper === undefined || upper.value - lower.value >= lineHeight) return ends;
  // Not below the axis, where the epochs' numbers stand.
  const bottom = Math.max((lower.value + upper.value - lineHeight) / 2, low + lineHeight / 4);
  return [
    { ...lower, value: bottom },
    { ...upper, value: bottom + lineHeight },
  ];
}
