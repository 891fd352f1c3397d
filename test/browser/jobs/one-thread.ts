/** In a page and in a worker of it: what test/one-thread/job.mjs does in Node, and what is painted meanwhile. */

import {
  askForThreads,
  type ToldOfThreads,
  type UsedModels,
  useModels,
  type WorkedAlong,
  workAlong,
} from '../../one-thread/job.mjs';

export interface OneThreadResult extends UsedModels, WorkedAlong, ToldOfThreads {
  /** How often the page painted while timers rang; 0 in a worker. */
  readonly frames: number;
  readonly workers: number;
  readonly sharedMemories: number;
}

export interface Place {
  readonly place: 'page' | 'worker';
  /** Whether to take away SharedArrayBuffer and Atomics first. */
  readonly withoutGlobals?: boolean;
}

/** @param withoutGlobals see `Place` */
export async function useOneThread(withoutGlobals: boolean): Promise<OneThreadResult> {
  if (withoutGlobals) for (const name of ['SharedArrayBuffer', 'Atomics']) Reflect.deleteProperty(globalThis, name);
  let workers = 0;
  globalThis.Worker = class extends Worker {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      workers++;
    }
  };
  let sharedMemories = 0;
  WebAssembly.Memory = class extends WebAssembly.Memory {
    constructor(descriptor: WebAssembly.MemoryDescriptor) {
      super(descriptor);
      if (descriptor.shared) sharedMemories++;
    }
  };
  const told = await askForThreads();
  const used = await useModels();
  let frames = 0;
  const countFrames = () => {
    frames++;
    requestAnimationFrame(countFrames);
  };
  requestAnimationFrame(countFrames);
  return { ...used, ...(await workAlong()), ...told, frames, workers, sharedMemories };
}

function useOneThreadInWorker(withoutGlobals: boolean): Promise<OneThreadResult> {
  const worker = new Worker(new URL('./one-thread-worker.ts', import.meta.url), { type: 'module' });
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(withoutGlobals);
  });
}

export default function run({ place, withoutGlobals = false }: Place): Promise<OneThreadResult> {
  return place === 'page' ? useOneThread(withoutGlobals) : useOneThreadInWorker(withoutGlobals);
}
