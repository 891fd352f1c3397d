/** "My digits" of the studio: drawings kept with their right labels, taken elsewhere and back, trained on. */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { unzipSync, zipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { drawByMouse, expectAccessible, type Points, useStudio } from './studio-page.js';

const studio = useStudio();

const one: Points = [
  [0.5, 0.2],
  [0.5, 0.8],
];
const seven: Points = [
  [0.3, 0.25],
  [0.68, 0.25],
  [0.45, 0.78],
];
/** As children write a 3 at first: the network does not know such. */
const mirrored: Points = [
  [0.62, 0.26],
  [0.45, 0.22],
  [0.36, 0.34],
  [0.5, 0.48],
  [0.36, 0.62],
  [0.45, 0.78],
  [0.64, 0.74],
];

const shifted = (points: Points, by: number): Points => points.map(([x, y]) => [x + by, y]);

async function keep(page: Page, points: Points, label: number): Promise<void> {
  const clear = page.getByRole('button', { name: 'Clear', exact: true });
  if (await clear.isEnabled()) await clear.click();
  await page.getByTestId('answer-state').getByText('draw a digit').waitFor();
  await drawByMouse(page, points);
  await page.getByRole('button', { name: /^(That was wrong|It is a digit)/ }).click();
  await page
    .getByRole('group', { name: 'Which digit is it?' })
    .getByRole('button', { name: `${label}` })
    .click();
  await page.getByText(`Kept as a ${label} in`).waitFor();
}

const count = (page: Page) => page.getByTestId('own-count').textContent();

async function exportZip(page: Page): Promise<Uint8Array> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export .zip' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('my-digits.zip');
  return readFileSync((await download.path())!);
}

function unpackInto(folder: string, archive: Uint8Array): void {
  for (const [path, bytes] of Object.entries(unzipSync(archive))) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
}

const importFile = (page: Page, name: string, buffer: Uint8Array) =>
  page
    .getByLabel('Archive of digits')
    .setInputFiles({ name, mimeType: 'application/zip', buffer: Buffer.from(buffer) });

