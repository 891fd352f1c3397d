/** How many threads the engine has here, and why, as a sentence. */

import { signal } from '@preact/signals';

const cores = navigator.hardwareConcurrency || 1;
/** WebKitGTK isolates pages, and has no memory that threads share all the same. */
const sharesMemory = globalThis.crossOriginIsolated && 'SharedArrayBuffer' in globalThis;
/** One core is left to the page. */
export const trainingThreads = sharesMemory ? Math.max(1, Math.min(8, cores - 1)) : 1;

export const engineStatus = signal(
  sharesMemory
    ? `${trainingThreads} ${trainingThreads === 1 ? 'thread' : 'threads'} for training, of ${cores} cores`
    : `1 thread for training, because ${globalThis.crossOriginIsolated ? 'this browser shares no memory between threads' : 'this page is not cross-origin isolated'}`,
);
