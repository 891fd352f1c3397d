/** The studio as `inkling studio` serves it, in a page of Chromium: opening it, drawing in it, and what every screen must keep to. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { withPage } from './chromium.js';

const program = fileURLToPath(new URL('../../bin/inkling.js', import.meta.url));
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const phone = { width: 390, height: 844 };
const desktop = { width: 1280, height: 900 };

/** Points as fractions of the pad. */
export type Points = readonly (readonly [x: number, y: number])[];

export interface Studio {
  /** Where it was started, and what its runs/ is in. */
  readonly folder: string;
  /** Opens a room, and fails where the page logs an error that is not expected. */
  open(room: string, use: (page: Page) => Promise<void>, options?: BrowserContextOptions): Promise<void>;
  /** Runs `inkling` in the folder. @returns what it printed, and how it ended */
  inkling(...words: string[]): Promise<{ readonly code: number; readonly output: string }>;
}

/** Starts the server before a file's tests and ends it after them. */
export function useStudio(): Studio {
  const folder = mkdtempSync(join(tmpdir(), 'inkling-studio-'));
  const server = spawn(process.execPath, [program, 'studio', '--port', '0', '--json'], { cwd: folder });
  let address = '';
  beforeAll(async () => {
    const [line] = await once(server.stdout, 'data');
    address = JSON.parse(String(line)).address;
  });
  afterAll(() => {
    server.kill();
    rmSync(folder, { recursive: true });
  });
  return {
    folder,
    open: (room, use, options = {}) =>
      withPage(
        async (page) => {
          const errors: string[] = [];
          page.on('pageerror', ({ message }) => errors.push(message));
          page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
          await page.goto(`${address}#${room}`);
          await use(page);
          expect(errors).toEqual([]);
        },
        { viewport: desktop, ...options },
      ),
    async inkling(...words) {
      const child = spawn(process.execPath, [program, ...words], { cwd: folder });
      const parts: string[] = [];
      child.stdout.on('data', (part) => parts.push(String(part)));
      child.stderr.on('data', (part) => parts.push(String(part)));
      const [code] = await once(child, 'close');
      return { code, output: parts.join('') };
    },
  };
}

export async function drawByMouse(page: Page, points: Points): Promise<void> {
  const pad = page.getByTestId('pad');
  await pad.scrollIntoViewIfNeeded();
  const { x, y, width, height } = (await pad.boundingBox())!;
  const [[left, top], ...rest] = points.map(([right, down]) => [x + right * width, y + down * height]);
  await page.mouse.move(left, top);
  await page.mouse.down();
  for (const [toX, toY] of rest) await page.mouse.move(toX, toY, { steps: 6 });
  await page.mouse.up();
}

/**
 * On a phone and on a desk, in light and in dark colours: nothing is wider than the page, and axe-core finds nothing.
 * Leaves the page as it was.
 * @param name of its pictures: see `look`
 */
export async function expectAccessible(page: Page, name: string): Promise<void> {
  const before = page.viewportSize()!;
  // The page's policy keeps scripts out that are not its own; the browser's tools may bring one.
  await page.evaluate(axe);
  for (const viewport of [phone, desktop]) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ['light', 'dark'] as const) {
      // Without motion: half way from one colour to the other nothing has its contrast.
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.locator(`html[data-theme="${colorScheme}"]`).waitFor();
      // Charts follow a page that has become narrower.
      const wider = () => page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
      await expect.poll(wider, { timeout: 10_000 }).toBeLessThanOrEqual(0);
      expect(await page.evaluate(findFaults), `${viewport.width} pixels wide, ${colorScheme}`).toEqual([]);
      await look(page, `${name}-${viewport.width}-${colorScheme}`);
    }
  }
  await page.setViewportSize(before);
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
}

/** Runs in the page. */
async function findFaults(): Promise<string[]> {
  const { axe } = globalThis as unknown as {
    axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
  };
  return (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

/** Puts a picture of the whole page where INKLING_SCREENSHOTS says, to be looked at. */
async function look(page: Page, name: string): Promise<void> {
  const folder = process.env.INKLING_SCREENSHOTS;
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
