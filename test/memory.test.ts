/** Memory is laid out before the first step: neither steps nor trainings one after the other add to it. */

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

interface Moment {
  readonly engine: number;
  readonly heap: number;
  readonly process: number;
  /** Threads. */
  readonly started: number;
  readonly alive: number;
}

/** What the job measured after its warm-up and later on. */
async function measured(what: 'steps' | 'fits' | 'dropped' | 'disposed'): Promise<Moment[]> {
  const job = fileURLToPath(new URL('memory/job.mjs', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', job, what], { timeout: 100_000 });
  return JSON.parse(stdout);
}

const megabyte = 2 ** 20;

test.each([
  ['a thousand steps', 'steps'],
  ['fifty fits', 'fits'],
] as const)('%s do not grow the memory', async (_, what) => {
  const [warm, later, last] = await measured(what);
  expect(warm.engine).toBeGreaterThan(megabyte);
  expect([later.engine, last.engine]).toEqual([warm.engine, warm.engine]);
  // The second half shows what still grows when all code is compiled. The process holds garbage of its threads, too.
  expect(last.heap - later.heap).toBeLessThan(0.3 * megabyte);
  expect(last.process - later.process).toBeLessThan(24 * megabyte);
});

test.each([
  ['engines that nobody holds any more', 'dropped'],
  ['models that are kept and disposed', 'disposed'],
] as const)('of forty %s, threads end and memory is given back', async (_, what) => {
  const moments = await measured(what);
  expect(moments.map(({ started }) => started)).toEqual([20, 40, 60, 80]);
  for (const { alive } of moments) expect(alive).toBeLessThanOrEqual(2);
  // Each takes some 18 MB; ten are made between two moments.
  expect(moments[3].process - moments[1].process).toBeLessThan(40 * megabyte);
});
