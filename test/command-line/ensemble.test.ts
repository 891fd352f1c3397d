/** `inkling ensemble`: several runs as one model, which every command takes. */

import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dense, Ensemble, flatten, loadDataset, Recognizer, Sequential, softmax } from 'inkling';
import { beforeAll, describe, expect, test } from 'vitest';
import { eventsOf, folder, quickly, readJson, root, run } from './command.js';

const short = [...quickly, '--robustness', '0', '--quiet', '--epochs', '2', '--limit', '900'];
const runs = ['runs/one', 'runs/two', 'runs/three'];
let made: Awaited<ReturnType<typeof run>>;

beforeAll(async () => {
  for (const [index, name] of runs.entries()) {
    const words = ['--seed', `${index + 1}`, '--validation', '0', '--out', name];
    expect((await run(...short, ...words)).code).toBe(0);
  }
  made = await run('ensemble', ...runs, '--out', 'together', '--json');
}, 60_000);

const path = (...names: string[]) => join(folder, ...names);
const shapes = () => loadDataset(path('shapes'));

describe('an ensemble', () => {
  test('is a folder that stands alone: a description, and each member as a saved model', async () => {
    expect([made.code, (await readdir(path('together'))).toSorted()]).toEqual([
      0,
      ['member-1', 'member-2', 'member-3', 'model.json'],
    ]);
    expect((await readdir(path('together', 'member-2'))).toSorted()).toEqual([
      ...['model.json', 'model.safetensors', 'summary.json'],
    ]);
    const { members, classNames, calibration } = await readJson('together', 'model.json');
    const sums = await Promise.all(runs.map(async (name) => (await readJson(name, 'summary.json')).weightsSha256));
    expect(members.map((member: { weightsSha256: string }) => member.weightsSha256)).toEqual(sums);
    expect([classNames, calibration.images]).toEqual([['0', '1', '2'], 300]);
  });

  test('is judged and calibrated on images that no member was trained on', async () => {
    const [event] = eventsOf(made.stdout);
    expect(event).toMatchObject({ event: 'ensemble', folder: 'together', images: 300 });
    const { train } = await shapes();
    const rows = { data: train.images.data.subarray(900 * 64), shape: [300, 8, 8, 1] };
    const labels = train.labels.subarray(900);
    using ensemble = await Ensemble.load(path('together'));
    expect((await ensemble.evaluate(rows, labels)).accuracy).toBe(event.accuracy);
    expect(ensemble.calibration).toEqual(event.calibration);
    for (const [index, name] of runs.entries()) {
      using model = await Sequential.load(path(name));
      expect((await model.evaluate(rows, labels)).accuracy).toBe(event.members[index].accuracy);
    }
  });

  test('answers with the mean of its members’ probabilities', async () => {
    const { test } = await shapes();
    using ensemble = await Ensemble.load(path('together'), { threads: 1 });
    const { probabilities, logits } = await ensemble.evaluate(test.images, test.labels);
    const alone = await Promise.all(
      runs.map(async (name) => softmax(await (await Sequential.load(path(name))).predictLogits(test.images)).data),
    );
    for (const [index, probability] of probabilities.data.entries()) {
      const mean = alone.reduce((sum, data) => sum + data[index], 0) / 3;
      expect(Math.abs(probability - mean)).toBeLessThan(1e-6);
      expect(Math.abs(Math.exp(logits.data[index]) - mean)).toBeLessThan(1e-6);
    }
    expect(await ensemble.predict(test.images)).toEqual(probabilities);
  });

  test('is taken by predict, evaluate and summary', async () => {
    const evaluated = await run('evaluate', 'together', '--json', '--robustness', '5');
    const events = eventsOf(evaluated.stdout);
    const { test } = await shapes();
    using ensemble = await Ensemble.load(path('together'));
    const { accuracy, loss } = await ensemble.evaluate(test.images, test.labels);
    const weightsSha256 = await ensemble.weightsSha256();
    expect(events.at(-1)).toMatchObject({ event: 'result', testAccuracy: accuracy, testLoss: loss, weightsSha256 });
    expect(events.map(({ event }) => event)).toContain('robustness');
    expect(evaluated.stderr).toContain('an ensemble of 3 models');
    expect((await run('evaluate', 'together/model.json', '--quiet')).code).toBe(0);
    const shown = await run('summary', '--model', 'together');
    expect(shown.stdout).toContain('Ensemble "ensemble of 3" of 3 models');
    expect(shown.stdout).toMatch(/\nMembers 1, 2, 3:\nModel "linear"/);
    const [summary] = eventsOf((await run('summary', '--model', 'together', '--json')).stdout);
    expect([summary.parameters, summary.members.length]).toEqual([3 * summary.members[0].parameters, 3]);
    const picture = join(root, 'examples', 'pictures', 'photo-of-a-3.png');
    const [line] = eventsOf((await run('predict', picture, '--model', 'together', '--json')).stdout);
    expect(line.probabilities).toHaveLength(3);
    using recognizer = await Recognizer.load(path('together'));
    expect(recognizer.members).toHaveLength(3);
    expect(() => recognizer.weights).toThrow('"ensemble of 3" is an ensemble of 3 models');
  });

  test('is saved again as the same bytes', async () => {
    using ensemble = await Ensemble.load(path('together'));
    await ensemble.save(path('again'));
    for (const file of ['model.json', 'member-3/model.safetensors', 'member-3/model.json']) {
      expect(await readFile(path('again', file))).toEqual(await readFile(path('together', file)));
    }
  });

  test('is refused by name where one model is asked for', async () => {
    const word = 'together/model.json is that of an ensemble';
    for (const words of [
      ['train', '--data', 'shapes', '--model', 'together'],
      ['ensemble', runs[0], 'together', '--out', 'nested'],
    ]) {
      expect(await run(...words)).toMatchObject({ code: 1, stderr: expect.stringContaining(word) });
    }
    await expect(Sequential.load(path('together'))).rejects.toThrow('is that of an ensemble');
    const explained = await run('predict', 'x.png', '--model', 'together', '--explain', 'why');
    expect(explained).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--explain: this model is an ensemble'),
    });
    await expect(Ensemble.load(path(runs[0]))).rejects.toThrow('there is no ensemble. Expected a folder that');
  });

  test('is refused where a member was changed, or is gone', async () => {
    await cp(path('together'), path('changed'), { recursive: true });
    await rm(path('changed', 'member-2'), { recursive: true });
    await cp(path('together', 'member-1'), path('changed', 'member-2'), { recursive: true });
    await expect(Ensemble.load(path('changed'))).rejects.toThrow(
      'member-2 has other weights than those it was made of',
    );
    await rm(path('changed', 'member-2'), { recursive: true });
    await expect(Ensemble.load(path('changed'))).rejects.toThrow(/changed.member-2.model\.json: it does not exist/);
    const description = await readJson('changed', 'model.json');
    const members = [{ folder: '../together/member-1', weightsSha256: '' }];
    await writeFile(path('changed', 'model.json'), JSON.stringify({ ...description, members }));
    await expect(Recognizer.load(path('changed'))).rejects.toThrow('"members" must be a list like');
  });
});

