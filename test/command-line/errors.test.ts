/** Wrong calls and failures: a sentence that says what to do, and the exit code. Help and version, too. */

import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Command, eventsOf, folder, program, quickly, root, run, tinyCnn } from './command.js';

describe('options', () => {
  test.each([
    [['train', '--epochs', '0'], "option '--epochs <n>' argument '0' is invalid. Expected a whole number from 1"],
    [['train', '--epochs', '1e999'], 'Expected a whole number'],
    [['train', '--batch-size', ''], 'Expected a whole number'],
    [['train', '--seed', '-1'], 'Expected a whole number from 0 to 4294967295'],
    [['train', '--threads', '17'], 'Expected a whole number from 1 to 16'],
    [['train', '--limit', '0x10'], 'Expected a whole number from 1'],
    [['train', '--validation', '1.5'], 'Expected a whole number from 0'],
    [['train', '--learning-rate', 'NaN'], 'Expected a number above 0'],
    [['train', '--optimizer', 'adm'], 'Allowed choices are sgd, adam, adamw, rmsprop.'],
    [
      ['train', '--recipe', 'quick'],
      "'--recipe <name>' argument 'quick' is invalid. Allowed choices are default, fast.",
    ],
    [['train', '--label-smoothing', '1'], 'Expected a number of at least 0 and below 1'],
    [['train', '--schedule', 'x'], 'Allowed choices are constant, step,'],
    [['train', '--arithmetic', 'x'], 'Allowed choices are auto, plain, fused.'],
    [['train', '--vectors', '512'], 'Allowed choices are 128, 256, auto.'],
    [['train', '--out', ''], 'Expected a text that is not empty.'],
    [['train', '--bogus'], "unknown option '--bogus'"],
    [['train', 'extra'], 'too many arguments'],
    [['evaluate'], "missing required argument 'run'"],
    [['trian'], 'Did you mean train?'],
    [[...quickly, '--limit', '1201'], '--limit 1201: shapes has 1200 training images.'],
    [[...quickly, '--validation', '1200'], '--validation 1200: at least one of the 1200 training images must remain'],
    [[...quickly, '--model', 'resnet'], '--model resnet: there is no architecture of this name'],
  ])('%j is a wrong call', async (words, message) => {
    const { code, stdout, stderr } = await run(...words);
    expect([code, stdout]).toStrictEqual([2, '']);
    expect(stderr).toMatch(/^Error: /);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/\n {4}at /);
  });
});

describe('failures', () => {
  test.each([
    [['train', '--data', 'nowhere'], 'There is no folder nowhere.'],
    [['evaluate', 'nowhere'], 'Cannot read nowhere: it does not exist.'],
    [[...quickly, '--out', 'tiny-cnn.json'], 'Cannot make tiny-cnn.json'],
    [
      ['train', '--data', 'shapes', '--model', 'tiny-cnn.json', '--learning-rate', '1e30'],
      'the loss became NaN in epoch 1',
    ],
  ])('%j fails with a sentence', async (words, message) => {
    const { code, stderr } = await run(...words);
    expect([code, stderr]).toStrictEqual([1, expect.stringMatching(/^Error: [^\n]+\n$/)]);
    expect(stderr).toContain(message);
  });

  test('a model for other classes or other images says what to change', async () => {
    await writeFile(join(folder, 'ten.json'), JSON.stringify(tinyCnn(10)));
    const units = await run('train', '--data', 'shapes', '--model', 'ten.json');
    expect([units.code, units.stderr]).toStrictEqual([1, expect.stringContaining('Give its last layer 3 units')]);
    const shape = await run('train', '--data', 'many', '--model', 'tiny-cnn.json');
    expect([shape.code, shape.stderr]).toStrictEqual([1, expect.stringContaining('images of shape [8, 8, 1]')]);
  });

  test('with --json a failure is an event as well', async () => {
    const { stdout } = await run(...quickly, '--model', 'resnet', '--json');
    expect(eventsOf(stdout)).toMatchObject([{ event: 'error', kind: 'argument' }]);
  });

  test.each([
    [['train', '--epochs', '0'], "option '--epochs <n>' argument '0' is invalid. Expected a whole number from 1"],
    [['predict', '4.png', '--bogus'], "unknown option '--bogus'"],
    [['evaluate'], "missing required argument 'run'"],
    [['data', '--data'], "option '--data <folder>' argument missing"],
    [['trian'], "unknown command 'trian'"],
  ])('with --json the wrong call %j is an event, too', async (words, message) => {
    const { code, stdout, stderr } = await run(words[0], '--json', ...words.slice(1));
    expect([code, eventsOf(stdout)]).toEqual([
      2,
      [{ event: 'error', kind: 'argument', message: expect.stringContaining(message) }],
    ]);
    expect(stderr).toContain(message);
  });

  test('without dist it says what to run', async () => {
    await cp(program, join(folder, 'clone', 'bin', 'inkling.js'));
    await writeFile(join(folder, 'clone', 'package.json'), '{ "type": "module" }');
    const { code, stderr } = await new Command(['--help'], join(folder, 'clone', 'bin', 'inkling.js')).end();
    expect([code, stderr]).toStrictEqual([1, expect.stringMatching(/^Error: .*"npm install".*"npm run build"/)]);
  });
});

describe('train --robustness', () => {
  test.each(['-1', '1.5', 'some'])('refuses %s', async (images) => {
    const { code, stderr } = await run(...quickly, '--robustness', images);
    expect([code, stderr]).toStrictEqual([2, expect.stringContaining('Expected a whole number from 0')]);
  });
});

describe('train --augment', () => {
  const words = ['train', '--data', 'shapes', '--model', 'linear', '--epochs', '1', '--threads', '1'];
  test('refuses what is neither name nor file, no JSON, or out of range', async () => {
    const refused = async (choice: string) => {
      const { code, stderr } = await run(...words, '--augment', choice);
      return [code, stderr];
    };
    expect(await refused('heavy')).toStrictEqual([
      2,
      expect.stringContaining('Expected light, strong, none, or a JSON file'),
    ]);
    await writeFile(join(folder, 'broken.json'), '{');
    expect(await refused('broken.json')).toStrictEqual([
      1,
      expect.stringContaining('broken.json is not a JSON file: '),
    ]);
    await writeFile(join(folder, 'twice.json'), '{"shift": 1, "rotation": 5, "shift": 2}');
    expect(await refused('twice.json')).toStrictEqual([
      1,
      expect.stringContaining('twice.json holds the key "shift" twice'),
    ]);
    await writeFile(join(folder, 'huge.json'), '{"shift": 1e15}');
    expect(await refused('huge.json')).toStrictEqual([
      2,
      expect.stringContaining('shift must be a number from 0 to 1000'),
    ]);
    await writeFile(join(folder, 'far.json'), '{"rotation": 200}');
    expect(await refused('far.json')).toStrictEqual([
      2,
      expect.stringContaining('far.json: rotation must be a number from 0'),
    ]);
  });
});

test('--version and --help', async () => {
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  expect(await run('--version')).toStrictEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  for (const words of [[], ['predict'], ['train'], ['evaluate'], ['summary'], ['data']]) {
    const { code, stdout, stderr } = await run(...words, '--help');
    expect([code, stderr]).toStrictEqual([0, '']);
    expect(stdout).toMatch(/^Usage: inkling [\s\S]*\nExamples:\n {2}inkling /);
  }
  expect(await run()).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('Usage: inkling') });
});
