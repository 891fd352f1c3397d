/** The platform contract on Node 20 and later: worker threads and files. The library meets Node nowhere else. */

import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { parentPort, Worker } from 'node:worker_threads';
import { InklingError } from '../errors.js';
import type { Platform, Thread, ThreadListener, ThreadScope } from './contract.js';
import { appendText, listFolder, readWholeFile, removeFile, writeWholeFile } from './node-files.js';
import { decodeOtherPicture } from './node-pictures.js';

/** The listener hears of a failure once: an uncaught error also ends the thread with a code, which is no news then. */
function startThread(module: URL, listener: ThreadListener): Thread {
  const worker = new Worker(module);
  let ended = false;
  const fail = (error: Error) => {
    if (ended) return;
    ended = true;
    listener.onError(error);
  };
  worker.on('message', (message: unknown) => listener.onMessage(message));
  worker.on('messageerror', fail);
  worker.on('error', fail);
  worker.on('exit', (code) => {
    if (code !== 0) fail(new InklingError('environment', `The thread ${module.href} stopped with exit code ${code}.`));
  });
  worker.unref();
  return {
    post: (message) => worker.postMessage(message),
    setBusy: (busy) => (busy ? worker.ref() : worker.unref()),
    async terminate() {
      ended = true;
      await worker.terminate();
    },
  };
}

function threadScope(): ThreadScope {
  const port = parentPort;
  if (port === null) {
    throw new InklingError('environment', 'This module runs in a thread of its own, it was started in the main one.');
  }
  return {
    post: (message) => port.postMessage(message),
    onMessage: (handler) => port.on('message', handler),
  };
}

const nodeMajor = Number.parseInt(process.versions.node, 10);

function enableRelaxedSimd(): void {
  if (nodeMajor < 22) setFlagsFromString('--experimental-wasm-relaxed-simd');
}

/**
 * V8 calls it revectorization, and holds it for experimental. Its flags count while a module is being compiled; all of it must be
 * optimised right then, since what is compiled later would not know them any more.
 */
function compileForWideVectors(binary: Uint8Array<ArrayBuffer>): WebAssembly.Module {
  if (nodeMajor < 24 || process.arch !== 'x64') {
    throw new InklingError(
      'environment',
      `vectors of 256 bits need Node 24 or later on an x64 processor; this is Node ${process.versions.node} on ${process.arch}. Use 128.`,
    );
  }
  // V8 of Node 26 dies where it would inline functions by call counts that only its first compiler takes; the kernels are inlined already.
  const flags = ['experimental-wasm-revectorize', 'no-liftoff', 'no-wasm-lazy-compilation', 'no-wasm-inlining'];
  const before = ['no-experimental-wasm-revectorize', 'liftoff', 'wasm-lazy-compilation', 'wasm-inlining'];
  try {
    for (const flag of flags) setFlagsFromString(`--${flag}`);
    return new WebAssembly.Module(binary);
  } finally {
    for (const flag of before) setFlagsFromString(`--${flag}`);
  }
}

/** Looks where Node's own resolution would, but needs no `exports` entry for package.json. */
function packageFolder(name: string): string | undefined {
  const places = createRequire(import.meta.url).resolve.paths(name) ?? [];
  return places.map((place) => join(place, name)).find((folder) => existsSync(join(folder, 'package.json')));
}

export const platform: Platform = {
  host: `node ${process.versions.node}`,
  availableThreads: availableParallelism(),
  get terminal() {
    return process.stdout.isTTY && process.env.TERM !== 'dumb' ? process.stdout : undefined;
  },
  startThread,
  threadScope,
  sharedMemoryAdvice: 'Close other programs, or raise the limit of virtual memory (ulimit -v).',
  enableRelaxedSimd,
  compileForWideVectors,
  readFile: readWholeFile,
  listFolder,
  writeFile: writeWholeFile,
  appendFile: appendText,
  removeFile,
  joinPath: join,
  packageFolder,
  decodeOtherPicture,
};
