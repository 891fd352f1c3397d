/**
 * The service worker of the studio as static files: keeps the page for when there is no network, and adds the headers
 * of isolation that a host such as GitHub Pages cannot send, so that the engine may have several threads.
 *
 * A new version waits until all pages of the one before are closed: rooms that they have not loaded yet are in the old
 * one's files.
 */

/** Written by the build: all files of the page but the data, as addresses beside this file, and a fingerprint of them. */
declare const pageFiles: readonly string[];
declare const pageVersion: string;

interface WaitingEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface RequestEvent extends WaitingEvent {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}
/** TypeScript knows either pages or service workers: this is what is used here of the latter. */
interface Scope {
  readonly registration: { readonly scope: string };
  readonly clients: { claim(): Promise<void> };
  addEventListener(name: 'install' | 'activate', listener: (event: WaitingEvent) => void): void;
  addEventListener(name: 'fetch', listener: (event: RequestEvent) => void): void;
}

const worker = globalThis as unknown as Scope;
const { scope } = worker.registration;
/** Other pages of the same host have caches too. */
const ownCaches = `inkling-studio ${scope} `;
const pageCache = `${ownCaches}${pageVersion}`;
/** What does not change with the version: MNIST, once it was fetched. */
const dataCache = `${ownCaches}data`;
const dataFolder = new URL('mnist/', scope).href;

const isolationHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

worker.addEventListener('install', (event) => event.waitUntil(keepPage()));
worker.addEventListener('activate', (event) => event.waitUntil(begin()));
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method === 'GET' && request.url.startsWith(scope)) event.respondWith(answer(request));
});

async function keepPage(): Promise<void> {
  const cache = await caches.open(pageCache);
  // Past the browser's own cache, which may have files of the version before.
  await cache.addAll(pageFiles.map((file) => new Request(new URL(file, scope), { cache: 'reload' })));
}

async function begin(): Promise<void> {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(ownCaches) && name !== pageCache && name !== dataCache);
  await Promise.all(old.map((name) => caches.delete(name)));
  await worker.clients.claim();
}

async function answer(request: Request): Promise<Response> {
  const url = new URL(request.url);
  const file = request.mode === 'navigate' && url.href.split(/[?#]/)[0] === scope ? new URL('index.html', scope) : url;
  file.search = '';
  const cache = await caches.open(file.href.startsWith(dataFolder) ? dataCache : pageCache);
  const kept = await cache.match(file.href);
  if (kept) return isolated(kept);
  try {
    const response = await fetch(request);
    // Where there is no room for it, the page has it all the same.
    if (response.ok && file.href.startsWith(dataFolder)) await cache.put(file.href, response.clone()).catch(() => {});
    return isolated(response);
  } catch {
    return Response.error();
  }
}

function isolated(response: Response): Response {
  if (response.type === 'error' || response.type === 'opaqueredirect') return response;
  const { body, status, statusText } = response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(isolationHeaders)) headers.set(name, value);
  return new Response(body, { status, statusText, headers });
}
