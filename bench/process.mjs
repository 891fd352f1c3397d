/** Runs a program as a process of its own and reads the JSON lines that it prints. */

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** What makes a numerical library use more or other hardware than it is told. */
function environment(threads) {
  const count = String(threads);
  return { ...process.env, OMP_NUM_THREADS: count, MKL_NUM_THREADS: count, CUDA_VISIBLE_DEVICES: '-1' };
}

/**
 * @returns one object for each JSON line, with the seconds from the start of the process to its arrival as `arrived`,
 *   and the seconds to the end of the process
 * @throws Error with the end of standard error where the process fails
 */
export async function runProcess(command, args, { threads = 1, cwd } = {}) {
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1000;
  const child = spawn(command, args, { cwd, env: environment(threads), stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const lines = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line.startsWith('{')) lines.push({ ...JSON.parse(line), arrived: seconds() });
  });
  let complaint = '';
  child.stderr.on('data', (data) => {
    complaint = (complaint + data).slice(-4000);
  });
  const status = await ended;
  if (status !== 0) throw new Error(reasonIn(complaint) ?? `${command} ended with status ${status}.`);
  return { lines, seconds: seconds() };
}

/** The line of a stack trace that says what happened: Python's is the last, Node's the first that names an error. */
function reasonIn(complaint) {
  const lines = complaint.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('Node.js v'));
  return lines.find((line) => /^\w*Error( \[\w+\])?: /.test(line)) ?? lines.at(-1);
}
