/** `inkling evaluate`: it says of a run what its training said. */

import { beforeAll, expect, test } from 'vitest';
import { eventsOf, quickly, readJson, readText, run } from './command.js';

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

test('evaluate prints the sheet that train wrote, and has it as an event', async () => {
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
    /What it still reads\n +network alone +as predict reads it\n[\s\S]*\nas they are( +[\d.]+% +[\d.]+% to +[\d.]+%){2}\nShifted/,
  );
  expect(stderr).toMatch(/\n60 images at each step\n/);
  const { stdout: without } = await run(...words);
  expect(without).not.toContain('What it still reads');
});
