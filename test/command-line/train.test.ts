/** `inkling train`: what it prints and writes. */

import { execFileSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { Command, eventsOf, folder, program, quickly, readJson, readText, root, run } from './command.js';

describe('a training', () => {
  const out = 'first-run';
  let result: Awaited<ReturnType<typeof run>>;
  beforeAll(async () => {
    result = await run(...['train', '--data', 'shapes', '--model', 'tiny-cnn.json', '--epochs', '3'], '--out', out);
  });

  test('prints what it does and what came of it', () => {
    const { code, stdout, stderr } = result;
    expect([code, stderr]).toStrictEqual([0, '']);
    const expected = [
      /^Data: the IDX files in shapes\n {6}1,100 images to train on, 100 to validate on, 60 to test on; \[8, 8, 1\], 3 classes\n/,
      /\nModel "tiny cnn"\n-+\nLayer \(type\) +Output shape +Parameters +Multiply-adds\n/,
      /\nTraining: recipe default, 3 epochs, batch size 128, adam, .* learning rate [\d.]+, seed 1\nEngine: \d+ threads?, (plain|fused) arithmetic, vectors of 128 bits\n/,
      /\n(Epoch \d\/3 {2}[\d.]+ s {2}[\d,]+ images\/s {2}loss [\d.]+ {2}accuracy [\d.]+ % {2}valLoss [\d.]+ {2}valAccuracy [\d.]+ %\n){3}Robustness: not measured, as it would take longer than so short a training\. .*\n\n/,
      /\nClassification report\n +precision +recall +f1-score +support\n\n/,
      /\nConfusion matrix \(rows: actual class, columns: predicted class\)\n\[\[ *\d+/,
      /\nTraining and validation accuracy\n.*Training [\d.]+ %/,
      /\nTraining and validation loss\n/,
      /\nHow far to trust its probabilities\nTemperature: [\d.]+, fitted on 100 validation images\n/,
      /\nTest accuracy: \d+\.\d\d %\nTest loss: \d\.\d{4}\nTest accuracy, 95 % interval: [\d.]+ % to [\d.]+ % \(Wilson\)\n/,
      /\nweightsSha256: [\da-f]{64}\nTraining: [\d.]+ s, [\d,]+ images\/s\nReport: first-run\/report\.html\nRun: first-run\n$/,
    ];
    for (const pattern of expected) expect(stdout).toMatch(pattern);
    expect(stdout).not.toContain('\x1b');
  });

  test('writes its folder', async () => {
    const pictures = ['accuracy', 'loss', 'confusion-matrix', 'per-class', 'reliability', 'mistakes', 'filters'];
    const files = await readdir(join(folder, out));
    const [optimizer] = files.filter((name) => /^optimizer-[0-9a-f]{8}\.safetensors$/.test(name));
    const mistakes = (await readText(out, 'predictions.csv'))
      .trimEnd()
      .split('\n')
      .slice(1)
      .filter((line) => line.split(',')[1] !== line.split(',')[2]).length;
    expect(files).toStrictEqual(
      [
        'checkpoints',
        ...['summary.json', 'history.json', 'history.csv', 'metrics.jsonl', 'model.json', 'model.safetensors'],
        ...[optimizer, 'predictions.csv', 'classification-report.txt', 'confusion-matrix.csv'],
        ...pictures
          .filter((name) => name !== 'mistakes' || mistakes > 0)
          .flatMap((name) => [`${name}.svg`, `${name}.png`]),
        'report.html',
      ].sort(),
    );
  });

  test('summary.json has every promised key', async () => {
    const summary = await readJson(out, 'summary.json');
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    const fraction = expect.toSatisfy((value) => value >= 0 && value <= 1);
    expect(summary).toMatchObject({
      testAccuracy: fraction,
      accuracy: fraction,
      valAccuracy: fraction,
      testLoss: expect.any(Number),
      loss: expect.any(Number),
      valLoss: expect.any(Number),
      recipe: 'default',
      epochs: 3,
      seed: 1,
      model: 'tiny cnn',
      parameters: 40 + 3 * (3 * 3 * 4) + 3,
      outcome: 'finished',
      trainSeconds: expect.any(Number),
      imagesPerSecond: expect.any(Number),
      threads: expect.any(Number),
      arithmetic: expect.stringMatching(/^(plain|fused)$/),
      vectorBits: 128,
      weightsSha256: expect.stringMatching(/^[\da-f]{64}$/),
      versions: { inkling: version, node: process.versions.node, v8: process.versions.v8 },
      dataSha256: expect.stringMatching(/^[\da-f]{64}$/),
      trainingImages: 1100,
      validationImages: 100,
      testImages: 60,
      temperature: expect.any(Number),
      confidenceThreshold: expect.toSatisfy((value) => value === null || (value >= 0 && value <= 1)),
      rejectionThreshold: fraction,
      expectedCalibrationError: { before: fraction, after: fraction },
      negativeLogLikelihood: { before: expect.closeTo(summary.testLoss, 6), after: expect.any(Number) },
      calibrationImages: 100,
      notSure: fraction,
      rejected: fraction,
    });
    const { calibration } = await readJson(out, 'model.json');
    const { temperature, confidenceThreshold, rejectionThreshold } = summary;
    expect(calibration).toStrictEqual({
      temperature,
      confidenceThreshold,
      rejectionThreshold,
      images: 100,
    });
    const { epochs } = await readJson(out, 'history.json');
    const last = epochs.at(-1);
    for (const name of ['accuracy', 'loss', 'valAccuracy', 'valLoss']) expect(summary[name]).toBe(last[name]);
    const seconds = epochs.reduce((sum: number, epoch: { seconds: number }) => sum + epoch.seconds, 0);
    expect(summary.imagesPerSecond).toBeCloseTo((3 * 1100) / seconds, 6);
    expect(result.stdout).toContain(`\nTest accuracy: ${(100 * summary.testAccuracy).toFixed(2)} %\n`);
    expect(result.stdout).toContain(`\nTest loss: ${summary.testLoss.toFixed(4)}\n`);
    expect(result.stdout).toContain(`\nweightsSha256: ${summary.weightsSha256}\n`);
  });

  test('its command repeats it to the byte', async () => {
    const { command, weightsSha256 } = await readJson(out, 'summary.json');
    const words = `"${process.execPath}" "${program}" ${command.replace(/^npx inkling /, '')} --threads 3 --quiet`;
    const repeated = execFileSync('sh', ['-c', words], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    expect(repeated).toContain(`weightsSha256: ${weightsSha256}\n`);
  });

  test('its layers can be trained again, with fresh weights', async () => {
    const { stdout } = await run('train', '--data', 'shapes', '--model', out, '--epochs', '3', '--json', '--quiet');
    const { weightsSha256 } = await readJson(out, 'summary.json');
    expect(eventsOf(stdout).at(-1)).toMatchObject({ model: 'tiny cnn', weightsSha256 });
  });

  test('is never overwritten', async () => {
    const before = await readText(out, 'summary.json');
    const { code, stderr } = await run(...quickly, '--epochs', '1', '--out', out);
    expect([code, stderr]).toStrictEqual([2, expect.stringContaining('first-run already holds a run')]);
    expect(await readText(out, 'summary.json')).toBe(before);
  });
});

describe('output', () => {
  test('--quiet prints the result lines alone', async () => {
    const { code, stdout, stderr } = await run(...quickly, '--quiet', '--threads', '16');
    expect([code, stderr]).toStrictEqual([0, '']);
    expect(stdout).toMatch(
      /^Test accuracy: \d+\.\d\d %\nTest loss: \d+\.\d{4}\nweightsSha256: [\da-f]{64}\nRun: runs\/[\dT-]{19}-linear(-\d+)?\n$/,
    );
  });

  test('--json prints events alone, and text for people goes to standard error', async () => {
    const { code, stdout, stderr } = await run(
      ...quickly,
      '--epochs',
      '2',
      '--out',
      'with-events',
      '--robustness',
      '60',
      '--json',
    );
    expect(code).toBe(0);
    const events = eventsOf(stdout);
    const [begin] = events;
    expect(begin).toMatchObject({
      event: 'start',
      folder: 'with-events',
      threads: 1,
      model: { name: 'linear', parameters: 195 },
      data: { imageShape: [8, 8, 1], classNames: ['0', '1', '2'], trainingImages: 1100, validationImages: 100 },
      training: { seed: 1, epochs: 2, batchSize: 128, optimizer: { type: 'adam' } },
    });
    const { epochs } = await readJson('with-events', 'history.json');
    expect(events.filter(({ event }) => event === 'epoch')).toStrictEqual(
      epochs.map((logs: object) => ({ event: 'epoch', epochs: 2, ...logs })),
    );
    expect(events.filter(({ event }) => event === 'progress').length).toBeGreaterThan(0);
    expect(events.at(-3)).toMatchObject({ event: 'evaluation', confusionMatrix: expect.any(Array) });
    const robustness = await readJson('with-events', 'robustness.json');
    expect(robustness).toMatchObject({ images: 60, classifiers: ['network alone', 'as predict reads it'] });
    expect(events.at(-2)).toStrictEqual({ event: 'robustness', ...robustness });
    const summary = await readJson('with-events', 'summary.json');
    expect(events.at(-1)).toStrictEqual({ event: 'result', folder: 'with-events', ...summary });
    expect(stderr).toMatch(/Epoch 2\/2 .*\n[\s\S]*Test accuracy: /);
  });

  test('one line of notice for more threads than cores, and none without', async () => {
    const [many, one] = await Promise.all(['16', '1'].map((threads) => run(...quickly, '--threads', threads)));
    expect(many.stderr.match(/\n/g)?.length ?? 0).toBeLessThanOrEqual(1);
    expect(many.stderr).toMatch(/^(Notice: 16 threads on \d+ cores?: .*\n)?$/);
    expect([many.code, one.code, one.stderr]).toStrictEqual([0, 0, '']);
  });

  test('a reader that leaves ends it quietly', async () => {
    const command = new Command([...quickly, '--epochs', '100000']);
    await command.printed('Epoch ');
    command.leave();
    const { code, stderr } = await command.end();
    expect([code, stderr]).toStrictEqual([141, '']);
  });
});

test('--profile prints and writes where the time went, and changes no weight', async () => {
  const words = ['train', '--data', 'shapes', '--model', 'tiny-cnn.json', '--epochs', '2', '--threads', '2'];
  const plain = await run(...words, '--out', 'not-profiled');
  const profiled = await run(...words, '--out', 'profiled', '--profile', '--json');
  expect([plain.code, profiled.code]).toStrictEqual([0, 0]);
  expect(plain.stdout).not.toContain('Where the time');
  expect(await readdir(join(folder, 'not-profiled'))).not.toContain('profile.json');
  const states = (await readdir(join(folder, 'profiled'))).filter((name) => name.endsWith('.safetensors'));
  expect(states).toHaveLength(2);
  for (const name of states) {
    const files = ['not-profiled', 'profiled'].map((out) => readFile(join(folder, out, name)));
    const [one, other] = await Promise.all(files);
    expect(one.equals(other)).toBe(true);
  }
  const profile = await readJson('profiled', 'profile.json');
  expect(profile).toMatchObject({ threads: 2, steps: 18, images: 2200, seconds: expect.any(Number) });
  expect(eventsOf(profiled.stdout).find(({ event }) => event === 'profile')).toStrictEqual({
    event: 'profile',
    ...profile,
  });
  const lines = [
    'Where the time of the training steps went',
    '18 steps, 2,200 images, .* on 2 threads',
    ' +µs/image +seconds +GFLOP/s +share',
    '-+',
    'conv2d \\+ relu \\+ maxPooling2d +forward( +[\\d.]+){3} +[\\d.]+ %',
    ' +backward( +[\\d.]+){3} +[\\d.]+ %',
    'dense +forward .*',
    ' +backward .*',
    ...['reading the batch', 'loss', 'gradient sums', 'optimizer \\(adam\\)', 'waiting at barriers'].map(
      (name) => `${name} .* %`,
    ),
    'between the calls .* %',
    '-+',
    'total .* 100.0 %',
  ];
  expect(profiled.stderr).toMatch(new RegExp(`\n${lines.join('\n')}\nTimes are the mean over the threads`));
  const { command } = await readJson('profiled', 'summary.json');
  expect(command).not.toContain('profile');
});

describe('--robustness', () => {
  test('none with 0, and so many images as are asked; the weights are the same', async () => {
    const sums = new Set<string>();
    for (const [images, expected] of [
      ['0', undefined],
      ['7', 7],
      ['all', 60],
    ] as const) {
      const out = `robust-${images}`;
      expect((await run(...quickly, '--epochs', '1', '--out', out, '--robustness', images)).code).toBe(0);
      const files = (await readdir(join(folder, out))).filter((name) => name.startsWith('robustness'));
      expect(files).toHaveLength(expected === undefined ? 0 : 3);
      if (expected !== undefined) expect(await readJson(out, 'robustness.json')).toMatchObject({ images: expected });
      const { weightsSha256, command } = await readJson(out, 'summary.json');
      expect(command).toContain(`--robustness ${images} `);
      sums.add(weightsSha256);
    }
    expect(sums.size).toBe(1);
  });
});
