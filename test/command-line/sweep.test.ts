/** `inkling sweep`: what it trains and finds, that it stops and goes on, shares, and what it refuses. */

import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { Command, eventsOf, folder, readJson, readText, run } from './command.js';

const data = ['--data', 'shapes'];
const short = ['--set', 'epochs=1', '--set', 'model=linear'];
const sweep = (...words: string[]) => run('sweep', ...data, ...words);
const eventOf = (stdout: string) => eventsOf(stdout).find(({ event }) => event === 'sweep');

/** Of the finished trials, by their planned number: state and weights. */
async function trialsOf(path: string) {
  const found = new Map<number, Record<string, unknown>>();
  for (const line of (await readText(path, 'journal.log')).trimEnd().split('\n')) {
    const { op_code, trial_id, user_attr, state, values } = JSON.parse(line);
    if (op_code === 8) found.set(trial_id, { ...found.get(trial_id), ...user_attr });
    if (op_code === 6) found.set(trial_id, { ...found.get(trial_id), state, value: values?.[0] });
  }
  return [...found.values()]
    .toSorted((a, b) => Number(a.trial) - Number(b.trial))
    .map(({ trial, state, value, weightsSha256 }) => ({ trial, state, value, weightsSha256 }));
}

describe('a grid', () => {
  test('trains every configuration with every seed, and tests the best alone', async () => {
    const words = [...short, '--set', 'learningRate=0.001,0.1', '--seeds', '2', '--out', 'grid', '--json'];
    const { code, stdout, stderr } = await sweep(...words);
    expect(stderr).not.toContain('Error');
    expect(code).toBe(0);
    const trials = await trialsOf('grid');
    expect(trials.map(({ trial, state }) => [trial, state])).toEqual([0, 1, 2, 3].map((trial) => [trial, 1]));
    expect(new Set(trials.map(({ weightsSha256 }) => weightsSha256)).size).toBe(4);
    const event = eventOf(stdout);
    const mean = (numbers: unknown[]) => numbers.reduce((sum: number, one) => sum + Number(one), 0) / numbers.length;
    const means = [0, 2].map((first) => mean(trials.slice(first, first + 2).map(({ value }) => value)));
    const better = means[1] > means[0] ? 1 : 0;
    expect(event.configurations.map((one: { configuration: number }) => one.configuration)).toEqual([
      better,
      1 - better,
    ]);
    expect(event.configurations[0]).toMatchObject({ n: 2, mean: means[better], pruned: 0, failed: 0 });
    const summary = await readJson('grid', 'best', 'summary.json');
    expect(event.testAccuracy).toBe(summary.testAccuracy);
    expect(summary.weightsSha256).toBe(event.best.weightsSha256);
    expect(await readJson('grid', 'best.json')).toMatchObject({
      set: { epochs: 1, model: 'linear', learningRate: [0.001, 0.1][better] },
    });
    // The test images are read for the winner alone.
    for (const name of await readdir(join(folder, 'grid', 'trials'))) {
      expect(await readdir(join(folder, 'grid', 'trials', name))).not.toContain('summary.json');
    }
  });

  test('a trial comes to the bytes of inkling train', async () => {
    const { weightsSha256 } = (await trialsOf('grid'))[3];
    const same = [
      '--model',
      'linear',
      '--epochs',
      '1',
      '--learning-rate',
      '0.1',
      '--seed',
      '2',
      // All seeds of a sweep are judged by the same images.
      '--split-seed',
      '1',
      '--validation',
      '100',
      '--threads',
      '3',
    ];
    await run('train', ...data, ...same, '--out', 'same');
    expect((await readJson('same', 'summary.json')).weightsSha256).toBe(weightsSha256);
  });

  test("settings of the optimizer vary, and the winner's are those of its training", async () => {
    const words = [
      '--set',
      'optimizer=sgd',
      '--set',
      'momentum=0.5,0.9',
      '--set',
      'nesterov=true',
      '--set',
      'clipNorm=1',
    ];
    const { code, stdout, stderr } = await sweep(...short, ...words, '--out', 'settings', '--json');
    expect(stderr).not.toContain('Error');
    expect(code).toBe(0);
    const { optimizer } = await readJson('settings', 'best', 'summary.json');
    const { parameters } = eventOf(stdout).best;
    expect(optimizer).toMatchObject({ type: 'sgd', nesterov: true, clipNorm: 1, momentum: parameters.momentum });
    expect(eventOf(stdout).command).toContain(
      `--optimizer sgd --nesterov --clip-norm 1 --momentum ${parameters.momentum} `,
    );
  });

  test('the same command again trains nothing', async () => {
    const before = await readText('grid', 'journal.log');
    const { code, stdout } = await sweep(...short, '--set', 'learningRate=0.001,0.1', '--seeds', '2', '--out', 'grid');
    expect(code).toBe(0);
    expect(stdout).toContain('4 trials, of which 4 are done');
    expect(await readText('grid', 'journal.log')).toBe(before);
  });

  test('another plan is not mixed with it', async () => {
    const { code, stderr } = await sweep(...short, '--set', 'learningRate=0.001,0.2', '--seeds', '2', '--out', 'grid');
    expect(code).toBe(2);
    expect(stderr).toContain('is the plan of another sweep: its space is');
  });

  test("a layer's options vary, and the winner's layers are kept", async () => {
    const words = [
      '--set',
      'epochs=1',
      '--set',
      'model=tiny-cnn.json',
      '--set',
      'conv2d.filters=2,6',
      '--set',
      'learningRate=0.01',
    ];
    const { code, stdout, stderr } = await sweep(...words, '--out', 'layers', '--json');
    expect(stderr).not.toContain('Error');
    expect(code).toBe(0);
    const { filters } = (await readJson('layers', 'best', 'model.json')).layers[0];
    expect(filters).toBe(eventOf(stdout).best.parameters['conv2d.filters']);
    expect((await readJson('layers', 'best-model.json')).layers[0].filters).toBe(filters);
  });
});

