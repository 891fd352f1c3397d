/** The platform contract on Node 20 and later: worker threads and files. The library meets Node nowhere else. */

import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { InklingError } from '../errors.js';
import type { Platform } from './contract.js';
import { addressSpaceAdvice, checkRoomForThreads } from './node-address-space.js';
import { appendText, listFolder, readWholeFile, removeFile, writeWholeFile } from './node-files.js';
import { decodeOtherPicture } from './node-pictures.js';
import { noThreads, startThread, threadScope } from './node-threads.js';
import { wideKernelBinaries } from './wide-kernel-binaries.js';

const nodeMajor = Number.parseInt(process.versions.node, 10);

function enableRelaxedSimd(): void {
  if (nodeMajor < 22) setFlagsFromString('--experimental-wasm-relaxed-simd');
}

/**
 * V8 calls it revectorization, and holds it for experimental. Its flags count while a module is being compiled; all of
 * it must be optimised right then, since what is compiled later would not know them any more.
 */
function compileWideKernels(arithmetic: 'plain' | 'fused'): WebAssembly.Module {
  if (nodeMajor < 24 || process.arch !== 'x64') {
    throw new InklingError(
      'environment',
      `Vectors of 256 bits need Node 24 or later on an x64 processor; this is Node ${process.versions.node} on ${process.arch}. Use 128.`,
    );
  }
  // V8 of Node 26 dies where it would inline functions by call counts that only its first compiler takes; the kernels
  // are inlined already.
  const flags = ['experimental-wasm-revectorize', 'no-liftoff', 'no-wasm-lazy-compilation', 'no-wasm-inlining'];
  const before = ['no-experimental-wasm-revectorize', 'liftoff', 'wasm-lazy-compilation', 'wasm-inlining'];
  try {
    for (const flag of flags) setFlagsFromString(`--${flag}`);
    return new WebAssembly.Module(Buffer.from(wideKernelBinaries[arithmetic], 'hex'));
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
  noThreads,
  startThread,
  threadScope,
  checkRoomForThreads,
  get memoryAdvice() {
    return addressSpaceAdvice();
  },
  webAssemblyAdvice: 'Start Node without --jitless, on a processor with SSE4.1 (x64) or NEON (arm64).',
  enableRelaxedSimd,
  compileWideKernels,
  readFile: readWholeFile,
  listFolder,
  writeFile: writeWholeFile,
  appendFile: appendText,
  removeFile,
  joinPath: join,
  hasPackages: true,
  packageFolder,
  decodeOtherPicture,
};
