import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { thisWriter } from '../platform/node-writer.js';
import { claimRunFolder, lockFileName } from './claim-run-folder.js';

vi.mock('#platform', () => import('../platform/node.js'));

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inkling claim '));
});
afterEach(() => rm(folder, { recursive: true }));

const put = (name: string, text: string) => writeFile(join(folder, name), text);
const refused = (message: string | RegExp) => ({
  name: 'InklingError',
  kind: 'argument',
  message: expect.stringMatching(message),
});
const deadProcess = () => spawnSync(process.execPath, ['--version']).pid;

describe('claimRunFolder', () => {
  it('makes the folder and an empty metrics.jsonl', async () => {
    const inner = join(folder, 'runs', 'one');
    await claimRunFolder(inner);
    expect(await readFile(join(inner, 'metrics.jsonl'), 'utf8')).toBe('');
    expect(JSON.parse(await readFile(join(inner, lockFileName), 'utf8'))).toEqual(thisWriter());
  });

  it('takes a folder with hidden files, what systems leave behind, and an empty metrics.jsonl', async () => {
    await mkdir(join(folder, 'lost+found'));
    for (const name of ['.DS_Store', 'Thumbs.db', 'metrics.jsonl']) await put(name, '');
    await claimRunFolder(folder);
    const names = ['.DS_Store', lockFileName, 'Thumbs.db', 'lost+found', 'metrics.jsonl'];
    expect((await readdir(folder)).toSorted()).toEqual(names.toSorted());
  });

  it.each(['summary.json', 'model.json', 'model.safetensors'])(
    'refuses a folder that holds a run (%s)',
    async (name) => {
      await put(name, '{}');
      await expect(claimRunFolder(folder)).rejects.toMatchObject(refused(`already holds a run \\(${name}\\)`));
      expect(await readFile(join(folder, name), 'utf8')).toBe('{}');
    },
  );

  it.each([
    ['metrics.jsonl', 'metrics.jsonl', '{}'],
    ['checkpoints', 'checkpoints/checkpoint-0000000043.safetensors', ''],
    ['model.json', 'model.json', '{}'],
  ])('says how to go on with what a run has left that has checkpoints (%s)', async (left, path, text) => {
    await mkdir(join(folder, 'checkpoints'));
    await put(join('checkpoints', 'checkpoint-0000000000.safetensors'), '');
    await put(path, text);
    const goOn = `\\(${left}\\).*\\. Go on with it: "npx inkling train --resume '${folder}'"\\. Or choose a new`;
    await expect(claimRunFolder(folder)).rejects.toMatchObject(refused(new RegExp(goOn)));
    expect(await readdir(join(folder, 'checkpoints'))).toContain('checkpoint-0000000000.safetensors');
  });

  it('takes the folder of a run that broke off before its first step', async () => {
    await mkdir(join(folder, 'checkpoints'));
    await put(join('checkpoints', 'checkpoint-0000000000.safetensors'), '');
    await put('metrics.jsonl', '');
    await claimRunFolder(folder);
    expect(await readdir(join(folder, 'checkpoints'))).toEqual([]);
  });

  it('refuses what a run has left that broke off, and keeps it', async () => {
    await put('metrics.jsonl', '{"step":50}\n');
    await expect(claimRunFolder(folder)).rejects.toMatchObject(refused('has left that broke off'));
    expect(await readFile(join(folder, 'metrics.jsonl'), 'utf8')).toBe('{"step":50}\n');
  });

  it('says so where metrics.jsonl cannot be read', async () => {
    await mkdir(join(folder, 'metrics.jsonl'));
    await expect(claimRunFolder(folder)).rejects.toMatchObject({ name: 'InklingError', kind: 'file' });
  });

  it('refuses a folder of other files', async () => {
    await put('notes.txt', 'mine');
    await expect(claimRunFolder(folder)).rejects.toMatchObject(refused('holds other files \\(notes.txt\\)'));
    expect(await readdir(folder)).not.toContain('metrics.jsonl');
  });

  it('refuses a path that cannot be a folder', async () => {
    await put('file', '');
    await expect(claimRunFolder(join(folder, 'file'))).rejects.toMatchObject({ name: 'InklingError', kind: 'file' });
  });

  it('refuses a folder that a living process has claimed, and names it', async () => {
    await claimRunFolder(folder);
    const who = `process ${process.pid} on ${hostname()}`;
    await expect(claimRunFolder(folder)).rejects.toMatchObject(refused(`written by another training, ${who}`));
  });

  it('takes over from a dead process', async () => {
    await put(lockFileName, JSON.stringify({ host: hostname(), pid: deadProcess(), start: '1' }));
    await claimRunFolder(folder);
    expect(JSON.parse(await readFile(join(folder, lockFileName), 'utf8'))).toEqual(thisWriter());
    expect((await readdir(folder)).toSorted()).toEqual([lockFileName, 'metrics.jsonl']);
  });

  it.each([
    [
      'of another machine',
      JSON.stringify({ host: 'elsewhere', pid: 1, start: '' }),
      'locked by a process on elsewhere',
    ],
    ['of unknown content', 'hello', 'locked by another process'],
    ['that stays empty', '', 'locked by another process'],
  ])('refuses a lock %s, and says what to delete', async (_, content, words) => {
    await put(lockFileName, content);
    await expect(claimRunFolder(folder)).rejects.toMatchObject(
      refused(`${words}.* delete ${join(folder, lockFileName)}`),
    );
    expect(await readFile(join(folder, lockFileName), 'utf8')).toBe(content);
  });
});
