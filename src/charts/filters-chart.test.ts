import { describe, expect, it } from 'vitest';
import { filtersChart } from './filters-chart.js';
import { renderSvg } from './render-svg.js';

const kernelOf = (...shape: number[]) => ({
  shape,
  data: Float32Array.from({ length: shape.reduce((size, dimension) => size * dimension, 1) }, (_, i) => i - 4),
});

interface Weight {
  readonly filter: number;
  readonly weight: number;
  readonly left: number;
  readonly top: number;
}

const weightsOf = (kernel: ReturnType<typeof kernelOf>): Weight[] =>
  JSON.parse(JSON.stringify(filtersChart(kernel))).layer[0].data.values;

describe('filtersChart', () => {
  it('has a title, the shape and a legend', async () => {
    const svg = await renderSvg(filtersChart(kernelOf(3, 3, 1, 4)));
    for (const text of [
      'First-layer filters',
      '4 filters of 3 × 3 weights, one colour scale for all.',
      'Weight (no unit)',
    ]) {
      expect(svg).toContain(`>${text}<`);
    }
  });

  it('lays out each filter as Keras stores it: row, column, channel, filter', () => {
    const weights = weightsOf(kernelOf(2, 3, 2, 5)).filter(({ filter }) => filter === 2);
    const inReadingOrder = weights.toSorted((a, b) => a.top - b.top || a.left - b.left).map(({ weight }) => weight);
    // Value i - 4 at index ((row * 3 + column) * 2 + channel) * 5 + 1; a row of the sheet is channel 0, then channel 1.
    const at = (row: number, column: number, channel: number) => ((row * 3 + column) * 2 + channel) * 5 + 1 - 4;
    const row = (r: number) => [0, 1].flatMap((channel) => [0, 1, 2].map((column) => at(r, column, channel)));
    expect(inReadingOrder).toEqual([...row(0), ...row(1)]);
  });

  it('centres the colours at zero', async () => {
    const svg = await renderSvg(filtersChart({ shape: [1, 3, 1, 1], data: Float32Array.of(-1, 0, 2) }));
    const fills = [...svg.matchAll(/v[\d.]+h-[\d.]+Z" fill="(rgb[^"]*|#[^"]*)"/g)].map(([, fill]) => fill);
    // -1 of a scale from -2 to 2 is the middle of the blue half, 0 is nearly white, 2 the far end.
    expect(fills).toEqual(['rgb(61, 148, 201)', 'rgb(247, 247, 247)', 'rgb(110, 44, 0)']);
  });

  it('draws a kernel of zeros', async () => {
    const svg = await renderSvg(filtersChart({ shape: [1, 1, 1, 2], data: new Float32Array(2) }));
    expect(svg).not.toContain('NaN');
  });

  it('shows the first filters of a large kernel and says so', async () => {
    const kernel = kernelOf(28, 28, 1, 128);
    expect(weightsOf(kernel)).toHaveLength(12 * 784);
    const subtitle = JSON.parse(JSON.stringify(filtersChart(kernel))).title.subtitle;
    expect(subtitle).toMatch(/^The first 12 of 128 filters of 28 × 28/);
  });

  it.each([
    [{ shape: [784, 10], data: new Float32Array(7840) }, /\[kH, kW, Cin, Cout\].*\[784, 10\]/],
    [{ shape: [3, 3, 1, 2], data: new Float32Array(9) }, /with 9 values/],
    [{ shape: [1, 1, 1, 1], data: Float32Array.of(Number.NaN) }, /NaN or infinite weights/],
  ])('refuses a wrong kernel (%#)', (kernel, message) => {
    expect(() => filtersChart(kernel)).toThrow(message);
  });
});