describe('making one', () => {
  test('is not calibrated where members of several seeds leave no images over, and says how to have some', async () => {
    for (const seed of ['7', '8']) {
      const words = [...quickly, '--robustness', '0', '--epochs', '1', '--seed', seed, '--out', `whole-${seed}`];
      expect((await run(...words)).code).toBe(0);
    }
    const { code, stdout } = await run('ensemble', 'whole-7', 'whole-8', '--out', 'whole');
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/Not calibrated: that takes 100 .* Train the runs with --limit/),
    ]);
    expect((await readJson('whole', 'model.json')).calibration).toBeUndefined();
    expect((await run('evaluate', 'whole', '--quiet')).code).toBe(0);
  });

  test('refuses members that do not belong together, and leaves no folder', async () => {
    const save = async (name: string, units: number, extras = {}) => {
      const model = new Sequential([flatten(), dense({ units, activation: 'softmax' })], { inputShape: [8, 8, 1] });
      await model.save(path(name), extras);
    };
    await save('four', 4);
    await save('named', 3, { classNames: ['a', 'b', 'c'] });
    const model = new Sequential([flatten(), dense({ units: 3 })], { inputShape: [9, 8, 1] });
    await model.save(path('tall'));
    const refused: [string[], number, string][] = [
      [[runs[0], 'four'], 1, 'runs/one tells apart the classes 0, 1, 2, four tells apart the classes 0, 1, 2, 3.'],
      [[runs[0], 'named'], 1, 'named tells apart the classes a, b, c.'],
      [[runs[0], 'tall'], 1, 'runs/one takes images of shape [8, 8, 1], tall takes images of shape [9, 8, 1].'],
      [[runs[0], 'together/member-1'], 1, 'runs/one and together/member-1 have the same weights'],
      [[runs[0], 'runs/../runs/one'], 2, 'runs/../runs/one is given twice'],
      [[runs[0]], 2, 'An ensemble has two models at least. Received: 1.'],
      [[runs[0], 'nowhere'], 1, 'nowhere'],
    ];
    for (const [members, code, message] of refused) {
      const result = await run('ensemble', ...members, '--out', 'refused');
      expect([result.code, result.stderr]).toEqual([code, expect.stringContaining(message)]);
    }
    expect(await readdir(folder)).not.toContain('refused');
    const taken = await run('ensemble', runs[0], runs[1], '--out', 'together');
    expect(taken).toMatchObject({ code: 2, stderr: expect.stringContaining('--out together holds other files') });
    const nameless = await run('ensemble', ...runs);
    expect(nameless).toMatchObject({ code: 2, stderr: expect.stringContaining("'--out <folder>' not specified") });
  });
});

test('runs of several seeds that share a split are calibrated on its images', async () => {
  const members = ['split-1', 'split-2'];
  for (const [index, out] of members.entries()) {
    const words = ['--epochs', '1', '--seed', `${index + 1}`, '--split-seed', '7', '--out', out];
    expect((await run(...quickly, ...words)).code).toBe(0);
  }
  expect(await readJson('split-1', 'summary.json')).toMatchObject({ seed: 1, splitSeed: 7 });
  const { code, stdout } = await run('ensemble', ...members, '--out', 'of-one-split');
  expect(code).toBe(0);
  expect(stdout).toContain('Accuracy on 100 training images that none of the members was trained on');
  expect(stdout).toContain('Calibrated on them: temperature');
});
