/**
 * Bundles a module as a web application would and serves it to a page on this machine, with or without the headers of
 * isolation.
 */

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));

const isolation = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

/** The module's promise is there for whoever drives the page. */
const html = '<!doctype html><title>Inkling</title><script>globalThis.job = import("/job.js");</script>';

/** @param entry path of a module from the repository's root @returns the folder with `job.js` and what it loads */
export async function bundle(entry: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'inkling-page-'));
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: {
      outDir: folder,
      target: 'esnext',
      minify: false,
      modulePreload: false,
      reportCompressedSize: false,
      rolldownOptions: {
        input: join(root, entry),
        preserveEntrySignatures: 'strict',
        output: { entryFileNames: 'job.js' },
      },
    },
  });
  return folder;
}

export interface PageServer {
  readonly origin: string;
  close(): Promise<void>;
}

/**
 * Serves the page at `/`, the bundle beside it and a folder at `/files/`.
 * @param isolated whether with the headers that let a page share memory with its workers
 */
export async function servePage(bundled: string, isolated: boolean, files?: string): Promise<PageServer> {
  const fileOf = (path: string) => {
    if (path.startsWith('/files/')) return files === undefined ? undefined : join(files, path.slice('/files/'.length));
    return join(bundled, path);
  };
  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname));
    const headers = isolated ? isolation : {};
    if (path === '/') {
      response.writeHead(200, { ...headers, 'Content-Type': 'text/html; charset=utf-8' }).end(html);
      return;
    }
    const file = fileOf(path);
    const content = file === undefined ? undefined : await readFile(file).catch(() => undefined);
    if (content === undefined) {
      response.writeHead(404, headers).end();
      return;
    }
    const type = contentTypes[extname(path)] ?? 'application/octet-stream';
    response.writeHead(200, { ...headers, 'Content-Type': type }).end(content);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export async function removeBundle(folder: string): Promise<void> {
  await rm(folder, { recursive: true });
}
