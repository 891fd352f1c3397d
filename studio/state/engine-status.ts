/** How many threads the engine has here, and why, as a sentence. */

import { signal } from '@preact/signals';

const cores = navigator.hardwareConcurrency || 1;
/** One core is left to the page. */
export const trainingThreads = globalThis.crossOriginIsolated ? Math.max(1, Math.min(8, cores - 1)) : 1;

export const engineStatus = signal(
  globalThis.crossOriginIsolated
    ? `${trainingThreads} ${trainingThreads === 1 ? 'thread' : 'threads'} for training, of ${cores} cores`
    : '1 thread for training, because this page is not cross-origin isolated',
);
