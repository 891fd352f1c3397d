/** How threads share a program: every shard and part once, calls for one thread on one, and when a step batch ends. */

import { describe, expect, test } from 'vitest';
import type { Kernels } from '../kernels.js';
import { type Phase, type Program, shardCount, shardRows } from '../program/program.js';
import { recordBytes, shardResultBytes, writeRecord } from '../program/step-record.js';
import { Executor, type StepBatch } from './executor.js';

const place = { barrier: 0, stopRequest: 128, lastStep: 136, records: 192 };
const records = 1024;
const results = 32_768;

/** Executes a program on one of several threads with kernels that only write down what they are called with. */
function execute(
  phases: Phase[],
  options: {
    thread?: number;
    threads?: number;
    batchRows?: number;
    stepBatch?: Partial<StepBatch>;
    phasesToLoss?: number;
  } = {},
) {
  const { thread = 0, threads = 1, batchRows = 35, stepBatch = {}, phasesToLoss = 0 } = options;
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  const calls: (readonly [string, ...number[]])[] = [];
  const view = new DataView(memory.buffer);
  const kernel =
    (name: string) =>
    (...values: number[]) => {
      calls.push([name, ...values]);
      // What a kernel can do to the course of a step batch.
      if (name === 'softmaxCrossEntropy') view.setFloat64(results + 5 * shardResultBytes, Number.NaN, true);
      if (name === 'sgdUpdate') view.setInt32(place.stopRequest, 1, true);
    };
  const kernels = new Proxy({} as Kernels, { get: (_, name) => kernel(String(name)) });
  const program: Program = { name: 'test', prologue: [[once('transpose')]], phases, phasesToLoss };
  for (let step = 0; step < 4; step++) {
    const nothing = { step, order: 0, output: 0, logits: 0, learningRate: 0, stepSize: 0 };
    writeRecord(view, records + step * recordBytes, { ...nothing, rows: batchRows, results });
  }
  let meetings = 0;
  // The other threads are imagined: they are always there already.
  const barrier = { wait: () => void meetings++ };
  const executor = new Executor({ kernels, memory, place, thread, threads, spins: 0 }, barrier);
  executor.load(7, program);
  const finished = executor.execute({
    program: 7,
    records,
    steps: 1,
    stopAtNonFiniteLoss: false,
    prologue: true,
    stopOnRequest: true,
    ...stepBatch,
  });
  return {
    finished,
    meetings,
    calls: calls.filter(([name]) => name !== 'transpose'),
    prologue: calls.filter(([name]) => name === 'transpose').length,
  };
}

const call = (
  kernel: Phase[number]['kernel'],
  split: 'shards' | 'parts' | 'once',
  ...operands: Phase[number]['operands']
) => ({ kernel, split, operands, part: 'block' as const, block: '' });
const once = (kernel: Phase[number]['kernel']) => call(kernel, 'once');
const rows = { at: 1000, perRow: 10, perShard: 0, perThread: 100_000, name: 'rows' };
const shard = { count: 'shard', times: 1 } as const;

describe.each([1, 2, 3, 5, 8, 16])('%i threads', (threads) => {
  const all = Array.from({ length: threads }, (_, thread) => thread);

  test('execute every shard once, shard by shard', () => {
    const phase = [
      call('reluForward', 'shards', shard, rows, { count: 'rows', times: 4 }),
      call('reluBackward', 'shards', shard),
    ];
    const executed = all.map((thread) => execute([phase], { thread, threads }).calls);
    const expected = Array.from({ length: shardCount }, (_, number) => {
      const { firstRow, rows: count } = shardRows(35, number);
      const thread = executed.findIndex((calls) => calls.some(([, own]) => own === number));
      return [
        ['reluForward', number, 1000 + firstRow * 10 + thread * 100_000, count * 4],
        ['reluBackward', number],
      ];
    });
    expect(executed.flat()).toEqual(expected.flat());
  });

  test('cut parts without gaps at multiples of their unit', () => {
    const part = (which: 'first' | 'last') => ({ part: which, total: 37, unit: 4 }) as const;
    const executed = all.flatMap(
      (thread) => execute([[call('fillZero', 'parts', part('first'), part('last'))]], { thread, threads }).calls,
    );
    expect(executed[0][1]).toBe(0);
    expect(executed.at(-1)![2]).toBe(37);
    for (const [index, [, first]] of executed.slice(1).entries()) {
      expect(first).toBe(executed[index][2]);
      expect(first % 4 === 0 || first === 37).toBe(true);
    }
  });

  test('give calls for one thread to one after the other', () => {
    const phase = Array.from({ length: 5 }, (_, index) => call('fillZero', 'once', index, 0));
    const executed = all.map((thread) => execute([phase], { thread, threads }).calls.map(([, number]) => number));
    expect(executed.flat().sort()).toEqual([0, 1, 2, 3, 4]);
    expect(executed.every((numbers, thread) => numbers.every((number) => number % threads === thread))).toBe(true);
  });
});

test('the prologue is executed once a step batch', () => {
  const { finished, calls, prologue } = execute([[once('fillZero')]], { stepBatch: { steps: 3 } });
  expect([finished, calls.length, prologue]).toEqual([3, 3, 1]);
});

test('threads meet after each phase, and once more before anyone may hear of the end of a step batch', () => {
  const phases = [[once('fillZero')], [once('fillZero')]];
  expect(execute(phases, { stepBatch: { steps: 3 } }).meetings).toBe(1 + 3 * 2 + 1);
  const broken = [[once('softmaxCrossEntropy')], [once('fillZero')]];
  const stepBatch = { steps: 3, stopAtNonFiniteLoss: true };
  expect(execute(broken, { phasesToLoss: 1, stepBatch }).meetings).toBe(1 + 1 + 1);
});

test('a request ends a step batch after the step in which it came', () => {
  const phases = [[once('sgdUpdate')], [once('fillZero')]];
  expect(execute(phases, { stepBatch: { steps: 4 } })).toMatchObject({
    finished: 1,
    calls: [['sgdUpdate'], ['fillZero']],
  });
  // Too late for the step whose last phase has begun.
  expect(execute([[once('sgdUpdate')]], { stepBatch: { steps: 4 } }).finished).toBe(2);
  expect(execute(phases, { stepBatch: { steps: 4, stopOnRequest: false } }).finished).toBe(4);
});

test('a loss that is not finite ends a step batch before the weights change, where that is asked for', () => {
  const phases = [[once('softmaxCrossEntropy')], [once('fillZero')]];
  const asked = execute(phases, { phasesToLoss: 1, stepBatch: { steps: 4, stopAtNonFiniteLoss: true } });
  expect(asked).toMatchObject({ finished: 0, calls: [['softmaxCrossEntropy']] });
  expect(execute(phases, { phasesToLoss: 1, stepBatch: { steps: 4 } }).finished).toBe(4);
});
