/** What is told of an address that hides what there is not. */

import { expect, test } from 'vitest';
import { configOf } from '../train/training-config.js';
import { hideableControls, hideProblems } from './hide.js';

const rooms = ['draw', 'train'];

test('of rooms and controls nothing is told', () => {
  expect(hideProblems(new Set(['optimizer', 'train', 'seed']), rooms)).toEqual([]);
});

test('a name that means nothing is told, with those that do', () => {
  expect(hideProblems(new Set(['optimiser', 'seed']), rooms)).toEqual([
    expect.stringMatching(/^The address says hide=optimiser: expected one of draw, train, recipe/),
  ]);
});

test('that a room must stay is told', () => {
  const problems = hideProblems(new Set(['draw', 'train', 'seed']), rooms);
  expect(problems).toEqual([expect.stringContaining('at least one must stay')]);
});

test('each setting of a training can be hidden', () => {
  expect(hideableControls).toEqual(expect.arrayContaining(Object.keys(configOf('fast'))));
});
