import { expect, test } from 'vitest';
import { renderSvg } from './render-svg.js';
import { type RobustnessScore, type RobustnessScores, robustnessChart } from './robustness-chart.js';

const score = (accuracy: number): RobustnessScore => ({
  accuracy,
  interval: [Math.max(0, accuracy - 0.01), Math.min(1, accuracy + 0.005)],
});

/** `classifiers` of them, the last of which takes any size. */
function report(classifiers: number, lowest = 0.3): RobustnessScores {
  const scores = (first: number) => [score(first), score(0.98)].slice(0, classifiers);
  const big = (accuracy: number) => [null, score(accuracy)].slice(0, classifiers);
  return {
    images: 1000,
    classifiers: ['network alone', 'as predict reads it'].slice(0, classifiers),
    undistorted: scores(0.99),
    distortions: [
      {
        title: 'Scaled',
        unit: 'times its size',
        neutral: { label: '1', severity: 1 },
        steps: [0.5, 0.9, 1.1].map((severity) => ({
          label: `${severity}`,
          severity,
          scores: scores(severity === 0.5 ? lowest : 0.985),
        })),
      },
      {
        title: 'Less contrast',
        unit: 'of the range',
        neutral: { label: '100 %', severity: 1 },
        steps: [{ label: '50 %', severity: 0.5, scores: scores(1) }],
      },
      { title: 'On a canvas', unit: 'times', neutral: null, steps: [{ label: '3', severity: 3, scores: big(0.97) }] },
    ],
  };
}

const texts = (svg: string) => [...svg.matchAll(/<text[^>]*>([^<]+)</g)].map(([, text]) => text);
/** Heights of the points, from the top of their panel. */
const heights = (svg: string) =>
  [
    ...svg.matchAll(
      /translate\([\d.]+,([\d.]+)\)"[^>]*aria-roledescription="point"|aria-roledescription="point"[^>]*translate\([\d.]+,([\d.]+)\)/g,
    ),
  ].map(([, one, other]) => Number(one ?? other));

test('one classifier: panels with titles, units and steps in order, no legend, no empty panel', async () => {
  const svg = await renderSvg(robustnessChart(report(1)));
  const words = texts(svg);
  for (const text of ['What it still reads', 'Accuracy (%)', 'Scaled', 'times its size', 'Less contrast']) {
    expect(words).toContain(text);
  }
  expect(svg).toContain('>Accuracy on the same 1000 test images');
  expect(words.join(' ')).toMatch(/^0\.5 0\.9 1 1\.1 /);
  expect(words.join(' ')).toMatch(/ 100 % 50 % /);
  expect(words).not.toContain('network alone');
  expect(words).not.toContain('On a canvas');
  expect(heights(svg)).toHaveLength(6);
});

test('two classifiers: a legend, once, and a line and a shape for each', async () => {
  const svg = await renderSvg(robustnessChart(report(2)));
  const words = texts(svg);
  expect(words.filter((text) => text === 'network alone')).toHaveLength(1);
  expect(words).toContain('On a canvas');
  expect(svg.match(/aria-roledescription="line mark"/g)).toHaveLength(5);
  expect(svg).toContain('#0072b2');
  expect(svg).toContain('#d55e00');
  expect(heights(svg)).toHaveLength(13);
  expect(svg).not.toContain('NaN');
});

test("the legend's symbols are as solid as the points", async () => {
  const svg = await renderSvg(robustnessChart(report(2)));
  const opacities = [...svg.matchAll(/role-legend-symbol"[^>]*><path[^>]* opacity="([^"]*)"/g)].map(
    ([, opacity]) => opacity,
  );
  expect(opacities).toEqual(['1', '1']);
});

test.each([
  [340, 1],
  [540, 2],
  [680, 3],
  [1090, 4],
])('%i pixels have room for panels in %i columns', (width, columns) => {
  expect(robustnessChart(report(2), { width })).toMatchObject({ columns });
});

test('the scale keeps 98, 99 and 100 % apart, and reaches as low as the worst', async () => {
  const low = texts(await renderSvg(robustnessChart(report(1, 0.3))));
  expect(low).toEqual(expect.arrayContaining(['100', '99', '98', '95', '90', '80', '50', '0']));
  const high = texts(await renderSvg(robustnessChart(report(1, 0.95))));
  expect(high).toContain('90');
  expect(high).not.toContain('80');
  const [worst, , best] = heights(await renderSvg(robustnessChart(report(1, 0.3))));
  expect(worst).toBeGreaterThan(107);
  expect(worst).toBeLessThan(140);
  // log 2 of log 101 of 140 units, by the symmetric logarithm of one per cent wrong.
  expect(best).toBeCloseTo((140 * Math.log(2)) / Math.log(101), 1);
});
