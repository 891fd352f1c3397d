/** The caller's thread in place of a pool: where it pauses and where it stops. */

import { expect, test } from 'vitest';
import { kernelModule } from '../kernels.js';
import { engineMemory } from '../memory.js';
import type { Call } from '../program/program.js';
import { recordBytes, resultsOffset } from '../program/step-record.js';
import { CallersThread } from './callers-thread.js';

const place = { barrier: 4096, stopRequest: 4352, lastStep: 4416, records: 4480 };
const records = 8192;
const target = 65536;
const bytes = 4 * 2 ** 20;

/** Each step writes zeros over four megabytes, ten times: some milliseconds. */
function threadAtWork() {
  const memory = engineMemory(target + bytes);
  const callersThread = new CallersThread({ module: kernelModule('plain'), memory, place });
  const call: Call = { kernel: 'fillZero', operands: [target, bytes], split: 'once', part: 'block', block: '' };
  const phase = Array.from({ length: 10 }, () => call);
  callersThread.load(0, { name: 'test', prologue: [], phases: [phase], phasesToLoss: 0 });
  return { callersThread, memory };
}

const stepBatch = { program: 0, records, prologue: true, stopAtNonFiniteLoss: false, stopOnRequest: true };

test('it stops after the step at which that is asked for in a pause, and begins anew', async () => {
  const { callersThread } = threadAtWork();
  const timer = setTimeout(() => callersThread.requestStop());
  const steps = await callersThread.execute({ ...stepBatch, steps: 10_000 });
  clearTimeout(timer);
  expect(steps).toBeGreaterThan(0);
  expect(steps).toBeLessThan(10_000);
  expect(await callersThread.execute({ ...stepBatch, steps: 3 })).toBe(3);
});

test('a request is not heard where nobody may ask', async () => {
  const { callersThread } = threadAtWork();
  const timer = setTimeout(() => callersThread.requestStop());
  expect(await callersThread.execute({ ...stepBatch, steps: 100, stopOnRequest: false })).toBe(100);
  clearTimeout(timer);
});

test('it stops before the step whose loss is not finite', async () => {
  const { callersThread, memory } = threadAtWork();
  const view = new DataView(memory.buffer);
  const results = 16384;
  for (let step = 0; step < 3; step++)
    view.setUint32(records + step * recordBytes + resultsOffset, results + step * 256, true);
  view.setFloat64(results + 2 * 256, Number.NaN, true);
  expect(await callersThread.execute({ ...stepBatch, steps: 3, stopAtNonFiniteLoss: true })).toBe(2);
});

test('the prologue is executed once, before the first step', async () => {
  const fill: Call = { kernel: 'fillZero', operands: [target, 1], split: 'once', part: 'block', block: '' };
  const { callersThread } = threadAtWork();
  callersThread.load(1, { name: 'counted', prologue: [[fill]], phases: [[fill]], phasesToLoss: 0 }, true);
  await callersThread.execute({ ...stepBatch, program: 1, steps: 4 });
  const [{ calls }] = await callersThread.profiles(1);
  expect(calls.map(({ count }) => count)).toEqual([5]);
});
