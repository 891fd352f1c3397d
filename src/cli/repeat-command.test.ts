import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type RepeatedRun, repeatCommand, shellQuoted } from './repeat-command.js';

const run: RepeatedRun = {
  recipe: 'default',
  model: 'cnn',
  validation: 5000,
  seed: 1,
  splitSeed: 1,
  epochs: 5,
  batchSize: 128,
  optimizer: 'adam',
  learningRate: 0.001,
  schedule: 'constant',
  labelSmoothing: 0.1,
  arithmetic: 'fused',
};

test('every option that matters is there', () => {
  expect(repeatCommand(run)).toBe(
    'npx inkling train --recipe default --model cnn --validation 5000 --seed 1 --epochs 5 --batch-size 128 --optimizer adam ' +
      '--learning-rate 0.001 --schedule constant --label-smoothing 0.1 --arithmetic fused',
  );
});

test('what the optimizer was told, and the split', () => {
  const told = { ...run, optimizer: 'sgd', momentum: 0.9, nesterov: true, globalClipNorm: 1, splitSeed: 7 };
  expect(repeatCommand(told)).toContain(
    '--seed 1 --split-seed 7 --epochs 5 --batch-size 128 --optimizer sgd --learning-rate 0.001 --momentum 0.9 --nesterov --global-clip-norm 1 --schedule',
  );
  expect(repeatCommand({ ...told, nesterov: false })).not.toContain('nesterov');
});

test('augmentation by name or file', () => {
  expect(repeatCommand({ ...run, augment: 'strong' })).toContain(
    ' --label-smoothing 0.1 --augment strong --arithmetic',
  );
  expect(repeatCommand({ ...run, augment: 'my own.json' })).toContain(" --augment 'my own.json' ");
});

test('data, a limit and no validation', () => {
  const command = repeatCommand({ ...run, data: "my data/it's", limit: 600, validation: 0, learningRate: 1e-7 });
  expect(command).toContain(`--data 'my data/it'\\''s' --limit 600 --validation 0 `);
  expect(command).toContain('--learning-rate 1e-7');
});

test('how many images were read distorted, where that was said', () => {
  expect(repeatCommand({ ...run, robustness: 'all' })).toContain(' --robustness all ');
  expect(repeatCommand({ ...run, robustness: 0 })).toContain(' --robustness 0 ');
});

test('a shell reads every word back as it was', () => {
  const words = ['plain', '', 'a b', "it's", '$HOME', '`id`', '*', '~', 'a\nb', '"', '\\', '-x', 'ä', 'a;b', '!', '#'];
  words.push(...fc.sample(fc.string({ unit: fc.constantFrom(...'\'"$\\ a`!*') }), { numRuns: 200, seed: 1 }));
  const script = `printf '%s\\0' ${words.map(shellQuoted).join(' ')}`;
  expect(execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0')).toStrictEqual([...words, '']);
  expect(shellQuoted('runs/2026-11-23T08-50-00-cnn')).toBe('runs/2026-11-23T08-50-00-cnn');
});
