import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import { decode } from 'fast-png';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { classBarsChart } from './class-bars-chart.js';
import { confusionMatrixChart } from './confusion-matrix-chart.js';
import { filtersChart } from './filters-chart.js';
import { accuracyChart, historyChart, lossChart } from './learning-curves.js';
import { mistakesChart } from './mistakes-chart.js';
import { reliabilityChart } from './reliability-chart.js';
import { renderPng } from './render-png.js';
import { renderSvg } from './render-svg.js';
import type { ChartSpecification } from './theme.js';

const fonts = join(dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json')), 'ttf');
const fontFiles = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((file) => join(fonts, file));

const odd = ['<&"', "it's", 'Straße und Wörter mit Wörtern', 'WWWWWWWWWWWWWWWW'];
const matrix = odd.map((_, i) => odd.map((_, j) => (i === j ? 97 : j)));
const history = [1, 2, 3].map((epoch) => ({ epoch, loss: 1 / epoch, accuracy: 0.9, valLoss: 2, valAccuracy: 0.8 }));
const images = { shape: [4, 3, 3, 1], data: new Uint8Array(36).fill(200) };
const reliability = (name: string, counts: number[]) => ({
  name,
  points: counts.map((count, index) => {
    const low = index / 3;
    return { low, high: low + 1 / 3, count, confidence: low + 0.3, accuracy: low, interval: [0, 1] as const };
  }),
});
const charts: [string, () => ChartSpecification][] = [
  ['accuracy', () => accuracyChart(history)],
  ['loss', () => lossChart(history)],
  ['history', () => historyChart(history)],
  ['empty history', () => historyChart([])],
  ['confusion matrix', () => confusionMatrixChart(matrix, odd)],
  [
    'classes',
    () => classBarsChart({ classes: odd.map((name) => ({ name, precision: 0.9, recall: 0.8, f1: 0.85, support: 9 })) }),
  ],
  [
    'mistakes',
    () =>
      mistakesChart(
        odd.map((_, index) => ({ index, actual: index, predicted: (index + 1) % 4, probability: 0.9 })),
        images,
        odd,
      ),
  ],
  ['reliability', () => reliabilityChart([reliability('before', [1, 12, 9000]), reliability(odd[0], [0, 5, 8000])])],
  ['empty reliability', () => reliabilityChart([reliability('before', []), reliability('after', [])])],
  [
    'filters',
    () => filtersChart({ shape: [2, 2, 1, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6, -1, -2, -3, -4, -5, -6) }),
  ],
];

afterEach(() => vi.restoreAllMocks());

describe.each(charts)('the %s chart', (_name, chart) => {
  it('is drawn without a warning, to the same bytes each time', async () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    const error = vi.spyOn(console, 'error').mockReturnValue();
    const svg = await renderSvg(chart());
    expect(await renderSvg(chart())).toBe(svg);
    expect(warn).not.toHaveBeenCalled();
    expect(error).not.toHaveBeenCalled();
  });

  it('needs nothing from outside', async () => {
    const svg = await renderSvg(chart());
    const names = ['http://www.w3.org/2000/svg', 'http://www.w3.org/1999/xlink'];
    expect(new Set(svg.match(/[a-z]+:\/\/[^"'\s)]+/g))).toEqual(new Set(names));
    for (const [, target] of svg.matchAll(/href="([^"]*)"/g)) expect(target).toMatch(/^data:image\/png;base64,/);
  });

  it('cuts nothing off', async () => {
    const resvg = new Resvg(await renderSvg(chart()), { font: { loadSystemFonts: false, fontFiles } });
    const box = resvg.getBBox();
    expect(box?.x).toBeGreaterThanOrEqual(0);
    expect(box?.y).toBeGreaterThanOrEqual(0);
    expect((box?.x ?? 0) + (box?.width ?? Number.NaN)).toBeLessThanOrEqual(resvg.width);
    expect((box?.y ?? 0) + (box?.height ?? Number.NaN)).toBeLessThanOrEqual(resvg.height);
  });

  it('becomes a PNG of twice its size with something on white', async () => {
    const svg = await renderSvg(chart());
    const [, width, height] = svg.match(/width="(\d+)" height="(\d+)"/) ?? [];
    const png = decode(await renderPng(svg));
    expect([png.width, png.height]).toEqual([2 * Number(width), 2 * Number(height)]);
    expect([...png.data.subarray(0, 3)]).toEqual([255, 255, 255]);
    expect(png.data.some((value) => value < 100)).toBe(true);
  });
});

describe('class names', () => {
  it.each(['confusion matrix', 'classes', 'mistakes', 'reliability'])('are escaped in the %s chart', async (name) => {
    const svg = await renderSvg(charts.find(([one]) => one === name)![1]());
    expect(svg).toContain('&lt;&amp;');
    expect(svg).not.toContain('<&');
  });
});

it('draws text, in its own font', async () => {
  const blank = '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20"></svg>';
  const text = blank.replace(
    '></svg>',
    '><text y="15" font-family="DejaVu Sans, Verdana, sans-serif">Ink</text></svg>',
  );
  const darkest = async (svg: string) => Math.min(...decode(await renderPng(svg)).data);
  expect(await darkest(blank)).toBe(255);
  expect(await darkest(text)).toBeLessThan(50);
});

it('gives gradients ids of their chart, so that several charts can share a page', async () => {
  const ids = await Promise.all(
    ['confusion matrix', 'filters'].map(async (name) => {
      const svg = await renderSvg(charts.find(([one]) => one === name)![1]());
      const used = [...svg.matchAll(/url\(#([^)]+)\)/g)].map(([, id]) => id);
      expect(used.length).toBeGreaterThan(0);
      for (const id of used) expect(svg).toContain(`<linearGradient id="${id}"`);
      return used;
    }),
  );
  expect(ids.flat()).toEqual(['confusion-matrix-gradient-0', 'filters-gradient-0']);
});
