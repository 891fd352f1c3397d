import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { flatten } from '../layers/flatten.js';
import { defineModel } from '../model/model.js';
import { type ComparedPair, compareRuns, type RunAnswers, type RunToCompare } from './comparison.js';
import { comparisonPage } from './comparison-page.js';
import { readAnswers, readEpochs, readSavedRun } from './saved-run.js';

vi.mock('#platform', () => import('../platform/node.js'));

const summary = {
  ...{ model: 'cnn', seed: 1, epochs: 2, requestedEpochs: 2, outcome: 'finished', batchSize: 64 },
  optimizer: { type: 'adam', learningRate: { type: 'oneCycle', maximumLearningRate: 0.01 }, beta1: 0.9 },
  ...{ valAccuracy: 0.9, testAccuracy: 0.8, testImages: 10, trainSeconds: 3, startedAt: '2026-01-01T00:00:00.000Z' },
  ...{ weightsSha256: 'aa', dataSha256: 'dd', trainingImages: 90, validationImages: 10, threads: 2 },
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inkling-comparison-'));
});
afterEach(() => rm(folder, { recursive: true }));

const write = (name: string, content: unknown) =>
  writeFile(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));

const truth = Array.from({ length: 10 }, (_, row) => row % 3);
/** Right but for these rows. */
const answersOf = (...wrong: number[]): RunAnswers => ({
  labels: Int32Array.from(truth),
  answers: Int32Array.from(truth, (label, row) => (wrong.includes(row) ? (label + 1) % 3 : label)),
  source: 'stored',
  images: 'test dd',
});

async function runWith(changes: object, answers: Partial<RunToCompare['answers']> = {}): Promise<RunToCompare> {
  await write('summary.json', { ...summary, ...changes });
  const run = await readSavedRun(folder);
  const epochs = [
    { epoch: 1, valLoss: 0.3, valAccuracy: 0.8 },
    { epoch: 2, valLoss: Number.NaN, valAccuracy: 0.9 },
  ];
  const own = { test: answersOf(), validation: 'has none', ...answers };
  return { run, epochs, description: undefined, answers: own };
}

const testedPair = (pair: ComparedPair) => {
  if ('refused' in pair) throw new Error(pair.refused);
  return pair;
};

