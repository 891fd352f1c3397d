/** The public API as it stands: a change of it must be meant. */

import { readFileSync } from 'node:fs';
import * as api from 'inkling';
import { expect, test } from 'vitest';

test('values', () => {
  const kinds = Object.entries(api).map(([name, value]) => `${name}: ${typeof value}`);
  expect(kinds.sort()).toMatchSnapshot();
});

test('names of values and types', () => {
  const declarations = readFileSync(new URL('../dist/index.d.ts', import.meta.url), 'utf8');
  const names = [...declarations.matchAll(/export (type )?\{([^}]*)\}/g)].flatMap(([, allTypes, list]) =>
    list
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean)
      .map((name) => (allTypes ? `type ${name}` : name)),
  );
  expect(names.sort()).toMatchSnapshot();
});
