/** The options of `inkling train`, and that its weights depend on the seed and not on the threads. */

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Sequential } from 'inkling';
import { describe, expect, test } from 'vitest';
import { eventsOf, folder, quickly, readJson, readText, run } from './command.js';

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
      trainingImages: 60,
      validationImages: 0,
      valLoss: null,
      valAccuracy: null,
      temperature: null,
      expectedCalibrationError: null,
      notSure: null,
      rejected: null,
      command: expect.stringContaining('--limit 60 --validation 0 '),
    });
    expect(await readText('limited', 'predictions.csv')).toMatch(/^index,actual,predicted,probability\n0,0,/);
    expect(stdout.match(/Not calibrated/g)).toHaveLength(1);
    expect(await readJson('limited', 'model.json')).not.toHaveProperty('calibration');
    const evaluated = await run('evaluate', 'limited', '--data', 'shapes');
    expect([evaluated.code, evaluated.stdout]).toStrictEqual([0, expect.not.stringContaining('How far to trust')]);
  });

  test.each([99, 100])('of %i validation images, a hundred are enough to calibrate', async (validation) => {
    const out = `validated-on-${validation}`;
    const { code, stdout } = await run(...quickly, '--epochs', '1', '--validation', String(validation), '--out', out);
    expect(code).toBe(0);
    const { calibration } = await readJson(out, 'model.json');
    if (validation === 100) expect(calibration).toMatchObject({ images: 100 });
    else {
      expect(calibration).toBeUndefined();
      expect(stdout).toContain('Not calibrated: that takes 100 validation images or more, and there are 99. ');
    }
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
      arithmetic: 'plain',
      batchSize: 32,
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
      recipe: 'fast',
      model: 'small-cnn',
      epochs: 2,
      batchSize: 64,
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
        recipe: 'fast',
        epochs: 1,
        batchSize: 32,
        loss: { labelSmoothing: 0 },
        optimizer: { type: 'adam', beta2: 0.99, learningRate: { type: 'constant', learningRate: 0.02 } },
      },
    ]);
    expect(eventsOf(stdout).at(-1)).toMatchObject({ event: 'result', recipe: 'fast', requestedEpochs: 1 });
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
});