describe('a sweep that is stopped', () => {
  const words = [...short, '--set', 'learningRate=0.001..0.1:log', '--trials', '8', '--jobs', '2', '--no-test'];
  const whole = async () => {
    await rm(join(folder, 'undisturbed'), { recursive: true, force: true });
    const { code } = await sweep(...words, '--out', 'undisturbed');
    expect(code).toBe(0);
    return trialsOf('undisturbed');
  };

  test('by kill -9 again and again, comes to the same trials when it goes on', async () => {
    const expected = await whole();
    for (let kill = 0; kill < 4; kill++) {
      const command = new Command(['sweep', ...data, ...words, '--out', 'killed']);
      await command.printed(`[${2 * kill + 1}/8]`);
      await sleep(150 * kill);
      command.kill('SIGKILL');
      await command.end();
    }
    const { code } = await sweep(...words, '--out', 'killed');
    expect(code).toBe(0);
    expect(await trialsOf('killed')).toEqual(expected);
  });

  test('by Ctrl-C says how to go on, and does', async () => {
    const command = new Command(['sweep', ...data, ...words, '--out', 'interrupted']);
    await command.printed('[2/8]');
    command.kill('SIGINT');
    const { code, stderr } = await command.end();
    expect(code).toBe(130);
    expect(stderr).toMatch(
      /Stopped: \d of 8 trials are done and kept\. Go on with: npx inkling sweep --resume interrupted\n/,
    );
    const resumed = await run('sweep', '--resume', 'interrupted', '--no-test');
    expect(resumed.code).toBe(0);
    expect(await trialsOf('interrupted')).toEqual(await trialsOf('undisturbed'));
  });

  test('in the midst of a trial keeps a checkpoint, from which it goes on to the same bytes', async () => {
    const long = ['--set', 'model=linear', '--set', 'epochs=200', '--set', 'batchSize=1', '--trials', '1', '--no-test'];
    expect((await sweep(...long, '--out', 'long-undisturbed')).code).toBe(0);
    const trial = join(folder, 'long-killed', 'trials', '0000');
    const lines = async () => (await readFile(join(trial, 'metrics.jsonl'), 'utf8').catch(() => '')).length;
    const newest = async () => Number(/\d+/.exec((await readdir(join(trial, 'checkpoints'))).toSorted().at(-1) ?? ''));
    const growsBeyond = async (before: number) => {
      while ((await lines()) <= before) await sleep(5);
    };
    const first = new Command(['sweep', ...data, ...long, '--out', 'long-killed']);
    await growsBeyond(0);
    first.kill('SIGINT');
    await sleep(50);
    // npm hands on what the terminal has sent already.
    first.kill('SIGINT');
    const { code, stderr } = await first.end();
    expect(code).toBe(130);
    expect(stderr).toContain(
      'Stopped: 0 of 1 trials are done and kept. Go on with: npx inkling sweep --resume long-killed',
    );
    expect(await newest()).toBeGreaterThan(0);
    // A training that begins anew writes this one before its first step, and fails.
    const begin = join(trial, 'checkpoints', `checkpoint-${'0'.repeat(10)}.safetensors`);
    await rm(begin, { force: true });
    await mkdir(begin);
    const before = await lines();
    const second = new Command(['sweep', '--resume', 'long-killed', '--no-test']);
    await growsBeyond(before);
    second.kill('SIGKILL');
    await second.end();
    expect(await readdir(trial)).not.toContain('result.json');
    expect((await run('sweep', '--resume', 'long-killed', '--no-test')).code).toBe(0);
    expect(await trialsOf('long-killed')).toEqual(await trialsOf('long-undisturbed'));
    // What came of it is safe: its checkpoints have gone, but for the one that cannot.
    expect(await readdir(join(trial, 'checkpoints'))).toEqual([basename(begin)]);
  });

  test('by the end of its terminal stops, but not under nohup', async () => {
    const command = new Command(['sweep', ...data, ...words, '--out', 'hung-up']);
    await command.printed('[1/8]');
    command.kill('SIGHUP');
    expect((await command.end()).code).toBe('SIGHUP');
    expect((await trialsOf('hung-up')).length).toBeLessThan(8);
    process.env._ = '/usr/bin/nohup';
    const under = new Command(['sweep', '--resume', 'hung-up', '--no-test']);
    delete process.env._;
    await under.printed('[3/8]');
    under.kill('SIGHUP');
    expect((await under.end()).code).toBe(0);
    expect(await trialsOf('hung-up')).toEqual(await trialsOf('undisturbed'));
  });

  test('is one process at a time', async () => {
    const first = new Command(['sweep', ...data, ...words, '--out', 'taken']);
    await first.printed('[1/8]');
    const { code, stderr } = await sweep(...words, '--out', 'taken');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^Error: taken is being written by another training, process \d+ on /);
    first.kill('SIGKILL');
    await first.end();
  });
});

