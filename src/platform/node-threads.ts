/** Threads on Node: worker threads that keep the process alive only while they are busy. */

import { parentPort, Worker } from 'node:worker_threads';
import { InklingError } from '../errors.js';
import type { Obstacle, Thread, ThreadListener, ThreadScope } from './contract.js';

/** `process.permission` is there where Node was started with its permission model alone. */
export const noThreads: Obstacle | undefined =
  process.permission?.has('worker') === false
    ? { reason: "Node's permission model forbids more", advice: 'Start Node with --allow-worker.' }
    : undefined;

/**
 * The listener hears of a failure once: an uncaught error also ends the thread with a code, which is not news then. A
 * thread that ends without having been told to is a failure whatever its code.
 */
export function startThread(module: URL, listener: ThreadListener): Thread {
  const worker = startWorker(module);
  let ended = false;
  const fail = (error: Error) => {
    if (ended) return;
    ended = true;
    listener.onError(error);
  };
  worker.on('message', (message: unknown) => listener.onMessage(message));
  worker.on('messageerror', fail);
  worker.on('error', fail);
  worker.on('exit', (code) => fail(new Error(`The thread ${module.href} ended with exit code ${code}.`)));
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

/**
 * A program that was given by `--eval` or on standard input has flags that threads take over and then refuse, since
 * they run a file.
 */
const foreignFlags = process.execArgv.some((flag) => flag.startsWith('--input-type'));

function startWorker(module: URL): Worker {
  try {
    return new Worker(module, foreignFlags ? { execArgv: [] } : {});
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    throw new InklingError('environment', adviceByCode.get(code)?.(reason) ?? `${reason}.`, { cause });
  }
}

const adviceByCode = new Map<unknown, (reason: string) => string>([
  [
    'ERR_WORKER_INIT_FAILED',
    (reason) =>
      `the system gives no more of them (${reason}). Use fewer threads, close other programs, or raise the limit of ` +
      'processes and threads (ulimit -u; for a container, --pids-limit).',
  ],
]);

export function threadScope(): ThreadScope {
  const port = parentPort;
  if (port === null) {
    throw new InklingError('environment', 'This module runs in a thread of its own, it was started in the main one.');
  }
  return {
    post: (message) => port.postMessage(message),
    onMessage: (handler) => port.on('message', handler),
  };
}
