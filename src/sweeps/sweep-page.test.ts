/** The page of a sweep, and the order of its configurations, of made-up trials. */

import { expect, test } from 'vitest';
import { distributionFromText } from './distribution.js';
import type { JournalTrial } from './journal-trials.js';
import type { SweepPlan } from './plan.js';
import { bestTrial, rankConfigurations, rankCorrelations, winnerOf } from './results.js';
import { sweepPage } from './sweep-page.js';

const plan: SweepPlan = {
  version: '0.1.0',
  arithmetic: 'plain',
  data: {},
  dataSha256: 'd'.repeat(64),
  space: {
    learningRate: distributionFromText('learningRate', '1e-4..1e-2:log'),
    model: distributionFromText('model', 'cnn,mlp'),
  },
  fixed: { epochs: 2 },
  sampler: 'random',
  seed: 1,
  seeds: [1, 2],
  folds: 1,
  configurations: 4,
  pruning: { type: 'none' },
  shard: { index: 1, of: 1 },
};

function trial(
  number: number,
  state: JournalTrial['state'],
  value: number | undefined,
  extra: object = {},
): JournalTrial {
  const configuration = Math.floor(number / 2);
  return {
    number,
    state,
    value,
    parameters: { learningRate: 10 ** (-4 + configuration / 2), model: configuration % 2 === 0 ? 'cnn' : 'mlp' },
    values: new Map(),
    attributes: {
      trial: number,
      configuration,
      seed: 1 + (number % 2),
      curves: [
        [1, 0.5, 0.6, 0.8],
        [2, 0.4, 0.5, value ?? 0.8],
      ],
      ...extra,
    },
    systemAttributes: {},
  };
}

const trials = [
  trial(0, 'complete', 0.9),
  trial(1, 'complete', 0.92),
  trial(2, 'complete', 0.95),
  trial(3, 'complete', 0.93),
  // One of its trials was stopped: that the other is best of all is no evidence.
  trial(4, 'complete', 0.97),
  trial(5, 'pruned', 0.2),
  trial(6, 'fail', undefined, { error: 'the loss became <NaN>' }),
  trial(7, 'complete', 0.94),
];

test('configurations are ranked by their mean, whole ones first', () => {
  const ranked = rankConfigurations(trials, 100);
  expect(ranked.map(({ configuration }) => configuration)).toEqual([1, 0, 2, 3]);
  expect(ranked[0]).toMatchObject({ n: 2, min: 0.93, max: 0.95, pruned: 0, failed: 0 });
  expect(ranked[0].mean).toBeCloseTo(0.94, 12);
  expect(ranked[0].deviation).toBeCloseTo(Math.SQRT2 / 100, 12);
  // 12.7062 standard errors of 0.01.
  expect(ranked[0].interval![0]).toBeCloseTo(0.94 - 0.127062, 6);
  expect(ranked[0].interval![1]).toBe(1);
  // Wilson's of 97 of 100.
  expect(ranked[2].interval![0]).toBeCloseTo(0.9155, 4);
  expect(ranked[2].interval![1]).toBeCloseTo(0.9897, 4);
  expect(winnerOf(ranked)?.best.number).toBe(2);
  expect(bestTrial(trials)?.number).toBe(4);
  // Ranks of the means 0.91, 0.94, 0.97 and 0.94: 1, 2.5, 4, 2.5; 3 / sqrt(5 * 4.5).
  expect(rankCorrelations(plan.space, ranked).map(({ correlation }) => correlation)).toEqual([
    expect.closeTo(Math.sqrt(0.4), 12),
    undefined,
  ]);
});

test('the page tells all of it, and needs no other file', async () => {
  const ranked = rankConfigurations(trials, 100);
  const winner = winnerOf(ranked)!;
  const page = await sweepPage({
    name: 'sweep-1a2b3c4d',
    plan,
    trials,
    ranked,
    correlations: rankCorrelations(plan.space, ranked),
    best: { configuration: winner, trial: winner.best, command: 'npx inkling train --seed 1' },
  });
  for (const words of [
    '6 of 8 trials are complete, 1 stopped early, 1 failed',
    'Spearman’s rank correlation',
    '94.00 %, standard deviation 1.41 % over 2 trials',
    'the loss became &lt;NaN&gt;',
    'npx inkling train --seed 1',
  ]) {
    expect(page).toContain(words);
  }
  expect(page.match(/<svg/g)).toHaveLength(5);
  expect(page).not.toMatch(/<script|(src|href)="(?!#|data:)/);
});

test('a sweep in which nothing varies has no parallel coordinates', async () => {
  const single = [trial(0, 'complete', 0.9)];
  const page = await sweepPage({
    name: 'a',
    plan: { ...plan, space: {}, configurations: 1, seeds: [1] },
    trials: single,
    ranked: rankConfigurations(single),
    correlations: [],
  });
  expect(page).toContain('Nothing varies but the seed.');
  expect(page.match(/<svg/g)).toHaveLength(2);
});
