/**
 * Ends the process when an input hangs it: a thread of its own that watches a counter, since a loop without an end lets
 * no timer run. What it knows of the input it prints first.
 */

import { Worker } from 'node:worker_threads';

const textBytes = 1024;
const inputBytes = 65_536;
const headerBytes = 12;

/** Odd while an input is read. A worker cannot be started from TypeScript, so this is a text. */
const watch = `
const { writeSync } = require('node:fs');
const { workerData: { shared, milliseconds, textBytes, headerBytes } } = require('node:worker_threads');
const [state, bytes] = [new Int32Array(shared, 0, 3), Buffer.from(shared)];
let [seen, since] = [0, 0];
setInterval(() => {
  const count = Atomics.load(state, 0);
  if (count !== seen) [seen, since] = [count, Date.now()];
  else if (count % 2 === 1 && Date.now() - since > milliseconds) {
    const text = bytes.toString('utf8', headerBytes, headerBytes + state[1]);
    const input = bytes.toString('base64', headerBytes + textBytes, headerBytes + textBytes + state[2]);
    writeSync(2, '\\n' + text + '\\nInput (base64): ' + input + '\\n');
    process.kill(process.pid, 'SIGKILL');
  }
}, 50);
`;

export class Watchdog {
  readonly #shared = new SharedArrayBuffer(headerBytes + textBytes + inputBytes);
  readonly #state = new Int32Array(this.#shared, 0, 3);
  readonly #bytes = new Uint8Array(this.#shared, headerBytes);
  readonly #worker: Worker;

  constructor(milliseconds: number) {
    this.#worker = new Worker(watch, {
      eval: true,
      workerData: { shared: this.#shared, milliseconds, textBytes, headerBytes },
    });
    this.#worker.unref();
  }

  begin(text: string, input: Uint8Array): void {
    const encoded = new TextEncoder().encode(text).subarray(0, textBytes);
    this.#bytes.set(encoded);
    this.#bytes.set(input.subarray(0, inputBytes), textBytes);
    this.#state[1] = encoded.length;
    this.#state[2] = Math.min(input.length, inputBytes);
    Atomics.add(this.#state, 0, 1);
  }

  end(): void {
    Atomics.add(this.#state, 0, 1);
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }
}
