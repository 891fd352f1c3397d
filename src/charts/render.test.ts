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
import { type RobustnessScores, robustnessChart } from './robustness-chart.js';
import type { ChartOptions, ChartSpecification } from './theme.js';

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

const digits = Array.from({ length: 10 }, (_, digit) => `${digit}`);
const thousands = digits.map((_, i) => digits.map((_, j) => (i === j ? 1135 : j)));
const sheet: RobustnessScores = {
  images: 100,
  classifiers: ['network alone', 'as predict reads it'],
  undistorted: [null, null],
  distortions: digits.map((title) => ({
    title,
    unit: 'times its size',
    neutral: null,
    steps: digits.map((label, severity) => ({
      label,
      severity,
      scores: [{ accuracy: 0.5, interval: [0.4, 0.6] }, null],
    })),
  })),
};
const fitting: [string, (options: ChartOptions) => ChartSpecification][] = [
  ['accuracy', (options) => accuracyChart(history, options)],
  ['loss', (options) => lossChart(history, options)],
  ['confusion matrix', (options) => confusionMatrixChart(thousands, digits, options)],
  [
    'classes',
    (options) =>
      classBarsChart(
        { classes: digits.map((name) => ({ name, precision: 1, recall: 1, f1: 1, support: 9 })) },
        options,
      ),
  ],
  [
    'mistakes',
    (options) =>
      mistakesChart(
        digits.map((_, index) => ({ index: index % 4, actual: index, predicted: 0, probability: 0.9 })),
        images,
        digits,
        options,
      ),
  ],
  [
    'reliability',
    (options) => reliabilityChart([reliability('before', [1, 12, 9000]), reliability('after', [0, 5, 8000])], options),
  ],
  ['robustness', (options) => robustnessChart(sheet, options)],
  ['filters', (options) => filtersChart({ shape: [3, 3, 1, 32], data: new Float32Array(288).fill(1) }, options)],
];

describe.each(fitting)('the %s chart without its title', (_name, chart) => {
  it.each([340, 540, 680])('fits %i pixels, in letters of 11 and more', async (width) => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    const svg = await renderSvg({ ...chart({ width }), title: undefined });
    expect(warn).not.toHaveBeenCalled();
    expect(Number(/ width="([\d.]+)"/.exec(svg)?.[1])).toBeLessThanOrEqual(width);
    const sizes = [...svg.matchAll(/font-size="([\d.]+)px"/g)].map(([, size]) => Number(size));
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(11);
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
