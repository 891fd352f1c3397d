/**
 * Fuzzes every reader of files, few inputs of a fixed seed; `npm run fuzz` does the same with many. First: that the
 * harness finds what it is there for. Runs, seed, target and path come by INKLING_FUZZ (JSON), which scripts/fuzz.js
 * sets.
 */

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { InklingError } from '../../src/errors.js';
import { datasetTargets } from './dataset-targets.js';
import { fileTargets } from './file-targets.js';
import { type FuzzTarget, fuzz } from './harness.js';
import { pictureTargets } from './picture-targets.js';

vi.mock('#platform', () => import('../../src/platform/node.js'));

interface Request {
  readonly runs: number;
  readonly seed: number;
  readonly target?: string;
  readonly path?: string;
  /** For the test of the harness: hang on some input. */
  readonly planted?: 'hang';
}

const request: Request = { runs: 2000, seed: 1, ...JSON.parse(process.env.INKLING_FUZZ ?? '{}') };
const asked = process.env.INKLING_FUZZ !== undefined;

/** Reads a byte and does what is planted if it is 77. */
function planted(defect: () => unknown): FuzzTarget {
  return {
    name: 'planted',
    fraction: 0,
    input: fc.uint8Array({ minLength: 1, maxLength: 4 }),
    read: ([byte]) => {
      if (byte === 77) return defect();
      if (byte % 2 === 0) throw new InklingError('data', 'a.bin has an even first byte: expected an odd one.');
      return byte;
    },
  };
}

if (request.planted === 'hang') {
  test('a planted hang', async () => {
    const forever = () => {
      for (;;);
    };
    await fuzz(planted(forever), { runs: 5000, seed: 5, milliseconds: 500 });
  });
}

describe.runIf(!asked)('the harness', () => {
  test('passes results and refusals', async () => {
    const outcome = await fuzz(
      planted(() => 77),
      { runs: 1000, seed: 5 },
    );
    expect(outcome.results + outcome.refusals).toBe(1000);
    expect(Math.min(outcome.results, outcome.refusals)).toBeGreaterThan(300);
  });

  test.each([
    [
      'an error that is no InklingError',
      () => (undefined as unknown as Uint8Array).length,
      /TypeError: Cannot read properties/,
    ],
    [
      'one that comes later',
      () => Promise.reject(new RangeError('Invalid array length')),
      /RangeError: Invalid array length/,
    ],
    ['an error without a message', () => Promise.reject(new InklingError('data', '')), /InklingError/],
  ])('finds %s, and says how to replay it', async (_, defect, message) => {
    const found: Error = await fuzz(planted(defect), { runs: 5000, seed: 5 }).then(
      () => expect.unreachable(),
      (error) => error,
    );
    expect(found.message).toMatch(message);
    const [, seed, path] =
      found.message.match(/Replay: npm run fuzz -- --target planted --seed (\d+) --path (\S+)/) ?? [];
    expect(found.message).toMatch(/Input \(base64\): T[Q-T]/);
    await expect(fuzz(planted(defect), { runs: 1, seed: Number(seed), path })).rejects.toThrow(
      found.message.split('\nReplay')[1],
    );
  });

  test('finds memory that stays', async () => {
    const kept: Uint8Array[] = [];
    const leak: FuzzTarget = { ...planted(() => 0), read: () => kept.push(new Uint8Array(20_000).fill(1)) };
    await expect(fuzz(leak, { runs: 2000, seed: 5 })).rejects.toThrow(/planted: \d+ MB stayed in memory/);
  });

  test('ends a process that hangs, and says on what', () => {
    const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url));
    const root = fileURLToPath(new URL('../../', import.meta.url));
    const { status, stderr, stdout } = spawnSync(process.execPath, [vitest, 'run', 'test/fuzz/fuzz.test.ts'], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, INKLING_FUZZ: JSON.stringify({ planted: 'hang', target: 'none' }) },
    });
    expect(status).not.toBe(0);
    expect(stderr + stdout).toMatch(
      /planted: an input takes more than 500 ms\nReplay: npm run fuzz -- --target planted --seed \d+ --path \d+\nInput \(base64\): T[Q-T]/,
    );
  });
});

const targets = [...pictureTargets, ...fileTargets, ...datasetTargets];

test('shares are percents, and a target that is asked for is there', () => {
  expect(targets.reduce((sum, { fraction }) => sum + fraction, 0)).toBe(100);
  expect(['none', undefined, ...targets.map(({ name }) => name)]).toContain(request.target);
});

describe.each(targets.filter(({ name }) => request.target === undefined || request.target === name))(
  '$name',
  (target) => {
    test(
      'gives a result or a refusal for anything',
      async () => {
        const runs = request.target === undefined ? Math.ceil((request.runs * target.fraction) / 100) : request.runs;
        const start = performance.now();
        const outcome = await fuzz(target, { runs, seed: request.seed, path: request.path });
        if (asked) {
          const seconds = ((performance.now() - start) / 1000).toFixed(1);
          console.log(
            `${target.name}: ${outcome.results} results, ${outcome.refusals} refusals in ${seconds} s; slowest input ` +
              `${outcome.slowest.toFixed(0)} ms; memory ${(outcome.growth / 1e6).toFixed(1)} MB more`,
          );
        }
        if (request.path === undefined) expect(outcome.results + outcome.refusals).toBe(runs);
      },
      asked ? 3_600_000 : undefined,
    );
  },
);
