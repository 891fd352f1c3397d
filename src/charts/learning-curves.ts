/**
 * Accuracy and loss over the epochs, for training and validation. The ends of the curves carry their names and last
 * values in place of a legend.
 */

import { curveAxes } from './curve-axes.js';
import { accuracyMeasure, type CurvePoint, type History, lossMeasure, type Measure, seriesNames } from './history.js';
import type { NiceRange } from './nice-range.js';
import { textWidth } from './text-width.js';
import { type ChartOptions, type ChartSpecification, fitted, isNarrow, palette, theme } from './theme.js';

type LayeredChart = Extract<ChartSpecification, { layer: unknown }>;

const height = 280;
// Beyond this many epochs points would hide the line.
const maxPoints = 40;
const labelOffset = 10;

/** Training and validation accuracy, in per cent over the epochs. */
export function accuracyChart(history: History, options: ChartOptions = {}): ChartSpecification {
  return { ...theme, padding: fitted(options, 0).padding, ...curvesView(accuracyMeasure(history), options) };
}

/** Training and validation loss, in nats over the epochs. */
export function lossChart(history: History, options: ChartOptions = {}): ChartSpecification {
  return { ...theme, padding: fitted(options, 0).padding, ...curvesView(lossMeasure(history), options) };
}

/** Both charts side by side. */
export function historyChart(history: History): ChartSpecification {
  const measures = [accuracyMeasure(history), lossMeasure(history)];
  return {
    ...theme,
    description: `${measures.map(({ title }) => title).join(', ')} over the epochs`,
    hconcat: measures.map((measure) => curvesView(measure, {})),
    spacing: 30,
  };
}

function curvesView(
  { name, title, axisTitle, points, alwaysShown, write }: Measure,
  options: ChartOptions,
): LayeredChart {
  const epochs = points.map(({ epoch }) => epoch);
  const isEmpty = points.length === 0;
  const ends = endsOf(points).map((end) => ({ ...end, text: `${end.series} ${write(end.value)}` }));
  const isLegendAbove = isNarrow(options);
  const besideCurves = isLegendAbove
    ? labelOffset
    : labelOffset + Math.ceil(Math.max(0, ...ends.map(({ text }) => textWidth(text, 11, true))));
  const { width, range, encoding } = curveAxes(
    { epochs, values: [...alwaysShown, ...points.map(({ value }) => value)], axisTitle },
    options,
    besideCurves,
  );
  const legend = isLegendAbove
    ? {
        ...({
          orient: 'top',
          direction: 'horizontal',
          title: null,
          symbolSize: 70,
          symbolOpacity: 1,
          symbolStrokeWidth: 0,
        } as const),
        values: ends.map(({ series }) => series),
        labelExpr: `${JSON.stringify(Object.fromEntries(ends.map(({ series, text }) => [series, text])))}[datum.label]`,
      }
    : null;
  return {
    name,
    description: `${title} over the epochs`,
    title: isEmpty ? { text: title, subtitle: 'No epoch was completed with finite numbers.' } : title,
    width,
    height: isLegendAbove ? 220 : height,
    encoding: { ...encoding, color: bySeries([palette.blue, palette.vermillion], legend) },
    layer: [
      {
        data: { values: [...points] },
        mark: { type: 'line', strokeWidth: 2 },
        encoding: {
          strokeDash: bySeries(
            [
              [1, 0],
              [6, 4],
            ],
            legend,
          ),
          // A line is not drawn across an epoch that has no value.
          detail: { field: 'segment', type: 'nominal' },
        },
      },
      {
        data: { values: epochs.length <= 2 * maxPoints ? [...points] : endsOf(points) },
        mark: { type: 'point', filled: true, size: 55, opacity: 1 },
        encoding: { shape: bySeries(['circle', 'square'], legend) },
      },
      ...(isLegendAbove
        ? []
        : [
            {
              data: { values: apart(ends, range) },
              mark: { type: 'text', align: 'left', baseline: 'middle', dx: labelOffset, fontWeight: 'bold' } as const,
              encoding: { text: { field: 'text', type: 'nominal' } as const },
            },
          ]),
    ],
  };
}

function bySeries<Range, Legend>(range: Range[], legend: Legend | null = null) {
  return { field: 'series', type: 'nominal' as const, scale: { domain: [...seriesNames], range }, legend };
}

/** The last point of each series. */
function endsOf(points: readonly CurvePoint[]): CurvePoint[] {
  return seriesNames.flatMap((name) => points.findLast(({ series }) => series === name) ?? []);
}

/** A label at the end of each curve; two that would touch are moved apart. */
function apart<Label extends CurvePoint>(ends: readonly Label[], { low, high }: NiceRange): readonly Label[] {
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
