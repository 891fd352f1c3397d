/** Measures Inkling beside its peers, prints the tables and writes bench/results/<date>-<commit>.json. */

import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { paths } from './paths.mjs';

if (!existsSync(paths.library)) {
  console.error('Inkling is not built: run "npm install" in the folder above, which builds it, and start again.');
  process.exit(1);
}
const { parseOptions, usage } = await import('./options.mjs');
const { Bench } = await import('./bench.mjs');
const { loadAverage, machine, quietLoad, repository } = await import('./machine.mjs');
const { formatResult } = await import('./result.mjs');
const { workloads } = await import('./workloads/workloads.mjs');

const options = readOptions();
if (options.help) {
  console.log(usage);
  process.exit();
}
const load = loadAverage();
if (load > quietLoad) {
  const fact = `The load average is ${load.toFixed(2)}: something else is running`;
  if (!options.busy && !options.quick) {
    console.error(`${fact}. Wait until it is below ${quietLoad}, or measure all the same with --busy.`);
    process.exit(1);
  }
  console.error(`WARNING: ${fact}, and these figures mean little.`);
}

const started = new Date();
const bench = new Bench(options);
try {
  await bench.findPrograms();
  for (const number of options.workloads) await workloads[number - 1].run(bench);
} finally {
  rmSync(bench.scratch, { recursive: true });
}
const { python, newerNode, help, ...settings } = options;
const { versions, arithmetic, missing, checks, samples } = bench;
const result = {
  date: started.toISOString(),
  ...repository(),
  quick: options.quick,
  loadAverage: load,
  machine: machine(),
  versions,
  arithmetic,
  settings,
  missing,
  checks,
  samples,
};
const file = resultFile(result);
mkdirSync(paths.results, { recursive: true });
writeFileSync(file, `${JSON.stringify(result, null, 1)}\n`);
console.log(await formatResult(result));
console.error(`\nWritten to ${file}`);
if (checks.some(({ passed }) => !passed) || samples.some(({ failed }) => failed)) process.exitCode = 1;

function readOptions() {
  try {
    return parseOptions(process.argv.slice(2));
  } catch (error) {
    console.error(`${error.message}\n\n${usage}`);
    process.exit(2);
  }
}

/** A second run of a commit on one day gets a number of its own. */
function resultFile({ date, commit, quick }) {
  if (quick) return join(paths.results, 'quick.json');
  const stem = join(paths.results, `${date.slice(0, 10)}-${commit}`);
  let name = `${stem}.json`;
  for (let number = 2; existsSync(name); number++) name = `${stem}-${number}.json`;
  return name;
}
