/** The memory of an engine, which its threads share where it has some of its own. */

import { platform } from '#platform';
import { InklingError } from '../errors.js';

const pageBytes = 65536;

/**
 * A memory of whole 64 KiB pages, of the kind that the modules of `kernelModule` import: a shared one, or where this host
 * runs no threads that could share it, an ordinary one.
 * @param most bytes that it can grow to; hosts set address space aside for them, so they should not be many more than
 * are needed
 * @throws InklingError (environment) where the host gives none
 */
export function engineMemory(bytes: number, most = bytes): WebAssembly.Memory {
  const initial = pagesFor(bytes);
  const maximum = Math.min(Math.max(initial, Math.ceil(most / pageBytes)), maxPages);
  try {
    return new WebAssembly.Memory({ initial, maximum, shared: platform.noThreads === undefined });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InklingError('environment', `The engine got no memory: ${reason}. ${platform.memoryAdvice}`, { cause });
  }
}

const maxPages = 65536;

/** Makes a memory large enough, where it is not. @returns false where it cannot grow so far */
export function growMemory(memory: WebAssembly.Memory, bytes: number): boolean {
  const missing = pagesFor(bytes) - memory.buffer.byteLength / pageBytes;
  if (missing <= 0) return true;
  try {
    memory.grow(missing);
    return true;
  } catch {
    return false;
  }
}

export function pagesFor(bytes: number): number {
  const pages = Math.ceil(bytes / pageBytes);
  if (pages > maxPages) {
    throw new InklingError(
      'environment',
      `The model, the batch and the data need ${Math.ceil(bytes / 2 ** 20)} MiB; WebAssembly gives 4096 MiB at most. ` +
        'Use fewer images, a smaller batch or a smaller model.',
    );
  }
  return pages;
}
