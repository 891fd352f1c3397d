/**
 * Which tests could notice an error at a place, found by running all tests once over sources that report which
 * functions they enter.
 */

import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { functionAt, instrumented, readReach } from './reach.mjs';
import { Scratch, sourceFiles, vitest } from './scratch.mjs';

/** Packages of their own, and pages: of those only what is for browsers alone needs the tests. */
const leftOut = ['bench/**', 'test/browser/**', 'test/planted-errors/**', '**/*.long.test.ts'];
const recorder = fileURLToPath(new URL('./record-reach.mjs', import.meta.url));

/**
 * @param folder to work in
 * @returns `reach`: test files by function; `seconds`: how long each test file takes; `failing`: those that fail
 * without any error planted
 */
export async function measureReach(folder, repository, scratch) {
  await rm(join(folder, 'instrumented'), { recursive: true, force: true });
  const copy = await Scratch.create(join(folder, 'instrumented'), repository);
  const root = copy.folder;
  for (const path of await sourceFiles(repository, 'HEAD')) {
    if (path.startsWith('src/')) await copy.write(path, instrumented(path, await copy.read(path)));
  }
  const refused = await copy.build('src/');
  if (refused !== undefined) throw new Error(`The instrumented sources do not build:\n${refused}`);
  await copy.write('reach-setup.mjs', 'process.env.INKLING_REACH_TEST = globalThis.__vitest_worker__.filepath;\n');
  await copy.write(
    'vitest.reach.ts',
    "import base from './vitest.config.js';\n" +
      "export default { ...base, test: { ...base.test, setupFiles: ['./reach-setup.mjs'] } };\n",
  );
  const notes = join(folder, 'reach');
  await rm(notes, { recursive: true, force: true });
  await mkdir(notes);
  const { report } = await vitest(
    root,
    ['--config', 'vitest.reach.ts', ...leftOut.flatMap((glob) => ['--exclude', glob])],
    {
      seconds: 7200,
      env: { INKLING_REACH: notes, NODE_OPTIONS: `--import=${recorder}` },
    },
  );
  if (!report) throw new Error('The tests of the instrumented sources did not end.');
  const seconds = {};
  let failing = [];
  for (const { name, startTime, endTime, status } of report.testResults) {
    const test = relative(root, name);
    seconds[test] = (endTime - startTime) / 1000;
    if (status !== 'passed') failing.push(test);
  }
  // Some look at the sources themselves: they count where they pass without the reports.
  if (failing.length > 0) {
    const again = await vitest(scratch.folder, failing, { seconds: 3600 });
    const results = again.report?.testResults ?? [];
    failing = failing.filter((test) => !results.some(({ name, status }) => name.endsWith(test) && status === 'passed'));
  }
  await rm(root, { recursive: true });
  const measured = { reach: await readReach(notes, root), seconds, failing };
  await writeFile(join(folder, 'reach.json'), JSON.stringify(measured));
  return measured;
}

/** Of a kernel every test that runs kernels may notice, of a browser's file those that open pages. */
function reachedBy({ path, start }, text, reach) {
  if (path.startsWith('src/platform/browser')) return ['test/browser'];
  if (path.startsWith('src/')) return reach[functionAt(path, text, start)] ?? [];
  const kernels = Object.keys(reach).filter((id) => /^src\/engine\/kernels\.ts#[1-9]/.test(id));
  return [...new Set(kernels.flatMap((id) => reach[id]))];
}

/**
 * @returns test files that enter the mutation's function, in batches to be run one after the other: first those named
 *   like the source and what is quick, then the rest
 */
export function testsFor(mutation, text, { reach, seconds, failing }) {
  const name = basename(mutation.path, '.ts');
  const isNamesake = (test) => basename(test).startsWith(`${name}.`);
  const tests = reachedBy(mutation, text, reach).filter((test) => !failing.includes(test));
  const cost = (test) => seconds[test] ?? 10;
  tests.sort((a, b) => Number(isNamesake(b)) - Number(isNamesake(a)) || cost(a) - cost(b));
  const batches = [[], []];
  let spent = 0;
  for (const test of tests) {
    spent += cost(test);
    batches[spent <= 20 || batches[0].length === 0 ? 0 : 1].push(test);
  }
  return batches
    .filter((batch) => batch.length > 0)
    .map((batch) => ({ tests: batch, seconds: batch.reduce((sum, test) => sum + cost(test), 0) }));
}
