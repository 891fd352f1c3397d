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
