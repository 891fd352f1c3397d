/**
 * Holds the import arrows of ARCHITECTURE.md, that no imports run in a circle, and that the library needs neither Node
 * nor a page.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const source = fileURLToPath(new URL('../src/', import.meta.url));

const root = fileURLToPath(new URL('../', import.meta.url));

/** What every room may import. */
const foundations = ['numerics', 'errors', 'known-names', 'options'];
/** Their own arrows. */
const arrowsOfFoundations = { numerics: [], errors: [], 'known-names': ['errors'], options: ['known-names', 'errors'] };

/** Its lines below the headings. */
function tableOfArrows(): string {
  const [, table] = /\n\| room .*\n\| -.*\n((?:\|.*\n)+)/.exec(readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8'))!;
  return table;
}

/** Each room and the rooms it may import from, beside itself: the table of ARCHITECTURE.md. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  ...arrowsOfFoundations,
  ...Object.fromEntries(
    [...tableOfArrows().matchAll(/^\| ([a-z]+) +\| ([a-z, ]*?) *\|$/gm)].map(([, room, rooms]) => [
      room,
      [...rooms.split(', ').filter(Boolean), ...foundations],
    ]),
  ),
};

interface Import {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

function roomOf(path: string): string {
  return path.split('/')[0].replace(/\.[jt]s$/, '');
}

function importsOf(file: string, text: string): string[] {
  // Examples in doc comments are of programs that use this one.
  const code = text.replaceAll(/^\s*\*.*$/gm, '');
  const specifiers = [...code.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, specifier]) => specifier);
  return specifiers.map((specifier) => {
    if (specifier.startsWith('#platform')) return 'platform';
    if (specifier.startsWith('.')) return relative(source, join(source, dirname(file), specifier));
    return specifier;
  });
}

const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.endsWith('.d.ts'))
  .map((file) => ({ file, text: readFileSync(join(source, file), 'utf8') }));

const imports = files.flatMap(({ file, text }) =>
  importsOf(file, text).map((to): Import => ({ file, from: roomOf(file), to })),
);

function againstTheArrows(all: readonly Import[]): string[] {
  return all
    .filter(({ to }) => to.startsWith('..') === false && (roomOf(to) in arrows || to.includes('/')))
    .filter(({ from, to }) => roomOf(to) in arrows && roomOf(to) !== from && !arrows[from]?.includes(roomOf(to)))
    .map(({ file, to }) => `${file} imports ${to}`);
}

test('the check sees an arrow that runs the wrong way', () => {
  const planted = { file: 'engine/engine.ts', from: 'engine', to: 'training/fit.js' };
  expect(againstTheArrows([planted])).toEqual(['engine/engine.ts imports training/fit.js']);
  expect(imports.length).toBeGreaterThan(300);
});

test('every room has its arrows', () => {
  expect([...new Set(files.map(({ file }) => roomOf(file)))].filter((room) => !(room in arrows))).toEqual([]);
});

test('no import runs against the arrows', () => {
  expect(againstTheArrows(imports)).toEqual([]);
});

test('no arrow is permitted that nobody walks', () => {
  const walked = new Set(imports.map(({ from, to }) => `${from} imports ${roomOf(to)}`));
  const rooms = Object.entries(arrows).filter(([room]) => !foundations.includes(room));
  const unused = rooms.flatMap(([room, others]) =>
    others.filter((other) => !foundations.includes(other)).map((other) => `${room} imports ${other}`),
  );
  expect(unused.filter((arrow) => !walked.has(arrow))).toEqual([]);
});

/** @returns the files of the first circle of imports, or none */
function findCircle(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): string[] => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return [];
    path.push(file);
    for (const next of graph.get(file) ?? []) {
      const circle = visit(next);
      if (circle.length > 0) return circle;
    }
    path.pop();
    done.add(file);
    return [];
  };
  for (const file of graph.keys()) {
    const circle = visit(file);
    if (circle.length > 0) return circle;
  }
  return [];
}

test('the search for circles sees one', () => {
  const graph = new Map([
    ['a', ['b']],
    ['b', ['c', 'd']],
    ['d', ['b']],
  ]);
  expect(findCircle(graph)).toEqual(['b', 'd', 'b']);
});

test.each(['src', 'bench'])('no files of %s import each other in a circle', (folder) => {
  const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.(ts|mjs)$/.test(name) && !/(^|\/)node_modules\//.test(name) && !name.endsWith('.d.ts'),
  );
  const graph = new Map(
    names.map((name) => {
      const text = readFileSync(join(root, folder, name), 'utf8');
      const code = text.replaceAll(/^\s*\*.*$/gm, '');
      const specifiers = [...code.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(([, specifier]) => specifier);
      return [name, specifiers.map((specifier) => join(dirname(name), specifier.replace(/\.js$/, '.ts')))];
    }),
  );
  expect(graph.size).toBeGreaterThan(20);
  expect(findCircle(graph)).toEqual([]);
});

test('only platform/, sweeps/ and cli/ know Node', () => {
  const rooms = ['platform', 'sweeps', 'cli'];
  const strangers = imports.filter(({ from, to }) => to.startsWith('node:') && !rooms.includes(from));
  expect(strangers.map(({ file, to }) => `${file} imports ${to}`)).toEqual([]);
});

test('engine, layers, model, training, evaluation and numerics need no package at run time', () => {
  const rooms = ['engine', 'reference', 'layers', 'model', 'training', 'evaluation', 'numerics'];
  const own = (to: string) => to.startsWith('..') || to === 'platform' || roomOf(to) in arrows;
  const strangers = imports.filter(({ from, to }) => rooms.includes(from) && !own(to));
  expect(strangers.map(({ file, to }) => `${file} imports ${to}`)).toEqual([]);
});

test('no file has more than 400 lines', () => {
  const made = 'engine/kernel-binaries.ts';
  const long = files.filter(({ file, text }) => file !== made && text.split('\n').length > 400);
  expect(long.map(({ file }) => file)).toEqual([]);
});

test('numbers that decide over weights and answers come from numerics/, not from the host', () => {
  const rooms = ['engine', 'layers', 'training', 'data', 'pictures', 'preprocessing', 'inference', 'evaluation'];
  const host = /Math\.(exp|log|pow|sin|cos|tan|tanh|expm1|log1p|hypot|cbrt|random)\b|[\w)] \*\* (?!-?\d)/;
  const users = files.filter(({ file, text }) => rooms.includes(roomOf(file)) && host.test(text));
  expect(users.map(({ file }) => file)).toEqual([]);
});
