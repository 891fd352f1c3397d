import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { sampleRunRecord } from '../../test/fixtures/run-record.js';
import { writeRunFolder } from './run-folder.js';

vi.mock('@resvg/resvg-js', () => {
  throw new Error('no native part');
});

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inkling-run-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('a run is complete but for the PNG files where they cannot be made, and says why once', async () => {
  const reasons: string[] = [];
  await writeRunFolder(folder, await sampleRunRecord(300), ({ message }) => reasons.push(message));
  expect(reasons).toEqual([expect.stringContaining('run npm install without --omit=optional')]);
  const files = await readdir(folder);
  expect(files.filter((name) => name.endsWith('.svg'))).toHaveLength(7);
  expect(files.filter((name) => name.endsWith('.png'))).toEqual([]);
  expect(files).toEqual(expect.arrayContaining(['summary.json', 'report.html']));
});

it('is an error where nobody wants to hear of it', async () => {
  await expect(writeRunFolder(folder, await sampleRunRecord(300))).rejects.toMatchObject({ kind: 'environment' });
  expect(await readdir(folder)).not.toContain('summary.json');
});
