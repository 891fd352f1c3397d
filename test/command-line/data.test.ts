/** `inkling data`: what a data set holds, and its contact sheet. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { eventsOf, folder, run } from './command.js';

test('data', async () => {
  const { code, stdout } = await run('data', '--data', 'shapes', '--out', 'sheets/shapes.png');
  expect(code).toBe(0);
  expect(stdout).toMatch(/\nimages +1,200 +60\n {2}class 0 +400 +20\n/);
  for (const row of ['image shape', 'minimum', 'maximum', 'mean', 'duplicates', 'blank images']) {
    expect(stdout).toContain(`\n${row} `);
  }
  const sheet = await readFile(join(folder, 'sheets', 'shapes.png'));
  expect(sheet.subarray(1, 4).toString()).toBe('PNG');
  const { stdout: events } = await run('data', '--data', 'shapes', '--json');
  expect(eventsOf(events)).toMatchObject([
    { event: 'data', contactSheet: join('runs', 'shapes-contact-sheet.png'), train: { count: 1200 } },
  ]);
});

test('data --augment shows what augmentation does', async () => {
  const { code, stdout } = await run('data', '--data', 'shapes', '--augment', 'strong', '--out', 'sheets/strong.png');
  expect(code).toBe(0);
  expect(stdout).toContain('Contact sheet of a training image of each class and 19 augmented copies of it (strong): ');
  const plain = await run('data', '--data', 'shapes', '--out', 'sheets/plain.png');
  expect(plain.code).toBe(0);
  const sheets = await Promise.all(['strong', 'plain'].map((name) => readFile(join(folder, 'sheets', `${name}.png`))));
  expect(sheets[0].equals(sheets[1])).toBe(false);
  const { stdout: events } = await run('data', '--data', 'shapes', '--augment', 'light', '--json');
  expect(eventsOf(events)).toMatchObject([{ event: 'data', augmentation: { name: 'light', rotation: 10 } }]);
});

test('data --export writes the data set in another layout, which is the same data set', async () => {
  const { sha256 } = eventsOf((await run('data', '--data', 'shapes', '--json')).stdout)[0];
  const { code, stdout } = await run('data', '--data', 'shapes', '--export', 'as-npz', '--as', 'npz');
  expect([code, stdout]).toStrictEqual([0, expect.stringContaining('\nData set: as-npz\n')]);
  const again = eventsOf((await run('data', '--data', 'as-npz/shapes.npz', '--export', 'as-png', '--json')).stdout)[0];
  expect(again).toMatchObject({ name: 'shapes', sha256, exported: 'as-png' });
  const fromFolders = eventsOf((await run('data', '--data', 'as-png', '--json')).stdout)[0];
  expect(fromFolders).toMatchObject({ train: { count: 1200, mean: again.train.mean }, test: { count: 60 } });
  const taken = await run('data', '--data', 'shapes', '--export', 'as-npz');
  expect([taken.code, taken.stderr]).toStrictEqual([2, expect.stringContaining('holds other files (shapes.npz)')]);
  const without = await run('data', '--as', 'idx');
  expect([without.code, without.stderr]).toStrictEqual([2, expect.stringContaining('Name a folder with --export')]);
}, 60_000);
