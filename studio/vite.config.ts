/** Builds the studio into dist/studio: files that any static host serves, from any path. */

import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here('.'),
  base: './',
  cacheDir: here('../node_modules/.cache/studio'),
  resolve: {
    // The built package, as a program that uses it has it.
    alias: { inkling: here('../dist/index.js') },
    conditions: ['browser', 'module', 'import', 'default'],
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  worker: { format: 'es' },
  build: {
    outDir: here('../dist/studio'),
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2000,
    rolldownOptions: {
      output: {
        // What the first screen needs in any case is one file, which packs better than many small ones.
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            {
              name: 'shared',
              test: /node_modules\/(preact|@preact)\/|studio\/(shell\/(announcer|notices|pixel-image|room-link|rooms|route|address|theme|use-loaded)|state\/(digit-names|drawing|reading|is-training)|draw\/(pad|keyboard-pen|strokes|probability-bars))\./,
            },
          ],
        },
      },
    },
  },
});
