import { describe, expect, it } from 'vitest';
import type { History } from './history.js';
import { accuracyChart, lossChart } from './learning-curves.js';
import { renderSvg } from './render-svg.js';

const history: History = [
  { epoch: 1, loss: 0.1482, accuracy: 0.9553, valLoss: 0.0612, valAccuracy: 0.9806 },
  { epoch: 2, loss: 0.0531, accuracy: 0.9838, valLoss: 0.0441, valAccuracy: 0.9868 },
  { epoch: 3, loss: 0.0381, accuracy: 0.9884, valLoss: 0.0392, valAccuracy: 0.9884 },
];
const trainingOnly = history.map(({ epoch, loss, accuracy }) => ({ epoch, loss, accuracy }));

/** The texts of an SVG, in order. */
const texts = (svg: string) => [...svg.matchAll(/<text[^>]*>([^<]+)</g)].map(([, text]) => text);
/** Lines of data, as their numbers of points. */
const lines = (svg: string) =>
  [...svg.matchAll(/aria-roledescription="line mark" d="([^"]*)"/g)].map(([, path]) => path.split('L').length);
const points = (svg: string) => svg.match(/aria-roledescription="point"/g)?.length ?? 0;

describe('accuracyChart', () => {
  it('is titled, has both axes with units, and names both series with their last values', async () => {
    const svg = await renderSvg(accuracyChart(history));
    expect(texts(svg)).toEqual(
      expect.arrayContaining([
        'Training and validation accuracy',
        'Epoch',
        'Accuracy (%)',
        'Training 98.84 %',
        'Validation 98.84 %',
      ]),
    );
    expect(lines(svg)).toEqual([3, 3]);
    expect(points(svg)).toBe(6);
  });

  it('has whole epochs on its axis', async () => {
    const labels = texts(await renderSvg(accuracyChart(history)));
    expect(labels.slice(0, 4)).toEqual(['1', '2', '3', 'Epoch']);
  });

  it('tells the series apart by colour, dash and shape', async () => {
    const svg = await renderSvg(accuracyChart(history));
    const dashes = [
      ...svg.matchAll(/aria-roledescription="line mark".*?stroke="(#\w+)".*?stroke-dasharray="([^"]*)"/g),
    ];
    expect(dashes.map(([, colour, dash]) => [colour, dash])).toEqual([
      ['#0072b2', '1,0'],
      ['#d55e00', '6,4'],
    ]);
    const shapes = [...svg.matchAll(/aria-roledescription="point"[^>]* d="(\S*?[AL]|\S*?h)/g)].map(([, path]) =>
      path.at(-1),
    );
    expect(new Set(shapes).size).toBe(2);
  });
});

describe('lossChart', () => {
  it('is titled, has both axes with units and starts at zero', async () => {
    const svg = await renderSvg(lossChart(history));
    expect(texts(svg)).toEqual(
      expect.arrayContaining([
        'Training and validation loss',
        'Epoch',
        'Loss (cross-entropy, nats)',
        '0.00',
        'Training 0.0381',
        'Validation 0.0392',
      ]),
    );
  });
});

describe.each([
  ['accuracy', accuracyChart],
  ['loss', lossChart],
])('the %s chart', (name, chart) => {
  const title = `Training and validation ${name}`;
  const trainingTitle = `Training ${name}`;

  it('draws a single epoch as points', async () => {
    const svg = await renderSvg(chart(history.slice(0, 1)));
    expect(texts(svg)).toContain(title);
    expect(points(svg)).toBe(2);
    expect(svg).not.toContain('NaN');
  });

  it('does without validation, in its title too', async () => {
    const svg = await renderSvg(chart(trainingOnly));
    expect(texts(svg)).toContain(trainingTitle);
    expect(svg).not.toContain('validation');
    expect(lines(svg)).toEqual([3]);
    expect(svg).not.toContain('Validation ');
  });

  it('says that there is nothing to show', async () => {
    const svg = await renderSvg(chart([]));
    expect(texts(svg)).toEqual(expect.arrayContaining([trainingTitle, 'No epoch was completed with finite numbers.']));
    expect(svg).not.toContain('NaN');
  });

  it('leaves out what is not finite', async () => {
    const svg = await renderSvg(chart([...trainingOnly, { epoch: 4, loss: Number.NaN, accuracy: Number.NaN }]));
    expect(lines(svg)).toEqual([3]);
    expect(svg).not.toContain('NaN');
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('draws no line across an epoch whose value is %d', async (value) => {
    const gap = { epoch: 4, loss: value, accuracy: value, valLoss: 0.04, valAccuracy: 0.98 };
    const after = [5, 6].map((epoch) => ({ ...history[2], epoch }));
    const svg = await renderSvg(chart([...history, gap, ...after]));
    // Training before and after the gap; validation, which has none.
    expect(lines(svg).toSorted()).toEqual([2, 3, 6]);
    expect(points(svg)).toBe(5 + 6);
  });

  it('names the series and their last values above the drawing where that is narrow', async () => {
    const svg = await renderSvg(chart(history, { width: 340 }));
    expect(texts(svg).filter((text) => /^(Training|Validation) \d/.test(text))).toHaveLength(2);
    expect(texts(await renderSvg(chart(trainingOnly, { width: 340 })))).not.toContain('Validation');
  });

  it('keeps the labels of equal curves apart', async () => {
    const svg = await renderSvg(chart([{ epoch: 1, loss: 0, accuracy: 1, valLoss: 0, valAccuracy: 1 }]));
    const heights = [...svg.matchAll(/translate\([\d.]+,([-\d.]+)\)"[^>]*>(?:Training|Validation) [01]/g)].map(
      ([, y]) => +y,
    );
    expect(heights).toHaveLength(2);
    expect(Math.abs(heights[0] - heights[1])).toBeGreaterThan(14);
  });

  it('shows a point for the ends only where there are many epochs', async () => {
    const many = Array.from({ length: 100 }, (_, i) => ({ ...history[0], epoch: i + 1 }));
    expect(points(await renderSvg(chart(many)))).toBe(2);
  });

  it.each([[[1, 1]], [[2, 1]], [[1, 1.5]], [[1, Number.NaN]]])('refuses the epochs %j', (epochs) => {
    const wrong = epochs.map((epoch) => ({ epoch, loss: 1, accuracy: 0 }));
    expect(() => chart(wrong)).toThrow(/whole numbers that rise/);
  });
});
