/** Accuracy over the epochs, a thin line for each trial, and the best one in colour before them. */

import { epochAxis } from './epoch-axis.js';
import { niceRange } from './nice-range.js';
import { textWidth } from './text-width.js';
import { type ChartOptions, type ChartSpecification, fitted, ink, palette, theme } from './theme.js';

export interface TrialCurve {
  /** Per cent. */
  readonly points: readonly { readonly epoch: number; readonly value: number }[];
  readonly isBest: boolean;
}

type ChartLayer = Extract<ChartSpecification, { layer: unknown }>['layer'][number];

const plotWidth = 440;
const axisRoom = 32;

export function trialCurvesChart(curves: readonly TrialCurve[], options: ChartOptions = {}): ChartSpecification {
  const values = curves.flatMap(({ points, isBest }, trial) => points.map((point) => ({ trial, isBest, ...point })));
  const y = niceRange(values.map(({ value }) => value));
  const numbers = Math.ceil(Math.max(...y.ticks.map((tick) => textWidth(tick.toFixed(y.decimals), 11))));
  const { padding, inner } = fitted(options, plotWidth + axisRoom + numbers);
  const width = inner - axisRoom - numbers;
  const layer = (isBest: boolean) =>
    ({
      transform: [{ filter: `datum.isBest === ${isBest}` }],
      mark: {
        type: 'line',
        point: isBest ? { filled: true, size: 35 } : { filled: true, size: 12 },
        color: isBest ? palette.vermillion : ink.quiet,
        strokeWidth: isBest ? 2.5 : 1,
        opacity: isBest ? 1 : 0.45,
      },
    }) satisfies ChartLayer;
  return {
    ...theme,
    padding,
    title: { text: 'Validation accuracy over the epochs', subtitle: 'Of the complete trials; the best in orange.' },
    description: 'Validation accuracy over the epochs, a line for each complete trial',
    width,
    height: 280,
    data: { values },
    encoding: {
      x: {
        field: 'epoch',
        type: 'quantitative',
        title: 'Epoch',
        ...epochAxis(
          values.map(({ epoch }) => epoch),
          width,
        ),
      },
      y: {
        field: 'value',
        type: 'quantitative',
        title: 'Accuracy (%)',
        scale: { domain: [y.low, y.high], nice: false, zero: false },
        axis: { values: [...y.ticks], format: `.${y.decimals}f`, domain: false, ticks: false },
      },
      detail: { field: 'trial', type: 'nominal' },
    },
    layer: [layer(false), layer(true)],
  };
}
