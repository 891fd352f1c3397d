/** Drives `inkling` as people and programs do: as a process, on small data sets in a temporary folder. */

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { conv2d, dense, flatten, maxPooling2d, Sequential, writeIdx } from 'inkling';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const program = join(root, 'bin', 'inkling.js');

/** Where commands run. `shapes` holds three classes of 8 by 8; an epoch on `many`, an image a step, takes seconds. */
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inkling-command-line-'));
  await writeData('shapes', { size: 8, train: 240, test: 60 });
  await writeData('many', { size: 16, train: 3000, test: 6000 });
  await writeFile(join(folder, 'tiny-cnn.json'), JSON.stringify(tinyCnn(3)));
});
afterAll(() => rm(folder, { recursive: true }));

/** Bars: lying, standing and slanting ones, on a background that differs from image to image. */
async function writeData(name: string, { size, train, test }: { size: number; train: number; test: number }) {
  await mkdir(join(folder, name));
  for (const [part, count] of [['train', train] as const, ['t10k', test] as const]) {
    const data = new Uint8Array(count * size * size);
    const labels = Uint8Array.from({ length: count }, (_, image) => image % 3);
    for (let index = 0; index < data.length; index++) {
      const image = Math.floor(index / (size * size));
      const [y, x] = [Math.floor(index / size) % size, index % size];
      const shift = 1 + (image % (size - 3));
      const isInk = [y === shift, x === shift, x === y][image % 3];
      data[index] = isInk ? 255 - (image % 50) : (index * 7 + image * 13) % 40;
    }
    await writeFile(join(folder, name, `${part}-images-idx3-ubyte`), writeIdx({ data, shape: [count, size, size] }));
    await writeFile(join(folder, name, `${part}-labels-idx1-ubyte`), writeIdx({ data: labels, shape: [count] }));
  }
}

const tinyCnn = (classes: number) => ({
  name: 'tiny cnn',
  inputShape: [8, 8, 1],
  layers: [
    conv2d({ filters: 4, kernelSize: 3, activation: 'relu' }),
    maxPooling2d({ poolSize: 2 }),
    flatten(),
    dense({ units: classes, activation: 'softmax' }),
  ],
});

/** A command that was started: what it prints, signals to it, and its end. */
class Command {
  stdout = '';
  stderr = '';
  private readonly child;
  private readonly closed: Promise<unknown>;

