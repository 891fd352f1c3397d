/**
 * Plants errors in a copy of the last commit, one at a time, and tells which of them the tests catch: `npm run
 * long:planted`. The same seed draws the same errors at the same commit. Call it again to go on where it was stopped,
 * or where `--minutes` ended it.
 */

import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { RandomNumbers } from '../../pretrained/drawing/random-numbers.mjs';
import { mutated, mutationsOf } from './mutations.mjs';
import { measureReach, testsFor } from './reached-tests.mjs';
import { commitOf, Scratch, sourceFiles, vitest } from './scratch.mjs';

const repository = fileURLToPath(new URL('../..', import.meta.url));

function options() {
  const { values } = parseArgs({
    options: {
      number: { type: 'string', default: '30' },
      seed: { type: 'string', default: '1' },
      minutes: { type: 'string', default: '600' },
      folder: { type: 'string' },
    },
  });
  for (const name of ['number', 'seed', 'minutes']) {
    if (/^\d+$/.test(values[name])) continue;
    console.error(`--${name} must be a whole number. Received: ${values[name]}.`);
    process.exit(2);
  }
  const [number, seed, minutes] = [values.number, values.seed, values.minutes].map(Number);
  return { number, seed, minutes, folder: values.folder };
}

/** Lines with something to change, each as likely as the other, then one of its changes. */
async function drawer(scratch, commit, seed) {
  const lines = [];
  for (const path of await sourceFiles(repository, commit)) {
    const mutations = mutationsOf(path, await scratch.read(path));
    const byLine = new Map();
    for (const mutation of mutations) byLine.set(mutation.line, [...(byLine.get(mutation.line) ?? []), mutation]);
    lines.push(...byLine.values());
  }
  const random = new RandomNumbers(seed);
  return () => {
    const line = lines[random.integer(0, lines.length - 1)];
    return line[random.integer(0, line.length - 1)];
  };
}

/** @returns the first failed test of a report, by its file and its name */
function failureOf({ report, timedOut }, root) {
  if (timedOut || !report) return { outcome: 'timed out', by: 'all tests together' };
  for (const { name, assertionResults, message } of report.testResults) {
    const file = name.replace(`${root}/`, '');
    const failed = assertionResults.find(({ status }) => status === 'failed');
    if (!failed && !message) continue;
    const text = failed ? failed.failureMessages.join('\n') : message;
    const outcome = /timed out/i.test(text) ? 'timed out' : 'caught';
    return { outcome, by: failed ? `${file}: ${failed.fullName}` : file };
  }
  return { outcome: 'caught', by: 'the run of the tests' };
}

/** @returns what came of it: it does not compile, makes the same kernels, is caught, times out or survives */
async function tryOut(mutation, scratch, reached) {
  const text = await scratch.read(mutation.path);
  const isKernel = mutation.path.startsWith('assembly/');
  const binaries = 'src/engine/kernel-binaries.ts';
  const before = isKernel ? await scratch.read(binaries) : '';
  await scratch.write(mutation.path, mutated(text, mutation));
  try {
    if ((await scratch.build(mutation.path)) !== undefined) return { outcome: 'does not compile' };
    if (isKernel && (await scratch.read(binaries)) === before) return { outcome: 'same kernels' };
    const batches = testsFor(mutation, text, reached);
    for (const { tests, seconds } of batches) {
      const limits = ['--bail', '1', '--testTimeout', '60000', '--hookTimeout', '60000'];
      const result = await vitest(scratch.folder, [...tests, ...limits], { seconds: 120 + 4 * seconds });
      if (result.code !== 0) return failureOf(result, scratch.folder);
    }
    const count = batches.reduce((sum, { tests }) => sum + tests.length, 0);
    return { outcome: 'survived', by: count === 0 ? 'no test enters the function' : `${count} test files passed` };
  } finally {
    await scratch.write(mutation.path, text);
    if (isKernel) await scratch.write(binaries, before);
  }
}

function table(results) {
  const cell = (value) => String(value).replaceAll(/\s+/g, ' ').replaceAll('|', '\\|');
  const code = (value) => `\`${cell(value).slice(0, 60) || ' '}\``;
  const rows = results.map(({ path, line, kind, before, replacement, outcome, by, seconds }) => {
    return `| ${path}:${line} | ${kind}: ${code(before)} to ${code(replacement)} | ${outcome} | ${cell(by)} | ${seconds} |`;
  });
  return ['| place | error | outcome | by | s |', '| --- | --- | --- | --- | --- |', ...rows].join('\n');
}

const { number, seed, minutes, folder: chosen } = options();
const head = await commitOf(repository);
const folder = chosen ?? join(tmpdir(), `inkling-planted-errors-${head.slice(0, 7)}`);
await mkdir(folder, { recursive: true });
const copy = join(folder, 'repository');
if (!existsSync(copy)) {
  await Scratch.create(copy, repository);
  await writeFile(join(folder, 'commit'), head);
}
const scratch = new Scratch(copy);
const commit = await readFile(join(folder, 'commit'), 'utf8');
console.log(`${number} errors, seed ${seed}, commit ${commit.slice(0, 7)}, in ${folder}`);
const known = join(folder, 'reach.json');
if (!existsSync(known)) console.log('Running all tests once, to see which of them enter which function.');
const reached = existsSync(known)
  ? JSON.parse(await readFile(known, 'utf8'))
  : await measureReach(folder, repository, scratch);
if (reached.failing.length > 0)
  console.log(`Left out, since they fail without an error: ${reached.failing.join(', ')}`);

const file = join(folder, `seed-${seed}.json`);
const draws = existsSync(file) ? JSON.parse(await readFile(file, 'utf8')).draws : [];
const isPlanted = ({ outcome }) => outcome !== 'does not compile' && outcome !== 'same kernels';
const draw = await drawer(scratch, commit, seed);
const isTimeLeft = () => performance.now() < minutes * 60_000;
for (let index = 0; draws.filter(isPlanted).length < number && isTimeLeft(); index++) {
  const mutation = draw();
  if (index < draws.length) continue;
  const start = performance.now();
  const result = await tryOut(mutation, scratch, reached);
  draws.push({ ...mutation, ...result, seconds: Math.round((performance.now() - start) / 1000) });
  await writeFile(file, JSON.stringify({ commit, seed, cores: cpus().length, node: process.version, draws }, null, 1));
  const { path, line, kind, outcome, by, seconds } = draws[index];
  console.log(`${path}:${line}  ${kind}  ${outcome}${by ? ` (${by})` : ''}  ${seconds} s`);
}

const planted = draws.filter(isPlanted);
const survivors = planted.filter(({ outcome }) => outcome === 'survived');
await writeFile(join(folder, `seed-${seed}.md`), `${table(planted)}\n`);
console.log(
  `\n${planted.length - survivors.length} of ${planted.length} caught; ${draws.length - planted.length} more did not compile.`,
);
if (survivors.length > 0) console.log(`Survivors:\n${table(survivors)}`);
console.log(`All of them: ${join(folder, `seed-${seed}.md`)}. Delete the folder when you are done.`);
