/**
 * Proof that a training survives: breaks a small training off many times, goes on with it each time, and compares what
 * it ends with, hashes, history and every file, with a run that was never broken off. It is killed at every write,
 * fsync, renaming and removal of its files (before, in the midst, after), at random moments, by Ctrl-C and SIGTERM, on a
 * disk that is full for a while, and as on a machine that was lost: what was not brought to the disk is gone.
 *
 * node test/long-trainings/kill-and-resume.mjs [--kills 300] [--seed 1]
 */

import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { batchNormalization, conv2d, dense, dropout, flatten, maxPooling2d, writeIdx } from 'inkling';
import { RandomNumbers } from '../../pretrained/drawing/random-numbers.mjs';
import { differencesOf } from './same-run.mjs';

const { values } = parseArgs({ options: { kills: { type: 'string' }, seed: { type: 'string' } } });
const kills = Number(values.kills ?? 300);
/** So many before a run is let go on to its end, and compared. */
const deathsOfChain = 12;
const program = fileURLToPath(new URL('../../bin/inkling.js', import.meta.url));
const faults = new URL('./faults.mjs', import.meta.url).href;
const scratch = mkdtempSync(join(tmpdir(), 'inkling-survives-'));
process.once('exit', (code) => code === 0 && rmSync(scratch, { recursive: true, force: true }));

const random = new RandomNumbers(Number(values.seed ?? 1));

function writeData() {
  mkdirSync(join(scratch, 'data'));
  for (const [part, count] of [
    ['train', 1500],
    ['t10k', 60],
  ]) {
    const data = new Uint8Array(count * 64).map((_, index) => {
      const [image, y, x] = [Math.floor(index / 64), Math.floor(index / 8) % 8, index % 8];
      const shift = 1 + (image % 5);
      return [y === shift, x === shift, x === y][image % 3] ? 255 - (image % 50) : (index * 7 + image * 13) % 120;
    });
    const labels = Uint8Array.from({ length: count }, (_, image) => (image % 11 === 0 ? image * 7 : image) % 3);
    writeFileSync(join(scratch, 'data', `${part}-images-idx3-ubyte`), writeIdx({ data, shape: [count, 8, 8] }));
    writeFileSync(join(scratch, 'data', `${part}-labels-idx1-ubyte`), writeIdx({ data: labels, shape: [count] }));
  }
  const layers = [
    conv2d({ filters: 4, kernelSize: 3, activation: 'relu' }),
    batchNormalization(),
    maxPooling2d({ poolSize: 2 }),
    flatten(),
    dropout({ rate: 0.3 }),
    dense({ units: 3, activation: 'softmax' }),
  ];
  writeFileSync(join(scratch, 'model.json'), JSON.stringify({ name: 'small', inputShape: [8, 8, 1], layers }));
}

const begin = [
  ...['train', '--data', 'data', '--model', 'model.json', '--augment', 'strong', '--schedule', 'cosine'],
  ...['--epochs', '3', '--batch-size', '50', '--robustness', '0', '--checkpoint-minutes', '0.00002', '--quiet'],
];

/** Runs the program, perhaps into a fault, and to its end or a signal after some milliseconds. */
async function run(words, { folder, fault, signal, after } = {}) {
  const threads = ['--threads', String(random.integer(1, 2))];
  const preload = fault ? ['--import', faults] : [];
  const env = { ...process.env, INKLING_FAULTS: JSON.stringify({ folder: join(scratch, folder ?? ''), ...fault }) };
  const child = spawn(process.execPath, [...preload, program, ...words, ...threads], { cwd: scratch, env });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const closed = new Promise((resolve) => child.once('close', (code, by) => resolve(code ?? by)));
  if (signal) {
    await Promise.race([sleep(after), closed]);
    child.kill(signal);
  }
  return { end: await closed, output };
}

/** What a machine that was lost had not brought to the disk: lines that were appended. */
function loseUnsynced(folder) {
  const path = join(scratch, folder, 'metrics.jsonl');
  if (!existsSync(path)) return;
  if (random.chance(0.2)) rmSync(path);
  else truncateSync(path, random.integer(0, readFileSync(path).length));
}

const tally = { killed: 0, interrupted: 0, fullDisk: 0, resumed: 0, begunAnew: 0, compared: 0 };
const failures = [];

