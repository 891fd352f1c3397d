/**
 * Bundles the module of the engine's threads for pages, with all that it imports, and writes it as a string to
 * src/engine/threads/thread-source.ts, so that a page needs no file for it and no bundler has to know how Web Workers
 * are made.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const path = (relative) => fileURLToPath(new URL(`../${relative}`, import.meta.url));
const output = path('src/engine/threads/thread-source.ts');

const [{ output: chunks }] = await build({
  root: path('.'),
  configFile: false,
  logLevel: 'error',
  publicDir: false,
  resolve: { alias: { '#platform': path('src/platform/browser.ts') } },
  build: {
    write: false,
    target: 'es2022',
    minify: true,
    reportCompressedSize: false,
    lib: { entry: path('src/engine/threads/thread.ts'), formats: ['iife'], name: 'inklingThread' },
  },
});
if (chunks.length !== 1) throw new Error(`Expected one script. Received: ${chunks.map((chunk) => chunk.fileName)}.`);
const source = `// Made from src/engine/threads/thread.ts by scripts/build-thread.js.

/** A classic script, for a Web Worker. */
export const threadSource: string = ${JSON.stringify(chunks[0].code)};
`;
const before = await readFile(output, 'utf8').catch(() => '');
if (before !== source) await writeFile(output, source);