describe('My digits', () => {
  test('drawings are kept with their labels, taken back, deleted, and there again in the next visit', () =>
    studio.open('draw', async (page) => {
      await keep(page, seven, 1);
      await page.getByRole('button', { name: 'Take it back' }).click();
      await page.getByRole('button', { name: 'Right: keep it as a 7' }).click();
      await page.getByText('Kept as a 7 in').waitFor();
      await keep(page, one, 4);
      await page.getByRole('link', { name: 'My digits' }).first().click();
      await page.getByRole('region', { name: 'Digit 4: 1 kept' }).getByText('read 1 ✗').waitFor();
      await page.getByRole('region', { name: 'Digit 7: 1 kept' }).getByText('read 7 ✓').waitFor();
      await page.getByText('Three of each digit are enough to begin. Still to draw: 0 (3 more)').waitFor();
      await page.reload();
      await page.getByRole('button', { name: 'Delete this 4, read as 1' }).click();
      await page.getByRole('region', { name: 'Digit 4: 0 kept' }).waitFor();
      await page.reload();
      await page.getByRole('region', { name: 'Digit 4: 0 kept' }).waitFor();
      expect(await count(page)).toBe('1');
    }));

  test('the .zip is a data set of the command line, and comes back as it was', () =>
    studio.open('draw', async (page) => {
      for (const by of [0, 0.05]) {
        await keep(page, shifted(seven, by), 7);
        await keep(page, shifted(one, by), 1);
      }
      await page.getByRole('link', { name: 'My digits' }).first().click();
      const archive = await exportZip(page);
      const pictures = Object.keys(unzipSync(archive)).filter((path) => /^\d\/[^/]+\.png$/.test(path));
      expect(pictures.map((path) => path[0]).sort()).toEqual(['1', '1', '7', '7']);
      const folder = join(studio.folder, 'my-digits');
      unpackInto(folder, archive);
      const described = await studio.inkling('data', '--data', folder);
      expect(described.output).toContain('28 x 28');
      expect(described.code).toBe(0);
      const trained = await studio.inkling(
        ...['train', '--data', folder, '--epochs', '1', '--validation', '0', '--robustness', '0', '--out', 'own-run'],
      );
      expect(trained).toMatchObject({ code: 0 });

      await page.getByRole('button', { name: 'Delete all…' }).click();
      await page.getByRole('button', { name: 'Delete', exact: true }).click();
      await page.getByText('None yet.').waitFor();
      await importFile(page, 'my-digits.zip', archive);
      await page.getByRole('region', { name: 'Digit 7: 2 kept' }).waitFor();
      await importFile(page, 'my-digits.zip', archive);
      // The same digits are there once.
      await page.getByRole('region', { name: 'Digit 7: 2 kept' }).waitFor();
      expect(Buffer.from(await exportZip(page)).length).toBe(archive.length);
    }));

  test('what is no archive of digits is told, and nothing is lost', () =>
    studio.open('draw', async (page) => {
      await keep(page, seven, 7);
      await page.getByRole('link', { name: 'My digits' }).first().click();
      const told = (text: string) => page.getByRole('alert').getByText(text).waitFor();
      await importFile(page, 'notes.zip', Buffer.from('no archive'));
      await told('notes.zip could not be imported: it is no .zip that can be read');
      await importFile(page, 'empty.zip', zipSync({ 'a.txt': new Uint8Array(3) }));
      await told('empty.zip could not be imported: it has no digits: expected folders 0 to 9');
      await importFile(page, 'large.zip', zipSync({ '1/large.png': new Uint8Array(30e6) }));
      await told('1/large.png in it has 30 MB: expected at most 1 MB.');
      await importFile(page, 'torn.zip', zipSync({ '1/torn.png': new Uint8Array(30) }));
      await told('1/torn.png is no PNG picture that can be read.');
      expect(await count(page)).toBe('1');
    }));

  test('where the browser keeps nothing, the digits stay as long as the page, and that is told', () =>
    studio.open('draw', async (page) => {
      await page.evaluate(() => {
        IDBObjectStore.prototype.put = () => {
          throw new DOMException('full', 'QuotaExceededError');
        };
      });
      await keep(page, seven, 7);
      await page.getByRole('alert').getByText("The browser's storage for this page is full.").waitFor();
      await page.getByRole('link', { name: 'My digits' }).first().click();
      await page.getByRole('region', { name: 'Digit 7: 1 kept' }).waitFor();
      expect((await exportZip(page)).length).toBeGreaterThan(500);
    }));

  test('training on them teaches the own hand and forgets nothing; the network reads the pad', () =>
    studio.open('draw', async (page) => {
      for (const by of [-0.04, 0, 0.04]) await keep(page, shifted(mirrored, by), 3);
      await page.getByRole('link', { name: 'My digits' }).first().click();
      const train = async () => {
        await page.getByRole('button', { name: /^Train (on my digits|again)$/ }).click();
        await page.getByRole('button', { name: 'Draw with this network' }).waitFor({ timeout: 60_000 });
        const cells = await page.getByRole('region', { name: 'Before and after' }).getByRole('cell').allTextContents();
        return [...cells, await page.locator('.fine-tuning .hint code').textContent()];
      };
      const [ownBefore, ownAfter, before, after, hash] = await train();
      expect([ownBefore, ownAfter]).toEqual(['0 of 3', '3 of 3']);
      expect(Number.parseFloat(before!)).toBeGreaterThan(99.4);
      expect(Number.parseFloat(after!)).toBeGreaterThan(99.2);
      // The same digits give the same bytes.
      expect((await train())[4]).toBe(hash);
      await page.getByRole('button', { name: 'Discard' }).click();
      await page.getByRole('region', { name: 'Before and after' }).waitFor({ state: 'detached' });
      await train();
      await page.getByRole('button', { name: 'Draw with this network' }).click();
      await page.getByText('and on 3 of your digits').waitFor();
      await page.getByRole('button', { name: 'Clear', exact: true }).click();
      await drawByMouse(page, shifted(mirrored, 0.02));
      await page.getByTestId('answer-text').getByText('3', { exact: true }).waitFor();
    }));
});

test('nothing is cut and axe-core finds nothing, whatever the page and its colours', () =>
  studio.open('own', async (page) => {
    await page.getByText('None yet.').waitFor();
    await expectAccessible(page, 'own-empty');
    await page.getByRole('link', { name: 'Draw', exact: true }).first().click();
    await drawByMouse(page, seven);
    await page.getByRole('button', { name: 'That was wrong…' }).click();
    await expectAccessible(page, 'own-correction');
    for (const by of [0, 0.03, 0.06]) await keep(page, shifted(seven, by), 7);
    await keep(page, one, 1);
    await keep(page, mirrored, 3);
    await page.getByRole('link', { name: 'My digits' }).first().click();
    await page.getByRole('button', { name: 'Train on my digits' }).click();
    await page.getByRole('button', { name: 'Draw with this network' }).waitFor({ timeout: 60_000 });
    await expectAccessible(page, 'own');
  }));
