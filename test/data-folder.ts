/** An empty folder for each test of a file, to write data sets into. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';
import { loadDataset } from '../src/data/folder.js';
import { platform } from '../src/platform/node.js';

export let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inkling-data-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Writes files below the folder: paths with slashes, contents as bytes. */
export async function write(files: Record<string, Uint8Array>): Promise<void> {
  for (const [path, bytes] of Object.entries(files)) await platform.writeFile(join(folder, ...path.split('/')), bytes);
}

/** Expects loading to fail with an error of this kind that says all of this. */
export async function expectRefusal(kind: 'data' | 'file', ...sayings: string[]): Promise<void> {
  const error: unknown = await loadDataset(folder).then(
    () => 'was loaded',
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({ name: 'InklingError', kind });
  for (const saying of sayings) expect(String(error)).toContain(saying);
}
