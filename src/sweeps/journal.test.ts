/** The journal as a file: what is written, what is read back, half lines, writers side by side. */

import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { distributionFromText } from './distribution.js';
import { Journal } from './journal.js';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inkling-journal-'));
  path = join(folder, 'journal.log');
});
afterEach(() => rm(folder, { recursive: true }));

const space = {
  learningRate: distributionFromText('learningRate', '1e-4..1e-2:log'),
  batchSize: distributionFromText('batchSize', '16..64/16'),
  model: distributionFromText('model', 'cnn,lenet5'),
};
const parameters = { learningRate: 0.001, batchSize: 32, model: 'lenet5' };

test('has the operations of Optuna', async () => {
  const journal = await Journal.open(path, 'a sweep');
  await journal.createTrial(parameters, space, { seed: 3 });
  await journal.report(0, new Map([[1, 0.5]]), { system: { completed_rung_0: 0.5 } });
  await journal.report(0, new Map([[2, 0.75]]), {
    end: { state: 'complete', value: 0.75, attributes: { host: 'here' } },
  });
  const lines = (await readFile(path, 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const plain = lines.map(({ worker_id, datetime_start, datetime_complete, ...rest }) => {
    expect(worker_id).toMatch(/-\d+$/);
    for (const time of [datetime_start, datetime_complete]) {
      if (time !== undefined) expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$/);
    }
    return rest;
  });
  const float = '{"name":"FloatDistribution","attributes":{"log":true,"step":null,"low":0.0001,"high":0.01}}';
  const int = '{"name":"IntDistribution","attributes":{"log":false,"step":16,"low":16,"high":64}}';
  const categorical = '{"name":"CategoricalDistribution","attributes":{"choices":["cnn","lenet5"]}}';
  expect(plain).toEqual([
    { op_code: 0, study_name: 'a sweep', directions: [2] },
    { op_code: 4, study_id: 0 },
    { op_code: 5, trial_id: 0, param_name: 'learningRate', param_value_internal: 0.001, distribution: float },
    { op_code: 5, trial_id: 0, param_name: 'batchSize', param_value_internal: 32, distribution: int },
    { op_code: 5, trial_id: 0, param_name: 'model', param_value_internal: 1, distribution: categorical },
    { op_code: 8, trial_id: 0, user_attr: { seed: 3 } },
    { op_code: 7, trial_id: 0, step: 1, intermediate_value: 0.5 },
    { op_code: 9, trial_id: 0, system_attr: { completed_rung_0: 0.5 } },
    { op_code: 7, trial_id: 0, step: 2, intermediate_value: 0.75 },
    { op_code: 8, trial_id: 0, user_attr: { host: 'here' } },
    { op_code: 6, trial_id: 0, state: 1, values: [0.75] },
  ]);
});

test('is read back as it was written', async () => {
  const journal = await Journal.open(path, 'a');
  await journal.createTrial(parameters, space, { seed: 3 });
  await journal.createTrial(parameters, space, { seed: 4 });
  await journal.report(0, new Map([[1, 0.5]]), { end: { state: 'pruned', value: 0.5 } });
  const again = await Journal.open(path, 'a');
  expect(again.trials).toEqual(journal.trials);
  expect(again.trials[0]).toEqual({
    number: 0,
    state: 'pruned',
    parameters,
    value: 0.5,
    values: new Map([[1, 0.5]]),
    attributes: { seed: 3 },
    systemAttributes: {},
  });
  expect(again.trials[1].state).toBe('running');
});

test('a trial that has ended does not change any more', async () => {
  const journal = await Journal.open(path, 'a');
  await journal.createTrial({}, {}, {});
  await journal.report(0, new Map(), { end: { state: 'complete', value: 0.5 } });
  await journal.report(0, new Map([[1, 0.9]]), { end: { state: 'complete', value: 0.9, attributes: { late: true } } });
  expect(journal.trials[0]).toMatchObject({ value: 0.5, attributes: {}, values: new Map() });
});

test('half a line, left by a process that died, is cut off', async () => {
  const journal = await Journal.open(path, 'a');
  await journal.createTrial({}, {}, { seed: 1 });
  await appendFile(path, '{"op_code":4,"study_');
  const again = await Journal.open(path, 'a');
  await again.createTrial({}, {}, { seed: 2 });
  expect(again.trials.map(({ attributes }) => attributes.seed)).toEqual([1, 2]);
  expect((await readFile(path, 'utf8')).includes('study_{')).toBe(false);
});

test('two writers do not take the same number', async () => {
  const [a, b] = [await Journal.open(path, 'a'), await Journal.open(path, 'a')];
  const turns = Array.from({ length: 20 }, (_, index) =>
    (index % 2 === 0 ? a : b).createTrial({}, {}, { seed: index }),
  );
  const numbers = await Promise.all(turns);
  expect(numbers.toSorted((x, y) => x - y)).toEqual(Array.from({ length: 20 }, (_, index) => index));
  await a.refresh();
  for (const [seed, number] of numbers.entries()) expect(a.trials[number].attributes.seed).toBe(seed);
});

test('what is no journal, or one of another study, is refused', async () => {
  await writeFile(path, 'hello\n');
  await expect(Journal.open(path, 'a')).rejects.toThrow(`${path} is not the journal of a sweep`);
  await rm(path);
  await Journal.open(path, 'a');
  await expect(Journal.open(path, 'b')).rejects.toThrow('holds the study "a", not "b"');
});
