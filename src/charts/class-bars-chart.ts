/**
 * Precision, recall and F1 of each class. A good network's values all lie between 95 and 100 %, where bars from zero
 * look the same and bars cut off at 95 lie about their ratio. Here bars hang from 100 %: their length is what is
 * missing, and the axis may therefore be as fine as the values ask.
 */

import { niceRange } from './nice-range.js';
import { textWidth } from './text-width.js';
import { type ChartOptions, type ChartSpecification, fitted, isNarrow, palette, theme } from './theme.js';

/** The metrics of a class, fractions from 0 to 1. */
export interface ClassScores {
  readonly name: string;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly support: number;
}

const metrics = ['Precision', 'Recall', 'F1'];

/** @param report the classes in the order they are to be drawn */
export function classBarsChart(
  report: { readonly classes: readonly ClassScores[] },
  options: ChartOptions = {},
): ChartSpecification {
  const { classes } = report;
  const values = classes.flatMap(({ precision, recall, f1 }, index) =>
    [precision, recall, f1].map((value, metric) => ({ index, metric: metrics[metric], value: 100 * value, full: 100 })),
  );
  const range = niceRange([...values.map(({ value }) => value), 100]);
  const labelLimit = isNarrow(options) ? 90 : 200;
  const longestLabel = Math.max(0, ...classes.map(({ name }) => textWidth(name, 11)));
  // The title, the labels, the gaps between them, and half of the last number.
  const besideBars = 36 + Math.ceil(Math.min(labelLimit, longestLabel)) + 14;
  const { padding, inner } = fitted(options, 480 + besideBars);
  const byMetric = <Range>(range: Range[]) => ({
    field: 'metric',
    type: 'nominal' as const,
    title: null,
    scale: { domain: metrics, range },
  });
  return {
    ...theme,
    padding,
    name: 'classes',
    description: 'Precision, recall and F1 of each class',
    title: {
      text: 'Precision, recall and F1 of each class',
      subtitle: 'Bars hang from 100 %: the shorter the bar, the better the class.',
    },
    params: [{ name: 'classNames', value: classes.map(({ name }) => name) }],
    data: { values },
    width: inner - besideBars,
    height: { step: isNarrow(options) ? 7 : 9 },
    encoding: {
      y: {
        field: 'index',
        type: 'ordinal',
        title: 'Class',
        scale: { paddingInner: 0.4, paddingOuter: 0.2 },
        axis: { labelExpr: 'classNames[datum.value]', ticks: false, labelPadding: 8, domain: false, labelLimit },
      },
      yOffset: { field: 'metric', sort: metrics },
      x: {
        field: 'value',
        type: 'quantitative',
        title: 'Value of the metric (%)',
        scale: { domain: [range.low, 100], nice: false, zero: false },
        axis: { values: [...range.ticks], format: `.${range.decimals}f`, labelFlush: false },
      },
    },
    layer: [
      {
        mark: { type: 'rule', strokeWidth: 3 },
        encoding: { x2: { field: 'full' }, color: byMetric([palette.blue, palette.vermillion, palette.green]) },
      },
      {
        mark: { type: 'point', filled: true, size: 48, opacity: 1 },
        encoding: {
          color: byMetric([palette.blue, palette.vermillion, palette.green]),
          shape: {
            ...byMetric(['circle', 'square', 'diamond']),
            legend: { orient: 'top', direction: 'horizontal', symbolSize: 70 },
          },
        },
      },
    ],
  };
}
