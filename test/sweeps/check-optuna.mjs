/**
 * Sweeps with a real Optuna: it reads the journals that `inkling sweep` writes and finds the same best trial, it writes
 * into them, its pruner would have decided the same, and its sampler chooses trials.
 *
 *     node test/sweeps/check-optuna.mjs PYTHON
 *
 * PYTHON has Optuna 4 or later. Takes about a minute; needs dist/.
 */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [python] = process.argv.slice(2);
const program = fileURLToPath(new URL('../../bin/inkling.js', import.meta.url));
const reader = fileURLToPath(new URL('read_study.py', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'inkling-optuna-'));

function sweep(out, ...words) {
  const all = [program, 'sweep', ...words, '--out', join(folder, out), '--json'];
  const { status, stdout, stderr } = spawnSync(process.execPath, all, { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .find(({ event }) => event === 'sweep');
}

function study(out, ...words) {
  const { status, stdout, stderr } = spawnSync(python, [reader, join(folder, out, 'journal.log'), ...words], {
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout);
}

const quick = ['--set', 'epochs=1', '--set', 'limit=1200', '--no-test'];

try {
  const words = [
    ...quick,
    '--set',
    'learningRate=1e-4..1e-1:log',
    '--set',
    'batchSize=32..128/32',
    '--set',
    'model=linear,mlp',
  ];
  const random = sweep('random', ...words, '--trials', '6');
  const read = study('random', '--add-trial');
  assert.equal(read.direction, 'MAXIMIZE');
  assert.equal(read.best, random.best.trial);
  assert.equal(read.trials.length, 6);
  for (const trial of read.trials) {
    assert.equal(trial.state, 'COMPLETE');
    assert.deepEqual(trial.distributions, {
      learningRate: 'FloatDistribution(high=0.1, log=True, low=0.0001, step=None)',
      batchSize: 'IntDistribution(high=128, log=False, low=32, step=32)',
      model: "CategoricalDistribution(choices=('linear', 'mlp'))",
    });
    assert.deepEqual(trial.values, { 1: trial.value });
    const { user } = trial;
    assert.equal(user.trial, trial.number);
    assert.match(user.weightsSha256, /^[0-9a-f]{64}$/);
    assert.match(user.configHash, /^[0-9a-f]{64}$/);
    assert.match(user.dataSha256, /^[0-9a-f]{64}$/);
    for (const name of ['seed', 'host', 'seconds', 'arithmetic', 'version'])
      assert.notEqual(user[name], undefined, name);
    const result = JSON.parse(
      readFileSync(join(folder, 'random', 'trials', String(trial.number).padStart(4, '0'), 'result.json')),
    );
    assert.equal(trial.value, result.valAccuracy);
    const job = JSON.parse(
      readFileSync(join(folder, 'random', 'trials', String(trial.number).padStart(4, '0'), 'job.json')),
    );
    assert.equal(job.optimizer.learningRate.maximumLearningRate, trial.params.learningRate);
    assert.equal(job.batchSize, trial.params.batchSize);
    assert.ok(trial.seconds > 0 && trial.seconds < 3600);
  }
  // Optuna's own trial is none of the plan's: the sweep has nothing left to do, and leaves it where it is.
  const again = sweep('random', ...words, '--trials', '6');
  assert.equal(again.best.trial, random.best.trial);
  assert.equal(study('random').trials.length, 7);

  const rates = 'learningRate=1e-5,3e-2,1e-4,1e-3,1e-2,3e-5,3e-3,1e-1';
  const pruned = sweep(
    'asha',
    '--set',
    'epochs=4',
    '--set',
    'limit=1200',
    '--set',
    'model=linear',
    '--set',
    rates,
    '--prune',
    'asha',
    '--reduction-factor',
    '2',
    '--no-test',
  );
  const halved = study('asha');
  assert.equal(halved.best, pruned.best.trial);
  const states = halved.trials.map(({ state }) => state);
  assert.ok(states.includes('PRUNED') && states.includes('COMPLETE'), states.join());
  for (const { state, values, system, value } of halved.trials) {
    const steps = Object.keys(values);
    assert.deepEqual(steps, ['1', '2', '4'].slice(0, steps.length));
    assert.equal(state === 'COMPLETE', steps.length === 3);
    assert.equal(value, values[steps.at(-1)]);
    assert.equal(system.completed_rung_0, values[1]);
  }

  const failing = spawnSync(
    process.execPath,
    [
      program,
      'sweep',
      '--set',
      'epochs=1',
      '--set',
      'limit=1200',
      '--set',
      'model=mlp',
      '--set',
      'learningRate=1e38,1e-2',
      '--no-test',
      '--out',
      join(folder, 'failing'),
    ],
    { encoding: 'utf8' },
  );
  assert.equal(failing.status, 1);
  const [failed, complete] = study('failing').trials;
  assert.deepEqual([failed.state, complete.state], ['FAIL', 'COMPLETE']);
  assert.match(failed.user.error, /NaN/);

  const chosen = sweep('tpe', ...words, '--trials', '16', '--seeds', '1', '--sampler', 'optuna', '--python', python);
  const tpe = study('tpe');
  assert.equal(tpe.best, chosen.best.trial);
  assert.equal(tpe.trials.length, 16);
  // Half of the numbers in the logarithm are below 3e-3; TPE has seen by its tenth trial that they do badly.
  const late = tpe.trials.slice(10).map(({ params }) => params.learningRate);
  assert.ok(late.filter((rate) => rate > 3e-3).length >= late.length / 2, late.join());

  const seeds = sweep('seeds', ...words, '--trials', '6', '--seeds', '2', '--sampler', 'optuna', '--python', python);
  assert.deepEqual(
    seeds.configurations.map(({ n }) => n),
    [2, 2, 2],
  );
  const pairs = study('seeds').trials;
  for (let first = 0; first < 6; first += 2) {
    assert.deepEqual(pairs[first].params, pairs[first + 1].params);
    assert.deepEqual([pairs[first].user.seed, pairs[first + 1].user.seed], [1, 2]);
  }
  console.log('Optuna reads the journals, finds the same best trials, and chooses trials.');
} finally {
  rmSync(folder, { recursive: true });
}
