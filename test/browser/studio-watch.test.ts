/** What the room Train shows of a training, and lets one do with it meanwhile, in a real browser. */

import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { expectAccessible, useStudio } from './studio-page.js';

const studio = useStudio();

const stepsDone = async (page: Page) =>
  Number((await page.locator('.how-far .number').textContent())!.match(/\d+/)![0]);

async function start(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Train', exact: true }).click();
}

/** Pauses, and waits until the running steps are done. */
async function pause(page: Page): Promise<number> {
  await page.getByRole('button', { name: 'Pause' }).click({ timeout: 60_000 });
  await page.getByText('Paused.').waitFor();
  await page.waitForTimeout(1000);
  return stepsDone(page);
}

async function end(page: Page): Promise<string> {
  await page.getByText('It has learned').waitFor({ timeout: 90_000 });
  return (await page.locator('.hash code').textContent())!;
}

test('while it is paused Enter trains one step, and the bytes stay those of an uninterrupted training', () =>
  studio.open('train?recipe=fast&images=6000&epochs=2', async (page) => {
    await start(page);
    const before = await pause(page);
    expect(await page.evaluate<string>('document.activeElement.textContent')).toBe('Go on');
    await page.keyboard.press('Tab');
    for (let step = 1; step <= 3; step++) {
      await page.keyboard.press('Enter');
      await expect.poll(() => stepsDone(page)).toBe(before + step);
      await page.waitForTimeout(300);
      expect(await stepsDone(page)).toBe(before + step);
    }
    await page
      .getByTestId('announcer')
      .getByText(`Step ${before + 3} of`)
      .waitFor();
    await page.getByRole('button', { name: 'Go on' }).click();
    const hash = await end(page);
    await page.getByRole('button', { name: 'Train again' }).click();
    await page.getByText('It has learned').waitFor({ state: 'detached' });
    expect(await end(page)).toBe(hash);
  }));

test('what is folded is not computed, and comes when it is opened, also while it is paused', () =>
  studio.open('train?recipe=fast&images=6000&epochs=200', async (page) => {
    await start(page);
    const summary = (title: string) => page.locator('summary', { hasText: title });
    await page.locator('.histograms svg').first().waitFor({ timeout: 60_000 });
    expect(await page.locator('.histograms figcaption').allTextContents()).toEqual(
      expect.arrayContaining(['conv2d', 'dense']),
    );
    await page.getByRole('row', { name: /^conv2d \d+ 16 / }).waitFor();
    const drawn = () => page.locator('.histograms svg').first().getAttribute('aria-label');
    const first = await drawn();
    await expect.poll(drawn).not.toBe(first);
    await summary('How the weights are spread').click();
    await page.locator('.histograms').waitFor({ state: 'detached' });
    await page.waitForTimeout(700);
    await pause(page);
    await summary('How the weights are spread').click();
    await page.locator('.histograms').waitFor();
    const bars = () => page.locator('.histograms').innerHTML();
    const opened = await bars();
    await page.getByRole('button', { name: 'Step' }).click();
    await expect.poll(bars).not.toBe(opened);
    await page.getByLabel('New learning rate').fill('0.0001');
    await page.getByRole('button', { name: 'Set' }).click();
    await page.getByRole('button', { name: 'Step' }).click();
    await page
      .getByRole('listitem')
      .getByText(/From step \d+ on: learning rate 0.0001/)
      .waitFor();
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('heading', { name: 'Stopped' }).waitFor({ timeout: 60_000 });
  }));

test('the schedule is drawn, and follows the settings', () =>
  studio.open('train?recipe=fast&images=1200&epochs=2', async (page) => {
    const curve = page.getByRole('img', { name: /^Learning rate from/ });
    await expect.poll(() => curve.getAttribute('aria-label')).toContain('at step 36,');
    await page.getByLabel('Epochs').fill('4');
    await expect.poll(() => curve.getAttribute('aria-label')).toContain('at step 72,');
    await page.getByLabel('Schedule').selectOption('constant');
    await expect.poll(() => curve.getAttribute('aria-label')).toContain('from 0.01 at step 1 to 0.01');
    await page.getByText('As a table').click();
    await page.getByRole('cell', { name: '72', exact: true }).waitFor();
  }));

test('the preview of augmentation fetches MNIST when it is opened, and draws anew', () =>
  studio.open('train', async (page) => {
    const hasFetched = () =>
      page.evaluate<boolean>("performance.getEntriesByType('resource').some(({ name }) => name.includes('/mnist/'))");
    const fetched: string[] = [];
    page.on('request', (request) => request.url().includes('/mnist/') && fetched.push(request.url()));
    await page.getByRole('heading', { name: 'Train a network' }).waitFor();
    expect([await hasFetched(), fetched.length]).toEqual([false, 0]);
    await page.getByText('What augmentation makes of the images').click();
    const pixels = (name: string) =>
      page
        .getByTestId(`augmented-${name}`)
        .locator('canvas')
        .first()
        .evaluate((canvas) => (canvas as unknown as { toDataURL(): string }).toDataURL());
    await page.getByTestId('augmented-strong').locator('canvas').nth(9).waitFor({ timeout: 60_000 });
    const [none, light, strong] = [await pixels('none'), await pixels('light'), await pixels('strong')];
    expect(new Set([none, light, strong]).size).toBe(3);
    await page.getByRole('button', { name: 'Draw anew' }).click();
    await expect.poll(() => pixels('strong')).not.toBe(strong);
    expect(await pixels('none')).toBe(none);
    await page.getByRole('slider', { name: /Draw/ }).press('ArrowLeft');
    await expect.poll(() => pixels('strong')).toBe(strong);
  }));

test('nothing is cut and axe-core finds nothing, whatever the page and its colours', () =>
  studio.open('train?recipe=fast&images=6000&epochs=30&augmentation=light', async (page) => {
    await page.getByText('What augmentation makes of the images').click();
    await page.getByTestId('augmented-strong').locator('canvas').nth(9).waitFor({ timeout: 60_000 });
    await page.getByText('As a table').click();
    await start(page);
    await page.locator('.histograms svg').first().waitFor({ timeout: 60_000 });
    await page.getByLabel('New learning rate').fill('0.003');
    await page.getByRole('button', { name: 'Set' }).click();
    await page.getByRole('heading', { name: 'Changes while it ran' }).waitFor();
    await page.getByRole('columnheader', { name: '9' }).waitFor({ timeout: 60_000 });
    await pause(page);
    await page.getByText('Weights as a table').click();
    await expectAccessible(page, 'watch');
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('heading', { name: 'Stopped' }).waitFor({ timeout: 60_000 });
  }));
