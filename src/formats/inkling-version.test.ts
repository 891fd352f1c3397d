import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { inklingVersion } from './inkling-version.js';

test('the version that files are given is that of the package', () => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  expect(inklingVersion).toBe(version);
});
