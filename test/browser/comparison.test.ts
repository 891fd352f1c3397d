/** The page of `inkling compare` as readers see it: on a phone and on a desktop, in light and dark. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compareRuns, type RunToCompare } from '../../src/report/comparison.js';
import { comparisonPage } from '../../src/report/comparison-page.js';
import { withPage } from './chromium.js';

let folder: string;
let address: string;

const runOf = (seed: number): RunToCompare => {
  const labels = Int32Array.from({ length: 500 }, (_, row) => row % 10);
  const answers = labels.map((label, row) => ((row * 7 + seed) % 40 === 0 ? 9 - label : label));
  const model = `a model of a long name, the ${seed}th`;
  const run = {
    ...{
      folder: `runs/2026-11-23T08-50-0${seed}-small-cnn`,
      model,
      seed,
      splitSeed: seed,
      epochs: 3,
      requestedEpochs: 3,
    },
    ...{ outcome: 'finished', valAccuracy: 0.98, testAccuracy: 0.97 + seed / 1000, testImages: 500, trainSeconds: 20 },
    ...{ startedAt: '2026-11-23T08:50:00.000Z', weightsSha256: `${seed}`, dataSha256: 'd' },
    ...{ trainingImages: 5000, validationImages: 400, summary: { seed, batchSize: 2 ** (5 + (seed % 3)) } },
  };
  const epochs = [1, 2, 3].map((epoch) => ({ epoch, valLoss: 1 / epoch, valAccuracy: 1 - seed / 100 / epoch }));
  const test = { labels, answers, source: 'stored', images: 'test d' } as const;
  return { run, epochs, description: undefined, answers: { test, validation: 'none' } };
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inkling-comparison-'));
  address = pathToFileURL(join(folder, 'comparison.html')).href;
  const runs = Array.from({ length: 9 }, (_, index) => runOf(index + 1));
  await writeFile(join(folder, 'comparison.html'), await comparisonPage(compareRuns(runs)));
});
afterAll(() => rm(folder, { recursive: true }));

// As text: this project's types know no documents.
const inspection = `(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const sizeOf = (text) => {
    const { a, b } = text.getScreenCTM();
    return Number.parseFloat(getComputedStyle(text).fontSize) * Math.hypot(a, b);
  };
  const texts = all('svg text').filter((text) => text.checkVisibility());
  return {
    charts: all('figure').map((figure) => all('svg', figure).filter((svg) => svg.checkVisibility()).length),
    smallestText: Math.min(...texts.map(sizeOf)),
    isTooWide: document.documentElement.scrollWidth > innerWidth,
    paper: getComputedStyle(all('section')[0]).backgroundColor,
  };
})()`;

test.each([
  [390, 'light', 'rgb(255, 255, 255)'],
  [390, 'dark', 'rgb(29, 33, 38)'],
  [1280, 'light', 'rgb(255, 255, 255)'],
  [1280, 'dark', 'rgb(29, 33, 38)'],
] as const)('at %i pixels in %s its charts can be read, and nothing is wider than the screen', async (...variant) => {
  const [width, colorScheme, paper] = variant;
  await withPage(
    async (page) => {
      await page.goto(address);
      const seen: { smallestText: number } = await page.evaluate(inspection);
      expect(seen).toMatchObject({ charts: [1, 1], isTooWide: false, paper });
      expect(seen.smallestText).toBeGreaterThanOrEqual(10.99);
    },
    { viewport: { width, height: 900 }, colorScheme },
  );
});
