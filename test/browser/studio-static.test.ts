/**
 * The studio as static files in a real browser, from a host that sends no headers and has it under a path of its own:
 * isolated by its service worker, without a network, and where all that fails with one thread.
 */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withPage } from './chromium.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'inkling-site-'));
const site = join(folder, 'site');
const types: Record<string, string> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};

beforeAll(() => {
  execFileSync(process.execPath, [join(root, 'scripts/build-studio-site.js'), '--out', site], { stdio: 'pipe' });
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

interface Host {
  readonly address: string;
  /** Paths that were asked for. */
  readonly asked: string[];
  /** Paths that are answered when these are done. */
  readonly held: Map<string, Promise<void>>;
  readonly server: Server;
}

/** A plain host. @param replaced what it sends instead of files */
async function serve(replaced: Record<string, string> = {}): Promise<Host> {
  const asked: string[] = [];
  const held = new Map<string, Promise<void>>();
  const server = createServer(async ({ url = '/' }, response) => {
    const path = new URL(url, 'http://host').pathname.replace(/^\/some\/where\//, '') || 'index.html';
    asked.push(path);
    await held.get(path);
    const file = join(site, path);
    if (!url.startsWith('/some/where/') || !existsSync(file)) return response.writeHead(404).end();
    const type = types[extname(path)] ?? 'application/octet-stream';
    return response.writeHead(200, { 'Content-Type': type }).end(replaced[path] ?? readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/some/where/`, asked, held, server };
}

async function withHost(use: (host: Host) => Promise<void>, replaced?: Record<string, string>): Promise<void> {
  const host = await serve(replaced);
  try {
    await use(host);
  } finally {
    host.server.closeAllConnections();
    host.server.close();
  }
}

const isIsolated = (page: Page) => page.waitForFunction(() => crossOriginIsolated);
const small = '#train?recipe=fast&model=mlp&images=600&epochs=1';

/** @returns the weights' SHA-256 */
async function train(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await page.getByText('It has learned').waitFor({ timeout: 90_000 });
  return (await page.locator('.hash code').textContent())!;
}

test('is isolated by its service worker, trains from a path of its own, and goes on without a network', () =>
  withHost(({ address, server }) =>
    withPage(async (page) => {
      const problems: string[] = [];
      page.on('pageerror', ({ message }) => problems.push(message));
      page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
      await page.goto(`${address}${small}`);
      await isIsolated(page);
      await page.getByText(/threads? for training, of/).waitFor();
      const hash = await train(page);
      expect(hash).toMatch(/^[0-9a-f]{64}$/);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await page.reload();
      await isIsolated(page);
      expect(await train(page)).toBe(hash);
      await page.getByRole('link', { name: 'Draw' }).click();
      await page.getByTestId('pad').waitFor();
      expect(problems).toEqual([]);
    }),
  ));

test('MNIST is kept by a button before anything was trained', () =>
  withHost(({ address, server }) =>
    withPage(async (page) => {
      await page.goto(`${address}${small}`);
      await isIsolated(page);
      await page.getByRole('button', { name: 'Keep MNIST for offline use' }).click();
      await page.getByText('training works without a network').waitFor();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await page.reload();
      expect(await train(page)).toMatch(/^[0-9a-f]{64}$/);
    }),
  ));

test('trains with one thread, to the same bytes, where a service worker is not allowed', () =>
  withHost(async ({ address }) => {
    const hash = await withPage(
      async (page) => {
        await page.goto(`${address}${small}`);
        const own = await train(page);
        await page.getByText('1 thread for training, because this page is not cross-origin isolated').waitFor();
        return own;
      },
      { serviceWorkers: 'block' },
    );
    await withPage(async (page) => {
      await page.goto(`${address}${small}`);
      await isIsolated(page);
      expect(await train(page)).toBe(hash);
    });
  }));

test('is not loaded anew where somebody has drawn already', () =>
  withHost(({ address, held }) =>
    withPage(async (page) => {
      let send = () => {};
      held.set('service-worker.js', new Promise((resolve) => (send = resolve)));
      await page.goto(`${address}#draw`);
      const { x, y } = (await page.getByTestId('pad').boundingBox())!;
      await page.mouse.move(x + 50, y + 50);
      await page.mouse.down();
      await page.mouse.move(x + 90, y + 150, { steps: 3 });
      await page.mouse.up();
      await page.evaluate('isTheSamePage = true');
      send();
      await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
      await page.waitForTimeout(500);
      expect(await page.evaluate('isTheSamePage')).toBe(true);
      await page.reload();
      await isIsolated(page);
    }),
  ));

test('loads once more and no oftener where a service worker does not help', () => {
  const idle =
    'addEventListener("install", () => skipWaiting()); addEventListener("activate", (event) => event.waitUntil(clients.claim()));';
  return withHost(
    ({ address, asked }) =>
      withPage(async (page) => {
        await page.goto(`${address}#draw`);
        await page.waitForFunction('sessionStorage.length > 0');
        await page.getByText('because this page is not cross-origin isolated').waitFor();
        await page.waitForTimeout(1000);
        expect(asked.filter((path) => path === 'index.html')).toHaveLength(2);
      }),
    { 'service-worker.js': idle },
  );
});

test('the first screen takes no more than 120 KiB of JavaScript, the page without what is loaded later no more than 300', () => {
  const assets = join(site, 'assets');
  const size = (name: string) => gzipSync(readFileSync(join(assets, name)), { level: 9 }).length;
  const importsOf = (name: string) =>
    [...readFileSync(join(assets, name), 'utf8').matchAll(/(?:from|import)\s*["'`]\.\/([\w.-]+\.js)["'`]/g)].map(
      ([, one]) => one,
    );
  const withImports = (first: string[]) => {
    const found = new Set(first);
    for (const name of found) for (const other of importsOf(name)) found.add(other);
    return [...found].reduce((sum, name) => sum + size(name), 0);
  };
  const named = (start: string) => readdirSync(assets).filter((name) => name.startsWith(start) && name.endsWith('.js'));
  expect(withImports([...named('index-'), ...named('draw-room-')])).toBeLessThan(120 * 1024);
  expect(
    withImports([...named('index-'), ...named('draw-room-'), ...named('train-room-'), ...named('conductor-')]),
  ).toBeLessThan(300 * 1024);
});
