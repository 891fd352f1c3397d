/** What an address hides. */

import { expect, test } from 'vitest';
import { configOf } from '../train/training-config.js';
import { hiddenBy, hideableControls } from './hide.js';

const rooms = ['draw', 'train'];

test('rooms and controls by name; nothing where nothing is said', () => {
  expect([...hiddenBy('optimizer, train,,seed', rooms).names]).toEqual(['optimizer', 'train', 'seed']);
  expect(hiddenBy(null, rooms)).toEqual({ names: new Set(), problems: [] });
});

test('a name that means nothing is told, with those that do', () => {
  const { names, problems } = hiddenBy('optimiser,seed', rooms);
  expect([...names]).toEqual(['seed']);
  expect(problems).toEqual([
    expect.stringMatching(/^The address says hide=optimiser: expected one of draw, train, recipe/),
  ]);
});

test('a room stays', () => {
  const { names, problems } = hiddenBy('draw,train,seed', rooms);
  expect([...names]).toEqual(['seed']);
  expect(problems).toEqual([expect.stringContaining('at least one must stay')]);
});

test('each setting of a training can be hidden', () => {
  expect(hideableControls).toEqual(expect.arrayContaining(Object.keys(configOf('fast'))));
});
