/** What the sender of trials makes of what comes back, on a queue of memory. The real ones: test/sweeps/check-queue.mjs. */

import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { job, result } from '../../../test/fixtures/trial-job.js';
import { TrialStopped } from '../executor.js';
import { jobId, trialJobFromData } from '../trial-job.js';
import type { QueueConnection } from './load-bullmq.js';
import { queueAddress, withoutSecrets } from './queue-address.js';
import { QueueExecutor } from './queue-executor.js';
import { trialMessageFromData } from './queue-messages.js';
import { refusalOf } from './queue-worker.js';

const sweep = '0'.repeat(32);

let folder: string;
let added: { data: unknown; jobId: string }[];
let deliver: (data: unknown) => Promise<unknown>;
let notices: string[];
let removed: string[];
let looked: string[];
let stop: AbortController;
let connection: QueueConnection;
let executor: QueueExecutor;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inkling-queue-'));
  [added, removed, looked, notices, stop] = [[], [], [], [], new AbortController()];
  const queue = () => ({
    add: async (_: string, data: unknown, { jobId }: { jobId: string }) => added.push({ data, jobId }),
    remove: async (id: string) => removed.push(id),
    getJob: async (id: string) => {
      looked.push(id);
      return { getState: async () => 'waiting' };
    },
    obliterate: async () => removed.push('all'),
    close: async () => {},
  });
  const worker = (_: string, process: (job: { data: unknown }) => Promise<unknown>) => {
    deliver = (data) => process({ data });
    return { close: async () => {} };
  };
  connection = { queue, worker } as unknown as QueueConnection;
  executor = new QueueExecutor(connection, {
    sweep,
    slots: 8,
    signal: stop.signal,
    notice: (message) => notices.push(message),
  });
});
afterEach(() => rm(folder, { recursive: true }));

