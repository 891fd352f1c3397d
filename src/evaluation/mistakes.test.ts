import { expect, it } from 'vitest';
import { asRows } from '../../test/as-rows.js';
import { worstMistakes } from './mistakes.js';

const probabilities = Float32Array.of(0.75, 0.25, 0.5, 0.5, 0.125, 0.875, 0.25, 0.75, 0, 1);
const labels = [1, 1, 1, 0, 0];

it('lists the most confident wrong answers first, ties by index', () => {
  expect(worstMistakes(asRows(probabilities, 2), labels, 10)).toEqual([
    { index: 4, actual: 0, predicted: 1, probability: 1 },
    { index: 0, actual: 1, predicted: 0, probability: 0.75 },
    { index: 3, actual: 0, predicted: 1, probability: 0.75 },
    { index: 1, actual: 1, predicted: 0, probability: 0.5 },
  ]);
});

it('stops at the count', () => {
  expect(worstMistakes(asRows(probabilities, 2), labels, 2).map(({ index }) => index)).toEqual([4, 0]);
  expect(worstMistakes(asRows(probabilities, 2), labels, 0)).toEqual([]);
});

it('is empty where every answer is right', () => {
  expect(worstMistakes(asRows(probabilities, 2), [0, 0, 1, 1, 1], 5)).toEqual([]);
});

it.each([-1, 1.5, Number.NaN])('refuses count %d', (count) => {
  expect(() => worstMistakes(asRows(probabilities, 2), labels, count)).toThrow(/"count" must be/);
});