test('trials in shares, collected, are those of one machine', async () => {
  const words = [...short, '--set', 'learningRate=0.001..0.1:log', '--trials', '8', '--jobs', '2', '--no-test'];
  for (const share of ['1/3', '2/3', '3/3']) {
    const { code } = await sweep(...words, '--shard', share, '--out', `share-${share[0]}`);
    expect(code).toBe(0);
  }
  expect((await trialsOf('share-2')).map(({ trial }) => trial)).toEqual([1, 4, 7]);
  const partly = await run('sweep', '--collect', 'share-1', 'share-3', '--out', 'partly', '--no-test');
  expect(partly.code).toBe(1);
  expect(partly.stderr).toContain('3 of 8 trials are in none of the folders.');
  const { code, stdout } = await run('sweep', '--collect', 'share-1', 'share-2', 'share-3', '--out', 'gathered');
  expect(code).toBe(0);
  expect(stdout).toContain('Test accuracy of the best:');
  expect(await trialsOf('gathered')).toEqual(await trialsOf('undisturbed'));
  const other = await run('sweep', '--collect', 'share-1', 'grid', '--out', 'mixed');
  expect(other.code).toBe(2);
  expect(other.stderr).toContain('grid holds a share of another sweep');
});

test('two shares with other weights for one trial are an error', async () => {
  const journal = join(folder, 'share-1', 'journal.log');
  const text = await readFile(journal, 'utf8');
  const { weightsSha256 } = (await trialsOf('share-1'))[0];
  await run('sweep', '--collect', 'share-1', '--out', 'twin', '--no-test');
  await writeFile(journal, text.replaceAll(String(weightsSha256), '0'.repeat(64)));
  const { code, stderr } = await run('sweep', '--collect', 'share-1', 'twin', '--out', 'twins', '--no-test');
  expect(code).toBe(1);
  expect(stderr).toContain('Trial 0 was trained twice and came to different weights: 0000');
});

