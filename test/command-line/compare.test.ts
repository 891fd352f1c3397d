/** `inkling runs` and `inkling compare`: runs that are there, whatever state they are in, and how they differ. */

import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { eventsOf, folder, quickly, readJson, readText, run } from './command.js';

const inRuns = (name: string) => join(folder, 'runs', name);
const short = [...quickly, '--robustness', '0', '--quiet', '--validation', '240'];

beforeAll(async () => {
  const trainings = [
    ['a-seed-1', '--epochs', '3', '--seed', '1'],
    ['b-seed-2', '--epochs', '3', '--seed', '2'],
    ['c-other', '--epochs', '1', '--batch-size', '600', '--seed', '1'],
  ];
  for (const [name, ...words] of trainings) {
    expect((await run(...short, ...words, '--out', `runs/${name}`)).code).toBe(0);
  }
}, 60_000);

describe('runs', () => {
  test('lists runs in any state, the newest first, and one that cannot be read with the reason', async () => {
    const files: [run: string, file: string, text: string][] = [
      ['2026-11-23T08-50-00-cnn', 'metrics.jsonl', '{"step":50,"epoch":2,"loss":1,"accuracy":0.5,"learningRate":1}\n'],
      ['going', '.inkling-run.lock', JSON.stringify({ host: hostname(), pid: process.pid, start: '' })],
      ['elsewhere', '.inkling-run.lock', JSON.stringify({ host: 'another-machine', pid: 7, start: '1' })],
      ['dead', '.inkling-run.lock', JSON.stringify({ host: hostname(), pid: 2 ** 22 + 1, start: '1' })],
      ['torn', 'summary.json', '{"model": '],
      ['old', 'summary.json', '{"model": "cnn"}'],
      ['no-run', 'notes.txt', 'not a run'],
    ];
    for (const [name, file, text] of files) {
      await mkdir(inRuns(name));
      await writeFile(join(inRuns(name), file), text);
    }
    const { code, stdout } = await run('runs');
    for (const [name] of files) await rm(inRuns(name), { recursive: true });
    expect(code).toBe(0);
    const rows = stdout.split('\n').map((line) => line.trim());
    expect(rows[0]).toMatch(/^run +model +epochs +state +validation +test +time +started \(UTC\)$/);
    expect(rows.slice(1, 4).map((line) => line.split(/ +/)[0])).toEqual(['c-other', 'b-seed-2', 'a-seed-1']);
    expect(rows[1]).toMatch(
      /^c-other +linear +1\/1 +finished +\d+\.\d\d % +\d+\.\d\d % +\d+\.\d s +\d{4}-\d\d-\d\d \d\d:\d\d$/,
    );
    const noteOf = (start: string) => rows[rows.findIndex((line) => line.startsWith(start)) + 1];
    expect(stdout).toMatch(/2026-11-23T08-50-00-cnn +– +1 +broken off +– +– +– +2026-11-23 08:50\n/);
    expect(noteOf('2026')).toBe('has no model; its last line is of step 50, epoch 2');
    expect(noteOf('going')).toBe(`process ${process.pid} on ${hostname()}`);
    expect(noteOf('elsewhere')).toBe('locked by process 7 on another-machine, of which nothing can be known here');
    expect(stdout).toMatch(/dead +– +– +broken off/);
    expect(noteOf('torn')).toContain('runs/torn/summary.json is not JSON');
    expect(noteOf('old')).toContain('runs/old/summary.json: "epochs" must be a number. Received: undefined.');
    expect(stdout).not.toContain('no-run');
  });

  test('sorts by what is asked for, and prints an object a line', async () => {
    const names = async (sort: string) =>
      eventsOf((await run('runs', 'runs', '--sort', sort, '--json')).stdout).map(({ name }) => name);
    expect(await names('name')).toEqual(['a-seed-1', 'b-seed-2', 'c-other']);
    const events = eventsOf((await run('runs', '--sort', 'validation', '--json')).stdout);
    const accuracies = events.map(({ valAccuracy }) => valAccuracy);
    expect(accuracies).toEqual(accuracies.toSorted((a, b) => b - a));
    const { testAccuracy } = await readJson('runs', 'a-seed-1', 'summary.json');
    expect(events.find(({ name }) => name === 'a-seed-1')).toMatchObject({
      ...{
        event: 'run',
        folder: 'runs/a-seed-1',
        state: 'finished',
        note: null,
        model: 'linear',
        epochs: 3,
        testAccuracy,
      },
    });
  });

  test('tells an empty folder, one that is not there, and takes a run for itself', async () => {
    await mkdir(join(folder, 'empty'));
    expect((await run('runs', 'empty')).stdout).toContain('There are no runs in empty.');
    const { code, stderr } = await run('runs', 'nowhere');
    expect([code, stderr]).toEqual([2, expect.stringContaining('nowhere: there is no such folder.')]);
    expect((await run('runs', 'runs/c-other', '--quiet')).stdout).toMatch(/^runs\/c-other +linear/);
  });
});

