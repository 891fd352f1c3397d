import { decode, encode } from 'fast-png';
import { expect, test } from 'vitest';
import { contactSheetChart } from './contact-sheet-chart.js';
import { renderPng } from './render-png.js';
import { renderSvg } from './render-svg.js';

// Two rows: a dark one above a light one.
const pixels = new Uint8Array(40 * 60).fill(80).fill(200, 40 * 30);
const sheet = {
  png: encode({ width: 40, height: 60, channels: 1, data: pixels }),
  width: 40,
  height: 60,
  rows: [
    { label: 2, top: 0, height: 30 },
    { label: 0, top: 30, height: 30 },
  ],
};

test('each row has the name of its class beside it, in the middle of its height', async () => {
  const svg = await renderSvg(contactSheetChart(sheet, ['cats', 'dogs', '<owls>']));
  const names = [...svg.matchAll(/translate\([\d.]+,([\d.]+)\)"[^>]*>([^<]+)<\/text>/g)].map(([, y, name]) => [
    name,
    Math.round(Number(y) / 15),
  ]);
  expect(names).toEqual([
    ['&lt;owls&gt;', 1],
    ['cats', 2],
  ]);
});

test('as PNG the images keep their pixels', async () => {
  const { width, height, data, channels } = decode(
    await renderPng(await renderSvg(contactSheetChart(sheet, ['a', 'b', 'c']))),
  );
  const counts = [80, 200].map(
    (grey) => data.filter((value, index) => index % channels === 0 && value === grey).length,
  );
  expect(counts).toEqual([40 * 30, 40 * 30]);
  expect(width).toBeGreaterThan(40);
  expect(height).toBeGreaterThanOrEqual(60);
});

test('long names are cut, and leave room for the images', () => {
  const { width } = Object(contactSheetChart(sheet, ['x'.repeat(300), '', 'y']));
  expect(width).toBeLessThan(200);
});
