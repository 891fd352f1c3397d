/** "Runs" of the studio: trainings kept, compared, taken to the command line and back. */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unzipSync, zipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { drawByMouse, expectAccessible, type Points, useStudio } from './studio-page.js';

const studio = useStudio();
const photo = fileURLToPath(new URL('../../examples/pictures/photo-of-a-3.png', import.meta.url));

const seven: Points = [
  [0.3, 0.25],
  [0.68, 0.25],
  [0.45, 0.78],
];

/** Trains with a seed, then goes to the runs. */
async function train(page: Page, seed: number): Promise<void> {
  await page.getByRole('link', { name: 'Train', exact: true }).first().click();
  await page.getByRole('spinbutton', { name: 'Images' }).fill('1200');
  await page.getByRole('spinbutton', { name: 'Epochs' }).fill('2');
  await page.getByRole('spinbutton', { name: 'Seed' }).fill(String(seed));
  await page.getByRole('button', { name: /^Train( again)?$/ }).click();
  await page.getByText('It has learned').waitFor({ timeout: 90_000 });
  await page.getByRole('link', { name: 'Runs' }).click();
  await run(page, seed).waitFor();
}

const run = (page: Page, seed: number) => page.getByRole('checkbox', { name: new RegExp(`^small-cnn, seed ${seed},`) });

async function download(page: Page): Promise<{ name: string; bytes: Uint8Array }> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download .zip' }).click(),
  ]);
  return { name: file.suggestedFilename(), bytes: readFileSync((await file.path())!) };
}

function unpack(bytes: Uint8Array): string {
  const files = Object.entries(unzipSync(bytes));
  for (const [path, content] of files) {
    mkdirSync(join(studio.folder, dirname(path)), { recursive: true });
    writeFileSync(join(studio.folder, path), content);
  }
  return dirname(files[0][0]);
}

const open = (page: Page, name: string, bytes: Uint8Array) =>
  page.getByLabel('Archive of a run').setInputFiles({ name, mimeType: 'application/zip', buffer: Buffer.from(bytes) });

