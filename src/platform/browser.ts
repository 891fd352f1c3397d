/**
 * The platform contract in pages and Web Workers: module workers as threads, URLs as paths, files that can be read but
 * not written. Threads need a page that is cross-origin isolated, since only such pages may share memory with them.
 */

import { InklingError } from '../errors.js';
import { decodeOtherPicture } from './browser-picture.js';
import type { Obstacle, Platform, Thread, ThreadListener, ThreadScope } from './contract.js';
import { joinPath, readFile } from './web-files.js';

const isolationAdvice =
  'Pages may share memory where they are cross-origin isolated: serve this page and its scripts over https, or from localhost, ' +
  'with the headers "Cross-Origin-Opener-Policy: same-origin" and "Cross-Origin-Embedder-Policy: require-corp".';

function noThreads(): Obstacle | undefined {
  if (!globalThis.crossOriginIsolated) {
    return { reason: 'this page is not cross-origin isolated', advice: isolationAdvice };
  }
  const missing = ['SharedArrayBuffer', 'Worker'].find((name) => !(name in globalThis));
  return missing === undefined
    ? undefined
    : { reason: `this browser has no ${missing} here`, advice: 'Use a newer browser, or another one.' };
}

/** The listener hears of a failure once. A script that cannot be loaded fails without a message. */
function startThread(module: URL, listener: ThreadListener, makeWorker?: () => Worker): Thread {
  const worker = makeWorker?.() ?? new Worker(module, { type: 'module' });
  let ended = false;
  const fail = (error: Error) => {
    if (ended) return;
    ended = true;
    listener.onError(error);
  };
  worker.addEventListener('message', ({ data }) => {
    if (isHolding(data)) void navigator.locks.request(data.lock, () => fail(new Error('it ended without an error.')));
    else listener.onMessage(data);
  });
  worker.addEventListener('messageerror', () => fail(new Error('a message of the thread could not be read.')));
  worker.addEventListener('error', (event) => {
    if (event instanceof ErrorEvent && event.message !== '') {
      fail(event.error instanceof Error ? event.error : new Error(`${event.message}.`));
    } else {
      fail(
        new Error(
          'its script could not be loaded. A content security policy must allow it ("worker-src blob:"), or setThreadWorker must name one ' +
            'that the page may load, of the same origin and with the header "Cross-Origin-Embedder-Policy: require-corp".',
        ),
      );
    }
  });
  return {
    post: (message) => worker.postMessage(message),
    setBusy() {},
    async terminate() {
      ended = true;
      worker.terminate();
    },
  };
}

function threadScope(): ThreadScope {
  const { DedicatedWorkerGlobalScope } = globalThis;
  if (DedicatedWorkerGlobalScope === undefined || !(globalThis instanceof DedicatedWorkerGlobalScope)) {
    throw new InklingError('environment', 'This module runs in a Web Worker of its own, it was started in the page.');
  }
  const scope = globalThis;
  const held = holdLock((message) => scope.postMessage(message));
  return {
    post: (message) => scope.postMessage(message),
    onMessage: (handler) =>
      scope.addEventListener('message', async ({ data }) => {
        await held;
        handler(data);
      }),
  };
}

/** A thread's first message: the name of the lock that it holds. */
interface Holding {
  readonly type: 'holding';
  readonly lock: string;
}

function isHolding(message: unknown): message is Holding {
  return typeof message === 'object' && message !== null && 'type' in message && message.type === 'holding';
}

/**
 * No event tells a page that a worker is gone which was terminated or closed itself. But it lets go of its locks: a
 * thread takes one for as long as it lives, and who gets it afterwards knows.
 * @returns when the lock is held, or where this host has none
 */
async function holdLock(post: (message: Holding) => void): Promise<void> {
  const lock = `inkling thread ${crypto.randomUUID()}`;
  await new Promise<void>((resolve) => {
    const hold = () => {
      post({ type: 'holding', lock });
      resolve();
      return new Promise<never>(() => {});
    };
    // Pages of no origin, such as sandboxed frames, are refused.
    navigator.locks?.request(lock, hold).catch(resolve) ?? resolve();
  });
}

function compileWideKernels(): WebAssembly.Module {
  throw new InklingError(
    'environment',
    'Vectors of 256 bits need Node 24 or later on an x64 processor; browsers cannot be asked for them. Use 128.',
  );
}

async function refuseToWrite(path: string): Promise<never> {
  throw new InklingError(
    'environment',
    `Cannot write ${path}: pages have no files. Keep what getWeights() returns, in IndexedDB or on a server, or save in Node.`,
  );
}

export const platform: Platform = {
  get host() {
    return navigator.userAgent;
  },
  get availableThreads() {
    return navigator.hardwareConcurrency || 1;
  },
  terminal: undefined,
  get noThreads() {
    return noThreads();
  },
  startThread,
  threadScope,
  checkRoomForThreads() {},
  memoryAdvice: 'Use fewer images, a smaller batch or a smaller model, or close other pages.',
  webAssemblyAdvice:
    "Use a browser of 2023 or later; allow it in this page's content security policy ('wasm-unsafe-eval') and in the browser " +
    "(Apple's Lockdown Mode switches it off).",
  enableRelaxedSimd() {},
  compileWideKernels,
  readFile,
  listFolder: async () => undefined,
  writeFile: refuseToWrite,
  appendFile: refuseToWrite,
  removeFile: refuseToWrite,
  joinPath,
  hasPackages: false,
  packageFolder: () => undefined,
  decodeOtherPicture,
};
