/**
 * What an editor and the guides show of the public API: every export is described, functions and classes with an
 * example; the examples and all programs in README and docs/ compile.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const declarations = join(root, 'dist/index.d.ts');

interface Documented {
  readonly name: string;
  readonly kind: 'class' | 'function' | 'other';
  readonly description: string;
  readonly examples: readonly string[];
}

/** All that a module exports, and the public members of its classes as `Class.member`. */
function documented(program: ts.Program, file: string): Documented[] {
  const checker = program.getTypeChecker();
  const read = (symbol: ts.Symbol, name: string): Documented => ({
    name,
    kind: symbol.flags & ts.SymbolFlags.Class ? 'class' : symbol.flags & ts.SymbolFlags.Function ? 'function' : 'other',
    description: ts.displayPartsToString(symbol.getDocumentationComment(checker)),
    examples: symbol
      .getJsDocTags(checker)
      .filter((tag) => tag.name === 'example')
      .map((tag) => ts.displayPartsToString(tag.text)),
  });
  const module = checker.getSymbolAtLocation(program.getSourceFile(file)!)!;
  return checker.getExportsOfModule(module).flatMap((exported) => {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    const members = symbol.flags & ts.SymbolFlags.Class ? [...(symbol.members ?? []), ...(symbol.exports ?? [])] : [];
    const shown = members
      .map(([, member]) => member)
      .filter(({ name }) => !['__constructor', 'prototype'].includes(name) && !name.startsWith('#'))
      .filter(
        ({ declarations: [first] = [] }) => first && !(ts.getCombinedModifierFlags(first) & ts.ModifierFlags.Private),
      );
    const own = shown.map((member) => read(member, `${exported.name}.${member.name}`));
    return [read(symbol, exported.name), ...own.map((member) => ({ ...member, kind: 'other' as const }))];
  });
}

const lacksExample = ({ kind, examples }: Documented) =>
  kind !== 'other' && !examples.some((text) => text.trim() !== '');

const options: ts.CompilerOptions = {
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  target: ts.ScriptTarget.ES2023,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'],
  types: ['node'],
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: true,
  noEmit: true,
};

/** A program in which some files are texts. */
function programOf(texts: ReadonlyMap<string, string>, more: ts.CompilerOptions = {}): ts.Program {
  const settings = { ...options, ...more };
  const host = ts.createCompilerHost(settings);
  const { readFile, fileExists } = host;
  host.readFile = (path) => texts.get(path) ?? readFile(path);
  host.fileExists = (path) => texts.has(path) || fileExists(path);
  return ts.createProgram([...texts.keys(), declarations], settings, host);
}

/** What examples take as given. */
const given = `
declare const model: Sequential;
declare const train: LabelledImages, validation: LabelledImages, test: LabelledImages;
declare const classNames: string[];
declare const calibration: Calibration;
declare const picture: Picture;
`;

/** Each example as a function of its own, so that it may name things as those that are given. */
function moduleOf(examples: readonly Documented[], names: readonly string[]): string {
  const imports = new Set<string>([`import { ${names.join(', ')} } from 'inkling';`]);
  const bodies = examples.flatMap(({ name, examples }) =>
    examples.map((text) => {
      const lines = text.replace(/^```ts\n|\n```$/g, '').split('\n');
      for (const line of lines) if (line.startsWith('import ')) imports.add(line);
      return `export async function example_${name}() {\n${lines.filter((line) => !line.startsWith('import ')).join('\n')}\n}`;
    }),
  );
  return [...imports, given, ...bodies].join('\n');
}

