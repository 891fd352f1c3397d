import { expect, test } from 'vitest';
import { confusionsOf } from './confusions.js';

test('confusions are what is beside the diagonal, the most frequent first', () => {
  const matrix = [
    [6, 2, 0],
    [1, 0, 3],
    [0, 2, 0],
  ];
  expect(confusionsOf(matrix)).toEqual([
    { actual: 1, predicted: 2, count: 3, fraction: 0.75 },
    { actual: 0, predicted: 1, count: 2, fraction: 0.25 },
    { actual: 2, predicted: 1, count: 2, fraction: 1 },
    { actual: 1, predicted: 0, count: 1, fraction: 0.25 },
  ]);
  expect(confusionsOf([[5]])).toEqual([]);
});
