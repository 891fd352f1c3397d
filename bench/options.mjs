/** The options of `npm run bench`. */

import os from 'node:os';
import { parseArgs } from 'node:util';
import { findPython } from './paths.mjs';
import { programs } from './programs.mjs';

export const usage = `npm run bench -- [options]

  --workloads 1,3   which (default all): 1 training, 2 time to accuracy, 3 inference, 4 whole job, 5 kernels, 6 cold start,
                    7 installed size, 8 other shapes, 9 fast recipe, 10 studio
  --rounds N        default 5
  --threads 1,2     default 1,2; where a workload takes one number, the last
  --peers a,b       Inkling and these only: ${programs
    .slice(1, 7)
    .map(({ name }) => name)
    .join(', ')},
                    ${programs
                      .slice(7)
                      .map(({ name }) => name)
                      .join(', ')}
  --python PATH     the Python that has the peers; default $BENCH_PYTHON, else bench/.venv, else python3
  --newer-node PATH Node 24 or later, for Inkling with vectors of 256 bits; default: the Node that runs the bench
  --quick           one round of little work, to see that everything runs: the figures mean nothing
  --busy            measure although something else is running`;

/** How much work; with --quick, how little. */
const full = {
  trainImages: 60_000,
  shapeImages: 12_800,
  shapeSeconds: 3,
  inferSeconds: 2,
  epochs: 20,
  jobEpochs: 5,
  repeats: 5,
  studioImages: 60_000,
  studioEpochs: 2,
  studioStrokes: 10,
};
const quick = {
  trainImages: 512,
  shapeImages: 512,
  shapeSeconds: 0,
  inferSeconds: 0.2,
  epochs: 1,
  jobEpochs: 1,
  repeats: 1,
  studioImages: 2400,
  studioEpochs: 2,
  studioStrokes: 1,
};

/** @throws Error for options that are unknown or out of range */
export function parseOptions(args) {
  const string = { type: 'string' };
  const flag = { type: 'boolean', default: false };
  const { values } = parseArgs({
    args,
    options: {
      workloads: string,
      rounds: string,
      threads: string,
      peers: string,
      python: string,
      'newer-node': string,
      quick: flag,
      busy: flag,
      help: flag,
    },
  });
  const cores = os.availableParallelism();
  const peers = values.peers?.split(',');
  const unknown = peers?.find((name) => !programs.some((program) => program.name === name));
  if (unknown)
    throw new Error(`--peers: there is no "${unknown}". Expected: ${programs.map(({ name }) => name).join(', ')}.`);
  return {
    workloads: numbers('--workloads', values.workloads ?? '1,2,3,4,5,6,7,8,9,10', 10),
    threads: numbers('--threads', values.threads ?? (cores > 1 ? '1,2' : '1'), cores),
    rounds: numbers('--rounds', values.rounds ?? (values.quick ? '1' : '5'), 1000)[0],
    peers,
    python: findPython(values.python),
    newerNode: values['newer-node'] ?? process.execPath,
    quick: values.quick,
    busy: values.busy,
    help: values.help,
    work: values.quick ? quick : full,
  };
}

function numbers(option, text, largest) {
  const list = text.split(',').map(Number);
  if (!list.every((value) => Number.isInteger(value) && value >= 1 && value <= largest)) {
    throw new Error(`${option}: expected whole numbers from 1 to ${largest}. Received: ${text}.`);
  }
  return list;
}
