/** What the studio's page is measured by: it is driven as somebody would who uses it. */

import { chromium } from 'playwright-core';
import { findBrowser } from '../test/browser/find-browser.mjs';

const viewport = { width: 1280, height: 900 };

/** @returns a browser whose pages open the studio */
export async function openStudio(address) {
  const browser = await chromium.launch({ ...findBrowser(), args: ['--no-sandbox'] });
  return {
    version: browser.version(),
    close: () => browser.close(),
    /** In a page of its own, with an empty cache. */
    async within(room, use) {
      const context = await browser.newContext({ viewport });
      try {
        const page = await context.newPage();
        await page.goto(`${address}#${room}`);
        return await use(page);
      } finally {
        await context.close();
      }
    },
  };
}

/**
 * Trains the default recipe. With the views folded nothing but the controls is on the page.
 * @param views `open` or `folded`: another room is open while it trains, and nothing of it is drawn
 */
export function trainInPage(browser, { images, epochs, seed, views }) {
  return browser.within(`train?recipe=default&images=${images}&epochs=${epochs}&seed=${seed}`, async (page) => {
    const train = page.getByRole('button', { name: 'Train', exact: true });
    await train.waitFor();
    await page.evaluate(() => {
      globalThis.longestTask = 0;
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries())
          globalThis.longestTask = Math.max(globalThis.longestTask, duration);
      }).observe({ type: 'longtask' });
    });
    await train.click();
    if (views === 'folded') {
      await page.getByRole('button', { name: 'Pause' }).waitFor();
      await page.getByRole('link', { name: 'Draw', exact: true }).click();
      await page.getByTestId('pad').waitFor();
      // What screen readers are told is told in every room.
      await page.getByText('Training has ended').waitFor({ state: 'attached', timeout: 0 });
      await page.getByRole('link', { name: 'Train', exact: true }).click();
    }
    await page.getByRole('heading', { name: 'It has learned' }).waitFor({ timeout: 0 });
    const longestTask = await page.evaluate(() => globalThis.longestTask);
    const weightsSha256 = await page.locator('.hash code').textContent();
    const cells = await page.locator('.epoch-table tbody tr td:last-child').allTextContents();
    const perEpoch = images - Math.round(images / 12);
    const seconds = cells.reduce((sum, text) => sum + Number(text), 0);
    return { images: cells.length * perEpoch, seconds, longestTask, weightsSha256 };
  });
}

const zigzag = Array.from({ length: 40 }, (_, step) => [
  0.3 + 0.4 * Math.abs(((step / 10) % 2) - 1),
  0.2 + (0.6 * step) / 40,
]);

async function draw(page, points) {
  const { x, y, width, height } = await page.getByTestId('pad').boundingBox();
  const [[left, top], ...rest] = points.map(([right, down]) => [x + right * width, y + down * height]);
  await page.mouse.move(left, top);
  await page.mouse.down();
  for (const [toX, toY] of rest) await page.mouse.move(toX, toY);
  await page.mouse.up();
  await page.getByTestId('answer-state').getByText('draw a digit').waitFor({ state: 'detached' });
}

/** Every reading of some strokes while they are drawn, as the page shows its time, once one stroke has warmed it. */
export function readStrokes(browser, strokes) {
  return browser.within('draw', async (page) => {
    const clear = page.getByRole('button', { name: 'Clear', exact: true });
    await page.getByText('Read by the model that ships').waitFor();
    await draw(page, zigzag);
    await page.evaluate(() => {
      globalThis.milliseconds = [];
      new MutationObserver((changes) => {
        const texts = changes.map(({ target }) => /in ([\d.]+) ms/.exec(target.textContent)?.[1]);
        const told = texts.filter((text) => text !== undefined).at(-1);
        if (told !== undefined) globalThis.milliseconds.push(Number(told));
      }).observe(document.getElementById('room'), { subtree: true, characterData: true });
    });
    for (let stroke = 0; stroke < strokes; stroke++) {
      await clear.click();
      await page.getByTestId('answer-state').getByText('draw a digit').waitFor();
      await draw(page, zigzag);
    }
    return { milliseconds: await page.evaluate(() => globalThis.milliseconds) };
  });
}

/** From the navigation's start, in milliseconds: until the pad is there, and until the model has answered a stroke. */
export function timeToUse(browser) {
  return browser.within('draw', async (page) => {
    await page.getByTestId('pad').waitFor();
    const accepts = await page.evaluate(() => performance.now());
    await draw(page, zigzag.slice(0, 5));
    return { accepts, answers: await page.evaluate(() => performance.now()) };
  });
}
