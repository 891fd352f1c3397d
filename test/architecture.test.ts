/** Holds the import arrows of ARCHITECTURE.md, and that the library needs neither Node nor a page. */

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const source = fileURLToPath(new URL('../src/', import.meta.url));

/** Each room and the rooms it may import from, beside itself. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  numerics: ['errors'],
  errors: [],
  'known-names': ['errors'],
  platform: ['errors'],
  layers: ['numerics', 'errors', 'known-names'],
  model: ['layers', 'numerics', 'errors', 'known-names'],
  data: ['platform', 'numerics', 'errors', 'known-names'],
  engine: ['model', 'layers', 'platform', 'numerics', 'errors', 'known-names'],
  formats: ['data', 'model', 'evaluation', 'platform', 'numerics', 'errors', 'known-names'],
  training: ['engine', 'data', 'model', 'formats', 'numerics', 'errors', 'known-names'],
  evaluation: ['data', 'numerics', 'errors', 'known-names'],
  inference: [
    'engine',
    'data',
    'model',
    'layers',
    'formats',
    'evaluation',
    'platform',
    'numerics',
    'errors',
    'known-names',
  ],
  charts: ['platform', 'numerics', 'errors'],
  report: ['charts', 'evaluation', 'training', 'formats', 'model', 'platform', 'numerics', 'errors', 'known-names'],
  progress: ['training', 'report', 'platform', 'numerics', 'errors'],
  sequential: [
    'progress',
    'training',
    'formats',
    'engine',
    'model',
    'layers',
    'data',
    'numerics',
    'errors',
    'known-names',
  ],
  index: [
    ...[
      'sequential',
      'progress',
      'report',
      'charts',
      'evaluation',
      'inference',
      'training',
      'formats',
      'engine',
      'model',
      'layers',
      'data',
      'numerics',
    ],
    'errors',
  ],
  cli: [
    ...[
      'sequential',
      'progress',
      'report',
      'charts',
      'evaluation',
      'inference',
      'training',
      'formats',
      'engine',
      'model',
      'layers',
      'data',
    ],
    ...['platform', 'numerics', 'errors'],
  ],
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

test('only platform/ and cli/ know Node', () => {
  const strangers = imports.filter(({ from, to }) => to.startsWith('node:') && from !== 'platform' && from !== 'cli');
  expect(strangers.map(({ file, to }) => `${file} imports ${to}`)).toEqual([]);
});

test('engine, layers, model, training, evaluation and numerics need no package at run time', () => {
  const rooms = ['engine', 'layers', 'model', 'training', 'evaluation', 'numerics'];
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
  const rooms = ['engine', 'layers', 'training', 'data', 'inference', 'evaluation'];
  const host = /Math\.(exp|log|pow|sin|cos|tan|tanh|expm1|log1p|hypot|cbrt|random)\b|[\w)] \*\* (?!-?\d)/;
  const users = files.filter(
    ({ file, text }) => rooms.includes(roomOf(file)) && !/reference\//.test(file) && host.test(text),
  );
  expect(users.map(({ file }) => file)).toEqual([]);
});
