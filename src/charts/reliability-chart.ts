/**
 * A reliability diagram: how often answers of some probability are right, before and after a change of all
 * probabilities. A good network puts nearly all answers into the topmost bin, so that the others hold a handful each:
 * every point has the interval that its count allows, points of few images are hollow, and the counts stand below on a
 * logarithmic scale.
 */

import { textWidth } from './text-width.js';
import { type ChartOptions, type ChartSpecification, fitted, ink, isNarrow, palette, theme } from './theme.js';

/** Answers of about the same probability; shares from 0 to 1. */
export interface ReliabilityPoint {
  /** Ends of the bin. */
  readonly low: number;
  readonly high: number;
  /** How many answers; those of empty bins are not drawn. */
  readonly count: number;
  /** The mean probability. */
  readonly confidence: number;
  /** The share that is right, and where it lies with 95 % confidence. */
  readonly accuracy: number;
  readonly interval: readonly [low: number, high: number];
}

export interface ReliabilitySeries {
  readonly name: string;
  readonly points: readonly ReliabilityPoint[];
}

/** Below this many images a point is hollow: its interval is as wide as half the chart. */
export const fewImages = 10;
const percents = [0, 20, 40, 60, 80, 100];

/** @param series before and after, told apart by colour and shape */
export function reliabilityChart(
  series: readonly [ReliabilitySeries, ReliabilitySeries],
  options: ChartOptions = {},
): ChartSpecification {
  const names = series.map(({ name }) => name);
  const colours = [palette.blue, palette.vermillion];
  const points = series.flatMap(({ name, points }, index) =>
    points
      .filter(({ count }) => count > 0)
      .map(({ low, high, count, confidence, accuracy, interval }) => {
        const half = (high - low) / 2;
        return {
          series: name,
          size: [95, 40][index],
          fill: count < fewImages ? 'white' : colours[index],
          count,
          confidence: 100 * confidence,
          accuracy: 100 * accuracy,
          low: 100 * interval[0],
          high: 100 * interval[1],
          // Side by side in the bin, with some air to the next.
          left: 100 * (low + half * (index + [0.16, 0.04][index])),
          right: 100 * (low + half * (index + [0.96, 0.84][index])),
          bottom: 0.6,
        };
      }),
  );
  const most = Math.max(1, ...points.map(({ count }) => count));
  const decades = Array.from({ length: Math.floor(Math.log10(1.3 * most)) + 1 }, (_, power) => 10 ** power);
  const longestNumber = Math.ceil(
    Math.max(...[100, ...decades].map((number) => textWidth(number.toLocaleString('en-US'), 11))),
  );
  // The title, the numbers, the gaps between them, and half of the last number below.
  const besidePlot = 36 + longestNumber + 12;
  const { padding, inner } = fitted(options, 440 + besidePlot);
  const width = inner - besidePlot;
  const isCompact = isNarrow(options);
  const direction = isCompact ? ('vertical' as const) : ('horizontal' as const);
  const legend = { orient: 'top' as const, direction, symbolSize: 70, symbolOpacity: 1 };
  const color = {
    field: 'series',
    type: 'nominal' as const,
    title: null,
    scale: { domain: names, range: colours },
    legend,
  };
  const x = { scale: { domain: [0, 100], nice: false }, axis: { values: percents, grid: false, labelFlush: false } };
  return {
    ...theme,
    padding,
    name: 'reliability',
    description: 'How often answers of each probability are right, and how many there are',
    title: {
      text: 'How often answers are right',
      subtitle: [
        'On the dashed line probabilities can be taken at their word;',
        'below it they promise too much, above it too little.',
        `Lines: 95 % intervals (Wilson). Hollow points stand for fewer than ${fewImages} images.`,
      ],
    },
    spacing: 14,
    resolve: { scale: { color: 'shared' } },
    vconcat: [
      {
        width,
        height: isCompact ? 230 : 300,
        layer: [
          {
            data: {
              values: [
                { confidence: 0, accuracy: 0 },
                { confidence: 100, accuracy: 100 },
              ],
            },
            mark: { type: 'line', color: ink.quiet, strokeWidth: 1.2, strokeDash: [4, 4] },
            encoding: {
              x: { field: 'confidence', type: 'quantitative', title: null, ...x },
              y: {
                field: 'accuracy',
                type: 'quantitative',
                title: 'Right answers (%)',
                scale: { domain: [0, 100], nice: false },
                axis: { values: percents, domain: false, ticks: false },
              },
            },
          },
          {
            data: { values: points },
            mark: { type: 'rule', strokeWidth: 1.4, opacity: 0.55 },
            encoding: {
              x: { field: 'confidence', type: 'quantitative' },
              y: { field: 'low', type: 'quantitative' },
              y2: { field: 'high' },
              color,
            },
          },
          {
            data: { values: points },
            mark: { type: 'point', strokeWidth: 1.8, opacity: 1 },
            encoding: {
              x: { field: 'confidence', type: 'quantitative' },
              y: { field: 'accuracy', type: 'quantitative' },
              color,
              shape: {
                field: 'series',
                type: 'nominal',
                title: null,
                scale: { domain: names, range: ['circle', 'square'] },
                legend,
              },
              // Where two points are one, the circle looks out behind the square.
              size: { field: 'size', type: 'quantitative', scale: null },
              fill: { field: 'fill', type: 'nominal', scale: null },
            },
          },
        ],
      },
      {
        width,
        height: isCompact ? 80 : 110,
        data: { values: points },
        mark: { type: 'rect' },
        encoding: {
          x: { field: 'left', type: 'quantitative', title: 'Probability of the answer (%)', ...x },
          x2: { field: 'right' },
          y: {
            field: 'count',
            type: 'quantitative',
            title: 'Images (log scale)',
            scale: { type: 'log', domain: [0.6, most * 1.3], nice: false },
            axis: { values: decades, format: ',d', domain: false, ticks: false },
          },
          y2: { field: 'bottom' },
          color,
        },
      },
    ],
  };
}
