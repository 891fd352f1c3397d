/**
 * Inkling in pages that other people's bundlers build: a folder with the packed tarball and pinned bundlers, each page
 * opened in Chromium, where it reads a digit and trains on two threads, to the bytes that Node comes to.
 */

import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withPage } from '../browser/chromium.js';
import { servePage } from '../browser/page-server.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const here = join(root, 'test', 'bundlers');
const folder = mkdtempSync(join(tmpdir(), 'inkling-bundlers-'));

interface Outcome {
  readonly state: string;
  readonly answer: string;
  readonly probabilities: readonly number[];
  readonly weights: readonly (readonly number[])[];
}

let inNode: Outcome;

const run = (command: string, words: readonly string[], cwd = folder) =>
  execFileSync(command, words, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: undefined, VITEST: undefined },
  });
const npx = (words: string, cwd?: string) => run('npx', ['--no-install', ...words.split(' ')], cwd);

beforeAll(async () => {
  cpSync(join(here, 'app'), folder, { recursive: true });
  for (const name of ['package.json', 'package-lock.json']) cpSync(join(here, name), join(folder, name));
  cpSync(join(folder, 'work.js'), join(folder, 'next', 'app', 'work.js'));
  run('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], root);
  const quietly = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'];
  // As the lock says; `npm ci` refuses locks in which npm left out what other systems need.
  run('npm', ['install', ...quietly]);
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'))!;
  run('npm', ['install', '--no-save', ...quietly, `./${tarball}`]);
  const { work } = (await import(pathToFileURL(join(folder, 'work.js')).href)) as { work: () => Promise<Outcome> };
  inNode = await work();
}, 600_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the page does that is in `built/NAME`. */
async function openPage(name: string, page = 'index.html', policy?: string): Promise<Outcome> {
  const server = await servePage(join(folder, 'built', name), true);
  try {
    return await withPage(async (tab) => {
      const problems: string[] = [];
      tab.on('pageerror', (error) => problems.push(error.message));
      if (policy) {
        await tab.route(`**/${page}`, async (route) => {
          const response = await route.fetch();
          await route.fulfill({ response, headers: { ...response.headers(), 'Content-Security-Policy': policy } });
        });
      }
      await tab.goto(`${server.origin}/${page}`);
      await tab
        .waitForFunction(() => 'outcome' in globalThis, undefined, { timeout: 30_000 })
        .catch((error) => {
          throw new Error(`${error} ${problems}`);
        });
      return await tab.evaluate(() => (globalThis as unknown as { outcome: Promise<Outcome> }).outcome);
    });
  } finally {
    await server.close();
  }
}

/** For bundlers that take scripts, not pages. */
function writePage(name: string): void {
  mkdirSync(join(folder, 'built', name), { recursive: true });
  writeFileSync(
    join(folder, 'built', name, 'index.html'),
    '<!doctype html><script type="module" src="./main.js"></script>',
  );
}

const builds: Record<string, () => unknown> = {
  vite: () => npx('vite build --outDir built/vite --target esnext'),
  webpack: () => npx('webpack'),
  esbuild() {
    writePage('esbuild');
    return npx('esbuild main.js --bundle --splitting --format=esm --outdir=built/esbuild');
  },
  rollup() {
    writePage('rollup');
    return npx('rollup -c');
  },
  parcel: () => npx('parcel build index.html --dist-dir built/parcel --no-cache --no-autoinstall'),
  turbopack() {
    npx('next build --turbopack', join(folder, 'next'));
    cpSync(join(folder, 'next', 'out'), join(folder, 'built', 'turbopack'), { recursive: true });
  },
  'webpack of Next.js'() {
    const said = npx('next build --webpack', join(folder, 'next'));
    expect(said).not.toMatch(/warning/i);
    cpSync(join(folder, 'next', 'out'), join(folder, 'built', 'webpack of Next.js'), { recursive: true });
  },
};

test.each(Object.keys(builds))('%s', async (name) => {
  builds[name]();
  const outcome = await openPage(name);
  expect(outcome).toMatchObject({ state: 'digit', answer: '4' });
  expect(outcome).toEqual(inNode);
});

test('a content security policy that forbids blob: workers is told, and setThreadWorker does without them', async () => {
  writeFileSync(
    join(folder, 'vite.config.js'),
    "export default { build: { rolldownOptions: { input: ['index.html', 'own-thread.html'] } }, worker: { format: 'es' } };\n",
  );
  npx('vite build --outDir built/policy --target esnext');
  const policy = "script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'";
  await expect(openPage('policy', 'index.html', policy)).rejects.toThrow('worker-src blob:');
  expect(await openPage('policy', 'own-thread.html', policy)).toEqual(inNode);
});
