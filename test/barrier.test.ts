/** The barrier between real threads: nobody passes before all have come, spinning or sleeping, thousands of times. */

import { setTimeout } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { Barrier } from '../dist/engine/threads/barrier.js';

const module = new URL('../dist/engine/threads/barrier.js', import.meta.url).href;
const rounds = 1000;

/** Counts itself in, meets the others and looks whether all have been counted; meets again before the next round. */
const thread = `
  import { workerData } from 'node:worker_threads';
  import { Barrier } from ${JSON.stringify(module)};
  const { buffer, threads, spins } = workerData;
  const barrier = new Barrier(buffer, 0, threads, spins);
  const words = new Int32Array(buffer);
  for (let round = 1; round <= ${rounds}; round++) {
    Atomics.add(words, 64, 1);
    barrier.wait();
    if (Atomics.load(words, 64) !== round * threads) Atomics.add(words, 65, 1);
    barrier.wait();
  }
`;

test.each([
  [1, 0],
  [2, 0],
  [2, 10_000],
  [5, 0],
  [5, 100],
])('%i threads, %i spins', { timeout: 20_000 }, async (threads, spins) => {
  const buffer = new SharedArrayBuffer(512);
  const source = new URL(`data:text/javascript,${encodeURIComponent(thread)}`);
  const workers = Array.from({ length: threads }, () => new Worker(source, { workerData: { buffer, threads, spins } }));
  const codes = await Promise.all(workers.map((worker) => new Promise((resolve) => worker.on('exit', resolve))));
  expect(codes).toEqual(new Array(threads).fill(0));
  const [counted, wrong] = new Int32Array(buffer, 256, 2);
  expect([counted, wrong]).toEqual([rounds * threads, 0]);
});

test('who comes last wakes a thread that sleeps', async () => {
  const buffer = new SharedArrayBuffer(512);
  const words = new Int32Array(buffer);
  const sleeper = `
    import { workerData } from 'node:worker_threads';
    import { Barrier } from ${JSON.stringify(module)};
    new Barrier(workerData, 0, 2, 0).wait();
  `;
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(sleeper)}`), { workerData: buffer });
  const exited = new Promise((resolve) => worker.on('exit', resolve));
  while (Atomics.load(words, 0) === 0) await setTimeout(1);
  // From its arrival to its sleep a thread takes microseconds.
  await setTimeout(100);
  new Barrier(buffer, 0, 2, 0).wait();
  const ending = await Promise.race([exited, setTimeout(10_000, 'still asleep')]);
  await worker.terminate();
  expect(ending).toBe(0);
});
