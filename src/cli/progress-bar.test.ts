import { Writable } from 'node:stream';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Output } from './output.js';
import type { Progress } from './progress.js';
import { ProgressBar } from './progress-bar.js';

const hideCursor = '\x1b[?25l';
const showCursor = '\x1b[?25h';
const clearLine = '\x1b[2K';

const progress: Progress = {
  ...{ epoch: 1, epochs: 2, images: 100, imagesPerEpoch: 400, imagesPerSecond: 50, secondsLeft: 6 },
  ...{ loss: 0.5, accuracy: 0.75 },
};
const logs = { epoch: 1, loss: 0.4, accuracy: 0.8, learningRate: 0.001, seconds: 8, imagesPerSecond: 50 };

/** A terminal of 80 columns that keeps what is written to it. */
class Terminal extends Writable {
  readonly isTTY = true;
  readonly columns = 80;
  text = '';

  override _write(chunk: Buffer, _: BufferEncoding, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

let terminal: Terminal;
let interrupt: AbortController;
let bar: ProgressBar;
const standardOutput = vi.spyOn(process.stdout, 'write').mockReturnValue(true);

beforeEach(() => {
  terminal = new Terminal();
  interrupt = new AbortController();
  bar = new ProgressBar(new Output({}), terminal as unknown as NodeJS.WriteStream, 2, interrupt.signal);
});
afterEach(() => {
  bar.end();
  standardOutput.mockClear();
});

test('a bar lives until its epoch ends, then a line takes its place', () => {
  bar.onProgress(progress);
  expect(terminal.text).toContain('Epoch 1/2  ████░░░░░░░░░░░░  50 images/s  ETA 6 s  loss 0.5000  accuracy 75.00%');
  expect(terminal.text).toContain(hideCursor);
  expect(terminal.text).not.toContain(showCursor);
  bar.onEpoch(logs);
  expect(terminal.text.indexOf(showCursor)).toBeGreaterThan(terminal.text.lastIndexOf(hideCursor));
  expect(terminal.text.endsWith(clearLine)).toBe(true);
  expect(standardOutput.mock.calls).toStrictEqual([['Epoch 1/2  8.0 s  50 images/s  loss 0.4000  accuracy 80.00%\n']]);
});

test('an interruption takes the bar away, and none comes back', () => {
  bar.onProgress(progress);
  interrupt.abort();
  expect(terminal.text.endsWith(clearLine)).toBe(true);
  const before = terminal.text;
  bar.onProgress({ ...progress, images: 200 });
  expect(terminal.text).toBe(before);
});