describe('Runs', () => {
  test('trainings are kept, named, compared, deleted, and there again in the next visit', () =>
    studio.open('train', async (page) => {
      await train(page, 1);
      await train(page, 2);
      await run(page, 1).check();
      await page.getByLabel('Name').fill('the first');
      await page.getByRole('button', { name: 'Rename' }).click();
      await page.getByRole('heading', { name: 'the first' }).waitFor();
      await page.reload();
      await page.getByRole('checkbox', { name: 'the first' }).check();
      await run(page, 2).check();
      await page.getByRole('heading', { name: '2 runs compared' }).waitFor();
      const differences = page.getByRole('region', { name: 'Differences as a table' });
      expect(await differences.getByRole('row', { name: 'seed' }).getByRole('cell').allTextContents()).toEqual([
        '1',
        '2',
      ]);
      expect(await differences.getByRole('row').count()).toBe(3);
      const confusion = page.getByRole('region', { name: 'Difference of the confusion matrices' });
      const cells = await confusion.getByRole('cell').allTextContents();
      const sum = cells.reduce((total, text) => total + Number(text.replace('·', '0').replace('−', '-')), 0);
      expect([cells.length, sum]).toEqual([100, 0]);
      await run(page, 2).uncheck();
      await page.getByRole('button', { name: 'Delete…' }).click();
      await page.getByRole('button', { name: 'Delete', exact: true }).click();
      await page.getByRole('checkbox', { name: 'the first' }).waitFor({ state: 'detached' });
      await page.reload();
      await run(page, 2).waitFor();
      expect(await page.getByRole('checkbox').count()).toBe(1);
    }));

  test('a downloaded run is one of the command line: tested, read with, compared, opened again', () =>
    studio.open('train', async (page) => {
      await train(page, 3);
      await run(page, 3).check();
      const command = (await page.locator('.copyable code').textContent())!;
      const hash = (await page.locator('.hash code').textContent())!;
      const { name, bytes } = await download(page);
      expect(name).toMatch(/^small-cnn-seed-3-\d\d-\d\d\.zip$/);
      const folder = unpack(bytes);
      const summary = JSON.parse(readFileSync(join(studio.folder, folder, 'summary.json'), 'utf8'));
      const evaluated = await studio.inkling('evaluate', folder, '--robustness', '0');
      expect(evaluated).toMatchObject({ code: 0 });
      expect(evaluated.output).toContain(`Test accuracy: ${(100 * summary.testAccuracy).toFixed(2)} %`);
      expect(evaluated.output).toContain(hash);
      const read = await studio.inkling('predict', photo, '--model', folder);
      expect(read).toMatchObject({ code: 0 });
      // The command has the same bytes, and a folder that differs in nothing that was told to it.
      const words = [...command.split(' ').slice(2), '--robustness', '0', '--out', 'same', '--quiet'];
      expect(await studio.inkling(...words)).toMatchObject({ code: 0 });
      const same = JSON.parse(readFileSync(join(studio.folder, 'same', 'summary.json'), 'utf8'));
      const circumstances = { command: 0, versions: 0, machine: 0, threads: 0, vectorBits: 0, dataSource: 0 };
      const times = { trainSeconds: 0, imagesPerSecond: 0, startedAt: 0, finishedAt: 0, checkpointSeconds: 0 };
      expect({ ...summary, ...circumstances, ...times }).toEqual({ ...same, ...circumstances, ...times });
      for (const file of [
        'predictions.csv',
        'confusion-matrix.csv',
        'classification-report.txt',
        'model.safetensors',
      ]) {
        const [own, other] = [folder, 'same'].map((one) => readFileSync(join(studio.folder, one, file)));
        if (file !== 'model.safetensors') expect(own.equals(other), file).toBe(true);
        else expect(own.subarray(-1000).equals(other.subarray(-1000))).toBe(true);
      }
      expect(await studio.inkling('compare', folder, 'same')).toMatchObject({ code: 0 });

      await open(page, 'again.zip', bytes);
      await page.getByRole('region', { name: 'Run again' }).waitFor();
      expect(await page.locator('.hash code').textContent()).toBe(hash);
      await page.getByRole('link', { name: 'Open its settings in Train' }).click();
      await page.waitForFunction("location.hash === '#train?recipe=fast&images=1200&seed=3'");
      await page.getByRole('link', { name: 'Runs' }).click();
      await page.getByRole('button', { name: 'Draw with this network' }).click();
      await drawByMouse(page, seven);
      await page.getByText('Read by the network of the run "again"').waitFor();
    }));

  test('runs of the folder are shown beside them, and their networks read the pad', async () => {
    const words = ['train', '--recipe', 'fast', '--limit', '1200', '--epochs', '1', '--robustness', '0', '--quiet'];
    expect(await studio.inkling(...words, '--out', 'runs/of-the-command')).toMatchObject({ code: 0 });
    await studio.open('runs', async (page) => {
      await page.getByRole('checkbox', { name: 'of-the-command · folder' }).check();
      await page.getByText('is only read here').waitFor();
      await page.getByRole('button', { name: 'Draw with this network' }).click();
      await drawByMouse(page, seven);
      await page.getByText('Read by the network of the run "of-the-command"').waitFor();
    });
  });

  test('what is no run is told, and nothing is lost', () =>
    studio.open('train', async (page) => {
      await train(page, 1);
      await run(page, 1).check();
      const { bytes } = await download(page);
      const told = (text: string) => page.getByRole('alert').getByText(text).waitFor();
      await open(page, 'notes.zip', Buffer.from('no archive'));
      await told('notes.zip could not be opened: it is no .zip that can be read');
      await open(page, 'other.zip', zipSync({ 'a.txt': new Uint8Array(3) }));
      await told('other.zip could not be opened: it has no summary.json');
      await open(page, 'bomb.zip', zipSync({ 'x/model.safetensors': new Uint8Array(300e6) }));
      await told('x/model.safetensors in it has 300 MB: expected at most 256 MB.');
      const files = unzipSync(bytes);
      const [weights] = Object.keys(files).filter((path) => path.endsWith('.safetensors'));
      await open(page, 'torn.zip', zipSync({ ...files, [weights]: files[weights].subarray(0, 5000) }));
      await told('torn.zip could not be opened: model.safetensors is not a valid safetensors file');
      files[weights][files[weights].length - 1] ^= 1;
      await open(page, 'changed.zip', zipSync(files));
      await told('its weights are not those that it tells of');
      expect(await page.getByRole('checkbox', { name: 'small-cnn' }).count()).toBe(1);
    }));

  test('where the browser has no room, a run stays as long as the page, and that is told', () =>
    studio.open('train', async (page) => {
      await page.evaluate(() => {
        IDBObjectStore.prototype.put = () => {
          throw new DOMException('full', 'QuotaExceededError');
        };
      });
      await train(page, 1);
      await page.getByRole('alert').getByText("The browser's storage for this page is full.").waitFor();
      await run(page, 1).check();
      expect(Object.keys(unzipSync((await download(page)).bytes)).length).toBe(9);
    }));
});

test('nothing is cut and axe-core finds nothing, whatever the page and its colours', () =>
  studio.open('runs', async (page) => {
    await page.getByRole('heading', { name: 'Runs' }).waitFor();
    await expectAccessible(page, 'runs-none');
    await train(page, 1);
    await train(page, 2);
    await run(page, 1).check();
    await page.getByRole('button', { name: 'Download .zip' }).waitFor();
    await expectAccessible(page, 'runs-one');
    await run(page, 2).check();
    await page.getByRole('heading', { name: '2 runs compared' }).waitFor();
    await page.getByText('Epochs as a table').click();
    await expectAccessible(page, 'runs-two');
  }));
