/** The page to draw on of docs/browser.md, as it stands there: a mouse draws, the page answers. */

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { withPage } from './chromium.js';
import { bundle, removeBundle, servePage } from './page-server.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
// Within the repository, where the package finds itself by its name.
const cache = join(root, 'node_modules', '.cache');
mkdirSync(cache, { recursive: true });
const folder = mkdtempSync(join(cache, 'inkling-pad-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Points in the pad, joined by lines. */
const digits: Record<string, [number, number][]> = {
  7: [
    [80, 70],
    [195, 70],
    [130, 215],
  ],
  1: [
    [140, 50],
    [140, 225],
  ],
};

async function draw(page: Page, points: readonly [number, number][]): Promise<void> {
  const { x, y } = (await page.locator('canvas').boundingBox())!;
  const [[left, top], ...rest] = points;
  await page.mouse.move(x + left, y + top);
  await page.mouse.down();
  for (const [toLeft, toTop] of rest) await page.mouse.move(x + toLeft, y + toTop, { steps: 5 });
  await page.mouse.up();
}

test('it reads what is drawn, with and without the headers that training needs', async () => {
  const [program] = /^```ts\n\/\/ src\/main\.ts\n.*?(?=^```$)/ms.exec(
    readFileSync(join(root, 'docs/browser.md'), 'utf8'),
  )!;
  const file = join(folder, 'main.ts');
  writeFileSync(file, program.replace('```ts', ''));
  const bundled = await bundle(file.slice(root.length));
  for (const isolated of [true, false]) {
    const server = await servePage(bundled, isolated);
    await withPage(async (page) => {
      await page.goto(server.origin);
      const output = page.locator('output');
      await output.filter({ hasText: 'Draw a digit.' }).waitFor();
      for (const [digit, points] of Object.entries(digits)) {
        await draw(page, points);
        await output.filter({ hasText: '%' }).waitFor();
        expect(await output.textContent()).toMatch(new RegExp(`^${digit} \\(digit, 9\\d\\.\\d %\\)$`));
        await page.getByRole('button', { name: 'Clear' }).click();
      }
      // A click leaves nothing to read.
      await page.mouse.click((await page.locator('canvas').boundingBox())!.x + 30, 40);
      await output.filter({ hasText: 'blank' }).waitFor();
    });
    await server.close();
  }
  await removeBundle(bundled);
});
