/** Holds docs/guess-the-room.md: its paths exist, and its count is that of its table. */

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../', import.meta.url));
const page = readFileSync(join(root, 'docs/guess-the-room.md'), 'utf8');
const answers = [...page.matchAll(/^\| \d+ \| .* \| `(.*)` \| `(.*)` \| (yes|no) \|$/gm)];

test('every question has the file that it is about', () => {
  expect(answers).toHaveLength(40);
  expect(answers.map(([, , file]) => file).filter((file) => !existsSync(join(root, file)))).toEqual([]);
});

test('an answer is right where the file is in the folder, and at least 36 are', () => {
  for (const [row, folder, file, verdict] of answers) {
    expect(verdict, row).toBe(join(dirname(file), '/') === join(folder, '/') ? 'yes' : 'no');
  }
  const right = answers.filter(([, , , verdict]) => verdict === 'yes').length;
  expect(right).toBeGreaterThanOrEqual(36);
  expect(page).toContain(`${right} of 40 were right`);
});
