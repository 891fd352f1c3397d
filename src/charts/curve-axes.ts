/** The axes of curves over epochs, and the width that they leave for the plot. */

import { niceRange } from './nice-range.js';
import { textWidth } from './text-width.js';
import { type ChartOptions, fitted } from './theme.js';

const plotWidth = 440;
/** Between the drawing's edge and the plot, beside the numbers of the axis: its title and gaps. */
const axisRoom = 32;

export interface AxedCurves {
  readonly epochs: readonly number[];
  /** What the vertical axis must show. */
  readonly values: readonly number[];
  readonly axisTitle: string;
}

/**
 * For points with the fields `epoch` and `value`.
 * @param besideCurves pixels at the right that the plot leaves free
 */
export function curveAxes({ epochs, values, axisTitle }: AxedCurves, options: ChartOptions, besideCurves = 0) {
  const range = niceRange(values);
  const numbers = Math.ceil(Math.max(...range.ticks.map((tick) => textWidth(tick.toFixed(range.decimals), 11))));
  const beside = axisRoom + numbers + besideCurves;
  const { padding, inner } = fitted(options, plotWidth + beside);
  const width = inner - beside;
  return {
    padding,
    /** Of the whole drawing, and of the plot in it. */
    inner,
    width,
    range,
    encoding: {
      x: { field: 'epoch', type: 'quantitative' as const, title: 'Epoch', ...epochAxis(epochs, width) },
      y: {
        field: 'value',
        type: 'quantitative' as const,
        title: axisTitle,
        scale: { domain: [range.low, range.high], nice: false, zero: false },
        axis: { values: [...range.ticks], format: `.${range.decimals}f`, domain: false, ticks: false },
      },
    },
  };
}

/** Whole numbers from the first epoch to the last; a single epoch stands in the middle. */
function epochAxis(epochs: readonly number[], width: number) {
  const first = Math.min(...epochs);
  const last = Math.max(...epochs);
  const domain = first < last ? [first, last] : epochs.length > 0 ? [first - 1, first + 1] : [0, 1];
  const values = niceRange(epochs, Math.min(8, Math.floor(width / 50)), 1).ticks.filter(
    (tick) => tick >= first && tick <= last,
  );
  return {
    scale: { domain, nice: false, zero: false, padding: 14 },
    axis: { values, format: 'd', grid: false },
  };
}
