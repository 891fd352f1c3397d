/** Reads a pipe that has a path: a FIFO, `/dev/stdin` behind `|`, what a shell makes of `<(...)`. */

import { closeSync, constants, openSync, readSync } from 'node:fs';
import { Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { InklingError } from '../errors.js';

const glanceMilliseconds = 50;

/**
 * An ordinary open would wait for a writer, perhaps for ever, in a thread that keeps the process from ending.
 * @param path bytes, since names of files need not be UTF-8
 * @param patience milliseconds in which somebody must begin to write; from then on it is read until they end
 * @throws InklingError (file) where nobody does; the system's error where it cannot be opened
 */
export async function* readNamedPipe(path: Buffer, patience: number): AsyncGenerator<Uint8Array> {
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  let first: Uint8Array | undefined;
  try {
    first = await awaitWriter(descriptor, path.toString(), patience);
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
  if (first) yield first;
  yield* new Socket({ fd: descriptor, readable: true, writable: false });
}

/** @returns what has been written already, undefined where a writer is there and has not written yet */
async function awaitWriter(descriptor: number, name: string, patience: number): Promise<Uint8Array | undefined> {
  const deadline = performance.now() + patience;
  const buffer = new Uint8Array(65_536);
  for (;;) {
    try {
      const bytes = readSync(descriptor, buffer);
      if (bytes > 0) return buffer.subarray(0, bytes);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return undefined;
      throw error;
    }
    // Nothing, and not even "try again": nobody has it open for writing.
    if (performance.now() >= deadline) {
      throw new InklingError(
        'file',
        `Cannot read ${name}: it is a pipe, and nobody writes to it. Start what writes to it before, or send the picture to standard ` +
          'input: "... | inkling predict -".',
      );
    }
    await setTimeout(glanceMilliseconds);
  }
}
