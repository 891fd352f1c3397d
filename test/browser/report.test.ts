/** report.html as classifiers see it: on a phone, a tablet, a desktop and on paper, in light and dark. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { distortions } from '../../src/evaluation/distortions.js';
import { writeRunFolder } from '../../src/report/run-folder.js';
import { sampleRunRecord } from '../fixtures/run-record.js';
import { withPage } from './chromium.js';

let folder: string;
let address: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inkling-report-'));
  address = pathToFileURL(join(folder, 'report.html')).href;
  const score = { correct: 280, images: 300, accuracy: 280 / 300, interval: [0.9, 0.96] } as const;
  const scores = [score, score];
  const robustness = {
    images: 300,
    classifiers: ['network alone', 'as predict reads it'],
    undistorted: scores,
    distortions: distortions.map(({ steps, neutral = null, ...distortion }) => ({
      ...distortion,
      neutral,
      steps: steps.map((step) => ({ ...step, scores })),
    })),
  };
  await writeRunFolder(folder, { ...(await sampleRunRecord(300)), robustness });
});
afterAll(() => rm(folder, { recursive: true }));

/** What `inspection` finds in the page: what of it is too small, too wide, closed or cut off without a sign. */
interface Seen {
  /** How many drawings of each chart are shown. */
  readonly charts: number[];
  /** In pixels of the screen. */
  readonly smallestChartText: number;
  readonly isTooWide: boolean;
  readonly withoutSign: number;
  readonly cutCaptions: number;
  readonly tablesInDetails: boolean[];
}

// As text: this project's types know no documents.
const inspection = `(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const isShown = (element) => element.checkVisibility();
  const sizeOf = (text) => {
    const { a, b } = text.getScreenCTM();
    return Number.parseFloat(getComputedStyle(text).fontSize) * Math.hypot(a, b);
  };
  const scrollers = all('.wide, .drawing').filter((one) => isShown(one) && one.scrollWidth > one.clientWidth);
  const captions = all('.wide caption > span, figcaption').filter(isShown);
  return {
    charts: all('figure').map((figure) => all('svg', figure).filter(isShown).length),
    smallestChartText: Math.min(...all('svg text').filter(isShown).map(sizeOf)),
    isTooWide: document.documentElement.scrollWidth > innerWidth,
    withoutSign: scrollers.filter((one) => !getComputedStyle(one).backgroundImage.includes('gradient')).length,
    cutCaptions: captions.filter((caption) => caption.getBoundingClientRect().right > innerWidth).length,
    tablesInDetails: all('details table').map(isShown),
  };
})()`;

const inspect = (page: Page): Promise<Seen> => page.evaluate(inspection);

test.each([
  [390, 'light'],
  [390, 'dark'],
  [768, 'light'],
  [1280, 'light'],
] as const)(
  'at %i pixels in %s every chart can be read, and what is wider scrolls and shows it',
  async (width, colorScheme) => {
    await withPage(
      async (page) => {
        await page.goto(address);
        const seen = await inspect(page);
        expect(seen).toMatchObject({ isTooWide: false, withoutSign: 0, cutCaptions: 0 });
        expect(seen.charts).toStrictEqual(new Array(8).fill(1));
        expect(seen.smallestChartText).toBeGreaterThanOrEqual(10.99);
      },
      { viewport: { width, height: 900 }, colorScheme },
    );
  },
);

test('on paper nothing is closed or cut off', async () => {
  await withPage(
    async (page) => {
      await page.goto(address);
      expect((await inspect(page)).tablesInDetails).toStrictEqual([false, false]);
      await page.emulateMedia({ media: 'print' });
      const printed = await inspect(page);
      expect(printed).toMatchObject({ isTooWide: false, tablesInDetails: [true, true] });
      expect(printed.charts).toStrictEqual(new Array(8).fill(1));
    },
    // A4 between its margins.
    { viewport: { width: 703, height: 1000 } },
  );
});

test('the page keeps to its own policy, and the browser holds whatever is put into it to the policy', async () => {
  await withPage(async (page) => {
    await page.addInitScript(`
      globalThis.blocked = [];
      document.addEventListener('securitypolicyviolation', (event) => blocked.push(event.violatedDirective));
    `);
    await page.goto(address);
    expect(await page.evaluate('blocked')).toStrictEqual([]);
    await page.evaluate(`
      document.body.append(Object.assign(document.createElement('img'), { src: 'http://127.0.0.1:9/picture.png' }));
      document.body.append(Object.assign(document.createElement('script'), { textContent: '0' }));
    `);
    const blocked: string[] = await page.evaluate('blocked');
    expect(blocked.toSorted()).toStrictEqual(['img-src', 'script-src-elem']);
  });
});
