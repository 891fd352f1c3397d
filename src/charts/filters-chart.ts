/**
 * The filters of a convolution as a sheet of small tiles, one colour scale for all of them. Drawn as vectors: each
 * weight is a square. Sheets are limited to 10,000 weights; of larger kernels the first filters are shown.
 */

import { InklingError } from '../errors.js';
import { formatShape, type Tensor } from '../numerics/tensor.js';
import { type ChartOptions, type ChartSpecification, divergingColours, fitted, ink, isNarrow, theme } from './theme.js';

const tile = 60;
const gap = 20;
const channelGap = 3;
const chartWidth = 660;
/** Of the legend beside the filters. */
const legendWidth = 120;
const maxWeights = 10_000;

/**
 * @param kernel `[kH, kW, Cin, Cout]`, as Keras stores it; a filter of several input channels is drawn as a row of
 * tiles
 * @throws InklingError where the shape is no kernel's or a weight is not finite
 */
export function filtersChart(kernel: Tensor<Float32Array>, options: ChartOptions = {}): ChartSpecification {
  const [height, width, channels, filters] = kernel.shape;
  const weightsPerFilter = height * width * channels;
  if (kernel.shape.length !== 4 || kernel.data.length !== weightsPerFilter * filters || kernel.data.length === 0) {
    throw new InklingError(
      'argument',
      `Expected a kernel of shape [kH, kW, Cin, Cout]. Received: ${formatShape(kernel.shape)} with ${kernel.data.length} values.`,
    );
  }
  if (!kernel.data.every(Number.isFinite)) {
    throw new InklingError(
      'data',
      'The kernel holds NaN or infinite weights. Training has diverged: lower the learning rate.',
    );
  }
  const shown = Math.max(1, Math.min(filters, Math.floor(maxWeights / weightsPerFilter)));
  const cell = Math.max(2, Math.floor(tile / Math.max(height, width)));
  const filterWidth = channels * (width * cell + channelGap) - channelGap;
  const isLegendBelow = isNarrow(options);
  const { padding, inner } = fitted(options, chartWidth + legendWidth);
  const room = inner - (isLegendBelow ? 0 : legendWidth);
  const columns = Math.max(1, Math.min(shown, 8, Math.floor((room + gap) / (filterWidth + gap))));
  const corner = (filter: number) => ({
    x: (filter % columns) * (filterWidth + gap),
    y: Math.floor(filter / columns) * (height * cell + gap) + gap,
  });
  const weights = Array.from({ length: weightsPerFilter * shown }, (_, position) => {
    const filter = position % shown;
    const place = Math.floor(position / shown);
    const channel = place % channels;
    const column = Math.floor(place / channels) % width;
    const row = Math.floor(place / channels / width);
    const { x, y } = corner(filter);
    const left = x + channel * (width * cell + channelGap) + column * cell;
    const top = y + row * cell;
    const weight = kernel.data[place * filters + filter];
    return { filter: filter + 1, weight, left, top, right: left + cell, bottom: top + cell };
  });
  const captions = Array.from({ length: shown }, (_, filter) => ({ ...corner(filter), number: `${filter + 1}` }));
  const frames = captions.flatMap(({ x, y: top }) =>
    Array.from({ length: channels }, (_, channel) => {
      const left = x + channel * (width * cell + channelGap);
      return { left, top, right: left + width * cell, bottom: top + height * cell };
    }),
  );
  const largest = weights.reduce((most, { weight }) => Math.max(most, Math.abs(weight)), 0) || 1;
  const rows = Math.ceil(shown / columns);
  const inPixels = { type: 'quantitative', scale: null, axis: null } as const;
  const corners = {
    x: { field: 'left', ...inPixels },
    x2: { field: 'right' },
    y: { field: 'top', ...inPixels },
    y2: { field: 'bottom' },
  };
  return {
    ...theme,
    padding,
    name: 'filters',
    description: `First-layer filters: ${shown} kernels of ${height} by ${width} weights`,
    title: {
      text: 'First-layer filters',
      subtitle: `${shown < filters ? `The first ${shown} of ` : ''}${filters} filters of ${height} × ${width}${channels > 1 ? ` × ${channels}` : ''} weights, one colour scale for all.`,
    },
    width: columns * (filterWidth + gap) - gap,
    height: rows * (height * cell + gap),
    layer: [
      {
        data: { values: weights },
        mark: { type: 'rect', aria: false },
        encoding: {
          ...corners,
          color: {
            field: 'weight',
            type: 'quantitative',
            title: 'Weight (no unit)',
            scale: { domain: [-1, -0.5, 0, 0.5, 1].map((part) => part * largest), range: divergingColours },
            legend: isLegendBelow
              ? { gradientLength: 200, orient: 'bottom', direction: 'horizontal' }
              : { gradientLength: 160 },
          },
        },
      },
      {
        data: { values: frames },
        mark: { type: 'rect', filled: false, stroke: ink.quiet, strokeWidth: 0.5, aria: false },
        encoding: corners,
      },
      {
        data: { values: captions },
        mark: { type: 'text', align: 'left', baseline: 'bottom', dy: -2, fontSize: 11, color: ink.quiet },
        encoding: {
          x: { field: 'x', ...inPixels },
          y: { field: 'y', ...inPixels },
          text: { field: 'number', type: 'nominal' },
        },
      },
    ],
  };
}
