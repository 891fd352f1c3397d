/**
 * Names that come from anybody, with characters that a terminal would obey and XML forbids: nothing breaks, nothing
 * gets through.
 */

import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encode } from 'fast-png';
import { beforeAll, expect, test } from 'vitest';
import { folder, run } from './command.js';

const name = 'bar\u001b[31m\u0007';
const control = /[^\P{Cc}\t\n]/u;

beforeAll(async () => {
  for (const [label, className] of ['dot', name].entries()) {
    await mkdir(join(folder, 'strange', className), { recursive: true });
    for (let image = 0; image < 12; image++) {
      const data = Uint8Array.from({ length: 64 }, (_, index) => (label === 0 ? index * image : 255 - image));
      const png = encode({ width: 8, height: 8, channels: 1, depth: 8, data });
      await writeFile(join(folder, 'strange', className, `${image}.png`), png);
    }
  }
});

test('a class with control characters is trained, drawn and reported', async () => {
  const { code, stdout, stderr } = await run(
    ...[
      'train',
      '--data',
      'strange',
      '--model',
      'linear',
      '--epochs',
      '1',
      '--validation',
      '0',
      '--out',
      'strange-run',
    ],
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('bar\\u001b[31m\\u0007');
  expect(stdout).not.toMatch(control);
  const files = await readdir(join(folder, 'strange-run'));
  const documents = files.filter((file) => /\.(svg|html)$/.test(file));
  expect(documents).toContain('confusion-matrix.svg');
  expect(documents).toContain('report.html');
  for (const file of documents) {
    const text = await readFile(join(folder, 'strange-run', file), 'utf8');
    expect(text, file).not.toMatch(control);
    if (file === 'confusion-matrix.svg') expect(text).toContain('bar\ufffd[31m\ufffd');
  }
  const evaluated = await run('evaluate', 'strange-run', '--data', 'strange');
  expect(evaluated.code).toBe(0);
  expect(evaluated.stdout).toContain('bar\\u001b[31m\\u0007');
  expect(evaluated.stdout + evaluated.stderr).not.toMatch(control);
});

test('data describes such classes', async () => {
  const { code, stdout } = await run('data', '--data', 'strange', '--out', 'sheet.png');
  expect(code).toBe(0);
  expect(stdout).toContain('class bar\\u001b[31m\\u0007');
  expect(stdout).not.toMatch(control);
});

test('an error tells of a path with such characters, and does not send them', async () => {
  const { code, stderr } = await run('train', '--data', 'no\u001b[2Jwhere');
  expect(code).toBe(1);
  expect(stderr).toContain('no\\u001b[2Jwhere');
  expect(stderr).not.toMatch(control);
});
