import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { sampleRunRecord } from '../../test/fixtures/run-record.js';
import { loadModel, modelFromFiles } from '../formats/model-file.js';
import { configurationDifferences } from './run-configuration.js';
import { runFiles } from './run-files.js';
import { writeRunFolder } from './run-folder.js';

vi.mock('#platform', () => import('../platform/node.js'));
vi.setConfig({ testTimeout: 60_000 });

it('gives the bytes that a run folder has, but for charts and page', async () => {
  const record = await sampleRunRecord(300);
  const folder = await mkdtemp(join(tmpdir(), 'inkling-run-files-'));
  try {
    await writeRunFolder(folder, record);
    const files = await runFiles(record);
    expect([...files.keys()].at(-1)).toBe('summary.json');
    for (const [name, bytes] of files) {
      if (name.startsWith('model.')) await writeFile(join(folder, name), bytes);
      else expect(Buffer.from(bytes).equals(await readFile(join(folder, name))), name).toBe(true);
    }
    expect((await loadModel(folder)).weights).toEqual(record.weights);
    expect(modelFromFiles(files).weights).toEqual(record.weights);
  } finally {
    await rm(folder, { recursive: true });
  }
});

it('tells in what two runs were told to do different things', () => {
  const run = { seed: 1, epochs: 2, optimizer: { type: 'adam', learningRate: 0.1 }, testAccuracy: 0.5, threads: 1 };
  const other = { seed: 2, epochs: 2, optimizer: { type: 'adam', learningRate: 0.2 }, testAccuracy: 0.7, threads: 2 };
  expect(configurationDifferences([run, other])).toEqual([
    { setting: 'seed', values: ['1', '2'] },
    { setting: 'optimizer.learningRate', values: ['0.1', '0.2'] },
  ]);
});
