/** `inkling export`. */

import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exportModel, Sequential } from 'inkling';
import { beforeAll, expect, test } from 'vitest';
import { folder, run, tinyCnn } from './command.js';

const inFolder = (...names: string[]) => join(folder, ...names);

beforeAll(async () => {
  for (const [name, seed] of [
    ['saved', 1],
    ['other', 2],
  ] as const) {
    const model = new Sequential(tinyCnn(3), { seed });
    await model.save(inFolder(name), { classNames: ['a', 'b', 'c'] });
  }
});

test('writes into the folder of the model what exportModel gives', async () => {
  const { code, stdout } = await run('export', 'saved', '--to', 'onnx');
  const model = await Sequential.load(inFolder('saved'));
  const expected = (await exportModel(model, 'onnx', { classNames: ['a', 'b', 'c'] })).get('model.onnx')!;
  const written = await readFile(inFolder('saved', 'export', 'model.onnx'));
  expect(written.equals(expected)).toBe(true);
  expect(stdout).toBe(
    `Exported: ${join('saved', 'export', 'model.onnx')} (${written.length.toLocaleString('en')} bytes)\n`,
  );
  expect(code).toBe(0);
});

test('gives files the name that --out has, and tells programs of them', async () => {
  const { code, stdout } = await run(
    'export',
    'saved/model.json',
    '--to',
    'pytorch',
    '--out',
    'out/tiny.safetensors',
    '--json',
  );
  expect(code).toBe(0);
  const event = JSON.parse(stdout);
  expect(event).toMatchObject({
    event: 'export',
    format: 'pytorch',
    weightsSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(event.files.map(({ file }: { file: string }) => file)).toEqual([
    join('out', 'tiny.safetensors'),
    join('out', 'tiny.py'),
  ]);
  expect(await readFile(inFolder('out', 'tiny.py'), 'utf8')).toContain('Path(__file__).with_suffix(".safetensors")');
  // Its own program may be written over.
  expect((await run('export', 'other', '--to', 'pytorch', '--out', 'out/tiny.safetensors')).code).toBe(0);
});

test('loses nothing that is there', async () => {
  await writeFile(inFolder('train.py'), 'print("mine")\n');
  const mine = await run('export', 'saved', '--to', 'pytorch', '--out', 'train.safetensors');
  expect(mine.stderr).toContain(
    'train.py would be written over, and was not made by "inkling export". Choose another name.',
  );
  expect(await readFile(inFolder('train.py'), 'utf8')).toBe('print("mine")\n');
  expect(existsSync(inFolder('train.safetensors'))).toBe(false);
  const before = await readFile(inFolder('saved', 'model.safetensors'));
  const itself = await run('export', 'saved', '--to', 'pytorch', '--out', 'saved/model.safetensors');
  expect(itself.stderr).toContain('this is the model that is to be exported. Choose another file.');
  expect(await readFile(inFolder('saved', 'model.safetensors'))).toEqual(before);
  expect([mine.code, itself.code]).toEqual([2, 2]);
});

test('refuses ensembles, unknown formats and wrong names, and says what to do', async () => {
  await run('ensemble', 'saved', 'other', '--out', 'both');
  const ensemble = await run('export', 'both', '--to', 'npz');
  expect(ensemble.stderr).toContain(
    `both: expected one network. Received: the ensemble "ensemble of 2" of 2. Export its members one by one, such as ${join('both', 'member-1')}.`,
  );
  const format = await run('export', 'saved', '--to', 'coreml');
  expect(format.stderr).toContain('Allowed choices are onnx, npz, pytorch, keras.');
  const none = await run('export', 'saved');
  expect(none.stderr).toContain("required option '--to <format>' not specified");
  const name = await run('export', 'saved', '--to', 'npz', '--out', 'weights.onnx');
  expect(name.stderr).toContain('--out weights.onnx: expected a file whose name ends in .npz, as those of npz do.');
  expect([ensemble, format, none, name].map(({ code }) => code)).toEqual([2, 2, 2, 2]);
  expect(existsSync(inFolder('weights.onnx'))).toBe(false);
  const missing = await run('export', 'nowhere', '--to', 'onnx');
  expect(missing.stderr).toContain('nowhere');
  expect(missing.code).toBe(1);
});