/** One process of a run that is to break off. @returns whether the run has reached its end */
async function breakOff(folder, words, way) {
  const { end, output } = await run(words, { folder, ...way });
  if (end === 'SIGKILL') {
    tally.killed++;
    loseUnsynced(folder);
  } else if (end === 130) {
    tally.interrupted++;
    if (output.includes('Run: ') && output.includes('Training is done')) return true;
    if (!output.includes('Go on with: npx inkling train --resume') && !/nothing to keep/.test(output)) {
      failures.push(`${folder}: after ${JSON.stringify(way)} it does not say how to go on: ${output}`);
    }
  } else if (end === 'SIGINT' || end === 'SIGTERM') {
    // It came before the program listens, or when all was done.
    tally.interrupted++;
    return output.includes('Run: ');
  } else if (end === 1 && output.includes('ENOSPC')) {
    tally.fullDisk++;
  } else if (end !== 0) {
    failures.push(`${folder}: ${JSON.stringify(way)} ended with ${end}: ${output}`);
  }
  return end === 0;
}

/** Where nothing was kept yet, the same command must be able to begin anew. */
function nextWords(folder) {
  const checkpoints = join(scratch, folder, 'checkpoints');
  const kept = existsSync(checkpoints) && readdirSync(checkpoints).some((name) => name.startsWith('checkpoint-'));
  tally[kept ? 'resumed' : 'begunAnew']++;
  return kept ? ['train', '--resume', folder, '--quiet'] : [...begin, '--out', folder];
}

let deaths = 0;
let operation = 0;

/** Four of five die at an operation on files of their process, each at a later one, and one in another way. */
function nextWay(operations, milliseconds) {
  deaths++;
  if (deaths % 5 > 0) {
    // So wide that few deaths are spread over a whole run, too.
    const stride = Math.max(1, Math.floor(operations / (kills * 0.8)));
    operation = ((operation + stride - 1) % operations) + 1;
    return { fault: { at: operation, moment: ['before', 'midst', 'after'][deaths % 3] } };
  }
  const draw = random.between(0, 1);
  if (draw < 0.5) return { signal: 'SIGKILL', after: random.between(0, milliseconds) };
  if (draw < 0.75)
    return { signal: random.choose(['SIGINT', 'SIGTERM']), after: milliseconds * random.between(0.2, 0.6) };
  return { fault: { at: random.integer(1, operations), kind: 'full', times: random.choose([1, 5, 1000]) } };
}

const brokenOff = () => tally.killed + tally.interrupted + tally.fullDisk;

writeData();
const started = performance.now();
const countFile = join(scratch, 'operations');
const reference = await run([...begin, '--out', 'reference'], { folder: 'reference', fault: { countFile } });
if (reference.end !== 0) throw new Error(reference.output);
const milliseconds = performance.now() - started;
const operations = Number(readFileSync(countFile, 'utf8'));
console.log(`An unbroken run does ${operations} operations on files in ${(milliseconds / 1000).toFixed(1)} s`);

for (let chain = 0; brokenOff() < kills && failures.length === 0; chain++) {
  const folder = `run-${chain}`;
  let isDone = false;
  let isBegun = false;
  for (let death = 0; death < deathsOfChain && !isDone && brokenOff() < kills; death++) {
    const words = isBegun ? nextWords(folder) : [...begin, '--out', folder];
    isDone = await breakOff(folder, words, nextWay(operations, milliseconds));
    isBegun = true;
  }
  for (let tries = 0; !isDone && tries < 3; tries++) isDone = await breakOff(folder, nextWords(folder), {});
  const differences = isDone ? differencesOf(join(scratch, 'reference'), join(scratch, folder)) : ['it has no end'];
  tally.compared++;
  for (const difference of differences) failures.push(`${folder}: ${difference}`);
  if (differences.length === 0) rmSync(join(scratch, folder), { recursive: true });
  console.log(JSON.stringify(tally));
}

console.log(JSON.stringify(tally));
const { weightsSha256 } = JSON.parse(readFileSync(join(scratch, 'reference', 'summary.json'), 'utf8'));
if (failures.length > 0) {
  console.error(`${failures.join('\n')}\nThe runs are in ${scratch}`);
  process.exitCode = 1;
} else {
  console.log(
    `${brokenOff()} times broken off, ${tally.compared} runs compared: all ended with ${weightsSha256} and the same files.`,
  );
}
