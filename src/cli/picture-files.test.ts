import { execFileSync, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findPictures } from './picture-files.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inkling-picture-files-'));
  await Promise.all(['tree/a/b', 'tree/.hidden', 'tree/folder.png', 'empty/deep'].map((path) => make(path)));
  for (const name of ['10.png', '9.PNG', 'a/b/c d.jpeg', '.h.png', '.hidden/x.png', 'notes.txt']) {
    await writeFile(join(folder, 'tree', name), name);
  }
  await symlink('..', join(folder, 'tree/a/up'));
  await symlink('nowhere.png', join(folder, 'tree/z.png'));
  await writeFile(join(folder, 'empty/deep/readme.md'), '');
  execFileSync('mkfifo', [join(folder, 'tree/pipe.png')]);
});
afterAll(() => rm(folder, { recursive: true }));

const make = (path: string) => mkdir(join(folder, path), { recursive: true });

test('of a folder the pictures in it and below, in natural order, and links in a circle once', async () => {
  const found = await findPictures(join(folder, 'tree'));
  const names = ['9.PNG', '10.png', 'a/b/c d.jpeg', 'z.png'];
  expect(found.map(({ name }) => name)).toStrictEqual(names.map((name) => join(folder, 'tree', name)));
  expect(Buffer.from(await found[2].read()).toString()).toBe('a/b/c d.jpeg');
  await expect(found[3].read()).rejects.toMatchObject({ kind: 'file', message: expect.stringContaining('ENOENT') });
});

test('a slash at the end is no other folder', async () => {
  const names = (found: readonly { name: string }[]) => found.map(({ name }) => name);
  expect(names(await findPictures(join(folder, 'tree/')))).toStrictEqual(
    names(await findPictures(join(folder, 'tree'))),
  );
});

test('a file is a picture whatever its name', async () => {
  const [{ name, read }] = await findPictures(join(folder, 'tree/notes.txt'));
  expect([name, Buffer.from(await read()).toString()]).toStrictEqual([join(folder, 'tree/notes.txt'), 'notes.txt']);
});

test.each([
  ['nowhere.png', 'it does not exist'],
  ['tree/notes.txt/x.png', 'a part of the path that should be a folder is a file'],
  ['empty', 'has no pictures: expected files such as .png or .jpg in it or in its folders'],
  ['bytes\ufffd.png', 'its name is not UTF-8'],
])('%s cannot be read, and says why', async (path, message) => {
  const [{ name, read }, ...others] = await findPictures(join(folder, path));
  expect([name, others]).toStrictEqual([join(folder, path), []]);
  await expect(read()).rejects.toMatchObject({ kind: 'file', message: expect.stringContaining(message) });
});

test.runIf(process.platform === 'linux')('names that are no UTF-8 are read where their folder is given', async () => {
  await make('bytes');
  await writeFile(Buffer.concat([Buffer.from(`${folder}/bytes/lat`), Buffer.from([0xe9]), Buffer.from('.png')]), 'é');
  const [{ name, read }] = await findPictures(join(folder, 'bytes'));
  expect([name, Buffer.from(await read()).toString()]).toStrictEqual([join(folder, 'bytes/lat\ufffd.png'), 'é']);
});

test.runIf(process.platform !== 'win32')('of what is endless and no picture only the beginning is read', async () => {
  const [{ read }] = await findPictures('/dev/zero');
  expect((await read()).length).toBeLessThan(2 ** 20);
});

describe.runIf(process.platform !== 'win32')('a pipe', () => {
  const pipe = () => join(folder, 'tree/pipe.png');
  const readPipe = async () => Buffer.from(await (await findPictures(pipe()))[0].read()).toString();

  test('that nobody writes to is not waited for without end', async () => {
    await expect(readPipe()).rejects.toMatchObject({
      kind: 'file',
      message: expect.stringContaining('it is a pipe, and nobody writes to it'),
    });
  });

  test('is read to its end where the writer comes later, and where it takes its time', async () => {
    const write = (command: string) => void spawn('bash', ['-c', `(${command}) > ${pipe()}`]);
    write('sleep 0.2; echo late');
    expect(await readPipe()).toBe('late\n');
    write('echo one; sleep 0.3; echo two');
    expect(await readPipe()).toBe('one\ntwo\n');
  });

  test('without data is an empty file', async () => {
    spawn('bash', ['-c', `sleep 0.2 > ${pipe()}`]);
    expect(await readPipe()).toBe('');
  });
});
