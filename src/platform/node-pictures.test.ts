import { execFileSync } from 'node:child_process';
import * as files from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import sharp from 'sharp';
import ts from 'typescript';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { platform } from './node.js';
import { decodeOtherPicture } from './node-pictures.js';

const pixels = Uint8Array.from({ length: 5 * 3 * 3 }, (_, index) => index * 5);
const original = sharp(pixels, { raw: { width: 5, height: 3, channels: 3 } });

let folder: string;
beforeEach(async () => {
  folder = await files.mkdtemp(join(tmpdir(), 'inkling-pictures-'));
});
afterEach(() => files.rm(folder, { recursive: true }));

/** What the module says of a file, installed in a folder of its own where there is no sharp, or this one. */
async function elsewhere(brokenSharp?: string): Promise<string> {
  for (const name of ['errors', 'platform/node-pictures']) {
    const source = await files.readFile(new URL(`../${name}.ts`, import.meta.url), 'utf8');
    const options = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022, verbatimModuleSyntax: true };
    await platform.writeFile(join(folder, `${name}.js`), ts.transpile(source, options));
  }
  await platform.writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  if (brokenSharp !== undefined)
    await platform.writeFile(join(folder, 'node_modules', 'sharp', 'index.js'), brokenSharp);
  const module = pathToFileURL(join(folder, 'platform', 'node-pictures.js'));
  const say = `import('${module}').then((m) => m.decodeOtherPicture(new Uint8Array(9), 100)).then(console.log, (e) => console.log(e.kind, e.message))`;
  return execFileSync(process.execPath, ['-e', say], { encoding: 'utf8' });
}

test('gives RGBA of any format', async () => {
  const webp = await original.clone().webp({ lossless: true }).toBuffer();
  const { width, height, data } = (await decodeOtherPicture(webp, 100)) ?? expect.unreachable();
  expect([width, height]).toStrictEqual([5, 3]);
  expect([...data]).toStrictEqual([...(await original.clone().ensureAlpha().raw().toBuffer())]);
});

test('refuses more pixels than asked for', async () => {
  const webp = await original.clone().webp().toBuffer();
  await expect(decodeOtherPicture(webp, 14)).rejects.toThrow('exceeds pixel limit');
});

test('without sharp there is no decoder', async () => {
  expect(await elsewhere()).toBe('undefined\n');
});

test('a sharp that does not start is an error of its own', async () => {
  const said = await elsewhere('throw new Error(\'Could not load the "sharp" module using the linux-x64 runtime\');');
  expect(said).toMatch(
    /^environment The package sharp is installed but does not start: Could not load the "sharp" module.*Install it again/,
  );
});
