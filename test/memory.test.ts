/** Memory is laid out before the first step: neither steps nor trainings one after the other add to it. */

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

interface Moment {
  readonly engine: number;
  readonly heap: number;
  readonly process: number;
}

/** What the job measured after its warm-up and later on. */
async function measured(what: 'steps' | 'fits' | 'engines'): Promise<Moment[]> {
  const job = fileURLToPath(new URL('memory/job.mjs', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', job, what], { timeout: 100_000 });
  return JSON.parse(stdout);
}

const megabyte = 2 ** 20;

test.each(['steps', 'fits'] as const)('a thousand %s (or 50 fits) do not grow the memory', async (what) => {
  const [warm, later, last] = await measured(what);
  expect([later.engine, last.engine]).toEqual([warm.engine, warm.engine]);
  expect(warm.engine).toBeGreaterThan(megabyte);
  // The second half shows what still grows when all code is compiled.
  expect(last.heap - later.heap).toBeLessThan(0.3 * megabyte);
  expect(last.process - later.process).toBeLessThan(8 * megabyte);
});

test('engines that nobody holds any more are cleared away, with their threads', async () => {
  expect(await measured('engines')).toEqual([]);
});
