/** The short form of `npm run long:resume`: a few of its deaths. */

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

test('a training that is broken off again and again ends with the files of one that was not', {
  timeout: 300_000,
}, () => {
  const script = fileURLToPath(new URL('./kill-and-resume.mjs', import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, '--kills', '8'], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/\n8 times broken off, \d+ runs compared: all ended with [\da-f]{64} and the same files\.\n$/);
});
