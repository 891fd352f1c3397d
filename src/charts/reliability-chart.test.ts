import { expect, it } from 'vitest';
import { reliabilityChart } from './reliability-chart.js';
import { renderSvg } from './render-svg.js';

const point = (low: number, count: number, accuracy: number) => ({
  low,
  high: low + 0.2,
  count,
  confidence: low + 0.1,
  accuracy,
  interval: [accuracy - 0.1, accuracy + 0.1] as const,
});
const before = { name: 'Before', points: [point(0.4, 3, 0.5), point(0.6, 0, Number.NaN), point(0.8, 1000, 0.9)] };
const after = { name: 'After', points: [point(0.8, 100, 0.8)] };

/** Every mark of a kind: what it says to screen readers, and its element. */
const findComponents = (svg: string, kind: string) =>
  [
    ...svg.matchAll(new RegExp(`aria-label="([^"]*)" role="graphics-symbol" aria-roledescription="${kind}"[^>]*`, 'g')),
  ].map(([element, label]) => ({ label, element }));

it('has a title, axis titles with the unit, a legend and a count axis of powers of ten', async () => {
  const svg = await renderSvg(reliabilityChart([before, after]));
  for (const text of ['How often answers are right', 'Right answers (%)', 'Probability of the answer (%)', 'Before']) {
    expect(svg).toContain(`>${text}<`);
  }
  for (const text of ['Images (log scale)', 'After', '1', '10', '100', '1,000']) expect(svg).toContain(`>${text}<`);
  expect(svg).not.toContain('>10,000<');
});

it('draws a point for each bin with images, hollow where they are few', async () => {
  const points = findComponents(await renderSvg(reliabilityChart([before, after])), 'point');
  const fills = points.map(({ element }) => /fill="([^"]*)"/.exec(element)?.[1]);
  expect(fills).toEqual(['white', '#0072b2', '#d55e00']);
  const places = points.map(({ element }) => /translate\(([\d.]+),([\d.]+)\)/.exec(element)!.slice(1).map(Number));
  expect(places).toEqual([
    [expect.closeTo(0.5 * 440, 6), expect.closeTo(0.5 * 300, 6)],
    [expect.closeTo(0.9 * 440, 6), expect.closeTo(0.1 * 300, 6)],
    [expect.closeTo(0.9 * 440, 6), expect.closeTo(0.2 * 300, 6)],
  ]);
});

it('draws intervals of the right length', async () => {
  const rules = findComponents(await renderSvg(reliabilityChart([before, after])), 'rule mark');
  expect(rules).toHaveLength(3);
  for (const { element } of rules)
    expect(Math.abs(Number(/y2="([-\d.]+)"/.exec(element)?.[1]))).toBeCloseTo(0.2 * 300, 6);
});
