/** What is planted, and what is left alone. */

import { describe, expect, test } from 'vitest';
import { mutated, mutationsOf } from './mutations.mjs';

const all = (text: string) => mutationsOf('a.ts', text).map((mutation) => mutated(text, mutation));

describe('mutationsOf', () => {
  test.each<[string, string[]]>([
    ['a(b < 2);', [';', 'a(b <= 2);', 'a(b >= 2);', 'a(b < 3);', 'a(b < 1);']],
    ['x = y + z;', [';', 'x = y - z;']],
    ['x = a && !b;', [';', 'x = a || !b;', 'x = a && b;']],
    ['if (a) b();', ['if (!(a)) b();', ';', 'if (a) ;']],
    ['x = a ? b : -c;', [';', 'x = !(a) ? b : -c;', 'x = a ? b : c;']],
    ['f(a, b);', [';', 'f(b, a);']],
    ['x = Math.max(a, b);', [';', 'x = Math.min(a, b);']],
    ['x = await f();', [';', 'x = f();']],
    ['x = [true, 0.5, 0];', [';', 'x = [false, 0.5, 0];', 'x = [true, (2 * 0.5), 0];', 'x = [true, 0.5, 1];']],
    ['function f(): void { g(); }', ['function f(): void { return; g(); }', 'function f(): void { ; }']],
  ])('%s', (text, expected) => {
    expect(all(text)).toStrictEqual(expected);
  });

  test.each([
    "import a from 'b';",
    'type A = 1 | 2;',
    'interface A { b: 3 }',
    "const a = 'text' + b;",
    'const a = b as 2;',
    '// if (a < 2) b();',
    '/** 3 */',
    'const names = { 1: a };',
    "const a = new InklingError('data', 'a' + (1 + 2));",
  ])('leaves alone: %s', (text) => {
    expect(all(text)).toStrictEqual([]);
  });

  test('says where it is', () => {
    expect(mutationsOf('a.ts', '\n\nx = y + z;')[1]).toStrictEqual({
      path: 'a.ts',
      line: 3,
      kind: 'another operator',
      start: 8,
      end: 9,
      before: '+',
      replacement: '-',
    });
  });
});
