import { expect, test } from 'vitest';
import { durationOf } from './duration.js';

test.each([
  [0.2, 'less than a second'],
  [1.2, '2 s'],
  [59.5, '60 s'],
  [61, '1 min 5 s'],
  [119, '2 min 0 s'],
  [3600, '1 h 0 min'],
  [9000, '2 h 30 min'],
])('%f seconds are %s', (seconds, words) => {
  expect(durationOf(seconds)).toBe(words);
});
