/**
 * Drives `inkling` as people and programs do: as a process, in a temporary folder with small data sets. Each file of
 * tests has a folder of its own.
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { conv2d, dense, flatten, maxPooling2d, writeIdx } from 'inkling';
import { afterAll, beforeAll } from 'vitest';

export const root: string = fileURLToPath(new URL('../..', import.meta.url));
export const program: string = join(root, 'bin', 'inkling.js');

/** Where commands run. `shapes` holds three classes of 8 by 8; an epoch on `many`, an image a step, takes seconds. */
export const folder: string = mkdtempSync(join(tmpdir(), 'inkling-command-line-'));

beforeAll(async () => {
  await writeData('shapes', { size: 8, train: 1200, test: 60 });
  await writeData('many', { size: 16, train: 3000, test: 6000 });
  await writeFile(join(folder, 'tiny-cnn.json'), JSON.stringify(tinyCnn(3)));
});
afterAll(() => rm(folder, { recursive: true }));

/** Bars: lying, standing and slanting ones, on a background that differs from image to image. */
async function writeData(name: string, { size, train, test }: { size: number; train: number; test: number }) {
  await mkdir(join(folder, name));
  for (const [part, count] of [['train', train] as const, ['t10k', test] as const]) {
    const data = new Uint8Array(count * size * size);
    const labels = Uint8Array.from({ length: count }, (_, image) => image % 3);
    for (let index = 0; index < data.length; index++) {
      const image = Math.floor(index / (size * size));
      const [y, x] = [Math.floor(index / size) % size, index % size];
      const shift = 1 + (image % (size - 3));
      const isInk = [y === shift, x === shift, x === y][image % 3];
      data[index] = isInk ? 255 - (image % 50) : (index * 7 + image * 13) % 40;
    }
    await writeFile(join(folder, name, `${part}-images-idx3-ubyte`), writeIdx({ data, shape: [count, size, size] }));
    await writeFile(join(folder, name, `${part}-labels-idx1-ubyte`), writeIdx({ data: labels, shape: [count] }));
  }
}

export const tinyCnn = (classes: number) => ({
  name: 'tiny cnn',
  inputShape: [8, 8, 1],
  layers: [
    conv2d({ filters: 4, kernelSize: 3, activation: 'relu' }),
    maxPooling2d({ poolSize: 2 }),
    flatten(),
    dense({ units: classes, activation: 'softmax' }),
  ],
});

/** A command that was started: what it prints, signals to it, and its end. */
export class Command {
  stdout = '';
  stderr = '';
  private readonly child;
  private readonly closed: Promise<unknown>;

  /** @param input what standard input gives; none where it is undefined */
  constructor(words: readonly string[], script = program, input?: Uint8Array) {
    this.child = spawn(process.execPath, [script, ...words], { cwd: folder });
    // Who does not read standard input closes it.
    this.child.stdin.on('error', () => undefined);
    if (input) this.child.stdin.end(input);
    this.child.stdout.on('data', (chunk) => {
      this.stdout += chunk;
    });
    this.child.stderr.on('data', (chunk) => {
      this.stderr += chunk;
    });
    this.closed = once(this.child, 'close');
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Stops reading what it prints, as `head` does. */
  leave(): void {
    this.child.stdout.destroy();
  }

  /** Resolves when the words have come on standard output, or fails when none can come any more. */
  async printed(words: string): Promise<void> {
    while (!this.stdout.includes(words)) {
      await Promise.race([once(this.child.stdout, 'data'), this.closed]);
      if (this.child.exitCode !== null && !this.stdout.includes(words)) throw new Error(`ended: ${this.stderr}`);
    }
  }

  /** @returns its exit code, or the signal that it died of, and what it printed */
  async end() {
    await this.closed;
    const { stdout, stderr } = this;
    return { code: this.child.exitCode ?? this.child.signalCode, stdout, stderr };
  }
}

export const run = (...words: string[]) => new Command(words).end();
export const readText = (...path: string[]) => readFile(join(folder, ...path), 'utf8');
export const readJson = async (...path: string[]) => JSON.parse(await readText(...path));
export const eventsOf = (stdout: string) => (stdout.match(/.+\n/g) ?? []).map((line) => JSON.parse(line));

/** A training of a fraction of a second. */
export const quickly = ['train', '--data', 'shapes', '--model', 'linear', '--threads', '1'];
