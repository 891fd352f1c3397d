/**
 * The address space that a process may have (`ulimit -v`), which V8 is generous with: 8 to 10 GiB for each WebAssembly
 * memory, so that reads beyond its end meet a guard, and some hundred MiB for each thread. Where a thread gets none, V8
 * ends the process.
 */

import { readFileSync } from 'node:fs';
import { InklingError } from '../errors.js';

/** What a thread takes: 590 MiB on Node 20 and 24, 840 MiB on Node 26, and what it works with. */
const bytesPerThread = 2 ** 30;

/** @returns how many bytes are left; Infinity where there is no limit, or none that can be read */
function freeAddressSpace(): number {
  try {
    const limit = /^Max address space +(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'));
    if (!limit) return Number.POSITIVE_INFINITY;
    const kilobytes = /^VmSize:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8'));
    return kilobytes ? Number(limit[1]) - Number(kilobytes[1]) * 1024 : Number.POSITIVE_INFINITY;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

/** What to do where there is too little. */
export function addressSpaceAdvice(): string {
  const options = [...process.execArgv, ...(process.env.NODE_OPTIONS ?? '').split(' ')];
  const unguarded = options.includes('--disable-wasm-trap-handler');
  const flag =
    'Node 22.2 and later, and 20.15, do with less where started with --disable-wasm-trap-handler (or with it in NODE_OPTIONS).';
  return `Raise the limit of virtual memory (ulimit -v), or close other programs.${unguarded ? '' : ` ${flag}`}`;
}

/** @throws InklingError (environment) where this many threads would not find room, of which V8 would end the process */
export function checkRoomForThreads(threads: number): void {
  const free = freeAddressSpace();
  if (free >= threads * bytesPerThread) return;
  const left = `${(Math.max(free, 0) / 2 ** 30).toFixed(1)} GiB of address space`;
  throw new InklingError(
    'environment',
    `The engine's ${threads} threads need about 1 GiB of address space each, and the limit leaves ${left}. ` +
      `Use fewer threads. ${addressSpaceAdvice()}`,
  );
}
