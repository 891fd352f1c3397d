/** What a thread measures, by a clock that only kernels and barriers move. */

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Kernels } from '../kernels.js';
import { type Call, type Program, shardCount } from '../program/program.js';
import { recordBytes, writeRecord } from '../program/step-record.js';
import { Barrier } from './barrier.js';
import { Executor } from './executor.js';
import { ProfilingExecutor } from './profiling-executor.js';

const place = { barrier: 0, stopRequest: 128, lastStep: 136, records: 192 };
const records = 1024;

/** Milliseconds that a call takes. */
const cost: Readonly<Record<string, number>> = { transpose: 100, reluForward: 1, reluBackward: 2, sgdUpdate: 10 };
const kernels = new Proxy({} as Kernels, { get: (_, name) => () => pass(cost[String(name)]) });
const barrierCost = 1000;

let now = 0;
function pass(milliseconds: number): void {
  now += milliseconds;
}

beforeEach(() => {
  now = 5;
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  vi.spyOn(Barrier.prototype, 'wait').mockImplementation(() => pass(barrierCost));
});
afterEach(() => vi.restoreAllMocks());

const call = (kernel: Call['kernel'], split: Call['split']): Call => ({
  kernel,
  split,
  operands: [],
  part: 'block',
  block: 'block',
});
const program: Program = {
  name: 'test',
  prologue: [[call('transpose', 'once')]],
  phases: [
    [call('reluForward', 'shards'), call('reluBackward', 'shards')],
    [call('sgdUpdate', 'once'), call('sgdUpdate', 'once')],
  ],
  phasesToLoss: 0,
};

function executorOf(Type: typeof Executor, thread = 0, threads = 1) {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  const executor = new Type({ kernels, memory, place, thread, threads, spins: 0 });
  executor.load(7, program);
  const view = new DataView(memory.buffer);
  const nothing = { order: 0, output: 0, logits: 0, learningRate: 0, stepSize: 0, results: 32_768 };
  for (let step = 0; step < 3; step++) {
    // A last, smaller batch is bound anew and added to the same times.
    writeRecord(view, records + step * recordBytes, { ...nothing, step, rows: step === 2 ? 7 : 35 });
  }
  const stepBatch = { program: 7, records, steps: 3, prologue: true, stopAtNonFiniteLoss: false, stopOnRequest: false };
  return { executor, execute: () => executor.execute(stepBatch) };
}

function profileOf(thread: number, threads: number, stepBatches: number) {
  const { executor, execute } = executorOf(ProfilingExecutor as typeof Executor, thread, threads);
  for (let stepBatch = 0; stepBatch < stepBatches; stepBatch++) expect(execute()).toBe(3);
  return (executor as ProfilingExecutor).profile;
}

test('the time of each call, of all its shards and steps, and of the barriers', () => {
  const profile = profileOf(0, 1, 2);
  const steps = 6;
  expect(profile.calls).toEqual([
    { milliseconds: 2 * 100, count: 2 },
    { milliseconds: steps * shardCount, count: steps * shardCount },
    { milliseconds: steps * shardCount * 2, count: steps * shardCount },
    { milliseconds: steps * 10, count: steps },
    { milliseconds: steps * 10, count: steps },
  ]);
  // After the prologue, after each of two phases, and at the end of a step batch.
  expect(profile.waiting).toBe(barrierCost * (2 * 1 + steps * 2 + 2));
  const called = profile.calls.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  expect(profile.total).toBe(called + profile.waiting);
});

test('calls that another thread makes take no time here', () => {
  const profiles = [0, 1, 2].map((thread) => profileOf(thread, 3, 1).calls.map(({ count }) => count));
  expect(profiles[0].slice(3)).toEqual([3, 0]);
  expect(profiles[1].slice(3)).toEqual([0, 3]);
  expect(profiles[2].slice(3)).toEqual([0, 0]);
  const shards = profiles.map((counts) => counts[1]).reduce((sum, count) => sum + count);
  expect(shards).toBe(3 * shardCount);
});

test('what is loaded anew is measured anew', () => {
  const { executor, execute } = executorOf(ProfilingExecutor as typeof Executor);
  execute();
  executor.load(7, program);
  const nothing = { milliseconds: 0, count: 0 };
  const calls = [nothing, nothing, nothing, nothing, nothing];
  expect((executor as ProfilingExecutor).profile).toEqual({ total: 0, waiting: 0, calls });
});

test('an executor that does not profile never looks at the clock', () => {
  expect(executorOf(Executor).execute()).toBe(3);
  expect(performance.now).not.toHaveBeenCalled();
});
