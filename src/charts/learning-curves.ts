/**
 * Accuracy and loss over the epochs, for training and validation. The ends of the curves carry their names and last values in
 * place of a legend.
 */

import { accuracyMeasure, type CurvePoint, type History, lossMeasure, type Measure, seriesNames } from './history.js';
import { type NiceRange, niceRange } from './nice-range.js';
import { type ChartSpecification, palette, theme } from './theme.js';

type LayeredChart = Extract<ChartSpecification, { layer: unknown }>;

const width = 440;
const height = 280;
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

function curvesView({ name, title, axisTitle, points, alwaysShown, write }: Measure): LayeredChart {
  const y = niceRange([...alwaysShown, ...points.map(({ value }) => value)]);
  const epochs = points.map(({ epoch }) => epoch);
  const missing =
    points.length === 0
      ? 'No epoch was completed with finite numbers.'
      : points.every(({ series }) => series === 'Training') && 'There is no validation data.';
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
        data: { values: [...points] },
        mark: { type: 'line', strokeWidth: 2 },
        encoding: {
          strokeDash: bySeries([
            [1, 0],
            [6, 4],
          ]),
        },
      },
      {
        data: { values: epochs.length <= 2 * mostPoints ? [...points] : endsOf(points) },
        mark: { type: 'point', filled: true, size: 55, opacity: 1 },
        encoding: { shape: bySeries(['circle', 'square']) },
      },
      {
        data: { values: labels(points, y, write) },
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
  return { field: 'series', type: 'nominal' as const, scale: { domain: [...seriesNames], range }, legend: null };
}

/** The last point of each series. */
function endsOf(points: readonly CurvePoint[]): CurvePoint[] {
  return seriesNames.flatMap((name) => points.findLast(({ series }) => series === name) ?? []);
}

/** A label at the end of each curve; two that would touch are moved apart. */
function labels(points: readonly CurvePoint[], { low, high }: NiceRange, write: (value: number) => string) {
  const ends = endsOf(points).map((end) => ({ ...end, text: `${end.series} ${write(end.value)}` }));
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
