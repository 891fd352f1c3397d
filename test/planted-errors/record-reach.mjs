/**
 * Loaded before everything else into each process and thread of a test run over instrumented sources (reach.mjs): notes
 * under the test file that runs which functions are entered, each once a process. Child processes and threads inherit
 * whose they are by the environment.
 */

import { appendFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.env.INKLING_REACH;
const seen = new Set();

globalThis.__inklingReach = (id) => {
  if (seen.has(id)) return;
  const test = globalThis.__vitest_worker__?.filepath ?? process.env.INKLING_REACH_TEST;
  if (!folder || !test) return;
  seen.add(id);
  appendFileSync(join(folder, encodeURIComponent(test)), `${id}\n`);
};
