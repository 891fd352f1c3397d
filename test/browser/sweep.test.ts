/** sweep.html as people see it: on a phone and a desktop, in light and dark, by keyboard. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { distributionFromText } from '../../src/sweeps/distribution.js';
import type { JournalTrial } from '../../src/sweeps/journal-trials.js';
import type { SweepPlan } from '../../src/sweeps/plan.js';
import { rankConfigurations, rankCorrelations, winnerOf } from '../../src/sweeps/results.js';
import { randomConfigurations } from '../../src/sweeps/search-space.js';
import { sweepPage } from '../../src/sweeps/sweep-page.js';
import { withPage } from './chromium.js';

const space = Object.fromEntries(
  [
    ['model', 'cnn,small-cnn,lenet5,a-model-of-my-own.json'],
    ['learningRate', '1e-4..1e-2:log'],
    ['dropout.rate', '0.0..0.6'],
    ['batchSize', '32..256/32'],
    ['weightDecay', '1e-4..1e-1:log'],
  ].map(([name, text]) => [name, distributionFromText(name, text)]),
);
const plan: SweepPlan = {
  ...{ version: '0.1.0', arithmetic: 'plain', data: {}, dataSha256: 'd'.repeat(64), space, fixed: { epochs: 4 } },
  ...{ sampler: 'random', seed: 1, seeds: [1, 2], folds: 1, configurations: 24, pruning: { type: 'none' } },
  shard: { index: 1, of: 1 },
};
const trials = randomConfigurations(space, plan.configurations, plan.seed).flatMap((parameters, configuration) =>
  plan.seeds.map((seed, index): JournalTrial => {
    const number = 2 * configuration + index;
    const value = 0.99 - 0.03 * Math.abs(Math.log10(Number(parameters.learningRate)) + 3) - 0.001 * (number % 7);
    const state = number === 5 ? 'fail' : number % 9 === 4 ? 'pruned' : 'complete';
    const curves = [1, 2, 3, 4].map((epoch) => [epoch, 0.5, 0.6, value - 0.1 / epoch ** 2]);
    const error = state === 'fail' ? 'the loss became NaN in epoch 1' : undefined;
    return {
      ...{ number, state, parameters, values: new Map(), systemAttributes: {} },
      value: state === 'fail' ? undefined : value,
      attributes: { trial: number, configuration, seed, curves, error },
    };
  }),
);

let folder: string;
let address: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inkling-sweep-'));
  address = pathToFileURL(join(folder, 'sweep.html')).href;
  const ranked = rankConfigurations(trials, 5000);
  const configuration = winnerOf(ranked)!;
  const command = `npx inkling train --recipe default --model small-cnn ${'--learning-rate 0.001 '.repeat(8)}--seed 1`;
  const tested = { testAccuracy: 0.9917, testAccuracyInterval: [0.9897, 0.9933] } as const;
  const best = { configuration, trial: configuration.best, command, tested };
  const correlations = rankCorrelations(space, ranked);
  const page = await sweepPage({ name: 'sweep-1a2b3c4d', plan, trials, ranked, correlations, best });
  await writeFile(join(folder, 'sweep.html'), page);
});
afterAll(() => rm(folder, { recursive: true }));

// As text: this project's types know no documents.
const inspection = `(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const isShown = (element) => element.checkVisibility();
  const sizeOf = (text) => {
    const { a, b } = text.getScreenCTM();
    return Number.parseFloat(getComputedStyle(text).fontSize) * Math.hypot(a, b);
  };
  // What is drawn beyond its drawing is cut off.
  const isCut = (text) => {
    const [own, whole] = [text, text.ownerSVGElement].map((element) => element.getBoundingClientRect());
    return own.left < whole.left - 0.5 || own.right > whole.right + 0.5 || own.top < whole.top - 0.5 || own.bottom > whole.bottom + 0.5;
  };
  const texts = all('svg text').filter(isShown);
  const scrollers = all('*').filter((one) => isShown(one) && getComputedStyle(one).overflowX === 'auto' && one.scrollWidth > one.clientWidth);
  return {
    charts: all('figure').map((figure) => all('svg', figure).filter(isShown).length),
    smallestText: Math.min(...texts.map(sizeOf)),
    cut: texts.filter(isCut).map((text) => text.textContent),
    isTooWide: document.documentElement.scrollWidth > innerWidth,
    beyondKeyboard: scrollers.filter((one) => one.tabIndex < 0).map((one) => one.outerHTML.slice(0, 80)),
    paper: getComputedStyle(all('section')[0]).backgroundColor,
    policy: all('meta[http-equiv="Content-Security-Policy"]').length,
    scripts: all('script').length,
  };
})()`;

test.each([
  [390, 'light', 'rgb(255, 255, 255)'],
  [390, 'dark', 'rgb(29, 33, 38)'],
  [1280, 'light', 'rgb(255, 255, 255)'],
  [1280, 'dark', 'rgb(29, 33, 38)'],
] as const)('at %i pixels in %s it can be read, and nothing is cut or wider than the screen', async (...variant) => {
  const [width, colorScheme, paper] = variant;
  await withPage(
    async (page) => {
      const complaints: string[] = [];
      page.on('console', (message) => complaints.push(message.text()));
      page.on('request', (request) => {
        if (request.url() !== address && !request.url().startsWith('data:')) complaints.push(request.url());
      });
      await page.goto(address);
      if (process.env.PICTURES)
        await page.screenshot({ path: `${process.env.PICTURES}-${width}-${colorScheme}.png`, fullPage: true });
      const seen: { smallestText: number } = await page.evaluate(inspection);
      expect(seen).toMatchObject({ charts: [1, 1], cut: [], isTooWide: false, beyondKeyboard: [], paper, scripts: 0 });
      expect(seen.smallestText).toBeGreaterThanOrEqual(10.99);
      expect(complaints).toEqual([]);
    },
    { viewport: { width, height: 900 }, colorScheme },
  );
});