describe('compare', () => {
  const all = ['runs/a-seed-1', 'runs/b-seed-2', 'runs/c-other'];

  test('says what differs, groups seeds, and tests each pair on the stored answers', async () => {
    const { code, stdout } = await run('compare', ...all);
    expect(code).toBe(0);
    expect(stdout).toMatch(/\n1 +runs\/a-seed-1 +linear +1 +3\/3 /);
    expect(stdout).toContain('  seed: 1 (runs 1, 3); 2 (run 2)\n  epochs: 3 (runs 1, 2); 1 (run 3)\n');
    expect(stdout).toMatch(/\n1, 2 +1, 2 +\d+\.\d\d % ± \d+\.\d\d % /);
    expect(stdout).toMatch(/\n1 and 3 +60 test +\d+ +\d+ +[\d.e-]+ +(exact|chi-square)\n/);
    expect(stdout).not.toContain('computed now');
    const [event] = eventsOf((await run('compare', ...all, '--json')).stdout);
    const rows = async (name: string) => (await readText('runs', name, 'predictions.csv')).trim().split('\n').slice(1);
    const right = async (name: string) => (await rows(name)).map((row) => row.split(',')).map(([, a, p]) => a === p);
    const [first, third] = [await right('a-seed-1'), await right('c-other')];
    expect(event.pairs[1]).toMatchObject({
      ...{ first: 1, second: 3, rows: 'test', images: 60, computed: [] },
      bothRight: first.filter((isRight, row) => isRight && third[row]).length,
      onlyFirst: first.filter((isRight, row) => isRight && !third[row]).length,
      onlySecond: first.filter((isRight, row) => !isRight && third[row]).length,
    });
    const tests = event.runs.map(({ test }: { test: { accuracy: number } }) => test.accuracy);
    expect(event.groups[0].test.mean).toBeCloseTo((tests[0] + tests[1]) / 2, 12);
  });

  test('computes answers that are not stored, the same ones', async () => {
    await cp(inRuns('a-seed-1'), join(folder, 'bare'), { recursive: true });
    const pairOf = async (first: string) =>
      eventsOf((await run('compare', first, all[2], '--json')).stdout)[0].pairs[0];
    const stored = await pairOf('bare');
    await rm(join(folder, 'bare', 'predictions.csv'));
    expect(await pairOf('bare')).toEqual({ ...stored, computed: [1] });
    expect((await run('compare', 'bare', all[2])).stdout).toContain('The answers of run 1 were not stored');
  });

  test('compares validation images of one seed, with right answers as the training counted them', async () => {
    const [{ runs, pairs }] = eventsOf((await run('compare', all[0], all[2], '--rows', 'validation', '--json')).stdout);
    const [{ images, bothRight, onlyFirst, onlySecond, computed }] = pairs;
    expect([images, computed]).toEqual([240, [1, 2]]);
    expect((bothRight + onlyFirst) / 240).toBe(runs[0].validation.accuracy);
    expect((bothRight + onlySecond) / 240).toBe(runs[1].validation.accuracy);
    const { stdout } = await run('compare', all[0], all[1], '--rows', 'validation');
    expect(stdout).toContain(
      'not made: their validation images are not the same: seeds 1 and 2 set other images aside',
    );
  });

  test('does not read the test images of a run that has not', async () => {
    for (const name of ['sealed-1', 'sealed-2']) {
      await cp(inRuns(name === 'sealed-1' ? 'a-seed-1' : 'c-other'), join(folder, name), { recursive: true });
      await rm(join(folder, name, 'predictions.csv'));
      const summary = await readJson(name, 'summary.json');
      const sealed = { ...summary, testAccuracy: null, testLoss: null };
      await writeFile(join(folder, name, 'summary.json'), JSON.stringify(sealed));
    }
    const [{ runs, pairs }] = eventsOf((await run('compare', 'sealed-1', 'sealed-2', '--json')).stdout);
    expect([runs[0].test, pairs[0].rows, pairs[0].images]).toEqual([null, 'validation', 240]);
    const { stdout } = await run('compare', 'sealed-1', all[2], '--rows', 'test');
    expect(stdout).toContain('not made: run 1: has not read the test images');
  });

  test('writes a page that stands alone, the same each time', async () => {
    expect((await run('compare', ...all, '--out', 'one.html')).stdout).toContain('Page: one.html');
    await run('compare', ...all, '--out', 'two.html', '--threads', '1');
    const page = await readText('one.html');
    expect(page).toBe(await readText('two.html'));
    expect(page).toContain('<h1>Comparison of 3 runs</h1>');
    expect(page).not.toMatch(/<script|https?:/);
  });

  test.each([
    [[all[0]], 2, 'Expected two to 20 runs to compare. Received: 1.'],
    [[all[0], `${all[0]}/`], 2, 'runs/a-seed-1/ is given twice'],
    [[all[0], 'shapes'], 1, 'shapes has no summary.json: it is not the folder of a run'],
    [[all[0], all[1], '--out', 'page.png'], 2, '--out page.png: expected a file that ends in .html'],
    [[], 2, "missing required argument 'run'"],
  ])('%j is refused', async (words, code, message) => {
    const result = await run('compare', ...words);
    expect([result.code, result.stdout, result.stderr]).toEqual([code, '', expect.stringContaining(message)]);
  });
});
