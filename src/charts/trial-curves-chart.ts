/** Accuracy over the epochs, a thin line for each trial, and the best one in colour before them. */

import { curveAxes } from './curve-axes.js';
import { type ChartOptions, type ChartSpecification, ink, palette, theme } from './theme.js';

export interface TrialCurve {
  /** Per cent. */
  readonly points: readonly { readonly epoch: number; readonly value: number }[];
  readonly isBest: boolean;
}

type ChartLayer = Extract<ChartSpecification, { layer: unknown }>['layer'][number];

export function trialCurvesChart(curves: readonly TrialCurve[], options: ChartOptions = {}): ChartSpecification {
  const values = curves.flatMap(({ points, isBest }, trial) => points.map((point) => ({ trial, isBest, ...point })));
  const { padding, width, encoding } = curveAxes(
    {
      epochs: values.map(({ epoch }) => epoch),
      values: values.map(({ value }) => value),
      axisTitle: 'Accuracy (%)',
    },
    options,
  );
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
    encoding: { ...encoding, detail: { field: 'trial', type: 'nominal' } },
    layer: [layer(false), layer(true)],
  };
}