  constructor(words: readonly string[], script = program) {
    this.child = spawn(process.execPath, [script, ...words], { cwd: folder });
    this.child.stdout.on('data', (chunk) => {
      this.stdout += chunk;
    });
    this.child.stderr.on('data', (chunk) => {
      this.stderr += chunk;
    });
    this.closed = once(this.child, 'close');
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Stops reading what it prints, as `head` does. */
  leave(): void {
    this.child.stdout.destroy();
  }

  /** Resolves when the words have come on standard output, or fails when none can come any more. */
  async printed(words: string): Promise<void> {
    while (!this.stdout.includes(words)) {
      await Promise.race([once(this.child.stdout, 'data'), this.closed]);
      if (this.child.exitCode !== null && !this.stdout.includes(words)) throw new Error(`ended: ${this.stderr}`);
    }
  }

  async end() {
    await this.closed;
    const { stdout, stderr } = this;
    return { code: this.child.exitCode, stdout, stderr };
  }
}

const run = (...words: string[]) => new Command(words).end();
const readText = (...path: string[]) => readFile(join(folder, ...path), 'utf8');
const readJson = async (...path: string[]) => JSON.parse(await readText(...path));
const eventsOf = (stdout: string) => (stdout.match(/.+\n/g) ?? []).map((line) => JSON.parse(line));

/** A training of a fraction of a second. */
const quickly = ['train', '--data', 'shapes', '--model', 'linear', '--threads', '1'];

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
      /^Data: the IDX files in shapes\n {6}220 images to train on, 20 to validate on, 60 to test on; \[8, 8, 1\], 3 classes\n/,
      /\nModel "tiny cnn"\n-+\nLayer \(type\) +Output shape +Parameters +Multiply-adds\n/,
      /\nTraining: recipe default, 3 epochs, batch size 128, adam, .* learning rate [\d.]+, seed 1\nEngine: \d+ threads?, (plain|fused) arithmetic, vectors of 128 bits\n/,
      /\n(Epoch \d\/3 {2}[\d.]+ s {2}[\d,]+ images\/s {2}loss [\d.]+ {2}accuracy [\d.]+% {2}valLoss [\d.]+ {2}valAccuracy [\d.]+%\n){3}Robustness: reading 60 test images in 40 steps\nRobustness: read in [\d.]+ s\n\n/,
      /\nClassification report\n +precision +recall +f1-score +support\n\n/,
      /\nConfusion matrix \(rows: actual class, columns: predicted class\)\n\[\[ *\d+/,
      /\nTraining and validation accuracy\n.*Training [\d.]+ %/,
      /\nTraining and validation loss\n/,
      /\nHow far to trust its probabilities\nTemperature: [\d.]+, fitted on 20 validation images\n/,
      /\nTest accuracy: \d+\.\d\d%\nTest loss: \d\.\d{4}\nTest accuracy, 95% interval: [\d.]+% to [\d.]+% \(Wilson\)\n/,
      /\nweightsSha256: [\da-f]{64}\nTraining: [\d.]+ s, [\d,]+ images\/s\nReport: first-run\/report\.html\nRun: first-run\n$/,
    ];
    for (const pattern of expected) expect(stdout).toMatch(pattern);
    expect(stdout).not.toContain('\x1b');
  });

  test('writes its folder', async () => {
    const pictures = [
      'accuracy',
      'loss',
      'confusion-matrix',
      'per-class',
      'reliability',
      'mistakes',
      'robustness',
      'filters',
    ];
    const files = await readdir(join(folder, out));
    const mistakes = (await readText(out, 'predictions.csv'))
      .trimEnd()
      .split('\n')
      .slice(1)
      .filter((line) => line.split(',')[1] !== line.split(',')[2]).length;
    expect(files).toStrictEqual(
      [
        ...['summary.json', 'history.json', 'history.csv', 'metrics.jsonl', 'model.json', 'model.safetensors'],
        ...['optimizer.safetensors', 'predictions.csv', 'classification-report.txt', 'confusion-matrix.csv'],
        ...pictures
          .filter((name) => name !== 'mistakes' || mistakes > 0)
          .flatMap((name) => [`${name}.svg`, `${name}.png`]),
        ...['report.html', 'robustness.json'],
      ].sort(),
    );
  });

  test('summary.json has every promised key', async () => {
    const summary = await readJson(out, 'summary.json');
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    const share = expect.toSatisfy((value) => value >= 0 && value <= 1);
    expect(summary).toMatchObject({
      ...{ testAccuracy: share, accuracy: share, valAccuracy: share },
      ...{ testLoss: expect.any(Number), loss: expect.any(Number), valLoss: expect.any(Number) },
      ...{
        recipe: 'default',
        epochs: 3,
        seed: 1,
        model: 'tiny cnn',
        parameters: 40 + 3 * (3 * 3 * 4) + 3,
        outcome: 'finished',
      },
      ...{ trainSeconds: expect.any(Number), imagesPerSecond: expect.any(Number), threads: expect.any(Number) },
      arithmetic: expect.stringMatching(/^(plain|fused)$/),
      vectorBits: 128,
      weightsSha256: expect.stringMatching(/^[\da-f]{64}$/),
      versions: { inkling: version, node: process.versions.node, v8: process.versions.v8 },
      dataSha256: expect.stringMatching(/^[\da-f]{64}$/),
      ...{ trainingImages: 220, validationImages: 20, testImages: 60 },
      ...{
        temperature: expect.any(Number),
        sureProbability: expect.any(Number),
        lowestProbability: share,
      },
      expectedCalibrationError: { before: share, after: share },
      negativeLogLikelihood: { before: expect.closeTo(summary.testLoss, 6), after: expect.any(Number) },
      ...{ calibrationImages: 20, notSure: share, refused: share },
    });
    const { calibration } = await readJson(out, 'model.json');
    const { temperature, sureProbability, lowestProbability } = summary;
    expect(calibration).toStrictEqual({ temperature, sureProbability, lowestProbability, images: 20 });
    const { epochs } = await readJson(out, 'history.json');
    const last = epochs.at(-1);
    for (const name of ['accuracy', 'loss', 'valAccuracy', 'valLoss']) expect(summary[name]).toBe(last[name]);
    const seconds = epochs.reduce((sum: number, epoch: { seconds: number }) => sum + epoch.seconds, 0);
    expect(summary.imagesPerSecond).toBeCloseTo((3 * 220) / seconds, 6);
    expect(result.stdout).toContain(`\nTest accuracy: ${(100 * summary.testAccuracy).toFixed(2)}%\n`);
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
      /^Test accuracy: \d+\.\d\d%\nTest loss: \d+\.\d{4}\nweightsSha256: [\da-f]{64}\nRun: runs\/[\dT-]{19}-linear(-\d+)?\n$/,
    );
  });

  test('--json prints events alone, and text for people goes to standard error', async () => {
    const { code, stdout, stderr } = await run(...quickly, '--epochs', '2', '--out', 'with-events', '--json');
    expect(code).toBe(0);
    const events = eventsOf(stdout);
    const [begin] = events;
    expect(begin).toMatchObject({
      ...{ event: 'start', folder: 'with-events', threads: 1, model: { name: 'linear', parameters: 195 } },
      data: { imageShape: [8, 8, 1], classNames: ['0', '1', '2'], trainingImages: 220, validationImages: 20 },
      training: { seed: 1, epochs: 2, batchSize: 128, optimizer: { type: 'adam' } },
    });
    const { epochs } = await readJson('with-events', 'history.json');
    expect(events.filter(({ event }) => event === 'epoch')).toStrictEqual(
      epochs.map((logs: object) => ({ event: 'epoch', epochs: 2, ...logs })),
    );
    expect(events.filter(({ event }) => event === 'progress').length).toBeGreaterThan(0);
    expect(events.at(-3)).toMatchObject({ event: 'evaluation', confusionMatrix: expect.any(Array) });
    const robustness = await readJson('with-events', 'robustness.json');
    expect(robustness).toMatchObject({ images: 60, readers: ['network alone'] });
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
  for (const name of ['model.safetensors', 'optimizer.safetensors']) {
    const files = ['not-profiled', 'profiled'].map((out) => readFile(join(folder, out, name)));
    const [one, other] = await Promise.all(files);
    expect(one.equals(other)).toBe(true);
  }
  const profile = await readJson('profiled', 'profile.json');
  expect(profile).toMatchObject({ threads: 2, steps: 4, images: 440, seconds: expect.any(Number) });
  expect(eventsOf(profiled.stdout).find(({ event }) => event === 'profile')).toStrictEqual({
    event: 'profile',
    ...profile,
  });
  const lines = [
    'Where the time of the training steps went',
    '4 steps, 440 images, .* on 2 threads',
    ' +µs/image +seconds +GFLOP/s +share',
    '-+',
    'conv2d \\+ relu \\+ maxPooling2d +forward( +[\\d.]+){3} +[\\d.]+%',
    ' +backward( +[\\d.]+){3} +[\\d.]+%',
    'dense +forward .*',
    ' +backward .*',
    ...['reading the batch', 'loss', 'gradient sums', 'optimizer \\(adam\\)', 'waiting at barriers'].map(
      (name) => `${name} .*%`,
    ),
    'between the calls .*%',
    '-+',
    'total .* 100.0%',
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

  test('evaluate prints the sheet that train wrote, and has it as an event', async () => {
    const sheet = await readJson('robust-all', 'robustness.json');
    const words = ['evaluate', 'robust-all', '--data', 'shapes'];
    const { code, stdout, stderr } = await run(...words, '--robustness', 'all', '--json');
    expect(code).toBe(0);
    expect(eventsOf(stdout).find(({ event }) => event === 'robustness')).toStrictEqual({
      event: 'robustness',
      ...sheet,
    });
    expect(stderr).toMatch(
      /What it still reads\n +network alone\n[\s\S]*\nas they are +[\d.]+% +[\d.]+% to +[\d.]+%\nShifted/,
    );
    expect(stderr).toMatch(/\n60 images at each step\n/);
    const { stdout: without } = await run(...words);
    expect(without).not.toContain('What it still reads');
  });

  test.each(['-1', '1.5', 'some'])('refuses %s', async (images) => {
    const { code, stderr } = await run(...quickly, '--robustness', images);
    expect([code, stderr]).toStrictEqual([2, expect.stringContaining('Expected a whole number from 0')]);
  });
});

describe('determinism', () => {
  test('the same weights on one thread and on two, other weights for another seed', async () => {
    const train = async (...words: string[]) => {
      const options = ['--data', 'shapes', '--model', 'tiny-cnn.json', '--epochs', '2', '--quiet'];
      return (await run('train', ...options, ...words)).stdout.match(/weightsSha256: (\w{64})/)?.[1];
    };
    const one = await train('--seed', '7', '--threads', '1');
    expect(one).toHaveLength(64);
    expect(await train('--seed', '7', '--threads', '2')).toBe(one);
    expect(await train('--seed', '8', '--threads', '1')).not.toBe(one);
  });
});

describe('options', () => {
  test('--limit comes before the split, and 0 is no validation', async () => {
    const { stdout } = await run(...quickly, '--limit', '60', '--validation', '0', '--out', 'limited');
    expect(stdout).toContain('60 images to train on, 0 to validate on, 60 to test on');
    expect(await readJson('limited', 'summary.json')).toMatchObject({
      ...{ trainingImages: 60, validationImages: 0, valLoss: null, valAccuracy: null },
      ...{ temperature: null, expectedCalibrationError: null, notSure: null, refused: null },
      command: expect.stringContaining('--limit 60 --validation 0 '),
    });
    expect(await readText('limited', 'predictions.csv')).toMatch(/^index,actual,predicted,probability\n0,0,/);
    expect(stdout.match(/Not calibrated/g)).toHaveLength(1);
    expect(await readJson('limited', 'model.json')).not.toHaveProperty('calibration');
    const evaluated = await run('evaluate', 'limited', '--data', 'shapes');
    expect([evaluated.code, evaluated.stdout]).toStrictEqual([0, expect.not.stringContaining('How far to trust')]);
  });

  test.each([1, 10])('%i validation images are enough to calibrate', async (validation) => {
    const out = `validated-on-${validation}`;
    const { code } = await run(...quickly, '--epochs', '1', '--validation', String(validation), '--out', out);
    expect(code).toBe(0);
    expect((await readJson(out, 'model.json')).calibration).toMatchObject({ images: validation });
  });

  test('optimizer, learning rate, schedule and arithmetic are used and kept', async () => {
    const options = [
      '--optimizer',
      'sgd',
      '--learning-rate',
      '0.05',
      '--schedule',
      'one-cycle',
      '--arithmetic',
      'plain',
    ];
    expect((await run(...quickly, ...options, '--batch-size', '32', '--out', 'recipe')).code).toBe(0);
    expect(await readJson('recipe', 'summary.json')).toMatchObject({
      optimizer: { type: 'sgd', learningRate: { type: 'oneCycle', maximumLearningRate: 0.05 } },
      ...{ arithmetic: 'plain', batchSize: 32 },
    });
  });

  test('a recipe sets what is not given, and the run names it', async () => {
    const fast = ['train', '--recipe', 'fast', '--data', 'many', '--limit', '200', '--threads', '1'];
    const { code, stdout } = await run(...fast, '--out', 'fast');
    expect(code).toBe(0);
    expect(stdout).toContain(
      'Training: recipe fast, 2 epochs, batch size 64, adam, one-cycle learning rate 0.01, label smoothing 0.1, seed 1',
    );
    const summary = await readJson('fast', 'summary.json');
    expect(summary).toMatchObject({
      ...{ recipe: 'fast', model: 'small-cnn', epochs: 2, batchSize: 64 },
      optimizer: { type: 'adam', beta2: 0.99, learningRate: { type: 'oneCycle', maximumLearningRate: 0.01 } },
      lossFunction: { type: 'sparseCategoricalCrossentropy', labelSmoothing: 0.1 },
    });
    expect(await readText('fast', 'report.html')).toContain('<th scope="row">Recipe</th><td>fast</td>');
    const words = summary.command.replace(/^npx inkling /, '').split(' ');
    const repeated = await run(...words, '--threads', '2', '--quiet', '--out', 'fast-again');
    expect(repeated.stdout).toContain(`weightsSha256: ${summary.weightsSha256}\n`);
    const resumed = await Sequential.load(join(folder, 'fast'), { threads: 1 });
    expect([resumed.optimizer, resumed.loss]).toEqual([summary.optimizer, summary.lossFunction]);
  });

  test('what is given goes before the recipe', async () => {
    const given = ['--model', 'linear', '--epochs', '1', '--batch-size', '32', '--label-smoothing', '0'];
    const words = ['train', '--recipe', 'fast', '--data', 'shapes', ...given, '--learning-rate', '0.02', '--json'];
    const { stdout } = await run(...words, '--schedule', 'constant', '--threads', '1');
    const [{ model, training }] = eventsOf(stdout);
    expect([model.name, training]).toMatchObject([
      'linear',
      {
        ...{ recipe: 'fast', epochs: 1, batchSize: 32, loss: { labelSmoothing: 0 } },
        optimizer: { type: 'adam', beta2: 0.99, learningRate: { type: 'constant', learningRate: 0.02 } },
      },
    ]);
    expect(eventsOf(stdout).at(-1)).toMatchObject({ event: 'result', recipe: 'fast', requestedEpochs: 1 });
  });

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
    [[...quickly, '--limit', '241'], '--limit 241: shapes has 240 training images.'],
    [[...quickly, '--validation', '240'], '--validation 240: at least one of the 240 training images must remain'],
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
    [[...quickly, '--out', 'tiny-cnn.json'], 'Cannot write tiny-cnn.json'],
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

  test('without dist it says what to run', async () => {
    await cp(program, join(folder, 'clone', 'bin', 'inkling.js'));
    await writeFile(join(folder, 'clone', 'package.json'), '{ "type": "module" }');
    const { code, stderr } = await new Command(['--help'], join(folder, 'clone', 'bin', 'inkling.js')).end();
    expect([code, stderr]).toStrictEqual([1, expect.stringMatching(/^Error: .*"npm install".*"npm run build"/)]);
  });
});

describe('Ctrl-C', () => {
  /** An epoch of 3,000 steps. */
  const slowly = ['train', '--data', 'many', '--batch-size', '1', '--validation', '0', '--json'];

  test('stops the training, tests and writes the run, even before the first epoch ends', async () => {
    const command = new Command([...slowly, '--out', 'stopped']);
    await command.printed('"progress"');
    command.kill('SIGINT');
    await sleep(50);
    // npm hands on what the terminal has sent already.
    command.kill('SIGINT');
    const { code, stdout, stderr } = await command.end();
    expect(code).toBe(130);
    expect(stderr).toContain('Notice: Stopping after this step, then testing. Ctrl-C again quits at once.\n');
    const events = eventsOf(stdout).map(({ event }) => event);
    expect(events.slice(events.indexOf('interrupted'))).toStrictEqual(['interrupted', 'evaluation', 'result']);
    expect(await readJson('stopped', 'history.json')).toStrictEqual({ epochs: [] });
    const summary = await readJson('stopped', 'summary.json');
    expect(summary).toMatchObject({
      outcome: 'interrupted',
      epochs: 0,
      requestedEpochs: 5,
      accuracy: null,
      valLoss: null,
    });
    expect(summary.imagesPerSecond).toBeGreaterThan(0);
    const { weightsSha256 } = summary;
    expect((await run('evaluate', 'stopped', '--data', 'many', '--quiet')).stdout).toContain(weightsSha256);
  });

  test('a request to terminate is treated alike, and finished epochs are kept', async () => {
    const command = new Command([...quickly, '--epochs', '100000', '--out', 'terminated']);
    await command.printed('Epoch ');
    command.kill('SIGTERM');
    expect((await command.end()).code).toBe(130);
    const { outcome, epochs } = await readJson('terminated', 'summary.json');
    expect(outcome).toBe('interrupted');
    expect(epochs).toBe((await readJson('terminated', 'history.json')).epochs.length);
    expect(epochs).toBeGreaterThan(0);
  });

  test('ends the reading of distorted images, and the run is written without it', async () => {
    const words = ['train', '--data', 'many', '--model', 'linear', '--epochs', '1', '--robustness', 'all'];
    const command = new Command([...words, '--out', 'half-robust']);
    await command.printed('Robustness: reading 6,000 test images in 40 steps');
    command.kill('SIGINT');
    const { code, stderr } = await command.end();
    expect(code).toBe(130);
    expect(stderr).toContain('Notice: The reading of distorted test images was interrupted');
    const files = await readdir(join(folder, 'half-robust'));
    expect(files).toContain('summary.json');
    expect(files.filter((name) => name.startsWith('robustness'))).toStrictEqual([]);
    expect(await readJson('half-robust', 'summary.json')).toMatchObject({ outcome: 'finished', epochs: 1 });
  });

  test('a second one quits at once', async () => {
    // Its 6,000 test images take one thread some seconds, so that the second signal comes before the end.
    const wide = conv2d({ filters: 64, kernelSize: 5, padding: 'same', activation: 'relu' });
    const layers = [wide, wide, flatten(), dense({ units: 3 })];
    await writeFile(join(folder, 'slow.json'), JSON.stringify({ ...tinyCnn(3), inputShape: [16, 16, 1], layers }));
    const command = new Command([...slowly, '--model', 'slow.json', '--threads', '1', '--out', 'quit']);
    await command.printed('"progress"');
    command.kill('SIGINT');
    await sleep(700);
    command.kill('SIGINT');
    expect((await command.end()).code).toBe(130);
    expect(await readdir(join(folder, 'quit'))).not.toContain('summary.json');
  });

  test('before the training there is nothing to keep', async () => {
    await mkdir(join(folder, 'slow-disk'));
    const files = ['train-images-idx3', 'train-labels-idx1', 't10k-images-idx3', 't10k-labels-idx1'];
    const pipes = files.map((name) => join(folder, 'slow-disk', `${name}-ubyte`));
    execFileSync('mkfifo', pipes);
    const command = new Command(['train', '--data', 'slow-disk', '--out', 'never']);
    // A pipe opens for writing when the command opens it for reading: it is loading the data then.
    const opened = await Promise.race(pipes.map((path) => open(path, 'w')));
    command.kill('SIGINT');
    await sleep(100);
    await opened.close();
    const { code, stderr } = await command.end();
    expect([code, stderr]).toStrictEqual([130, expect.stringContaining('there is nothing to keep')]);
    expect(await readdir(folder)).not.toContain('never');
  });
});

describe('train --augment', () => {
  const words = ['train', '--data', 'shapes', '--model', 'linear', '--epochs', '1', '--threads', '1'];

  test('tells of it everywhere', async () => {
    await writeFile(join(folder, 'mine.json'), JSON.stringify({ shift: 2, noise: 0.1 }));
    const { code, stdout, stderr } = await run(...words, '--augment', 'mine.json', '--out', 'augmented', '--json');
    expect([code, stderr]).toStrictEqual([0, expect.stringContaining('augmentation mine.json, seed 1')]);
    const mine = { name: 'mine.json', shift: 2, noise: 0.1, rotation: 0, probability: 1, unchanged: 0 };
    expect(eventsOf(stdout)[0]).toMatchObject({ event: 'start', training: { augmentation: mine } });
    const summary = JSON.parse(await readFile(join(folder, 'augmented', 'summary.json'), 'utf8'));
    expect(summary).toMatchObject({ augmentation: mine, command: expect.stringContaining(' --augment mine.json ') });
    const report = await readFile(join(folder, 'augmented', 'report.html'), 'utf8');
    expect(report).toContain('<td>mine.json (shift 2, noise 0.1, unchanged 0, probability 1)</td>');
  });

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
    expect(await refused('broken.json')).toStrictEqual([1, expect.stringContaining('broken.json is no JSON file: ')]);
    await writeFile(join(folder, 'far.json'), '{"rotation": 200}');
    expect(await refused('far.json')).toStrictEqual([
      2,
      expect.stringContaining('far.json: rotation must be a number from 0'),
    ]);
  });
});

