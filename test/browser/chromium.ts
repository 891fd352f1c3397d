/**
 * Runs a job in a page of headless Chromium: a module of this repository, bundled as a web application would be, whose
 * default export takes one argument. Needs a browser that `find-browser.mjs` finds, and the built dist/.
 */

import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll } from 'vitest';
import { findBrowser } from './find-browser.mjs';
import { bundle, removeBundle, servePage } from './page-server.js';

const bundles = new Map<string, Promise<string>>();
let browser: Promise<Browser> | undefined;

afterAll(async () => {
  await (await browser?.catch(() => undefined))?.close();
  await Promise.all([...bundles.values()].map(async (folder) => removeBundle(await folder)));
});

export interface PageOptions {
  /** Whether the page is served with the headers that let it share memory with its workers; default true. */
  readonly isolated?: boolean;
  /** A folder that the page finds at `/files/`. */
  readonly files?: string;
}

/** Opens a page of its own, and closes it when `use` is done. */
export async function withPage<Result>(
  use: (page: Page) => Promise<Result>,
  options: BrowserContextOptions = {},
): Promise<Result> {
  browser ??= chromium.launch({ ...findBrowser(), args: ['--no-sandbox'] });
  const context = await (await browser).newContext(options);
  try {
    return await use(await context.newPage());
  } finally {
    await context.close();
  }
}

/**
 * @param entry path of the job's module from the repository's root, such as `test/browser/jobs/training.ts`
 * @param argument what JSON can carry, typed arrays too
 * @returns what the job returns, of the same kind
 * @throws Error with what the job throws
 */
export async function runInChromium<Result>(
  entry: string,
  argument?: unknown,
  { isolated = true, files }: PageOptions = {},
): Promise<Result> {
  const bundled = bundles.get(entry) ?? bundle(entry);
  bundles.set(entry, bundled);
  const server = await servePage(await bundled, isolated, files);
  try {
    return await withPage(async (page) => {
      await page.goto(server.origin);
      return await page.evaluate(runJob, argument);
    });
  } finally {
    await server.close();
  }
}

/** Runs in the page. */
function runJob(argument: unknown): Promise<never> {
  const { job } = globalThis as unknown as { job: Promise<{ default: (argument: unknown) => Promise<never> }> };
  return job.then((module) => module.default(argument));
}
