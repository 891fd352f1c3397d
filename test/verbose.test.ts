/** What fit prints by itself: Keras's verbose. */

import { dense, flatten, type Progress, ProgressReporter, Sequential } from 'inkling';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { tinyImages } from './determinism/job.mjs';

const { images, labels } = tinyImages(100);
const isTerminal = Object.getOwnPropertyDescriptor(process.stdout, 'isTTY');
let lines: string[];
let drawn: string;

beforeEach(() => {
  lines = [];
  drawn = '';
  vi.spyOn(console, 'log').mockImplementation((line) => void lines.push(line));
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    drawn += text;
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  if (isTerminal) Object.defineProperty(process.stdout, 'isTTY', isTerminal);
  else Reflect.deleteProperty(process.stdout, 'isTTY');
});

function standardOutputIsTerminal(is: boolean): void {
  Object.defineProperty(process.stdout, 'isTTY', { value: is, configurable: true });
}

const train = (options: object) =>
  new Sequential([flatten(), dense({ units: 4 })]).fit(images, labels, { epochs: 2, batchSize: 10, ...options });
const epoch = (number: number) =>
  expect.stringMatching(
    new RegExp(`^Epoch ${number}/2 {2}[\\d.]+ s {2}[\\d,]+ images/s {2}loss [\\d.]+ {2}accuracy [\\d.]+ %`),
  );

test.each([
  ['in a pipe, 1 prints a line an epoch', false, { verbose: 1 }],
  ['so does it where nothing is said', false, {}],
  ['in a pipe, 2 does too', false, { verbose: 2 }],
  ['on a terminal, 2 draws no bar', true, { verbose: 2 }],
])('%s', async (_, isTerminal, options) => {
  standardOutputIsTerminal(isTerminal);
  await train({ ...options, validationSplit: 0.2 });
  expect(lines).toEqual([epoch(1), epoch(2)]);
  expect(lines[1]).toMatch(/valLoss [\d.]+ {2}valAccuracy [\d.]+ %$/);
  expect(drawn).toBe('');
});

test('on a terminal, 1 draws a bar, and leaves the lines alone', async () => {
  standardOutputIsTerminal(true);
  await train({});
  expect(lines).toEqual([epoch(1), epoch(2)]);
  expect(drawn).toMatch(/\rEpoch 1\/2 {2}[█░]+ .*loss [\d.]+ {2}accuracy [\d.]+ %/);
  expect(drawn.endsWith('\r\x1b[K')).toBe(true);
});

test('0 prints nothing', async () => {
  standardOutputIsTerminal(true);
  await train({ verbose: 0 });
  expect([lines, drawn]).toEqual([[], '']);
});

test('a training that fails or is stopped leaves no bar behind', async () => {
  standardOutputIsTerminal(true);
  const fail = () => {
    throw new Error('enough');
  };
  await expect(train({ callbacks: [{ onSteps: fail }] })).rejects.toThrow('enough');
  expect(drawn.endsWith('\r\x1b[K')).toBe(true);
  const stop = new AbortController();
  await train({ signal: stop.signal, callbacks: [{ onTrainBatchEnd: () => stop.abort() }] });
  expect(drawn.endsWith('\r\x1b[K')).toBe(true);
  expect(lines).toEqual([]);
});

test('an epoch is told before other callbacks hear of it', async () => {
  standardOutputIsTerminal(false);
  await train({ callbacks: [{ onEpochEnd: (number: number) => console.log(`own ${number}`) }] });
  expect(lines).toEqual([epoch(1), 'own 0', epoch(2), 'own 1']);
});

test.each([true, 3, '1', null])('%j is refused', async (verbose) => {
  await expect(train({ verbose })).rejects.toThrow(
    `fit: verbose must be 0, 1 or 2. Received: verbose=${JSON.stringify(verbose)}.`,
  );
});

test('a reporter of the caller hears how far the training is', async () => {
  const heard: Progress[] = [];
  const epochs: number[] = [];
  const reporter = new ProgressReporter({
    onProgress: (progress) => heard.push(progress),
    onEpoch: ({ epoch }, all) => epochs.push(epoch / all),
  });
  await train({ verbose: 0, callbacks: [reporter], validationSplit: 0.2 });
  expect(heard.at(-1)).toMatchObject({ epoch: 2, epochs: 2, images: 80, imagesPerEpoch: 80, secondsLeft: 0 });
  expect(epochs).toEqual([0.5, 1]);
  await train({ verbose: 0, callbacks: [reporter] });
  expect(heard.at(-1)).toMatchObject({ epoch: 2, images: 100, imagesPerEpoch: 100 });
  expect(reporter.imagesPerSecond).toBeCloseTo(200 / reporter.trainSeconds, 6);
  expect([lines, drawn]).toEqual([[], '']);
});