test('folds: each part of the images validates once', async () => {
  const { code, stdout } = await sweep(
    ...short,
    '--set',
    'learningRate=0.01',
    '--folds',
    '3',
    '--out',
    'folds',
    '--json',
    '--no-test',
  );
  expect(code).toBe(0);
  expect(eventOf(stdout).configurations[0].n).toBe(3);
  const jobs = await Promise.all(['0000', '0001', '0002'].map((name) => readJson('folds', 'trials', name, 'job.json')));
  expect(jobs.map(({ fold, validation }) => [fold, validation])).toEqual(
    [0, 1, 2].map((index) => [{ index, of: 3, seed: 1 }, null]),
  );
  expect(new Set((await trialsOf('folds')).map(({ weightsSha256 }) => weightsSha256)).size).toBe(3);
});

test('pruning by ASHA: bad trials are stopped after short whole trainings', async () => {
  const words = ['--set', 'epochs=4', '--set', 'model=linear', '--set', 'learningRate=1e-6,0.1,1e-5,1e-4'];
  const { code, stdout } = await sweep(
    ...words,
    '--prune',
    'asha',
    '--reduction-factor',
    '2',
    '--jobs',
    '1',
    '--out',
    'asha',
    '--json',
  );
  expect(code).toBe(0);
  const trials = await trialsOf('asha');
  // The first is alone on each rung, the second is better than it, the others are worse than the best half.
  expect(trials.map(({ state }) => state)).toEqual([1, 1, 2, 2]);
  expect((await readJson('asha', 'trials', '0001-rung-2', 'job.json')).epochs).toBe(2);
  expect((await readJson('asha', 'trials', '0001', 'job.json')).epochs).toBe(4);
  expect(eventOf(stdout).best.parameters).toEqual({ learningRate: 0.1 });
});

test('a trial that fails does not stop the others, and the exit code tells', async () => {
  const { code, stdout, stderr } = await sweep(
    '--set',
    'epochs=1',
    '--set',
    'model=mlp',
    '--set',
    'learningRate=1e38,0.01',
    '--out',
    'failing',
    '--no-test',
  );
  expect(code).toBe(1);
  expect((await trialsOf('failing')).map(({ state }) => state)).toEqual([3, 1]);
  expect(stdout).toContain('failed: the loss became NaN in epoch 1');
  expect(stderr).toContain('1 of 2 trials failed; the first: ');
});

