/**
 * What `inkling train` leaves in its folder when another training wants it too, when it is killed, and when nobody
 * reads its output any more.
 */

import { spawnSync } from 'node:child_process';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Sequential } from 'inkling';
import { describe, expect, test } from 'vitest';
import { Command, folder, program, quickly, readJson, readText, run } from './command.js';

const lockName = '.inkling-run.lock';
const forEver = [...quickly, '--epochs', '100000'];
const filesOf = (out: string) => readdir(join(folder, out));

describe('two trainings into one folder', () => {
  test('started together: one writes its run, the other is told', async () => {
    const seeds = ['1', '2', '3', '4'];
    const results = await Promise.all(
      seeds.map((seed) => run(...quickly, '--epochs', '3', '--seed', seed, '--out', 'shared')),
    );
    expect(results.map(({ code }) => code).toSorted()).toStrictEqual([0, 2, 2, 2]);
    for (const { stderr } of results.filter(({ code }) => code === 2)) {
      expect(stderr).toMatch(
        /^Error: shared (is being written by another training, process \d+ on |already holds a run)/,
      );
    }
    const winner = seeds[results.findIndex(({ code }) => code === 0)];
    const summary = await readJson('shared', 'summary.json');
    expect(summary.seed).toBe(Number(winner));
    const { stdout } = await run('evaluate', 'shared', '--quiet');
    expect(stdout).toContain(summary.weightsSha256);
    expect(await filesOf('shared')).not.toContain(lockName);
  });

  test('one after the other: the second one is told, and the first goes on', async () => {
    const first = new Command([...forEver, '--out', 'taken']);
    await first.printed('Epoch ');
    const { code, stderr } = await run(...quickly, '--out', 'taken');
    expect([code, stderr]).toStrictEqual([
      2,
      expect.stringMatching(/^Error: taken is being written by .* Choose another folder/),
    ]);
    first.kill('SIGINT');
    expect((await first.end()).code).toBe(130);
    expect(await readJson('taken', 'summary.json')).toMatchObject({ outcome: 'interrupted' });
  });
});

describe('a killed training', () => {
  test('leaves its model when it is being tested', async () => {
    const words = ['train', '--data', 'many', '--model', 'linear', '--epochs', '1', '--robustness', 'all'];
    const command = new Command([...words, '--out', 'killed']);
    await command.printed('Robustness: reading 6,000 test images in 40 steps');
    command.kill('SIGKILL');
    await command.end();
    const files = await filesOf('killed');
    expect(files).not.toContain('summary.json');
    expect(files).toContain('metrics.jsonl');
    using model = await Sequential.load(join(folder, 'killed'));
    expect(model.name).toBe('linear');
    expect(await readJson('killed', 'model.json')).toMatchObject({
      classNames: ['0', '1', '2'],
      calibration: { images: 250 },
    });
    expect((await run('evaluate', 'killed', '--data', 'many', '--quiet')).code).toBe(0);
    // Its lock keeps nobody out, its model does.
    expect(files).toContain(lockName);
    const { code, stderr } = await run(...quickly, '--out', 'killed');
    expect([code, stderr]).toStrictEqual([2, expect.stringContaining('killed already holds a run')]);
  });

  test('leaves nothing that keeps another one out where nothing was reached', async () => {
    const command = new Command([
      'train',
      '--data',
      'many',
      '--batch-size',
      '1',
      '--epochs',
      '9',
      '--out',
      'broken-off',
    ]);
    await command.printed('Training: ');
    command.kill('SIGKILL');
    await command.end();
    await writeFile(join(folder, 'broken-off', 'metrics.jsonl'), '');
    expect((await run(...quickly, '--out', 'broken-off')).code).toBe(0);
  });
});

describe('a closed terminal', () => {
  test('is an interruption, however often it says so', async () => {
    const command = new Command([...forEver, '--out', 'hung-up']);
    await command.printed('Epoch ');
    command.kill('SIGHUP');
    await new Promise((resolve) => setTimeout(resolve, 600));
    command.kill('SIGHUP');
    expect((await command.end()).code).toBe('SIGHUP');
    expect(await readJson('hung-up', 'summary.json')).toMatchObject({ outcome: 'interrupted' });
    expect(await filesOf('hung-up')).not.toContain(lockName);
  });

  test('changes nothing under nohup', async () => {
    const words = [program, ...quickly, '--epochs', '40', '--out', 'no-hangup'];
    // The training sends the signal to itself after its first epoch, as it cannot be hit from outside in so short a time.
    const hangUp = `
      import { statSync } from 'node:fs';
      const timer = setInterval(() => {
        if (!statSync('no-hangup/metrics.jsonl', { throwIfNoEntry: false })?.size) return;
        clearInterval(timer);
        process.kill(process.pid, 'SIGHUP');
        process.on('exit', () => console.error('was hung up'));
      }, 1);
      timer.unref();`;
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--import', `data:text/javascript,${encodeURIComponent(hangUp)}`, ...words],
      { cwd: folder, env: { ...process.env, _: '/usr/bin/nohup' }, encoding: 'utf8' },
    );
    expect(status).toBe(0);
    expect(stderr).toContain('was hung up');
    expect(await readJson('no-hangup', 'summary.json')).toMatchObject({ outcome: 'finished', epochs: 40 });
  });

  test('a reader that leaves has the run written all the same, and hears nothing', async () => {
    const command = new Command([...forEver, '--out', 'unread']);
    await command.printed('Epoch ');
    command.leave();
    const { code, stderr } = await command.end();
    expect([code, stderr]).toStrictEqual([141, '']);
    expect(await readJson('unread', 'summary.json')).toMatchObject({ outcome: 'interrupted' });
  });
});

test('a metrics.jsonl that cannot be written for a time ends no training', async () => {
  const words = [
    'train',
    '--data',
    'many',
    '--model',
    'linear',
    '--batch-size',
    '1',
    '--epochs',
    '1000',
    '--threads',
    '1',
  ];
  const command = new Command([...words, '--out', 'full-disk']);
  const metrics = join(folder, 'full-disk', 'metrics.jsonl');
  await command.printed('Epoch ');
  await rm(metrics);
  await mkdir(metrics);
  while (!command.stderr.includes('Cannot write')) await new Promise((resolve) => setTimeout(resolve, 20));
  await rm(metrics, { recursive: true });
  command.kill('SIGINT');
  const { code, stderr } = await command.end();
  expect(code).toBe(130);
  expect(stderr).toMatch(/Notice: Cannot write full-disk\/metrics\.jsonl: .* The training goes on/);
  const steps = (await readText('full-disk', 'metrics.jsonl'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).step);
  expect(steps.length).toBeGreaterThan(0);
  for (const [index, step] of steps.entries()) expect(step).toBe(steps[0] + 50 * index);
  expect(await readFile(join(folder, 'full-disk', 'model.json'), 'utf8')).toContain('"linear"');
});
