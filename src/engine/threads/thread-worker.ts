/** How a page gets the Web Workers that the engine's threads are. */

import { threadSource } from './thread-source.js';

let scriptUrl: string | undefined;

/** From a `blob:` URL, which has the origin of the page and its headers of isolation, whoever bundled the page. */
function embeddedWorker(): Worker {
  scriptUrl ??= URL.createObjectURL(new Blob([threadSource], { type: 'text/javascript' }));
  return new Worker(scriptUrl, { name: 'inkling' });
}

let makeWorker = embeddedWorker;

/**
 * Says how the page makes the Web Workers that the engine's threads are. Only pages whose content security policy
 * forbids `blob:` workers need it; call it before the first training.
 * @param make makes a worker of a module of the page that imports `inkling/thread` and does nothing else; default: of a
 * script that is in the package
 * @example
 * ```ts
 * setThreadWorker(() => new Worker(new URL('./thread.js', import.meta.url), { type: 'module' }));
 * ```
 */
export function setThreadWorker(make: () => Worker = embeddedWorker): void {
  makeWorker = make;
}

export function threadWorker(): Worker {
  return makeWorker();
}
