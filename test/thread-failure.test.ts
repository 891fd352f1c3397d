/** A thread that breaks is reported, the others do not wait for it for ever, and the weights can be saved. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Worker } from 'node:worker_threads';
import { dense, flatten, Sequential } from 'inkling';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { platform } from '#platform';
import { instantiateKernels, kernelModule } from '../dist/engine/kernels.js';
import { engineMemory } from '../dist/engine/memory.js';
import { Executor } from '../dist/engine/threads/executor.js';
import { ThreadPool } from '../dist/engine/threads/thread-pool.js';
import { tinyImages } from './determinism/job.mjs';

const { images, labels } = tinyImages(200);
const startThread = platform.startThread;
const folder = mkdtempSync(join(tmpdir(), 'inkling-threads-'));
afterEach(() => vi.restoreAllMocks());
afterAll(() => rmSync(folder, { recursive: true }));

/**
 * The second thread of each pool that is started from now on joins like any other and does this when it is told to
 * execute.
 */
function breakSecondThread(code: string): void {
  const path = join(folder, 'broken.mjs');
  const heard = `({ type }) => { if (type === 'execute') { ${code} } }`;
  writeFileSync(path, `import { parentPort } from 'node:worker_threads'; parentPort.on('message', ${heard});`);
  let started = 0;
  vi.spyOn(platform, 'startThread').mockImplementation((module, listener) => {
    return startThread(started++ === 1 ? pathToFileURL(path) : module, listener);
  });
}

describe.each([
  ['an exit', 'process.exit(3);', 'ended with exit code 3'],
  ['an exit without an error', 'process.exit(0);', 'ended with exit code 0'],
  ['a port that it closes', 'parentPort.close();', 'ended with exit code 0'],
  ['an error that nobody catches', "throw new RangeError('out of luck.');", 'out of luck.'],
  ['an error that it reports', "parentPort.postMessage({ type: 'failed', reason: 'no more.' });", 'no more.'],
])('a thread that breaks by %s', (_, code, reason) => {
  test('ends fit and what comes after it with its reason; compiled again, the model goes on', async () => {
    const model = new Sequential([flatten(), dense({ units: 500 }), dense({ units: 4 })], { inputShape: [12, 12, 1] });
    model.compile({ threads: 3 });
    const weights = model.getWeights();
    breakSecondThread(code);
    const expected = { kind: 'environment', message: expect.stringContaining('A thread of the engine failed: ') };
    await expect(model.fit(images, labels)).rejects.toMatchObject(expected);
    await expect(model.fit(images, labels)).rejects.toThrow(reason);
    await expect(model.predict(images)).rejects.toThrow(reason);
    expect(model.getWeights()).toEqual(weights);
    vi.restoreAllMocks();
    model.compile({ threads: 3 });
    expect((await model.fit(images, labels)).epochs).toHaveLength(1);
  });

  test('ends a prediction', async () => {
    // So much work that the caller's thread does not do it alone.
    const model = new Sequential([flatten(), dense({ units: 500 }), dense({ units: 4 })]);
    model.compile({ threads: 2 });
    breakSecondThread(code);
    await expect(model.predict(images)).rejects.toThrow(reason);
  });
});

test('a thread that is terminated from outside ends fit', async () => {
  const workers: Worker[] = [];
  const keep = (worker: Worker) => void workers.push(worker);
  process.on('worker', keep);
  const model = new Sequential([flatten(), dense({ units: 500 }), dense({ units: 4 })]);
  model.compile({ threads: 3 });
  const onTrainBatchEnd = (step: number) => void (step === 1 && workers[1].terminate());
  const training = model.fit(images, labels, { epochs: 1000, batchSize: 20, callbacks: [{ onTrainBatchEnd }] });
  await expect(training).rejects.toThrow('A thread of the engine failed: ');
  process.off('worker', keep);
  expect(workers).toHaveLength(3);
});

describe('a thread that cannot be started', () => {
  /** How many threads are there and have not been ended. */
  let alive = 0;
  /** The host starts two threads and refuses the third, as often as it is asked. */
  function refuseThirdThread(refusal: Error): void {
    vi.spyOn(platform, 'startThread').mockImplementation((module, listener) => {
      if (alive === 2) throw refusal;
      alive++;
      const thread = startThread(module, listener);
      const terminate = () => {
        alive--;
        return thread.terminate();
      };
      return { ...thread, terminate };
    });
  }

  test('ends fit with its reason, and the threads that were started before; later there may be more', async () => {
    refuseThirdThread(new Error('no more.'));
    const model = new Sequential([flatten(), dense({ units: 4 })]);
    model.compile({ threads: 3 });
    for (let attempt = 0; attempt < 2; attempt++) {
      await expect(model.fit(images, labels)).rejects.toMatchObject({
        kind: 'environment',
        message: 'The engine could not start thread 3 of 3: no more.',
      });
      expect(alive).toBe(0);
    }
    vi.restoreAllMocks();
    expect((await model.fit(images, labels)).epochs).toHaveLength(1);
  });
});

/** A pool of two threads that has loaded a program of one call, which only the first of them makes. */
function teamWith(kernel: 'fillZero', operands: number[]) {
  const memory = engineMemory(65536);
  const place = { barrier: 4096, stopRequest: 4352, lastStep: 4416, records: 4480 };
  const module = kernelModule('plain');
  const pool = new ThreadPool({ module, memory, place, threads: 2 });
  const phase = [{ kernel, operands, split: 'once', part: 'block', block: '' }] as const;
  pool.load(0, { name: 'test', prologue: [], phases: [phase], phasesToLoss: 0 });
  return { pool, memory };
}
const stepBatch = {
  program: 0,
  records: 8192,
  steps: 1,
  prologue: true,
  stopAtNonFiniteLoss: false,
  stopOnRequest: false,
};

test('a kernel that reaches beyond the memory ends the execute, though another thread waits at the barrier', async () => {
  const { pool } = teamWith('fillZero', [65536 - 4, 8]);
  await expect(pool.execute(stepBatch)).rejects.toThrow('memory access out of bounds');
  await expect(pool.execute(stepBatch)).rejects.toThrow('memory access out of bounds');
  const sound = teamWith('fillZero', [65536 - 8, 8]);
  expect(await sound.pool.execute(stepBatch)).toBe(1);
  sound.pool.end();
});

test('ending a pool ends what it is at', async () => {
  const { pool } = teamWith('fillZero', [16384, 8]);
  const execute = pool.execute({ ...stepBatch, steps: 1e9, records: 8192 });
  pool.end();
  await expect(execute).rejects.toThrow('The threads of the engine were ended while they were at work.');
});

test('an executor alone meets nobody at its barriers', () => {
  const memory = engineMemory(65536);
  const place = { barrier: 4096, stopRequest: 4352, lastStep: 4416, records: 4480 };
  const executor = new Executor({
    kernels: instantiateKernels(kernelModule('plain'), memory),
    memory,
    place,
    thread: 0,
    threads: 1,
    spins: 0,
  });
  const phase = [{ kernel: 'fillZero', operands: [16384, 8], split: 'once', part: 'block', block: '' }] as const;
  executor.load(0, { name: 'test', prologue: [], phases: [phase], phasesToLoss: 0 });
  new Uint8Array(memory.buffer, 16384, 9).fill(1);
  expect(executor.execute({ ...stepBatch, steps: 2 })).toBe(2);
  expect([...new Uint8Array(memory.buffer, 16384, 9)]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1]);
});
