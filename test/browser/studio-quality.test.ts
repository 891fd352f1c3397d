/** What the studio promises while it trains: nothing is lost with the page, one tab trains, a hidden one goes on. */

import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { expectAccessible, useStudio } from './studio-page.js';

const studio = useStudio();
const small = 'train?recipe=fast&images=1200&epochs=6';
const long = 'train?recipe=fast&images=6000&epochs=200';

const trainButton = (page: Page) => page.getByRole('button', { name: /^Train( again)?$/ });
const epoch = (page: Page, number: number) =>
  page.getByRole('rowheader', { name: String(number), exact: true }).first();
const offer = (page: Page) => page.getByText(/A training was broken off/);

async function ended(page: Page): Promise<string> {
  await page.getByRole('heading', { name: 'It has learned' }).waitFor({ timeout: 90_000 });
  return (await page.locator('.hash code').textContent())!;
}

describe('a page that is loaded anew in the midst of a training', () => {
  test('offers to go on, and ends with the bytes of a training that never stopped', () =>
    studio.open(small, async (page) => {
      await trainButton(page).click();
      const unbroken = await ended(page);
      await page.reload();
      await trainButton(page).waitFor();
      expect(await offer(page).count()).toBe(0);
      await trainButton(page).click();
      await page.getByRole('button', { name: 'Pause' }).click({ timeout: 60_000 });
      await page.getByRole('button', { name: 'Go on' }).click();
      await epoch(page, 2).waitFor({ timeout: 60_000 });
      await page.reload();
      await offer(page).waitFor();
      expect(await offer(page).textContent()).toMatch(/after epoch [1-6] of 6/);
      await page.getByRole('button', { name: 'Go on with it' }).click();
      expect(await ended(page)).toBe(unbroken);
      // Earlier epochs are there too, and the command is the same.
      expect(await page.getByRole('rowheader', { name: /^[1-6]$/ }).count()).toBeGreaterThanOrEqual(6);
      expect(await page.locator('.copyable code').textContent()).toContain('--epochs 6');
      await page.reload();
      await trainButton(page).waitFor();
      expect(await offer(page).count()).toBe(0);
    }));

  test('brings back a setting that the address no longer says; discarded, it is gone', () =>
    studio.open(long, async (page) => {
      await trainButton(page).click();
      await epoch(page, 1).waitFor({ timeout: 60_000 });
      await page.goto('about:blank');
      await page.goBack();
      await page.evaluate("location.hash = '#draw'");
      await page.reload();
      await page.getByRole('link', { name: 'Train' }).click();
      await offer(page).waitFor();
      expect(await page.getByText('6,000 images, seed 1').count()).toBe(1);
      await expectAccessible(page, 'unfinished');
      await page.getByRole('button', { name: 'Discard it' }).click();
      await offer(page).waitFor({ state: 'detached' });
      await page.reload();
      await trainButton(page).waitFor();
      await page.waitForTimeout(300);
      expect(await offer(page).count()).toBe(0);
    }));
});

test('of two tabs one trains, and the other is told', () =>
  studio.open(long, async (page) => {
    const other = await page.context().newPage();
    await other.goto(page.url());
    await trainButton(other).waitFor();
    await trainButton(page).click();
    const told = other.getByText('Another tab of the studio trains a network.');
    await told.waitFor({ timeout: 60_000 });
    expect(await trainButton(other).isDisabled()).toBe(true);
    await expectAccessible(other, 'elsewhere');
    // One that is opened later is told too, and what the first one keeps is not offered there.
    await epoch(page, 1).waitFor({ timeout: 60_000 });
    await other.reload();
    await told.waitFor();
    expect(await offer(other).count()).toBe(0);
    await page.goto('about:blank');
    await offer(other).waitFor({ timeout: 30_000 });
    expect(await trainButton(other).isEnabled()).toBe(true);
  }));

test('a hidden tab trains on', () =>
  studio.open(small, async (page) => {
    await page.getByText('Settings').first().waitFor();
    // What browsers do to a hidden page, and more: no frames, and no timers at all.
    await page.evaluate(() => {
      const hidden = globalThis as unknown as Record<string, unknown> & { document: EventTarget };
      Object.defineProperties(hidden.document, {
        visibilityState: { get: () => 'hidden' },
        hidden: { get: () => true },
      });
      for (const name of ['requestAnimationFrame', 'requestIdleCallback', 'setTimeout', 'setInterval']) {
        hidden[name] = () => 0;
      }
      hidden.document.dispatchEvent(new Event('visibilitychange'));
    });
    const front = await page.context().newPage();
    await front.bringToFront();
    // No frames, no clicks by the pointer.
    await trainButton(page).evaluate((button) => (button as unknown as { click(): void }).click());
    expect(await ended(page)).toMatch(/^[0-9a-f]{64}$/);
  }));