/** Runs the job, and waits until it is on the queue. */
async function begin(): Promise<{ id: string; outcome: Promise<unknown> }> {
  const outcome = executor.run(job, join(folder, 'trial')).catch((error) => error);
  while (added.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  return { id: await jobId(job), outcome };
}

test('a result that comes twice counts once, and is on the disk', async () => {
  const { id, outcome } = await begin();
  expect(added).toEqual([{ data: { sweep, job }, jobId: `${sweep}-${id}` }]);
  await deliver({ jobId: id, worker: 'one', result });
  await deliver({ jobId: id, worker: 'two', result: { ...result, seconds: 9, host: 'elsewhere' } });
  expect(await outcome).toEqual(result);
  expect(JSON.parse(await readFile(join(folder, 'trial', 'result.json'), 'utf8'))).toEqual(result);
  await executor.close();
});

test('a result that comes twice with other weights is an error by name', async () => {
  const { id, outcome } = await begin();
  await deliver({ jobId: id, worker: 'one', result });
  await deliver({ jobId: id, worker: 'two', result: { ...result, weightsSha256: 'b'.repeat(64) } });
  expect(await outcome).toEqual(result);
  const message = `came to different weights: ${'a'.repeat(64)} by one, ${'b'.repeat(64)} by two`;
  await expect(executor.run({ ...job, seed: 2 }, join(folder, 'other'))).rejects.toThrow(message);
  await expect(executor.close()).rejects.toThrow(message);
});

test('what is on the disk is not put on the queue, and is compared all the same', async () => {
  const { id, outcome } = await begin();
  await deliver({ jobId: id, worker: 'one', result });
  await outcome;
  expect(await executor.run(job, join(folder, 'trial'))).toEqual(result);
  expect(added).toHaveLength(1);
  await executor.close();
});

test('a result that cannot be written ends the sweep, and stays on the queue', async () => {
  await mkdir(join(folder, 'place'));
  const outcome = executor.run(job, join(folder, 'place', 'trial')).catch((error) => error);
  while (added.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  const id = await jobId(job);
  await rm(join(folder, 'place'), { recursive: true });
  await writeFile(join(folder, 'place'), '');
  const message = { jobId: id, worker: 'one', result };
  await expect(deliver(message)).rejects.toThrow('Cannot write');
  expect(await outcome).toMatchObject({ kind: 'file' });
  await expect(executor.run({ ...job, seed: 2 }, join(folder, 'other'))).rejects.toThrow('Cannot write');
  await expect(executor.close()).rejects.toThrow('Cannot write');
  // Nothing was taken off the queue.
  expect(removed).toEqual([]);
});

test('of many trials on the queue some are looked at each time, and each of them in turn', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  try {
    const own = new QueueExecutor(connection, { sweep, slots: 500, signal: stop.signal, notice: () => {} });
    const outcomes = Array.from({ length: 450 }, (_, seed) => own.run({ ...job, seed }, join(folder, `${seed}`)));
    for (const outcome of outcomes) outcome.catch(() => {});
    await vi.waitFor(() => expect(added).toHaveLength(450));
    for (const count of [200, 400, 450]) {
      vi.advanceTimersByTime(3000);
      await vi.waitFor(() => expect(looked).toHaveLength(count));
    }
    expect(new Set(looked).size).toBe(450);
    vi.advanceTimersByTime(3000);
    await vi.waitFor(() => expect(looked).toHaveLength(650));
    stop.abort();
    await own.close();
  } finally {
    vi.useRealTimers();
  }
});

test('a failure is one of the trial', async () => {
  const { id, outcome } = await begin();
  await deliver({ jobId: id, worker: 'one', failure: 'the loss became NaN' });
  expect(await outcome).toMatchObject({ name: 'Error', message: 'the loss became NaN' });
  await executor.close();
});

test('a refusal is said once, and the trial waits for another worker', async () => {
  const { id, outcome } = await begin();
  for (let time = 0; time < 3; time++)
    await deliver({ jobId: id, worker: 'one', refusal: 'the trial asks for version 2' });
  expect(notices).toEqual(['one cannot train: the trial asks for version 2']);
  await deliver({ jobId: id, worker: 'two', result });
  expect(await outcome).toEqual(result);
  await executor.close();
});

test('what is no result is left out, and said', async () => {
  const { id, outcome } = await begin();
  await deliver({ jobId: id, worker: 'one', result: { ...result, valAccuracy: 2 } });
  await deliver('nonsense');
  expect(notices).toEqual([
    expect.stringContaining('valAccuracy must be a number from 0 to 1'),
    expect.stringContaining('expected an object'),
  ]);
  await deliver({ jobId: id, worker: 'one', result });
  expect(await outcome).toEqual(result);
  await executor.close();
});

test('a sweep that stops leaves its trials on the queue', async () => {
  const { outcome } = await begin();
  stop.abort();
  expect(await outcome).toBeInstanceOf(TrialStopped);
  await executor.close();
});

test('a job comes through as it was', () => {
  expect(trialJobFromData(JSON.parse(JSON.stringify(job)))).toEqual(job);
});

test.each([
  [{ ...job, model: '/etc/passwd' }, 'trial: model: expected an object'],
  [
    { ...job, model: { ...job.model, layers: [{ type: 'lambda', function: 'process.exit()' }] } },
    'Unknown layer type "lambda"',
  ],
  [{ ...job, augmentation: '../strong.json' }, 'trial: augmentation: expected an object with options'],
  [{ ...job, optimizer: { ...job.optimizer, type: '__proto__' } }, 'Unknown optimizer type "__proto__"'],
  [{ ...job, optimizer: { type: 'adam' } }, '"learningRate" is missing'],
  [{ ...job, splitSeed: null }, 'expected either validation and splitSeed, or fold'],
  [{ ...job, out: '/tmp/x' }, 'unknown option "out"'],
  [{ ...job, epochs: 1e9 }, 'epochs must be an integer from 1 to 1000000'],
  [{ ...job, dataSha256: '../../data' }, 'dataSha256 must be 64 hexadecimal digits'],
  [{ ...job, version: '$(reboot)' }, 'version must be a version'],
  [{ ...job, validation: null }, 'expected either validation and splitSeed, or fold'],
  [
    { ...job, validation: null, splitSeed: null, fold: { index: 3, of: 3, seed: 1 } },
    'fold.index must be an integer below 3',
  ],
  [{ ...job, optimizer: { ...job.optimizer, learningRate: '0.1' } }, 'learningRate must be a number above 0'],
  [{ ...job, learningRate: 0.1 }, 'unknown option "learningRate"'],
])('a job %# that is none is refused', (data, message) => {
  expect(() => trialMessageFromData({ sweep, job: data })).toThrow(message);
});

test('a sweep is no path', () => {
  expect(() => trialMessageFromData({ sweep: '../other', job })).toThrow('sweep must be 32 hexadecimal digits');
});

test('a worker that cannot keep what a trial promises says which it is', () => {
  const here = { version: '0.1.0', arithmetics: ['plain'] as const, dataSha256: 'd'.repeat(64) };
  expect(refusalOf(job, here)).toBeUndefined();
  expect(refusalOf(job, { ...here, version: '0.2.0' })).toBe(
    'the trial asks for version 0.1.0, and this worker has 0.2.0',
  );
  expect(refusalOf({ ...job, arithmetic: 'fused' }, here)).toContain('asks for fused arithmetic');
  expect(refusalOf(job, { ...here, dataSha256: 'e'.repeat(64) })).toContain('start it with --data and the same images');
});

test('an address is shown without its password, and so are errors', () => {
  const address = queueAddress('postgres://me:p%40ss@db.example:5432/sweeps');
  expect(address).toMatchObject({ kind: 'postgres', shown: 'postgres://db.example:5432/sweeps' });
  const said = withoutSecrets('cannot connect to postgres://me:p%40ss@db.example:5432/sweeps as me with p@ss', address);
  expect(said).toBe('cannot connect to postgres://db.example:5432/sweeps as me with ***');
  expect(queueAddress('rediss://h').kind).toBe('redis');
  for (const text of ['http://secret@h', 'secret', 'redis://']) {
    expect(() => queueAddress(text)).toThrow('--queue: expected an address such as redis://host:6379');
    expect(() => queueAddress(text)).not.toThrow('secret');
  }
});