/** A line and what is wrong in it. */
const complaints = (program: ts.Program, path: string) =>
  ts.getPreEmitDiagnostics(program, program.getSourceFile(path)).map(({ messageText, file, start = 0 }) => {
    const line = file?.text.slice(0, start).split('\n').length ?? 0;
    return `${file?.text.split('\n')[line - 1]?.trim()}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });

let exported: Documented[];
beforeAll(() => {
  exported = documented(programOf(new Map(), { noLib: true, types: [] }), declarations);
});

test('the check sees what has no description, no example or a private member', () => {
  const file = join(root, 'test/planted.ts');
  const text = `
/** Described. */
export class Described {
  /** Told. */ told() {}
  untold() {}
  private hidden() {}
}
export function bare(): void {}
/**
 * Shown.
 * @example
 * \`\`\`ts
 * shown();
 * \`\`\`
 */
export function shown(): void {}
export type Plain = string;
`;
  const found = documented(programOf(new Map([[file, text]]), { noLib: true, types: [] }), file);
  expect(found.filter(({ description }) => description === '').map(({ name }) => name)).toEqual([
    'bare',
    'Described.untold',
    'Plain',
  ]);
  expect(
    found
      .filter(lacksExample)
      .map(({ name }) => name)
      .sort(),
  ).toEqual(['Described', 'bare']);
});

test('every export, and every member of a class that people may use, is described', () => {
  expect(exported.length).toBeGreaterThan(100);
  expect(exported.filter(({ description }) => description === '').map(({ name }) => name)).toEqual([]);
});

test('every function and every class has an example', () => {
  expect(exported.filter(lacksExample).map(({ name }) => name)).toEqual([]);
});

test('the examples compile, with the strictest settings, and a wrong one would not', () => {
  const file = join(root, 'test/examples-of-the-api.ts');
  const names = exported.map(({ name }) => name).filter((name) => !name.includes('.'));
  const wrong = {
    name: 'wrong',
    kind: 'function',
    description: '',
    examples: ['await model.fit(train.images, train.labels, { epoch: 5 });'],
  } as const;
  const found = complaints(programOf(new Map([[file, moduleOf([...exported, wrong], names)]])), file);
  expect(found).toEqual([expect.stringContaining("'epoch' does not exist in type 'FitOptions'")]);
});

/** What the guides' fragments take as given, in a program's place: each program of its own may name things alike. */
const givenInGuides = `
import type { LabelledImages, Sequential, Tensor } from 'inkling';
declare global {
  const model: Sequential;
  const train: LabelledImages, test: LabelledImages;
  const images: Tensor<Uint8Array>, labels: Uint8Array;
  const validationImages: Tensor<Uint8Array>, validationLabels: Uint8Array;
  const testLogits: Tensor<Float32Array>, testLabels: Uint8Array;
  const bar: HTMLProgressElement, button: HTMLButtonElement;
}
`;

/** The programs of a guide by file names, as modules. */
function programsOf(guide: string): [string, string][] {
  const blocks = readFileSync(join(root, guide), 'utf8').matchAll(/^```ts\n(.*?)^```$/gms);
  return Array.from(blocks, ([, text], index) => {
    const name = `${guide.replaceAll(/\W/g, '-')}-${index + 1}.ts`;
    return [join(root, 'test', name), `${text}\nexport {};\n`];
  });
}

test('every program in README and docs compiles, with the strictest settings, and a wrong one would not', () => {
  const guides = [
    'README.md',
    ...readdirSync(join(root, 'docs'))
      .filter((name) => name.endsWith('.md'))
      .map((name) => `docs/${name}`),
  ];
  const programs = new Map(guides.flatMap(programsOf));
  expect(programs.size).toBeGreaterThan(15);
  const wrong = join(root, 'test/wrong.ts');
  programs.set(wrong, 'const [first] = labels;\nexport const next: number = first;\n');
  const program = programOf(new Map([...programs, [join(root, 'test/given.ts'), givenInGuides]]), {
    verbatimModuleSyntax: true,
    isolatedModules: true,
  });
  const found = [...programs.keys()].flatMap((path) =>
    complaints(program, path).map((complaint) => `${path.slice(root.length)}: ${complaint}`),
  );
  expect(found).toEqual([expect.stringContaining("Type 'undefined' is not assignable to type 'number'")]);
});
