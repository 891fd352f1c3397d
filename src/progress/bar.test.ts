import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ProgressBar } from './bar.js';
import type { Progress } from './reporter.js';

const progress: Progress = {
  epoch: 1,
  epochs: 2,
  images: 100,
  imagesPerEpoch: 400,
  imagesPerSecond: 50,
  secondsLeft: 6,
  loss: 0.5,
  accuracy: 0.75,
};
const logs = { epoch: 1, loss: 0.4, accuracy: 0.8, learningRate: 0.001, seconds: 8, imagesPerSecond: 50 };
const gone = '\r\x1b[K';

/** A terminal of 80 columns that keeps what is written to it. */
class RecordedTerminal {
  columns = 80;
  text = '';

  write(text: string): void {
    this.text += text;
  }
}

let terminal: RecordedTerminal;
let printed: string[];
let interrupt: AbortController;
let bar: ProgressBar;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
  terminal = new RecordedTerminal();
  printed = [];
  interrupt = new AbortController();
  bar = new ProgressBar({ terminal, print: (line) => printed.push(line), signal: interrupt.signal });
});
afterEach(() => void vi.useRealTimers());

test('a bar lives until its epoch ends, then a line takes its place', () => {
  bar.onProgress(progress);
  const line = 'Epoch 1/2  ████░░░░░░░░░░░  50 images/s  ETA 6 s  loss 0.5000  accuracy 75.00 %';
  expect(terminal.text).toBe(`\r${line}\x1b[K`);
  bar.onEpoch(logs, 2);
  expect(terminal.text.endsWith(gone)).toBe(true);
  expect(printed).toStrictEqual(['Epoch 1/2  8.0 s  50 images/s  loss 0.4000  accuracy 80.00 %']);
});

test('it is drawn ten times a second at most, and for the validation at once', () => {
  for (let tenth = 0; tenth < 100; tenth++) {
    bar.onProgress(progress);
    vi.advanceTimersByTime(10);
  }
  expect(terminal.text.match(/ETA/g)).toHaveLength(10);
  bar.onProgress({ ...progress, images: 399 });
  bar.onProgress({ ...progress, images: 400 });
  expect(terminal.text.match(/validating/g)).toHaveLength(1);
});

test('it keeps to the terminal as wide as it is now, or takes it for 80 columns', () => {
  for (const [columns, most] of [
    [40, 39],
    [12, 11],
    [0, 79],
  ]) {
    terminal.columns = columns;
    terminal.text = '';
    bar.onProgress({ ...progress, images: 400 });
    const line = terminal.text.slice(1, -'\x1b[K'.length);
    expect(line.length).toBeLessThanOrEqual(most);
    expect(line).toMatch(/^Epoch 1\/2/);
  }
});

test('an interruption takes the bar away, and none comes back', () => {
  bar.onProgress(progress);
  interrupt.abort();
  expect(terminal.text.endsWith(gone)).toBe(true);
  const before = terminal.text;
  bar.onProgress({ ...progress, images: 400 });
  bar.close();
  expect(terminal.text).toBe(before);
});
