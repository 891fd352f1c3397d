/** `inkling evaluate`: it says of a run what its training said. */

import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dense, flatten, Sequential } from 'inkling';
import { beforeAll, describe, expect, test } from 'vitest';
import { eventsOf, folder, quickly, readJson, readText, run } from './command.js';

const out = 'first-run';
let result: Awaited<ReturnType<typeof run>>;
beforeAll(async () => {
  result = await run(...['train', '--data', 'shapes', '--model', 'tiny-cnn.json', '--epochs', '3'], '--out', out);
});

test('evaluate says the same of it', async () => {
  const { code, stdout } = await run('evaluate', out, '--data', 'shapes', '--quiet');
  const lines = result.stdout.split('\n').filter((line) => /^(Test accuracy:|Test loss|weightsSha256)/.test(line));
  expect([code, stdout]).toStrictEqual([0, `${lines.join('\n')}\n`]);
  const table = await readText(out, 'classification-report.txt');
  const { stdout: shown } = await run('evaluate', `${out}/model.json`, '--data', 'shapes');
  expect(shown).toContain(table);
  expect(shown).toMatch(/shares of the actual class\n\[\[\d\.\d{3} /);
  const trust = /How far to trust its probabilities\n(.+\n){5}/;
  expect(trust.exec(shown)?.[0]).toBe(trust.exec(result.stdout)?.[0]);
  const events = eventsOf((await run('evaluate', out, '--data', 'shapes', '--json')).stdout);
  const { folder: _, event, ...scores } = events.at(-1);
  expect(event).toBe('result');
  const summary = await readJson(out, 'summary.json');
  expect(summary).toMatchObject(scores);
  expect(Object.keys(scores)).toEqual(expect.arrayContaining(['temperature', 'expectedCalibrationError', 'notSure']));
});

test('evaluate prints the robustness report that train wrote, and has it as an event', async () => {
  expect((await run(...quickly, '--epochs', '1', '--out', 'robust-all', '--robustness', 'all')).code).toBe(0);
  const sheet = await readJson('robust-all', 'robustness.json');
  const words = ['evaluate', 'robust-all', '--data', 'shapes'];
  const { code, stdout, stderr } = await run(...words, '--robustness', 'all', '--json');
  expect(code).toBe(0);
  expect(eventsOf(stdout).find(({ event }) => event === 'robustness')).toStrictEqual({
    event: 'robustness',
    ...sheet,
  });
  expect(stderr).toMatch(
    /What it still reads\n +network alone +as predict reads it\n[\s\S]*\nas they are( +[\d.]+ % +[\d.]+ % to +[\d.]+ %){2}\nShifted/,
  );
  expect(stderr).toMatch(/\n60 images at each step\n/);
  const { stdout: without } = await run(...words);
  expect(without).not.toContain('What it still reads');
});

describe('the data of a run', () => {
  test('is what it is tested on, by "latest" too', async () => {
    await cp(join(folder, out), join(folder, 'runs', 'last'), { recursive: true });
    const given = await run('evaluate', out, '--data', 'shapes', '--quiet');
    for (const choice of [out, `${out}/model.json`, 'latest']) {
      expect(await run('evaluate', choice, '--quiet')).toStrictEqual(given);
    }
    expect((await run('summary', '--model', 'latest')).stdout).toContain('"tiny cnn"');
  });

  test('is told to have changed, and asked for where it is gone', async () => {
    await cp(join(folder, 'shapes'), join(folder, 'mine'), { recursive: true });
    await cp(join(folder, out), join(folder, 'moved'), { recursive: true });
    const summary = await readJson(out, 'summary.json');
    expect(summary.dataFolder).toBe('shapes');
    const write = (changes: object) =>
      writeFile(join(folder, 'moved', 'summary.json'), JSON.stringify({ ...summary, ...changes }));
    await write({ dataFolder: 'mine' });
    const labels = join(folder, 'mine', 'train-labels-idx1-ubyte');
    const bytes = await readFile(labels);
    await writeFile(labels, bytes.with(-1, (bytes.at(-1)! + 1) % 3));
    const changed = await run('evaluate', 'moved', '--quiet');
    expect([changed.code, changed.stderr]).toStrictEqual([0, expect.stringContaining('the data has changed since')]);
    const asks = async (reason: string) => {
      const { code, stdout, stderr } = await run('evaluate', 'moved', '--quiet');
      expect([code, stdout, stderr]).toStrictEqual([2, '', expect.stringContaining(reason)]);
      expect(stderr).toContain('"inkling evaluate moved --data FOLDER"');
      expect((await run('evaluate', 'moved', '--data', 'shapes', '--quiet')).code).toBe(0);
    };
    await rm(join(folder, 'mine'), { recursive: true });
    await asks('was trained on mine, which is not here any more');
    // As runs were written before they knew their folder.
    await write({ dataFolder: undefined });
    await asks('was trained on "shapes", and does not say where that is');
  });

  test('is asked for where a saved model is no run and knows other classes than those of MNIST', async () => {
    const model = new Sequential([flatten(), dense({ units: 10, activation: 'softmax' })], { inputShape: [28, 28, 1] });
    model.compile({ threads: 1 });
    await model.save(join(folder, 'letters'), { classNames: [...'abcdefghij'] });
    const { code, stdout, stderr } = await run('evaluate', 'letters');
    expect([code, stdout]).toStrictEqual([2, '']);
    expect(stderr).toContain('knows the classes a, b, c, d, e, f, g, h, i, j, which are not those of MNIST');
    await model.save(join(folder, 'digits'));
    expect(await run('evaluate', 'digits', '--quiet')).toMatchObject({ code: 0, stderr: '' });
  });

  test('"latest" without a run is a wrong call', async () => {
    await rm(join(folder, 'runs'), { recursive: true, force: true });
    for (const words of [
      ['evaluate', 'latest'],
      ['summary', '--model', 'latest'],
    ]) {
      const { code, stderr } = await run(...words);
      expect([code, stderr]).toStrictEqual([2, expect.stringContaining('latest: there is no finished run in runs/')]);
    }
  });
});
