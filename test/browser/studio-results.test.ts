/** The studio's room of results in a real browser: the shipped model is tested, by mouse and by keyboard. */

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { expectAccessible, useStudio } from './studio-page.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const program = join(root, 'bin', 'inkling.js');
const studio = useStudio();

/** Opens the room and tests the shipped model; fails where the page logs an error. */
function withResults(use: (page: Page) => Promise<void>): Promise<void> {
  return studio.open('results', async (page) => {
    await page.getByRole('button', { name: 'Test it' }).click();
    await page.getByTestId('accuracy').waitFor({ timeout: 100_000 });
    await use(page);
  });
}

describe('Results', () => {
  test('scores and matrix are those of the command line', () =>
    withResults(async (page) => {
      const lines = execFileSync(process.execPath, [program, 'evaluate', 'pretrained', '--json'], { cwd: root });
      const events = String(lines)
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line));
      const { testAccuracy, testLoss } = events.find(({ event }) => event === 'result');
      const { confusionMatrix } = events.find(({ event }) => event === 'evaluation');
      expect(await page.getByTestId('accuracy').textContent()).toBe(`${(100 * testAccuracy).toFixed(2)} %`);
      expect(await page.locator('.scores dd').first().textContent()).toBe(testLoss.toFixed(4));
      const cells = page.getByRole('table', { name: 'Confusion matrix' }).getByRole('button');
      const counts = (await cells.allTextContents()).map((text) => (text === '·' ? 0 : Number(text)));
      expect(counts).toEqual(confusionMatrix.flat());
    }));

  test('a cell of the matrix is opened by keyboard, and an image in it', () =>
    withResults(async (page) => {
      await page.getByRole('button', { name: /^0 read as 0/ }).focus();
      for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'End', 'Enter']) {
        await page.keyboard.press(key);
      }
      const cell = page.getByTestId('opened-cell');
      await cell.getByRole('heading', { name: /^4, read as 9: \d+ of 982/ }).waitFor();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await cell.getByTestId('image-details').getByText('Labelled 4, read as 9').waitFor();
      await cell.getByText('This label is doubted').waitFor();
    }));

  test('mistakes are filtered by pair, and images are browsed by label, answer and page', () =>
    withResults(async (page) => {
      const mistakes = page.getByRole('region', { name: 'Worst mistakes' });
      await mistakes.getByLabel('Labelled').selectOption('5');
      await mistakes.getByLabel('Read as').selectOption('6');
      const shown = await mistakes.locator('li b').allTextContents();
      expect(shown.length).toBeGreaterThan(0);
      expect(new Set(shown)).toEqual(new Set(['5 → 6']));
      const images = page.getByRole('region', { name: 'Images', exact: true });
      await images.getByLabel('Labelled').selectOption('7');
      await images.getByText('1,028 of 10,000 images').waitFor();
      await images.getByRole('button', { name: 'Next' }).click();
      await images.getByText('41 to 80 of 1,028').waitFor();
    }));

  test('the map is walked by arrow keys, and laid out by UMAP', () =>
    withResults(async (page) => {
      await page.getByRole('button', { name: 'Make the map' }).click();
      await page.getByTestId('map').focus();
      await page.keyboard.press('ArrowRight');
      const details = page.getByRole('region', { name: 'Map', exact: true }).getByTestId('image-details');
      const first = await details.getByRole('img').getAttribute('aria-label');
      await page.keyboard.press('ArrowLeft');
      await page.waitForFunction(
        `document.querySelector('#results-map [data-testid=image-details] [role=img]').ariaLabel !== ${JSON.stringify(first)}`,
      );
      await page.getByRole('button', { name: /^UMAP/ }).click();
      await page.getByText('how far islands are apart means little').waitFor({ timeout: 90_000 });
    }));

  test('distorted images are read, and that is cancelled', () =>
    withResults(async (page) => {
      const region = page.getByRole('region', { name: 'Robustness' });
      await region.getByLabel('Images at each step').selectOption('1000');
      await region.getByRole('button', { name: 'Distort and read' }).click();
      await region.getByRole('button', { name: 'Cancel' }).click();
      await region.getByRole('button', { name: 'Distort and read' }).waitFor({ timeout: 100_000 });
      expect(await region.getByText('Distortions as a table').count()).toBe(0);
      await region.getByLabel('Images at each step').selectOption('100');
      await region.getByRole('button', { name: 'Distort and read' }).click();
      await region.getByText('Distortions as a table').click({ timeout: 100_000 });
      await region.getByRole('rowheader', { name: 'Rotated, 30' }).waitFor();
    }));

  test('another test ends what still reads with the network before', () =>
    withResults(async (page) => {
      const region = page.getByRole('region', { name: 'Images', exact: true });
      await region.locator('label', { hasText: /^From/ }).locator('select').selectOption('training');
      await region.getByRole('button', { name: 'Read the 60,000 training images' }).click();
      await region.getByRole('button', { name: 'Cancel' }).waitFor();
      await page.getByRole('region', { name: 'Test', exact: true }).getByLabel('Images').selectOption('validation');
      await page.getByRole('button', { name: 'Test it' }).click();
      await page.getByText('of 10,000 validation images').waitFor({ timeout: 100_000 });
    }));

  test('a network that was trained here is tested on its validation images', () =>
    studio.open('train?recipe=fast&images=1200&epochs=2', async (page) => {
      await page.getByRole('button', { name: 'Train', exact: true }).click();
      await page.getByText('It has learned').waitFor({ timeout: 90_000 });
      await page.getByRole('link', { name: 'Results' }).click();
      await page.getByLabel('Network').selectOption('trained');
      await page.getByLabel('Images').selectOption('validation');
      await page.getByRole('button', { name: 'Test it' }).click();
      await page.getByText('of 100 validation images').waitFor({ timeout: 100_000 });
    }));
});

test('nothing is cut and axe-core finds nothing, whatever the page and its colours', () =>
  withResults(async (page) => {
    await page.getByRole('button', { name: /^4 read as 9/ }).click();
    await page.getByTestId('opened-cell').locator('li button').first().click();
    await page.getByRole('button', { name: 'Make the map' }).click();
    await page.getByTestId('map').focus();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('button', { name: 'Distort and read' }).click();
    await page.getByText('Distortions as a table').click({ timeout: 100_000 });
    await page.getByText('The map as a table').click();
    await page.getByText('Reliability as a table').click();
    await expectAccessible(page, 'results');
  }));
