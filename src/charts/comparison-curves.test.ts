import { describe, expect, it } from 'vitest';
import { comparisonCurves } from './comparison-curves.js';
import { renderSvg } from './render-svg.js';

const texts = (svg: string) => [...svg.matchAll(/<text[^>]*>([^<]+)</g)].map(([, text]) => text);
const strokes = (svg: string) =>
  [...svg.matchAll(/aria-roledescription="line mark".*?stroke="(#\w+)".*?stroke-dasharray="([^"]*)"/g)].map(
    ([, colour, dash]) => `${colour} ${dash}`,
  );
const points = (svg: string) => svg.match(/aria-roledescription="point"/g)?.length ?? 0;

const chart = (runs: number, values: readonly number[], name = (run: number) => `run ${run}`) => ({
  name: 'validation-loss',
  title: 'Validation loss',
  axisTitle: 'Loss',
  curves: Array.from({ length: runs }, (_, run) => ({
    name: name(run),
    points: values.map((value, index) => ({ epoch: index + 1, value: value + run / 100 })),
  })),
});

describe('comparisonCurves', () => {
  it('tells twenty runs apart by colour and dash, and names each', async () => {
    const svg = await renderSvg(comparisonCurves(chart(20, [0.3, 0.2])));
    expect(new Set(strokes(svg)).size).toBe(20);
    expect(points(svg)).toBe(40);
    expect(texts(svg)).toEqual(expect.arrayContaining(['Validation loss', 'Epoch', 'Loss', 'run 0', 'run 19']));
  });

  it('draws no line across an epoch without a value, and no points of many epochs', async () => {
    expect(strokes(await renderSvg(comparisonCurves(chart(1, [0.3, 0.2, Number.NaN, 0.1, 0.05]))))).toHaveLength(2);
    const many = await renderSvg(
      comparisonCurves(
        chart(
          2,
          Array.from({ length: 100 }, (_, epoch) => 1 / (epoch + 1)),
        ),
      ),
    );
    expect([strokes(many).length, points(many)]).toEqual([2, 0]);
  });

  it('keeps to its width, and shortens long names', async () => {
    const long = chart(9, [0.3, 0.2], (run) => `${run} ${'long name '.repeat(9)}`);
    for (const width of [340, 540]) {
      const svg = await renderSvg(comparisonCurves(long, { width }));
      expect(Number(/ width="(\d+)"/.exec(svg)![1])).toBeLessThanOrEqual(width);
      expect(texts(svg).filter((text) => text.endsWith('…'))).toHaveLength(9);
    }
  });

  it('says where there is nothing to draw', async () => {
    const svg = await renderSvg(comparisonCurves(chart(2, [])));
    expect(texts(svg)).toContain('No run has such values.');
  });
});
