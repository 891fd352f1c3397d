/**
 * Fuzzes every reader of files: 100,000 inputs, or as many as `--runs` says. `--target NAME` takes one reader, `--seed
 * N` begins elsewhere; a failure prints what replays it. The work is in test/fuzz, a vitest file.
 */

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

function wholeNumber(name, text) {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < (name === '--seed' ? 0 : 1)) {
    console.error(`${name} must be a whole number. Received: ${text}.`);
    process.exit(2);
  }
  return value;
}

const text = { type: 'string' };
const { values } = parseArgs({ options: { runs: text, seed: text, target: text, path: text } });
const { target, path, runs = '100000', seed = String(Date.now() % 1_000_000) } = values;
const request = { runs: wholeNumber('--runs', runs), seed: wholeNumber('--seed', seed), target, path };
console.log(`${path ? 'Replaying one input' : `${request.runs} inputs`}, seed ${request.seed}`);
const root = fileURLToPath(new URL('..', import.meta.url));
const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
const { status } = spawnSync(
  process.execPath,
  [vitest, 'run', 'test/fuzz/fuzz.test.ts', '--disable-console-intercept'],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, INKLING_FUZZ: JSON.stringify(request) },
  },
);
process.exit(status ?? 1);
