import { expect, it } from 'vitest';
import { classBarsChart } from './class-bars-chart.js';
import { renderSvg } from './render-svg.js';

const classes = [
  { name: 'cat', precision: 0.98, recall: 0.99, f1: 0.985, support: 10 },
  { name: 'dog', precision: 1, recall: 0.97, f1: 0.984, support: 20 },
];

/** From and to of each bar in the chart's units, and the axis' width. */
const barsOf = (svg: string) =>
  [...svg.matchAll(/<line aria-label[^>]*translate\(([\d.]+),[\d.]+\)" x2="([-\d.]+)"/g)].map(([, x, length]) => [
    +x,
    +x + +length,
  ]);

it('has a title, axis titles with the unit, the classes and a legend', async () => {
  const svg = await renderSvg(classBarsChart({ classes }));
  for (const text of [
    'Precision, recall and F1 of each class',
    'Value of the metric (%)',
    'Class',
    'cat',
    'dog',
    'Precision',
    'Recall',
    'F1',
  ]) {
    expect(svg).toContain(`>${text}<`);
  }
});

it('hangs every bar from 100 %, as long as what is missing', async () => {
  const bars = barsOf(await renderSvg(classBarsChart({ classes })));
  const missing = classes.flatMap(({ precision, recall, f1 }) => [precision, recall, f1]).map((value) => 1 - value);
  const width = 480;
  expect(bars).toHaveLength(6);
  bars.forEach(([from, to], i) => {
    expect(Math.max(from, to)).toBeCloseTo(width, 6);
    expect(Math.abs(to - from) / width).toBeCloseTo(missing[i] / 0.03, 6);
  });
});

it('shows the whole scale where a class is never found', async () => {
  const lost = { name: 'lost', precision: 0, recall: 0, f1: 0, support: 3 };
  const svg = await renderSvg(classBarsChart({ classes: [...classes, lost] }));
  expect(svg.match(/>(0|50|100)</g)).toEqual(expect.arrayContaining(['>0<', '>100<']));
});

it('draws perfect classes', async () => {
  const perfect = { name: 'x', precision: 1, recall: 1, f1: 1, support: 3 };
  const svg = await renderSvg(classBarsChart({ classes: [perfect] }));
  expect(svg).not.toContain('NaN');
  expect(svg).toContain('>100<');
});