describe('other commands', () => {
  test('summary', async () => {
    const { code, stdout, stderr } = await run('summary');
    expect([code, stderr]).toStrictEqual([0, '']);
    expect(stdout).toContain('Parameters: 225,034 ');
    const own = await run('summary', '--model', 'lenet5', '--data', 'many', '--json');
    expect(eventsOf(own.stdout)).toMatchObject([{ event: 'summary', model: 'lenet5', inputShape: [16, 16, 1] }]);
  });

  test('summary --program prints what the engine plays', async () => {
    const { code, stdout } = await run('summary', '--model', 'linear', '--program');
    expect(code).toBe(0);
    expect(stdout).toMatch(/\nprogram training step\n {2}phase 1:\n/);
    expect(stdout.match(/^program .*$/gm)).toStrictEqual([
      ...['program training step', 'program inspection'],
      ...['program evaluation of staging data', 'program evaluation of training data'],
    ]);
  });

  test('data', async () => {
    const { code, stdout } = await run('data', '--data', 'shapes', '--out', 'sheets/shapes.png');
    expect(code).toBe(0);
    expect(stdout).toMatch(/\nimages +240 +60\n {2}class 0 +80 +20\n/);
    for (const row of ['image shape', 'minimum', 'maximum', 'mean', 'duplicates', 'blank images']) {
      expect(stdout).toContain(`\n${row} `);
    }
    const sheet = await readFile(join(folder, 'sheets', 'shapes.png'));
    expect(sheet.subarray(1, 4).toString()).toBe('PNG');
    const { stdout: events } = await run('data', '--data', 'shapes', '--json');
    expect(eventsOf(events)).toMatchObject([
      { event: 'data', contactSheet: join('runs', 'shapes-contact-sheet.png'), train: { count: 240 } },
    ]);
  });

  test('data --augment shows what augmentation does', async () => {
    const { code, stdout } = await run('data', '--data', 'shapes', '--augment', 'strong', '--out', 'sheets/strong.png');
    expect(code).toBe(0);
    expect(stdout).toContain(
      'Contact sheet of a training image of each class and 19 augmented copies of it (strong): ',
    );
    const plain = await run('data', '--data', 'shapes', '--out', 'sheets/plain.png');
    expect(plain.code).toBe(0);
    const sheets = await Promise.all(
      ['strong', 'plain'].map((name) => readFile(join(folder, 'sheets', `${name}.png`))),
    );
    expect(sheets[0].equals(sheets[1])).toBe(false);
    const { stdout: events } = await run('data', '--data', 'shapes', '--augment', 'light', '--json');
    expect(eventsOf(events)).toMatchObject([{ event: 'data', augmentation: { name: 'light', rotation: 10 } }]);
  });

  test('--version and --help', async () => {
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    expect(await run('--version')).toStrictEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
    for (const words of [[], ['train'], ['evaluate'], ['summary'], ['data']]) {
      const { code, stdout, stderr } = await run(...words, '--help');
      expect([code, stderr]).toStrictEqual([0, '']);
      expect(stdout).toMatch(/^Usage: inkling [\s\S]*\nExamples:\n {2}inkling /);
    }
    expect(await run()).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('Usage: inkling') });
  });
});