describe('compareRuns', () => {
  it('names what differs, and nothing that results do not depend on', async () => {
    const learningRate = { type: 'oneCycle', maximumLearningRate: 0.02 };
    const other = {
      ...{ seed: 2, optimizer: { ...summary.optimizer, learningRate }, augmentation: { name: 'light', shift: 2 } },
      ...{ threads: 8, startedAt: '2027-01-01T00:00:00.000Z', weightsSha256: 'bb', testAccuracy: 0.7 },
    };
    const { differences } = compareRuns([await runWith({}), await runWith(other)]);
    expect(differences).toEqual([
      { setting: 'seed', values: ['1', '2'] },
      { setting: 'optimizer.learningRate.maximumLearningRate', values: ['0.01', '0.02'] },
      { setting: 'augmentation.name', values: ['–', 'light'] },
      { setting: 'augmentation.shift', values: ['–', '2'] },
    ]);
  });

  it('compares layers one by one where they are of the same kinds, else by their kinds', async () => {
    const model = (rates: number[]) => ({
      model: defineModel({
        name: 'm',
        inputShape: [2, 2, 1],
        layers: [
          flatten(),
          ...rates.map((units) => ({ type: 'dense', units, useBias: true, activation: 'linear' }) as never),
        ],
      }),
    });
    const [a, b, c] = [await runWith({}), await runWith({}), await runWith({})];
    const [narrow, wide, deep] = [[4], [8], [4, 4]].map(model);
    const settings = (...all: RunToCompare[]) =>
      compareRuns(all).differences.map(({ setting, values }) => [setting, values]);
    expect(settings({ ...a, description: narrow }, { ...b, description: wide })).toEqual([
      ['layers.2.units', ['4', '8']],
    ]);
    expect(settings({ ...a, description: narrow }, { ...c, description: deep })).toEqual([
      ['layers', ['flatten, dense', 'flatten, dense, dense']],
    ]);
  });

  it('groups runs that differ in the seed alone, with the standard deviation of a sample', async () => {
    const runs = [
      await runWith({ testAccuracy: 0.9 }),
      await runWith({ batchSize: 32 }),
      await runWith({ seed: 2, testAccuracy: 0.8, valAccuracy: null }),
      await runWith({ seed: 3, testAccuracy: 0.7 }),
    ];
    const { groups } = compareRuns(runs);
    expect(groups.map(({ runs }) => runs)).toEqual([[1, 3, 4], [2]]);
    expect(groups[0].test?.mean).toBeCloseTo(0.8, 12);
    expect(groups[0].test?.standardDeviation).toBeCloseTo(0.1, 12);
    expect([groups[0].validation, groups[1].test]).toEqual([null, { mean: 0.8, standardDeviation: null }]);
  });

  it('tests pairs on the same images, the test images first', async () => {
    const first = await runWith({}, { test: answersOf(1, 2, 3, 4, 5) });
    const { pairs } = compareRuns([first, await runWith({}, { test: answersOf(1) })]);
    expect(pairs).toEqual([
      {
        ...{ first: 1, second: 2, rows: 'test', images: 10, computed: [] },
        ...{ bothRight: 5, onlyFirst: 0, onlySecond: 4, bothWrong: 1, pValue: 0.125, test: 'exact', statistic: null },
      },
    ]);
  });

  it('takes validation images where one has not read the test images, and says which were computed', async () => {
    const validation = { ...answersOf(1), source: 'computed', images: 'validation dd 1' } as const;
    const unread = await runWith({ testAccuracy: null }, { test: 'has not read the test images', validation });
    const { pairs, runs } = compareRuns([
      unread,
      await runWith({}, { validation: { ...validation, ...answersOf(2), images: validation.images } }),
    ]);
    expect(testedPair(pairs[0])).toMatchObject({ rows: 'validation', computed: [1], onlyFirst: 1, onlySecond: 1 });
    expect(runs[0].test).toBeNull();
    expect(compareRuns([unread, await runWith({})], 'test').pairs).toEqual([
      { first: 1, second: 2, refused: 'run 1: has not read the test images' },
    ]);
  });

  it('says why answers to test images that were read are not to be had, and takes no others instead', async () => {
    const validation = answersOf(1);
    const lost = await runWith({}, { test: 'its data has changed since', validation });
    expect(compareRuns([await runWith({}, { validation }), lost]).pairs).toEqual([
      { first: 1, second: 2, refused: 'run 2: its data has changed since' },
    ]);
  });

  it.each([
    [{ dataSha256: 'ee' }, {}, 'their data is not the same (SHA-256 dd and ee)'],
    [{ seed: 2 }, { images: 'other' }, 'seeds 1 and 2 set other images aside'],
    [{}, { labels: Int32Array.from(truth).fill(0, 0, 2) }, 'their validation images are not the same: 10 and 10'],
    [{}, { labels: Int32Array.of(1), answers: Int32Array.of(1) }, 'not the same: 10 and 1 of them'],
  ])('refuses a pair of other images: %j %j', async (changes, answers, reason) => {
    const [first, second] = [{ validation: answersOf() }, { validation: { ...answersOf(), ...answers } }];
    const { pairs } = compareRuns([await runWith({}, first), await runWith(changes, second)], 'validation');
    expect(pairs[0]).toEqual({ first: 1, second: 2, refused: expect.stringContaining(reason) });
  });

  it('gives a page with a curve a run, that escapes what it is told', async () => {
    const comparison = compareRuns([await runWith({ model: '<b>' }), await runWith({ seed: 2 })]);
    const text = await comparisonPage(comparison);
    expect(text).toContain('&lt;b&gt;');
    expect(text).not.toContain('<b>');
    expect(text.match(/aria-label="Validation (accuracy|loss) over the epochs/g)).toHaveLength(4);
    expect(text).not.toMatch(/<script|https?:/);
  });
});

describe('a run’s files', () => {
  it('are read as train writes them', async () => {
    await write('history.json', {
      epochs: [
        { epoch: 1, loss: 1, valLoss: null },
        { epoch: 2, valAccuracy: 0.5 },
      ],
    });
    expect(await readEpochs(folder)).toEqual([
      { epoch: 1, valLoss: Number.NaN, valAccuracy: Number.NaN },
      { epoch: 2, valLoss: Number.NaN, valAccuracy: 0.5 },
    ]);
    expect(await readAnswers(folder)).toBeUndefined();
    await write('predictions.csv', 'index,actual,predicted,probability\n0,7,7,0.99\n1,2,1,1e-7\n');
    expect(await readAnswers(folder)).toEqual({ labels: Int32Array.of(7, 2), answers: Int32Array.of(7, 1) });
  });

  it.each([
    ['summary.json', '[]', 'expected an object. Received: []'],
    ['summary.json', '{', 'summary.json is not JSON'],
    ['summary.json', { ...summary, seed: '1' }, '"seed" must be a number. Received: "1"'],
    ['history.json', { epochs: 3 }, '"epochs" must be a list. Received: 3'],
    ['history.json', { epochs: [{}] }, '"epoch" must be a whole number'],
    ['predictions.csv', 'index,actual,predicted,probability\n0,7,7,0.9\n2,2,1,1\n', 'line 3: expected "1,<class>'],
  ])('%s of %j is refused by name', async (name, content, message) => {
    await write(name, content);
    const read = { 'summary.json': readSavedRun, 'history.json': readEpochs, 'predictions.csv': readAnswers };
    await expect(read[name as keyof typeof read](folder)).rejects.toThrow(message);
  });
});
