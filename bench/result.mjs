/** A results file as Markdown. As a program, prints that of one: `npm run tables -- results/FILE.json`. */

import { readFileSync } from 'node:fs';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { labelOf } from './programs.mjs';
import { formatTable } from './table.mjs';
import { workloads } from './workloads/workloads.mjs';

/** Everything that a results file has to say. */
export function formatResult(result) {
  const { machine, versions, checks } = result;
  const measured = result.samples.filter(({ failed }) => !failed);
  const tables = workloads.flatMap(({ name, tables }) => {
    const samples = measured.filter(({ workload }) => workload === name);
    return samples.length === 0 ? [] : tables(samples, result).map(formatTable);
  });
  const wrong = checks
    .filter(({ passed }) => !passed)
    .map(({ program, model, problem }) => `- ${labelOf(program)}, ${model}: ${problem}`);
  const failed = result.samples
    .filter((sample) => sample.failed)
    .map((sample) => `- ${labelOf(sample.program)}, ${sample.workload}: ${sample.failed}`);
  const absent = Object.keys(result.missing).map((name) => `- ${labelOf(name)}`);
  return [
    `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB, ${machine.os}. ${result.date.slice(0, 10)}, commit ${result.commit}` +
      `${result.modified ? ' with changes' : ''}, arithmetic ${result.arithmetic}, load before ${result.loadAverage.toFixed(2)}.`,
    Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(', '),
    'Medians (smallest to largest). A figure means nothing without the others of the same table.',
    ...(result.quick ? ['**A quick run: the figures mean nothing.**'] : []),
    ...tables,
    ...(absent.length > 0 ? [`Not installed:\n${absent.join('\n')}`] : []),
    ...(wrong.length > 0 ? [`Not timed, since results differ:\n${wrong.join('\n')}`] : []),
    ...(failed.length > 0 ? [`Failed:\n${failed.join('\n')}`] : []),
  ].join('\n\n');
}

if (argv[1] === fileURLToPath(import.meta.url)) console.log(formatResult(JSON.parse(readFileSync(argv[2], 'utf8'))));