describe('a file', () => {
  test('has the same options; those of the command line count more', async () => {
    const content = {
      set: { learningRate: '0.001..0.1:log', epochs: 1, model: ['linear'] },
      trials: 4,
      seeds: 2,
      data: 'shapes',
    };
    await writeFile(join(folder, 'sweep.json'), JSON.stringify(content));
    const { code, stdout } = await run('sweep', 'sweep.json', '--trials', '2', '--out', 'from-file', '--no-test');
    expect(code).toBe(0);
    expect(stdout).toContain('1 configuration by the sampler random, 2 trials');
  });

  test.each([
    ['{"sets": {}}', 'unknown option "sets". Did you mean "set"?'],
    ['{"set": {"learningRate": "0.1..0.001"}}', 'learningRate: expected a range from a lower to a higher number.'],
    ['{"set": {"batchSize": 0}}', 'batchSize 0: Expected a whole number from 1 to 65536.'],
    ['{"set": {"batchsize": 8}}', 'Unknown option "batchsize". Did you mean "batchSize"?'],
    ['{"trials": "x"}', 'trials "x": Expected a whole number'],
    ['{"python": "/bin/sh"}', 'unknown option "python"'],
    ['[]', 'expected an object such as'],
    ['{', 'is not a JSON file'],
  ])('%s is refused', async (content, message) => {
    await writeFile(join(folder, 'bad.json'), content);
    const { code, stderr } = await sweep('bad.json', '--out', 'none');
    expect(code).toBe(content === '{' || content === '[]' ? 1 : 2);
    expect(stderr).toContain(message);
    expect(await readdir(folder)).not.toContain('none');
  });
});

test.each([
  [[], 'Nothing was said of what to try.'],
  [['--set', 'learningRate'], '--set learningRate: expected an option and its values'],
  [['--set', 'out=a,b'], 'Unknown option "out".'],
  [['--set', 'seed=1,2'], 'Unknown option "seed".'],
  [['--set', 'model=nothing,linear'], '--model nothing: there is no architecture of this name'],
  [['--set', 'dropout.rate=0.1,0.2', '--set', 'model=linear'], 'dropout.rate: model "linear" has no layer "dropout".'],
  [['--set', 'dense.units=10,11', '--set', 'model=linear'], 'Configuration dense.units=10'],
  [['--set', 'dense.unit=3,4', '--set', 'model=linear'], 'unknown option "unit"'],
  [['--set', 'momentum=0.5,0.9'], 'unknown option "momentum"'],
  [['--set', 'beta2=0.9,1', '--set', 'model=linear'], 'beta2 1: Expected a number of at least 0 and below 1'],
  [['--set', 'splitSeed=7', '--folds', '3'], 'splitSeed: with folds each of them validates in turn.'],
  [['--set', 'validation=0,10'], 'validation 0: a sweep is decided by validation images'],
  [['--set', 'learningRate=0.1,0.2', '--trials', '5'], '--trials 5: the grid has 2 trials'],
  [['--set', 'learningRate=0.1..0.2'], '--sampler random: say with --trials'],
  [['--set', 'learningRate=0.1..0.2', '--trials', '5', '--seeds', '2'], 'Expected a multiple of 2.'],
  [['--set', 'batchSize=1..4', '--trials', '5', '--sampler', 'random'], 'there are only 4 different configurations'],
  [['--set', 'epochs=1', '--trials', '2', '--sampler', 'random'], 'Nothing varies'],
  [['--set', 'learningRate=0.1,0.2', '--shard', '3/2'], '--shard 3/2: expected which of how many shares'],
  [['--set', 'learningRate=0.1,0.2', '--min-epochs', '2'], '--min-epochs belongs to --prune'],
  [['--set', 'learningRate=0.1', '--set', 'learningRate=0.2'], '--set learningRate: it is given twice.'],
  [['--resume', 'nowhere'], '--resume nowhere: there is no plan.json.'],
  [['--collect', 'nowhere'], '--collect: say with --out'],
])('%j is refused before anything is trained', async (words, message) => {
  const { code, stderr } = await sweep(...words);
  expect(stderr).toContain(message);
  expect([1, 2]).toContain(code);
  expect(await readdir(folder)).not.toContain('sweeps');
});

test('a sampler that is not installed says what to install', async () => {
  const words = [...short, '--set', 'learningRate=0.001..0.1:log', '--sampler', 'optuna', '--trials', '2'];
  const { code, stderr } = await sweep(...words, '--python', './no-python', '--out', 'no-optuna');
  expect(code).toBe(1);
  expect(stderr).toContain('--sampler optuna: ./no-python cannot be started (ENOENT). Name a Python with --python.');
});
