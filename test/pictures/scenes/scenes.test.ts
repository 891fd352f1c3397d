/** Scenes by kind: same seed same bytes, what was promised of edges, frames, contrast and numbers. */

import { describe, expect, test } from 'vitest';
import { contrastOf, isOpaque, sumOfPictures } from '../sum-of-pictures.js';
import { drawScenes, type Rows, type Scene, sceneRows } from './scenes.mjs';

async function drawn(name: string, count: number, { rows = 'validation', seed = 1, from = 0 } = {}): Promise<Scene[]> {
  const scenes = [];
  for await (const scene of drawScenes(name, { rows: rows as Rows, seed, count, from })) scenes.push(scene);
  return scenes;
}

const sumOf = (scenes: readonly Scene[]) => sumOfPictures(scenes.map(({ picture }) => picture));
const allRows = Object.values(sceneRows).flat();
const numbers = sceneRows.number.filter((name) => name !== 'grids');

describe.each(allRows)('%s', (name) => {
  test('the same seed gives the same bytes, wherever it begins; other seeds and other digits of MNIST, others', async () => {
    const scenes = await drawn(name, 3);
    const sum = sumOf(scenes.slice(1));
    expect(sumOf(await drawn(name, 2, { from: 1 }))).toBe(sum);
    expect(sumOf(await drawn(name, 2, { from: 1, seed: 2 }))).not.toBe(sum);
    expect(sumOf(await drawn(name, 2, { from: 1, rows: 'test' }))).not.toBe(sum);
    expect(scenes.every(({ picture }) => isOpaque(picture))).toBe(true);
  });
});

test('one digit each stands out from its paper', async () => {
  for (const name of sceneRows.digit) {
    const scenes = await drawn(name, 16);
    expect(scenes.filter(({ digits, signs }) => !/^\d$/.test(digits) || signs > 0)).toEqual([]);
    const faint = scenes.filter(({ picture }) => contrastOf(picture) < 30);
    expect(faint.map((scene) => scene.name)).toEqual([]);
  }
});

test('numbers have two to eight digits, grids up to nine; decimal points and minus signs are signs', async () => {
  for (const name of numbers) {
    const lengths = (await drawn(name, 12)).map(({ digits }) => digits.length);
    expect(Math.min(...lengths), name).toBeGreaterThanOrEqual(2);
    expect(Math.max(...lengths), name).toBeLessThanOrEqual(8);
  }
  expect(new Set((await drawn('grids', 20)).map(({ digits }) => digits.length))).toEqual(new Set([4, 6, 8, 9]));
  const signs = (await drawn('decimal points and minus signs', 20)).map((scene) => scene.signs);
  expect(new Set(signs)).toEqual(new Set([1, 2]));
});

/** The commonest colour is the paper's where much of a picture has it; how many edges have other pixels. */
function differsFromPaper({ picture: { width, height, data } }: Scene) {
  const histogram = new Map<string, number>();
  const colourAt = (x: number, y: number) => data.subarray(4 * (y * width + x), 4 * (y * width + x) + 3).join();
  for (let i = 0; i < width * height; i++) {
    const colour = colourAt(i % width, Math.floor(i / width));
    histogram.set(colour, (histogram.get(colour) ?? 0) + 1);
  }
  const [[paper]] = [...histogram].sort(([, one], [, other]) => other - one);
  const columns = Array.from({ length: width }, (_, x) => x);
  const rows = Array.from({ length: height }, (_, y) => y);
  return {
    isFlat: (histogram.get(paper) ?? 0) > 0.3 * width * height,
    touched: [
      rows.some((y) => colourAt(0, y) !== paper),
      columns.some((x) => colourAt(x, 0) !== paper),
      rows.some((y) => colourAt(width - 1, y) !== paper),
      columns.some((x) => colourAt(x, height - 1) !== paper),
    ].filter(Boolean).length,
  };
}

test.each([
  ['cut at the ink, no margin', 4],
  ['touching one edge', 1],
  ['touching two edges', 2],
])('%s: ink lies at %i edges of what is drawn in flat colours', async (name, edges) => {
  const flat = (await drawn(name, 40)).map(differsFromPaper).filter(({ isFlat }) => isFlat);
  expect(flat.length).toBeGreaterThan(5);
  // Bicubic scaling leaves faint rings around strokes, which may reach further.
  expect(flat.filter(({ touched }) => touched < edges)).toEqual([]);
});

test('a row that is not known is refused', async () => {
  await expect(drawn('on birch bark', 1)).rejects.toThrow(/^Expected the name of a row: .* Received: on birch bark\.$/);
});
